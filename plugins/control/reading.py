"""The guides of a job with the control networks that read them, ready to take part in sampling."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import cv2
import numpy as np
import torch

from studio.api import GuideNetwork, InfluenceGuide, InfluenceModel, Pixels, SettingError

from .readers import (
    AdapterControl,
    Confined,
    Controls,
    PictureReader,
    PlainControl,
    TransformerControl,
    UnionControl,
)

Pairs = tuple[tuple[InfluenceGuide, GuideNetwork], ...]


@torch.no_grad()
def controls_of(guides: Sequence[InfluenceGuide], model: InfluenceModel) -> Controls:
    """What steers a job, for each of the guides by its network.

    One ControlNet Union reads all of its pictures for the same part in one call, as it was taught to.
    """
    pairs = tuple((guide, guide.network) for guide in guides if guide.network is not None)
    return Controls(model, (*_alone(pairs), *_united(pairs), *_in_latents(pairs, model)))


def _alone(pairs: Pairs) -> Iterator[PictureReader]:
    for guide, network in pairs:
        if network.form == "network":
            yield _confined(PlainControl(network.module, guide, _picture(guide.picture, network.module)), guide)
        elif network.form == "adapter":
            yield _confined(AdapterControl(guide, _features(guide.picture, network.module)), guide)


def _confined(reader: PictureReader, guide: InfluenceGuide) -> PictureReader:
    """What reads a picture, where its mask is."""
    return reader if guide.mask is None else Confined(reader, torch.from_numpy(guide.mask)[None, None])


def _in_latents(pairs: Pairs, model: InfluenceModel) -> Iterator[PictureReader]:
    """Networks that see pictures as the model does, and share layers with it."""
    for guide, network in pairs:
        if network.form == "transformer":
            if guide.mask is not None:
                raise SettingError(
                    "The control layer {guide} cannot be kept to a region with {model}.",
                    "Have it felt in the whole picture, behind the button with the sliders.",
                    guide=guide.name,
                    model=model.name,
                )
            module = network.module
            module.from_transformer(module, model.network)
            seen = model.latents(guide.picture)
            kept = module.config.control_in_dim - seen.shape[1]
            whole = torch.nn.functional.pad(seen, (0, 0, 0, 0, 0, kept)).unsqueeze(2)
            weight = module.control_layers[0].after_proj.weight
            yield TransformerControl(module, guide, whole.to(weight.device, weight.dtype))


def _united(pairs: Pairs) -> Iterator[PictureReader]:
    together: dict[tuple[int, int], list[tuple[InfluenceGuide, GuideNetwork]]] = {}
    for guide, network in pairs:
        if network.form == "union":
            together.setdefault((id(network.module), id(guide.mask)), []).append((guide, network))
    for group in together.values():
        module, guides = group[0][1].module, tuple(guide for guide, _ in group)
        pictures = tuple(_picture(guide.picture, module) for guide in guides)
        places = tuple(network.place for _, network in group)
        yield _confined(UnionControl(module, guides, places, pictures), guides[0])


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
