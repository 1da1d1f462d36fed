"""A model as influences are told of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from studio.api import InfluenceModel
from studio.api.network_input import NetworkInput
from studio.document import Pixels
from studio.engine.codec import as_tensor
from studio.engine.families.denoiser import Denoiser, Steered
from studio.engine.families.joint import Joint
from studio.generation.pictures import scaled

if TYPE_CHECKING:
    from studio.engine.loaded_model import LoadedModel


def told_model(model: LoadedModel) -> InfluenceModel:
    """What influences are told of a model."""

    def latents(picture: Pixels) -> Any:
        return model.codec.encode(as_tensor(_in_cells(picture, model.codec.factor)), tiled=model.is_tiled)

    return InfluenceModel(
        name=model.info.name,
        network=model.denoiser.network,
        channels=model.codec.channels,
        factor=model.codec.factor,
        latents=latents,
        inputs=inputs_of(model.denoiser),
        sequence=model.denoiser.sequence if isinstance(model.denoiser, Joint) else None,
    )


def inputs_of(denoiser: Denoiser) -> Callable[[NetworkInput], Mapping[str, Any]]:
    """What the network of a denoiser is given for a call, see `InfluenceModel`."""
    return denoiser.shared_inputs if isinstance(denoiser, Steered) else _no_inputs


def _no_inputs(_given: NetworkInput) -> Mapping[str, Any]:
    raise TypeError("no control network can steer a model of this family")


def _in_cells(picture: Pixels, cell: int) -> Pixels:
    """The middle of a picture, in whole cells, of which there is one at least."""
    height, width = picture.shape[:2]
    if min(height, width) < cell:
        scale = cell / min(height, width)
        picture = scaled(picture, max(cell, round(width * scale)), max(cell, round(height * scale)))
        height, width = picture.shape[:2]
    top, left = height % cell // 2, width % cell // 2
    return picture[top : top + height // cell * cell, left : left + width // cell * cell]
