"""What the mask bar and the Mask menu do to the generation mask: each makes one step of history.

`SettingError` says why an action is not possible. The pixel work is imported where it is used: the window
must open before it is loaded.
"""

from __future__ import annotations

from typing import Final

from studio.document import Raster
from studio.editing import refusals
from studio.history import StepKind
from studio.jobs.requirements import no_mask
from studio.session import Session

ALL: Final = StepKind("mask.all", "Mask everything", "mask-select-all")
CLEAR: Final = StepKind("mask.clear", "Clear mask", "mask-clear")
INVERT: Final = StepKind("mask.invert", "Invert mask", "mask-invert")
GROW: Final = StepKind("mask.grow", "Grow mask", "mask-grow")
SHRINK: Final = StepKind("mask.shrink", "Shrink mask", "mask-shrink")
FEATHER: Final = StepKind("mask.feather", "Feather mask", "mask-feather")
FROM_LAYER: Final = StepKind("mask.from_layer", "Mask from layer", "mask-from-layer")


def mask_everything(session: Session) -> None:
    """Mask the whole canvas."""
    from studio.raster import masks

    _apply(session, ALL, masks.select_all(session.document.canvas))


def clear_mask(session: Session) -> None:
    """Take the mask away; without one nothing happens."""
    if session.document.generation_mask.tiles:
        _apply(session, CLEAR, Raster(channels=1))


def invert_mask(session: Session) -> None:
    """Mask exactly what was not masked."""
    from studio.raster import masks

    _apply(session, INVERT, masks.invert(session.document.generation_mask, session.document.canvas))


def grow_mask(session: Session, radius: int) -> None:
    """Widen the mask by ``radius`` pixels."""
    from studio.raster import masks

    _apply(session, GROW, masks.grow(_painted(session), radius, session.document.canvas))


def shrink_mask(session: Session, radius: int) -> None:
    """Narrow the mask by ``radius`` pixels."""
    from studio.raster import masks

    _apply(session, SHRINK, masks.shrink(_painted(session), radius, session.document.canvas))


def feather_mask(session: Session, radius: float) -> None:
    """Soften the edge of the mask over ``radius`` pixels."""
    from studio.raster import masks

    _apply(session, FEATHER, masks.feather(_painted(session), radius, session.document.canvas))


def mask_from_layer(session: Session) -> None:
    """Mask what is painted on the active layer."""
    from studio.raster import masks, merging

    document = session.document
    layer = document.active_layer
    if layer is None:
        raise refusals.no_layer_chosen()
    whole = merging.flattened((layer,), document) if layer.source is None else layer.source.within(document.canvas)
    _apply(session, FROM_LAYER, masks.from_alpha(whole))


def _painted(session: Session) -> Raster:
    if not session.document.generation_mask.tiles:
        raise no_mask()
    return session.document.generation_mask


def _apply(session: Session, kind: StepKind, mask: Raster) -> None:
    if mask is not session.document.generation_mask:
        session.apply(kind, session.document.with_generation_mask(mask))
