"""A loaded model and the three diffusers pipelines that share its networks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any, Final

import torch

from studio.document import Pixels
from studio.engine.device.devices import Device
from studio.engine.known_cells import KnownCells
from studio.engine.models.habits import read_habits
from studio.engine.models.library import ModelInfo
from studio.engine.models.loading import Components
from studio.engine.models.motion_network import load_motion_network
from studio.engine.models.vocabulary import read_vocabulary
from studio.engine.previews import fit_preview, load_preview, to_uint8
from studio.engine.prompts import MOST_CHUNKS, PromptEncoder
from studio.errors import EngineError
from studio.system.parts import engine_part

_CLASSES: Final = {
    "text": ("StableDiffusionPipeline", "StableDiffusionXLPipeline"),
    "image": ("StableDiffusionImg2ImgPipeline", "StableDiffusionXLImg2ImgPipeline"),
    "inpaint": ("StableDiffusionInpaintPipeline", "StableDiffusionXLInpaintPipeline"),
}


@dataclass
class LastPrediction:
    """What the UNet saw and said at the last step, by reference: for previews of the clean picture."""

    sample: torch.Tensor | None = None
    output: torch.Tensor | None = None
    timestep: float | torch.Tensor = 0.0


class Float32UNet:
    """A UNet in reduced precision that looks like a float32 one.

    The schedulers then add and subtract in float32: latents kept in bfloat16 lose detail at every step. It shows the
    network the cells that are ``known``, if it was taught to see them.
    """

    dtype: Final = torch.float32

    def __init__(self, unet: Any, *, channels_last: bool) -> None:
        self._unet = unet
        self._format = torch.channels_last if channels_last else torch.contiguous_format
        self.last = LastPrediction()
        self.known: KnownCells | None = None

    @property
    def config(self) -> Any:
        return self._unet.config

    @property
    def device(self) -> torch.device:
        device: torch.device = self._unet.device
        return device

    @property
    def add_embedding(self) -> Any:
        return self._unet.add_embedding

    def __call__(
        self, sample: torch.Tensor, timestep: Any, encoder_hidden_states: torch.Tensor, **options: Any
    ) -> tuple[torch.Tensor]:
        dtype = self._unet.dtype
        conditions = options.pop("added_cond_kwargs", None)
        if conditions is not None:
            conditions = {name: value.to(dtype) for name, value in conditions.items()}
        shown = sample if self.known is None else self.known.shown(sample)
        given = shown.to(dtype).contiguous(memory_format=self._format)
        text = encoder_hidden_states.to(dtype)
        output = self._unet(given, timestep, encoder_hidden_states=text, added_cond_kwargs=conditions, **options)[0]
        output = output.float()
        if self.known is not None:
            output = self.known.answered(sample, output, timestep)
        self.last = LastPrediction(sample, output, timestep)
        return (output,)

    def keep(self, cells: torch.Tensor) -> None:
        """From now on show these cells, bool (1, 1, h, w), as what is known, if the network sees any."""
        if self.known is not None:
            self.known = replace(self.known, known=cells)

    def forget(self) -> None:
        """Let go of a job's tensors."""
        self.last = LastPrediction()
        self.known = None


class LoadedModel:
    """A model that is ready to run; everything in it lives on one device."""

    def __init__(self, info: ModelInfo, device: Device, components: Components) -> None:
        self.info = info
        self.device = device
        self.unet = Float32UNet(components.unet, channels_last=device.channels_last)
        self.scheduler_config = components.scheduler_config
        sdxl = info.family == "sdxl"
        self.vocabulary = read_vocabulary(info.path)
        self.prompts = PromptEncoder(
            components.encoders,
            sdxl=sdxl,
            empty_is_zero=components.empty_is_zero,
            # A model that was taught few words was taught on one window too.
            most_chunks=MOST_CHUNKS if self.vocabulary is None else 1,
        )
        self._network, self._vae = components.unet, components.vae
        self._encoders = tuple(encoder for _, encoder in components.encoders)
        self.habits = read_habits(info.path)
        self._pipelines: dict[str, Any] = {}
        self._motion: tuple[ModelInfo, Any] | None = None
        channels = int(self._vae.config.latent_channels)
        self.preview = load_preview(info.path, channels) or fit_preview(self.decode_tensor, channels)

    @property
    def networks(self) -> tuple[torch.nn.Module, ...]:
        """All that is run for a picture."""
        return (*self._encoders, self._network, self._vae)

    @property
    def factor(self) -> int:
        """Pixels along one side of a latent cell."""
        return int(2 ** (len(self._vae.config.block_out_channels) - 1))

    def latent_shape(self, width: int, height: int) -> tuple[int, int, int, int]:
        """The shape of one picture's latents."""
        channels = int(self._vae.config.latent_channels)
        return 1, channels, height // self.factor, width // self.factor

    @property
    def takes_masked_image(self) -> bool:
        """Whether the UNet is an inpainting one: latents, mask and masked image in 9 channels."""
        return int(self.unet.config.in_channels) == 9

    def pipeline(self, mode: str) -> Any:
        """The diffusers pipeline for "text", "image" or "inpaint", without a scheduler and without text encoders."""
        if mode not in self._pipelines:
            self._pipelines[mode] = self.pipeline_around(self.unet, mode)
        return self._pipelines[mode]

    def pipeline_around(self, unet: Float32UNet, mode: str) -> Any:
        """A new pipeline like those of `pipeline` around another UNet."""
        diffusers = engine_part("diffusers")
        sdxl = self.info.family == "sdxl"
        parts: dict[str, Any] = {"vae": self._vae, "unet": unet, "scheduler": None}
        parts |= {"text_encoder": None, "tokenizer": None}
        if sdxl:
            parts |= {"text_encoder_2": None, "tokenizer_2": None, "add_watermarker": False}
        else:
            parts |= {"safety_checker": None, "feature_extractor": None, "requires_safety_checker": False}
        pipeline = getattr(diffusers, _CLASSES[mode][sdxl])(**parts)
        pipeline.set_progress_bar_config(disable=True)
        return pipeline

    def motion_network(self, adapter: ModelInfo) -> Any:
        """The UNet with the motion modules of an adapter; the last one is kept."""
        if self._motion is None or self._motion[0] != adapter:
            self._motion = None
            self._motion = adapter, load_motion_network(self._network, adapter, self.device)
        return self._motion[1]

    @torch.no_grad()
    def encode(self, rgb: torch.Tensor) -> torch.Tensor:
        """RGB ``(1, 3, h, w)`` in -1..1 to scaled float32 latents: the mean of the VAE's distribution."""
        posterior = self._vae.encode(rgb.to(self._vae.device, self._vae.dtype)).latent_dist
        latents: torch.Tensor = posterior.mode().float()
        shift, scale = self._latent_scaling()
        return (latents - shift) * scale

    @torch.no_grad()
    def decode_tensor(self, latents: torch.Tensor) -> torch.Tensor:
        """Scaled latents ``(1, channels, h, w)`` to float32 RGB ``(1, 3, H, W)``, about -1..1."""
        shift, scale = self._latent_scaling()
        raw = latents.to(self._vae.device, torch.float32) / scale + shift
        rgb: torch.Tensor = self._vae.decode(raw.to(self._vae.dtype), return_dict=False)[0]
        return rgb.float()

    def decode(self, latents: torch.Tensor) -> Pixels:
        """Scaled latents ``(1, channels, h, w)`` to uint8 ``(H, W, 3)`` RGB.

        A VAE that overflows in half precision goes on in float32. Raises `EngineError` when the picture is not finite.
        """
        if not bool(torch.isfinite(latents).all()):
            raise EngineError(
                f"The model {self.info.name} returned numbers that are no picture in {self.device.dtype}.",
                "Set the precision to float32, lower the guidance scale, or choose another scheduler.",
            )
        rgb = self.decode_tensor(latents)
        if not bool(torch.isfinite(rgb).all()) and self._vae.dtype != torch.float32:
            self._vae.to(torch.float32)
            rgb = self.decode_tensor(latents)
        if not bool(torch.isfinite(rgb).all()):
            raise EngineError(
                f"The VAE of {self.info.name} returned numbers that are no picture.", "The model may be damaged."
            )
        return to_uint8(rgb[0].permute(1, 2, 0))

    @contextmanager
    def in_less_memory(self) -> Iterator[None]:
        """Attention in slices and the VAE in tiles, slower; undone at the end."""
        self._network.set_attention_slice("max")
        self._vae.enable_slicing()
        self._vae.enable_tiling()
        try:
            yield
        finally:
            self._network.set_attention_slice(None)
            self._vae.disable_slicing()
            self._vae.disable_tiling()

    def _latent_scaling(self) -> tuple[torch.Tensor, torch.Tensor]:
        """(shift, scale): scaled latents are ``(raw - shift) * scale``."""
        config = self._vae.config
        scale = torch.tensor(float(config.scaling_factor))
        shift = torch.tensor(float(getattr(config, "shift_factor", None) or 0.0))
        mean, deviation = getattr(config, "latents_mean", None), getattr(config, "latents_std", None)
        if mean is not None and deviation is not None:
            scale = scale / torch.tensor(deviation).view(1, -1, 1, 1)
            shift = torch.tensor(mean).view(1, -1, 1, 1)
        return shift.to(self._vae.device), scale.to(self._vae.device)
