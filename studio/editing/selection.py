"""What the Select menu does: each makes one step of history.

`SettingError` says why an action is not possible. The pixel work is imported where it is used: the window must open
before it is loaded.
"""

from __future__ import annotations

from typing import Final, Literal

from studio.document import Document, LayerId, Raster
from studio.editing import refusals
from studio.history import StepKind
from studio.jobs.requirements import no_mask
from studio.raster.limits import MaskMode
from studio.session import Session

ALL: Final = StepKind("selection.all", "Select all", "select-all")
NONE: Final = StepKind("selection.none", "Deselect", "select-none")
AGAIN: Final = StepKind("selection.again", "Reselect", "select-again")
INVERT: Final = StepKind("selection.invert", "Invert selection", "select-invert")
GROW: Final = StepKind("selection.grow", "Grow selection", "mask-grow")
SHRINK: Final = StepKind("selection.shrink", "Shrink selection", "mask-shrink")
FEATHER: Final = StepKind("selection.feather", "Feather selection", "mask-feather")
BORDER: Final = StepKind("selection.border", "Border of the selection", "select-border")
SMOOTH: Final = StepKind("selection.smooth", "Smooth selection", "select-smooth")
FROM_LAYER: Final = StepKind("selection.from_layer", "Selection from layer", "mask-from-layer")
FROM_MASK: Final = StepKind("selection.from_mask", "Selection from mask", "select-from-mask")
FROM_LAYER_MASK: Final = StepKind("selection.from_layer_mask", "Selection from layer mask", "layer-mask")
TO_MASK: Final = StepKind("selection.to_mask", "Mask from selection", "mask-from-layer")


def select_all(session: Session) -> None:
    """Select the whole canvas."""
    from studio.raster import masks

    session.apply(ALL, session.document.with_selection(masks.select_all(session.document.canvas)))


def deselect(session: Session) -> None:
    """Select nothing, so that edits act everywhere again; without a selection nothing happens."""
    if session.document.edit_limit is not None:
        session.apply(NONE, session.document.with_selection(Raster(channels=1)))


def last_selection(session: Session) -> Raster | None:
    """What was selected last, as far as the steps of history tell; ``None`` while something is, or nothing was."""
    history = session.history
    if session.document.edit_limit is not None:
        return None
    states = (step.state for step in reversed(history.steps[: history.index]))
    return next((state.selection for state in states if _is_alike(state, session.document)), None)


def reselect(session: Session) -> None:
    """Select again what was selected last."""
    selection = last_selection(session)
    if selection is None:
        raise refusals.nothing_to_reselect()
    session.apply(AGAIN, session.document.with_selection(selection))


def inverted(document: Document) -> Document:
    """Exactly what was not selected is."""
    from studio.raster import masks

    return document.with_selection(masks.invert(_selected(document), document.canvas))


def grown(document: Document, radius: int) -> Document:
    """The selection widened by ``radius`` pixels."""
    from studio.raster import masks

    return document.with_selection(masks.grow(_selected(document), radius, document.canvas))


def shrunk(document: Document, radius: int) -> Document:
    """The selection narrowed by ``radius`` pixels."""
    from studio.raster import masks

    return document.with_selection(masks.shrink(_selected(document), radius, document.canvas))


def feathered(document: Document, radius: int) -> Document:
    """The selection with an edge that is soft over ``radius`` pixels."""
    from studio.raster import masks

    return document.with_selection(masks.feather(_selected(document), float(radius), document.canvas))


def bordered(document: Document, width: int) -> Document:
    """A band of ``width`` pixels along the edge of the selection in place of it."""
    from studio.raster import masks

    return document.with_selection(masks.border(_selected(document), width, document.canvas))


def smoothed(document: Document, radius: int) -> Document:
    """The selection with rounded corners and even edges."""
    from studio.raster import masks

    return document.with_selection(masks.smooth(_selected(document), radius, document.canvas))


def from_layer(document: Document, layer_id: LayerId, mode: MaskMode = MaskMode.REPLACE) -> Document:
    """What is painted on a layer, or on those in a group, is selected: as far as it is opaque, without its mask."""
    from studio.raster import masks, merging

    layer = document.find(layer_id)
    whole = merging.flattened((layer,), document) if layer.source is None else layer.source.within(document.canvas)
    return _combined(document, masks.from_alpha(whole), mode)


def from_layer_mask(document: Document, layer_id: LayerId, mode: MaskMode = MaskMode.REPLACE) -> Document:
    """What the mask of a layer shows on the canvas is selected."""
    from studio.raster import masks

    layer = document.find(layer_id)
    if layer.mask is None:
        raise refusals.no_layer_mask(layer)
    return _combined(document, masks.within(layer.mask, document.canvas), mode)


def select_by_layer(session: Session, layer_id: LayerId, part: Literal["pixels", "mask"], mode: MaskMode) -> None:
    """Select what a layer, or its mask, shows. `SettingError` where nothing would be selected then."""
    kind, change = (FROM_LAYER, from_layer) if part == "pixels" else (FROM_LAYER_MASK, from_layer_mask)
    after = change(session.document, layer_id, mode)
    if after.edit_limit is None:
        raise refusals.nothing_to_select(session.document.find(layer_id))
    session.apply(kind, after)


def from_mask(document: Document) -> Document:
    """What is in the generation mask is selected."""
    if not document.generation_mask.tiles:
        raise no_mask()
    return document.with_selection(document.generation_mask)


def to_mask(document: Document) -> Document:
    """What is selected becomes the generation mask."""
    return document.with_generation_mask(_selected(document))


def _combined(document: Document, shape: Raster, mode: MaskMode) -> Document:
    from studio.raster import masks

    made = masks.combine(document.selection, shape, mode)
    return document.with_selection(made if made.bounds().intersected(document.canvas).width else Raster(channels=1))


def _is_alike(state: Document, document: Document) -> bool:
    """Whether something is selected in an earlier state, on a canvas of the same size."""
    return state.edit_limit is not None and state.canvas == document.canvas


def _selected(document: Document) -> Raster:
    if document.edit_limit is None:
        raise refusals.nothing_selected()
    return document.selection
