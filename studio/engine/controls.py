"""The guides of one job with their networks, ready to take part in sampling."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import cv2
import numpy as np
import torch

from studio.api import DenoiseJob
from studio.document import Pixels
from studio.engine.denoising import as_tensor
from studio.engine.influences.control import (
    AdapterControl,
    Confined,
    Controls,
    PictureReader,
    PlainControl,
    Steered,
    TransformerControl,
    UnionControl,
)
from studio.engine.influences.plugged import Plugged
from studio.engine.influences.reference_latents import ReferenceLatents
from studio.engine.influences.references import References
from studio.engine.loaded_model import LoadedModel
from studio.engine.models.controls import WantedControl
from studio.engine.models.reference_networks import ReadyReference
from studio.engine.sampling import Influence
from studio.errors import SettingError
from studio.generation.conditioning import Control, Reference
from studio.generation.pictures import scaled


def guides_of(
    model: LoadedModel,
    controls: Sequence[WantedControl],
    networks: Sequence[Any],
    references: Sequence[ReadyReference],
    *,
    bare: Sequence[Reference],
    job: DenoiseJob,
) -> tuple[Influence, ...]:
    """All that a job is drawn after beside its prompt: ``controls`` with their ``networks``, ``references`` that are
    shown by adapters, those that are shown ``bare``, and what else takes part in the ``job``."""
    steering = controls_of(model, controls, networks)
    shown = References(references, model.codec.factor) if references else None
    latents = ReferenceLatents(bare, [_latents(model, each.picture) for each in bare]) if bare else None
    others = () if job.conditioning is None else job.conditioning.influences
    plugged = (Plugged(each, model.info.family) for each in others if each.strength > 0.0)
    return tuple(each for each in (steering, shown, latents, *plugged) if each is not None)


def _latents(model: LoadedModel, picture: Pixels) -> torch.Tensor:
    """What the model's VAE makes of the middle of a picture, in whole cells."""
    cell = model.codec.factor
    height, width = picture.shape[:2]
    if min(height, width) < cell:
        scale = cell / min(height, width)
        picture = scaled(picture, max(cell, round(width * scale)), max(cell, round(height * scale)))
        height, width = picture.shape[:2]
    top, left = height % cell // 2, width % cell // 2
    whole = picture[top : top + height // cell * cell, left : left + width // cell * cell]
    return model.codec.encode(as_tensor(whole), tiled=model.is_tiled)


@torch.no_grad()
def controls_of(model: LoadedModel, wanted: Sequence[WantedControl], networks: Sequence[Any]) -> Controls | None:
    """What steers a job, for each of the ``wanted`` with its network; ``None`` without any.

    One ControlNet Union reads all of its pictures for the same part in one call, as it was taught to.
    """
    if not wanted:
        return None
    if not isinstance(model.denoiser, Steered):
        raise TypeError(f"{model.info.family} is no family that control networks can steer")
    pairs = tuple(zip(wanted, networks, strict=True))
    readers = (*_alone(pairs), *_united(pairs), *_in_latents(pairs, model))
    return Controls(model.denoiser, model.codec.channels, readers)


_Pairs = tuple[tuple[WantedControl, Any], ...]


def _alone(pairs: _Pairs) -> Iterator[PictureReader]:
    for wanted, network in pairs:
        control = wanted.control
        if wanted.steering.form == "network":
            yield _confined(PlainControl(network, control, _picture(control.picture, network)), control)
        elif wanted.steering.form == "adapter":
            yield _confined(AdapterControl(control, _features(control.picture, network)), control)


def _confined(reader: PictureReader, control: Control) -> PictureReader:
    """What reads a picture, where its mask is."""
    return reader if control.mask is None else Confined(reader, torch.from_numpy(control.mask)[None, None])


def _in_latents(pairs: _Pairs, model: LoadedModel) -> Iterator[PictureReader]:
    """Networks that see pictures as the model does, and share layers with it."""
    for wanted, network in pairs:
        if wanted.steering.form == "transformer":
            if wanted.control.mask is not None:
                raise SettingError(
                    "The control layer {guide} cannot be kept to a region with {model}.",
                    "Have it felt in the whole picture, behind the button with the sliders.",
                    guide=wanted.control.name,
                    model=model.info.name,
                )
            network.from_transformer(network, model.denoiser.network)
            seen = model.codec.encode(as_tensor(wanted.control.picture), tiled=model.is_tiled)
            kept = network.config.control_in_dim - seen.shape[1]
            whole = torch.nn.functional.pad(seen, (0, 0, 0, 0, 0, kept)).unsqueeze(2)
            weight = network.control_layers[0].after_proj.weight
            yield TransformerControl(network, wanted.control, whole.to(weight.device, weight.dtype))


def _united(pairs: _Pairs) -> Iterator[PictureReader]:
    together: dict[tuple[int, int], list[tuple[WantedControl, Any]]] = {}
    for wanted, network in pairs:
        if wanted.steering.form == "union":
            together.setdefault((id(network), id(wanted.control.mask)), []).append((wanted, network))
    for group in together.values():
        network, own = group[0][1], [wanted for wanted, _ in group]
        union = UnionControl(
            network,
            tuple(wanted.control for wanted in own),
            tuple(wanted.mode for wanted in own),
            tuple(_picture(wanted.control.picture, network) for wanted in own),
        )
        yield _confined(union, own[0].control)


def _picture(pixels: Pixels, network: Any) -> torch.Tensor:
    """uint8 (h, w) or (h, w, channels) as (1, channels, h, w) in 0..1, in the network's number format on its device."""
    channels = pixels.reshape(*pixels.shape[:2], -1)
    picture = torch.from_numpy(np.ascontiguousarray(channels)).permute(2, 0, 1)[None].float() / 255.0
    return picture.to(network.device, network.dtype)


def _features(pixels: Pixels, adapter: Any) -> tuple[torch.Tensor, ...]:
    """What an adapter makes of a picture, which it sees in spots: at a size that is whole spots."""
    spot = adapter.downscale_factor
    height, width = (-(-side // spot) * spot for side in pixels.shape[:2])
    if (height, width) != pixels.shape[:2]:
        pixels = cv2.resize(pixels, (width, height), interpolation=cv2.INTER_LINEAR).astype(np.uint8)
    if adapter.config.in_channels == 1:
        pixels = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY).astype(np.uint8)
    return tuple(adapter(_picture(pixels, adapter)))
