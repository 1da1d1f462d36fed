"""Fill layers: making one, choosing its colour, and making pixels of it. Each makes one step of history.

`SettingError` says why not.
"""

from __future__ import annotations

from typing import Final

from studio.document import FillLayer, Layer, LayerId, Rgb, SolidColor, rasterised, with_layer
from studio.editing import refusals
from studio.editing.layer_edits import insert_above_active, numbered_name, refuse_locked
from studio.editing.naming import ENGLISH, Naming
from studio.history import StepKind
from studio.session import Session

NEW: Final = StepKind("fill_layer.new", "New fill layer", "fill-layer")
COLOR: Final = StepKind("fill_layer.color", "Colour of a fill layer", "color")
RASTERISE: Final = StepKind("layer.rasterise", "Rasterise layer", "layer")


def add(session: Session, rgb: Rgb, names: Naming = ENGLISH) -> None:
    """Add a layer of one colour above the active one; its mask shows what is selected, if anything is."""
    name = numbered_name(session.document, names.fill)
    layer = FillLayer(name=name, fill=SolidColor(rgb), mask=session.document.edit_limit)
    session.apply(NEW, insert_above_active(session.document, layer))


def set_color(session: Session, layer_id: LayerId, rgb: Rgb) -> None:
    """Give a fill layer another colour."""
    layer = session.document.find(layer_id)
    refuse_locked(layer)
    if layer.color is None:
        raise refusals.no_color(layer)
    if layer.color != rgb:
        session.apply(COLOR, with_layer(session.document, layer.with_color(rgb)))


def rasterise(session: Session, layer_id: LayerId) -> None:
    """Make a layer into pixels that can be painted on; it looks the same."""
    layer = session.document.find(layer_id)
    refuse_locked(layer)
    if not can_rasterise(layer):
        raise refusals.nothing_to_rasterise(layer)
    session.apply(RASTERISE, with_layer(session.document, rasterised(layer, session.document.canvas)))


def can_rasterise(layer: Layer) -> bool:
    """Whether a layer shows something and holds no pixels."""
    return layer.source is not None and layer.raster is None
