"""A model that is ready to draw."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final

import torch

from studio.api.families import FamilyContext
from studio.document import Pixels
from studio.engine.adapters.adapters import Adapters
from studio.engine.adapters.names import DENOISER
from studio.engine.device.devices import Device
from studio.engine.device.residence import Residence
from studio.engine.device.residency import Plan
from studio.engine.device.room import bytes_of
from studio.engine.families.table import runner_of
from studio.engine.guests import Summoned, residence
from studio.engine.models.control_networks import ControlNetworks
from studio.engine.models.habits import read_habits
from studio.engine.models.library import ModelInfo
from studio.engine.models.loading import Components
from studio.engine.models.loras import WantedLora
from studio.engine.models.motion_network import load_motion_network
from studio.engine.models.reference_networks import ReferenceNetworks
from studio.engine.models.verdicts import stamp_of
from studio.engine.models.vocabulary import read_vocabulary
from studio.engine.previewer import Previewer
from studio.engine.previews import fit_preview, load_preview, to_uint8
from studio.engine.prompts import PromptEncoder
from studio.engine.wrapping import around
from studio.errors import EngineError
from studio.generation.repeating import Tile

_MOST_WAITING: Final = 256 << 20
"""Bytes of a model that stays while its twin draws."""


class LoadedModel:
    """What turns words into embeddings (``prompts``), takes off noise (``denoiser``) and knows pictures (``codec``).

    Its networks are on the device, or come to it when ``residence`` is told what is done next, as its ``plan`` says.
    """

    def __init__(self, info: ModelInfo, device: Device, components: Components, plan: Plan | None = None) -> None:
        self.info = info
        self._stamp = stamp_of(info.path)
        self.device = device
        self.plan = plan
        self.residence = Residence() if plan is None else residence(components, plan, device)
        self.scheduler_config = components.scheduler_config
        runner = runner_of(info.family)
        self.codec = runner.codec(components.vae)
        self.denoiser = runner.denoiser(FamilyContext(network=components.denoiser, factor=self.codec.factor))
        self.vocabulary = read_vocabulary(info.path)
        # A model that was taught few words was taught on one window too.
        coder = runner.coder(components, self.vocabulary is not None)
        work = torch.device(device.torch_name)
        self.prompts = PromptEncoder(Summoned(coder, self.residence, work), empty_is_zero=components.empty_is_zero)
        self._encoders = {
            name: encoder for name, encoder in components.networks.items() if name in components.tokenizers
        }
        homes = {
            name: torch.device(place.device) for name, place in components.places.items() if name in self._encoders
        }
        family = components.family
        slots = {DENOISER: family.denoiser.slots, **{part.name: part.slots for part in family.encoders}}
        networks = {DENOISER: components.denoiser, **self._encoders}
        self._adapters = Adapters(networks, slots, {DENOISER: work, **homes})
        self.control_networks = ControlNetworks(components.denoiser.config, device)
        self.reference_networks = ReferenceNetworks(device)
        self.habits = read_habits(info.path)
        self._motion: tuple[ModelInfo, Any] | None = None
        channels = self.codec.channels
        colors = load_preview(info.path, channels) or fit_preview(self.codec.decode, channels)
        self.previewer = Previewer(colors, device)

    @property
    def networks(self) -> tuple[torch.nn.Module, ...]:
        """All that is run for a picture."""
        return (*self._encoders.values(), self.denoiser.network, self.codec.vae)

    @property
    def is_tiled(self) -> bool:
        """Whether pictures are decoded in tiles from the start."""
        return self.plan is not None and self.plan.is_tiled

    def is_as_on_disk(self) -> bool:
        """Whether its files are as they were when it was loaded."""
        return stamp_of(self.info.path) == self._stamp

    def can_wait_for(self, other: ModelInfo) -> bool:
        """Whether it may stay while another entry of the same files draws, for its next turn: where it is small and
        nothing lacks memory."""
        if other.path != self.info.path or other.id == self.info.id:
            return False
        size = self.holds("")
        return size <= _MOST_WAITING and (self.plan is None or (self.plan.is_whole and size <= self.plan.slack))

    def holds(self, kind: str) -> int:
        """Bytes of weights in the memory of a kind of device, of all for "", with those of the networks beside it."""
        beside = (*self.control_networks.loaded, *self.reference_networks.loaded)
        return bytes_of(*self.networks, *beside, kind=kind)

    def wear(self, loras: Sequence[WantedLora], check: Callable[[], object]) -> tuple[str, ...]:
        """Draw with these LoRAs and no others, see `Adapters.wear`."""
        notes = self._adapters.wear(loras, check)
        self.prompts.mark = self._adapters.text_mark
        return notes

    def hold(self, loras: Iterable[WantedLora], check: Callable[[], object]) -> None:
        """Have LoRAs at hand that are worn in turns, see `Adapters.hold`."""
        self._adapters.hold(loras, check)

    def motion_network(self, adapter: ModelInfo) -> Any:
        """The UNet with the motion modules of an adapter; the last one is kept."""
        self.residence.draw()  # the layers are shared, so they have to be there
        if self._motion is None or self._motion[0] != adapter:
            self._motion = None
            self._motion = adapter, load_motion_network(self.denoiser.network, adapter, self.device)
        return self._motion[1]

    @contextmanager
    def going_around(self, tile: Tile, others: Iterable[torch.nn.Module] = ()) -> Iterator[None]:
        """Within this pictures go on at their other side along some axes, for this model and ``others``."""
        with around((self.denoiser.network, *others), tile), self.codec.going_around(tile):
            yield

    def decode_quickly(self, latents: torch.Tensor, *, tiled: bool = False, tile: Tile = "off") -> Pixels:
        """The same as `decode`, but rougher where there is a small decoder for it."""
        self._check_finite(latents)
        made = self.previewer.at_end(latents, tile)
        return self.decode(latents, tiled=tiled) if made is None else made

    def _check_finite(self, latents: torch.Tensor) -> None:
        if not bool(torch.isfinite(latents).all()):
            raise EngineError(
                "The model {model} returned numbers that are no picture in {dtype}.",
                "Set the precision to float32, lower the guidance scale, or choose another scheduler.",
                model=self.info.name,
                dtype=self.device.dtype,
            )

    def decode(self, latents: torch.Tensor, *, tiled: bool = False) -> Pixels:
        """Latents (1, channels, h, w) to uint8 (H, W, 3) RGB. Raises `EngineError` when the picture is not finite."""
        self._check_finite(latents)
        rgb = self.codec.decode(latents, tiled=tiled or self.is_tiled)
        if not bool(torch.isfinite(rgb).all()):
            raise EngineError(
                "The VAE of {model} returned numbers that are no picture.",
                "The model may be damaged.",
                model=self.info.name,
            )
        return to_uint8(rgb[0].permute(1, 2, 0))
