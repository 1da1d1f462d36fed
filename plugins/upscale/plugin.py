"""Upscalers: Lanczos, and networks of any architecture that spandrel knows, in tiles without seams."""

from __future__ import annotations

import importlib
import pickle
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

from studio.api import (
    CancelToken,
    IntParameter,
    ModelError,
    OutOfMemoryError,
    Pixels,
    SettingError,
    UpscaleContext,
    UpscalerSpec,
    hookimpl,
)

PICKLES = (".pth", ".pt", ".ckpt")
MAX_PIXELS = 400_000_000
"""Most pixels that a network may make: 1.2 GB."""
TILE = 512
OVERLAP = 32


@hookimpl
def shoreline_upscalers() -> Sequence[UpscalerSpec]:
    return [
        UpscalerSpec(
            id="network",
            name="Network",
            run=run_network,
            description="A network that was trained to enlarge pictures; it works in tiles.",
            parameters=(
                IntParameter(
                    id="tile",
                    label="Tile",
                    help="Side of the parts that the picture is worked on in. Smaller ones take less memory.",
                    default=TILE,
                    minimum=64,
                    maximum=4096,
                    step=64,
                    suffix=" px",
                    advanced=True,
                ),
                IntParameter(
                    id="overlap",
                    label="Overlap",
                    help="How far tiles reach into each other. More hides the seams of networks that look far.",
                    default=OVERLAP,
                    minimum=0,
                    maximum=256,
                    step=8,
                    suffix=" px",
                    advanced=True,
                ),
            ),
            file_types=(".safetensors", *PICKLES),
        ),
        UpscalerSpec(
            id="lanczos",
            name="Lanczos",
            run=run_lanczos,
            description="Plain interpolation: quick and faithful, and soft.",
        ),
    ]


def run_lanczos(context: UpscaleContext) -> Pixels:
    """Nothing to add: the host takes what is too small to the wanted size by Lanczos."""
    return context.pixels


def run_network(context: UpscaleContext) -> Pixels:
    """The picture through the network of ``context.file``, as many times as large as that network makes it.

    Raises `ModelError` for a file that is none, or not of a known architecture, `SettingError` for a picture that
    would become too large, `OutOfMemoryError`, `Cancelled`.
    """
    # OpenCV and torch come with these; at the top they would delay every start.
    from studio.api.upscaling import Tiler

    assert context.file is not None
    context.report(0.0, "")
    network = load(context.file, _device(context.device))
    _check_size(context, network.scale)
    tile = int(context.parameters["tile"])
    whole = max(context.pixels.shape[:2]) if network.tiles_itself else tile
    tiler = Tiler(
        network.draw,
        tile=max(tile, whole),
        overlap=min(int(context.parameters["overlap"]), tile // 2),
        cancel=context.cancel,
        report=lambda fraction: context.report(fraction, ""),
    )
    with network.stopping_at(context.cancel):
        return tiler.run(context.pixels)


def _check_size(context: UpscaleContext, scale: int) -> None:
    height, width = (side * scale for side in context.pixels.shape[:2])
    if width * height > MAX_PIXELS:
        raise SettingError(
            f"The network would make {width}x{height} pixels on its way to {context.width}x{context.height}.",
            "Choose a network that enlarges less, or Lanczos.",
        )


def load(file: Path, device: str) -> Network:
    """The network in a file, on a device; the one that was used last is kept. Raises `ModelError`."""
    try:
        return _loaded(file, file.stat().st_mtime_ns, device)
    except OSError as error:
        raise ModelError(
            f"{file} cannot be read: {error.strerror or error}.", "Check that it is still there."
        ) from error


class Network:
    """A network of spandrel's on a device. ``scale`` is how many times it enlarges."""

    def __init__(self, model: Any, device: str) -> None:
        import torch

        half = device.startswith("cuda") and model.supports_half
        self._dtype = torch.float16 if half else torch.float32
        self._device = torch.device(device)
        self._model = model.to(self._device, self._dtype).eval()
        self._model.model.to(memory_format=torch.channels_last)
        self.scale = int(model.scale)
        self.tiles_itself = model.tiling is _spandrel().ModelTiling.INTERNAL

    def draw(self, pixels: Pixels) -> Any:
        """uint8 ``(h, w, 3)`` in, float32 ``(h * scale, w * scale, 3)`` in 0..255 out.

        Networks for grey pictures see the three colours one by one; those that want a fourth channel get opaque.
        Raises `OutOfMemoryError`.
        """
        import torch

        try:
            given = torch.from_numpy(pixels).to(self._device).permute(2, 0, 1)[None].to(self._dtype) / 255
            drawn = self._call(given.contiguous(memory_format=torch.channels_last))
            return (drawn[0].permute(1, 2, 0).float() * 255).cpu().numpy()
        except (RuntimeError, MemoryError) as error:
            if not _is_out_of_memory(error):
                raise
            if self._device.type == "cuda":
                torch.cuda.empty_cache()
            raise OutOfMemoryError(
                "There is not enough memory to enlarge this picture.", "Close other programs, or choose the CPU."
            ) from error

    @contextmanager
    def stopping_at(self, cancel: CancelToken) -> Iterator[None]:
        """Within this a cancel acts between two layers: a tile can take many seconds."""
        layers = list(self._model.model.modules())
        hooks = [layer.register_forward_pre_hook(lambda *_: cancel.raise_if_cancelled()) for layer in layers]
        try:
            yield
        finally:
            for hook in hooks:
                hook.remove()

    def _call(self, given: Any) -> Any:
        import torch

        channels = self._model.input_channels
        if channels == 1:
            return torch.cat([self._model(given[:, index : index + 1])[:, :1] for index in range(3)], dim=1)
        if channels == 4:
            given = torch.cat((given, torch.ones_like(given[:, :1])), dim=1)
        drawn = self._model(given)
        return drawn.expand(-1, 3, -1, -1) if drawn.shape[1] == 1 else drawn[:, :3]


@lru_cache(maxsize=1)
def _loaded(file: Path, _changed: int, device: str) -> Network:
    spandrel, weights = _spandrel(), _weights(file)
    try:
        model = spandrel.ModelLoader().load_from_state_dict(spandrel.canonicalize_state_dict(weights))
    except spandrel.UnsupportedModelError as error:
        raise ModelError(
            f"{file.name} is of an architecture that spandrel does not know.", "Choose another upscaler."
        ) from error
    except (RuntimeError, ValueError, KeyError, TypeError, AttributeError, IndexError, AssertionError) as error:
        raise ModelError(f"{file.name} is not a sound network: {_first_line(error)}", "Download it again.") from error
    if not isinstance(model, spandrel.ImageModelDescriptor) or model.input_channels not in (1, 3, 4):
        raise ModelError(f"{file.name} does not enlarge pictures.", "Choose another upscaler.")
    return Network(model, device)


def _spandrel() -> Any:
    """The library, which publishes no types."""
    return importlib.import_module("spandrel")


def _weights(file: Path) -> dict[str, Any]:
    """The tensors of a file. A pickle is read by torch's own reader of plain weights, which runs no code."""
    import torch
    from safetensors import SafetensorError
    from safetensors.torch import load_file

    try:
        if file.suffix.lower() == ".safetensors":
            return dict(load_file(file))
        found = torch.load(file, map_location="cpu", weights_only=True)
    except pickle.UnpicklingError as error:
        raise ModelError(
            f"{file.name} holds more than weights, or is damaged, and is not loaded: it could run code.",
            "Look for the same network as a .safetensors file.",
        ) from error
    except (RuntimeError, EOFError, ValueError, KeyError, SafetensorError) as error:
        raise ModelError(f"{file.name} is damaged: {_first_line(error)}", "Download it again.") from error
    if not isinstance(found, dict):
        raise ModelError(f"{file.name} holds no weights.", "Choose another upscaler.")
    return found


def _first_line(error: BaseException) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]


def _is_out_of_memory(error: BaseException) -> bool:
    import torch

    if isinstance(error, torch.OutOfMemoryError | MemoryError):
        return True
    text = str(error).lower()
    return any(part in text for part in ("out of memory", "can't allocate memory", "not enough memory"))


def _device(wish: str) -> str:
    import torch

    if wish != "auto":
        return wish
    if torch.cuda.is_available():
        return "cuda"
    return "mps" if torch.backends.mps.is_available() else "cpu"
