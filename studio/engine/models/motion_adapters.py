"""Which motion adapter fits a model, told by the configs alone. Needs no torch."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from studio.api import MotionJob
from studio.engine.models.families.table import FAMILIES
from studio.engine.models.identity.checkpoints import part_config
from studio.engine.models.identity.families import family_name
from studio.engine.models.library import ModelInfo, ModelLibrary
from studio.engine.models.settings_files import read_json
from studio.errors import ModelError, SettingError
from studio.message import Message

_ANIMATED: Final = ("sd1", "sd2")
_EXAMPLE: Final = "guoyww/animatediff-motion-adapter-v1-5-3"


def chosen_adapter(library: ModelLibrary, adapter_id: str, model: ModelInfo, unet: dict[str, Any]) -> ModelInfo:
    """The adapter of this id, or for "" the first sound one that fits a model with this UNet config.

    Raises `ModelError` saying what to download and where to put it, or what is wrong with the one that was asked for.
    """
    adapters = library.motion_adapters()
    if adapter_id:
        return _wanted(adapters, adapter_id, model, unet)
    for adapter in adapters:
        if adapter.problem is None and _misfit(adapter, model, unet) is None:
            return adapter
    if not adapters:
        raise ModelError("There is no motion adapter, which AnimateDiff needs.", _advice(library))
    names = ", ".join(adapter.id for adapter in adapters)
    raise ModelError(
        "None of the motion adapters ({names}) fits {model}.", _advice(library), names=names, model=model.name
    )


def adapter_length(adapter: ModelInfo) -> int:
    """How many frames an adapter can see at once. Raises `ModelError` for a config without sense."""
    length = read_json(adapter.path / "config.json").get("motion_max_seq_length", 32)
    if not isinstance(length, int) or not 1 <= length <= 1024:
        raise ModelError(
            "{adapter}: motion_max_seq_length cannot be used.",
            "Download it again.",
            adapter=adapter.path / "config.json",
        )
    return length


def check_motion_job(job: MotionJob, adapter: ModelInfo) -> None:
    """Raise `SettingError` for frames that cannot be drawn together."""
    longest = adapter_length(adapter)
    if not 1 <= len(job.frames) <= longest:
        raise SettingError(
            "{count} frames cannot be drawn together: {adapter} sees 1 to {longest}.",
            "Make the window at most {longest} frames.",
            count=len(job.frames),
            adapter=adapter.name,
            longest=longest,
        )
    first = job.frames[0]
    for frame in job.frames:
        if frame.mask is not None or frame.count != 1 or (frame.image is None) != (first.image is None):
            raise SettingError("These frames cannot be drawn together.", "Ask for one picture a frame, without masks.")
        if (frame.width, frame.height) != (first.width, first.height):
            raise SettingError("Frames drawn together have one size.", "Give all the same width and height.")
    shape = (first.height, first.width, 3)
    if len(job.held) >= len(job.frames) or any(picture.shape != shape for picture in job.held):
        raise SettingError(
            "The frames to go on from do not fit.", "Give fewer than are drawn, uint8 {shape} each.", shape=shape
        )


def unet_config(model: ModelInfo, configs: Path) -> dict[str, Any]:
    """The UNet's config; for a one-file checkpoint that of its family, below ``configs``."""
    if model.format == "folder":
        return read_json(model.path / FAMILIES[model.family].denoiser.name / "config.json")
    values = {"in_channels": 9} if model.is_inpainting else {}
    return part_config(configs, model.family, FAMILIES[model.family].denoiser.name, values)


def _wanted(adapters: tuple[ModelInfo, ...], adapter_id: str, model: ModelInfo, unet: dict[str, Any]) -> ModelInfo:
    for adapter in adapters:
        if adapter.id != adapter_id:
            continue
        reason = adapter.problem or _misfit(adapter, model, unet)
        if reason is not None:
            raise ModelError(
                "The motion adapter {adapter_id} cannot be used: {reason}",
                "Choose another.",
                adapter_id=adapter_id,
                reason=reason,
            )
        return adapter
    known = ", ".join(adapter.id for adapter in adapters) or "none"
    raise ModelError(
        "There is no motion adapter {adapter_id!r}.", "Known are: {known}.", adapter_id=adapter_id, known=known
    )


def _misfit(adapter: ModelInfo, model: ModelInfo, unet: dict[str, Any]) -> str | None:
    """Why an adapter does not fit a model, or ``None``."""
    config = read_json(adapter.path / "config.json")
    if model.family not in _ANIMATED:
        name = family_name(model.family)
        return Message("Shoreline animates Stable Diffusion 1 and 2 with adapters, not {family}.", family=name)
    if unet.get("in_channels") != 4 or config.get("conv_in_channels"):
        return Message("inpainting models, and adapters that take a picture (PIA), are not supported.")
    widths, own = (list(item.get("block_out_channels") or ()) for item in (unet, config))
    if widths != own:
        return Message(
            "it was made for a UNet with blocks of {own} channels; {model} has {widths}.",
            own=own,
            model=model.name,
            widths=widths,
        )
    layers = _per_block(unet.get("layers_per_block", 2), len(widths))
    if layers != _per_block(config.get("motion_layers_per_block", 2), len(widths)):
        return Message("it was made for a UNet with another number of layers than {model} has.", model=model.name)
    return None


def _per_block(value: Any, count: int) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else [value] * count


def _advice(library: ModelLibrary) -> str:
    folder = library.paths[-1] if library.paths else "the models folder"
    return (
        f"Download one for your model in the diffusers layout (config.json and .safetensors), such as {_EXAMPLE} for "
        f"Stable Diffusion 1.5 from the Hugging Face hub, and put its folder into {folder}."
    )
