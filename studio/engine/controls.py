"""The guides of one job with their networks, ready to take part in sampling."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import cv2
import numpy as np
import torch

from studio.document import Pixels
from studio.engine.influences.control import (
    AdapterControl,
    Controls,
    PictureReader,
    PlainControl,
    Steered,
    UnionControl,
)
from studio.engine.influences.references import References
from studio.engine.loaded_model import LoadedModel
from studio.engine.models.controls import WantedControl
from studio.engine.models.reference_networks import ReadyReference
from studio.engine.sampling import Influence


def guides_of(
    model: LoadedModel,
    controls: Sequence[WantedControl],
    networks: Sequence[Any],
    references: Sequence[ReadyReference],
) -> tuple[Influence, ...]:
    """All that a job is drawn after beside its prompt: ``controls`` with their ``networks``, and ``references``."""
    steering = controls_of(model, controls, networks)
    shown = (References(references),) if references else ()
    return shown if steering is None else (steering, *shown)


@torch.no_grad()
def controls_of(model: LoadedModel, wanted: Sequence[WantedControl], networks: Sequence[Any]) -> Controls | None:
    """What steers a job, for each of the ``wanted`` with its network; ``None`` without any.

    One ControlNet Union reads all of its pictures in one call, as it was taught to.
    """
    if not wanted:
        return None
    if not isinstance(model.denoiser, Steered):
        raise TypeError(f"{model.info.family} is no family that control networks can steer")
    pairs = tuple(zip(wanted, networks, strict=True))
    return Controls(model.denoiser, model.codec.channels, (*_alone(pairs), *_united(pairs)))


_Pairs = tuple[tuple[WantedControl, Any], ...]


def _alone(pairs: _Pairs) -> Iterator[PictureReader]:
    for wanted, network in pairs:
        if wanted.steering.form == "network":
            yield PlainControl(network, wanted.control, _picture(wanted.control.picture, network))
        elif wanted.steering.form == "adapter":
            yield AdapterControl(wanted.control, _features(wanted.control.picture, network))


def _united(pairs: _Pairs) -> Iterator[PictureReader]:
    unions = [pair for pair in pairs if pair[0].steering.form == "union"]
    for network in {id(network): network for _, network in unions}.values():
        own = [wanted for wanted, each in unions if each is network]
        yield UnionControl(
            network,
            tuple(wanted.control for wanted in own),
            tuple(wanted.mode for wanted in own),
            tuple(_picture(wanted.control.picture, network) for wanted in own),
        )


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
