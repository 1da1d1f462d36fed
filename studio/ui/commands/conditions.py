"""What commands need. Each reason is written once, here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP

from studio.document import Layer, index_of, parent_of, siblings_of
from studio.ui.canvas.tools.brush_options import brush_options_of
from studio.ui.canvas.tools.registry import tool_info
from studio.ui.commands.context import State
from studio.ui.widgets.command import Condition


def _has_layer_below(state: State) -> bool:
    layer = state.document.active_layer
    if layer is None:
        return False
    return index_of(state.document, layer.id) > 0 or parent_of(state.document, layer.id) is not None


def _can_shift(by: int) -> Callable[[State], bool]:
    def holds(state: State) -> bool:
        layer = state.document.active_layer
        if layer is None:
            return False
        return 0 <= index_of(state.document, layer.id) + by < len(siblings_of(state.document, layer.id))

    return holds


def _has_layer_mask(state: State) -> bool:
    layer = state.document.active_layer
    return layer is not None and layer.mask is not None


def _is_drawn(layer: Layer | None) -> bool:
    return layer is not None and layer.settings is not None


SEVERAL_PICTURES: Final = Condition[State](
    lambda state: state.has_several_pictures, str(QT_TRANSLATE_NOOP("Conditions", "Only one picture is open."))
)
UNDO: Final = Condition[State](
    lambda state: state.can_undo, str(QT_TRANSLATE_NOOP("Conditions", "There is nothing to undo."))
)
REDO: Final = Condition[State](
    lambda state: state.can_redo, str(QT_TRANSLATE_NOOP("Conditions", "There is nothing to redo."))
)
LAYER: Final = Condition[State](
    lambda state: state.document.active_layer is not None,
    str(QT_TRANSLATE_NOOP("Conditions", "No layer is chosen.")),
)
ANY_LAYER: Final = Condition[State](
    lambda state: bool(state.document.layers), str(QT_TRANSLATE_NOOP("Conditions", "The picture has no layers."))
)
PAINT_LAYER: Final = Condition[State](
    lambda state: state.document.active_paint_layer is not None,
    str(QT_TRANSLATE_NOOP("Conditions", "No layer with pixels is chosen.")),
)
GROUP: Final = Condition[State](
    lambda state: (layer := state.document.active_layer) is not None and layer.is_group,
    str(QT_TRANSLATE_NOOP("Conditions", "No group is chosen.")),
)
FILL_LAYER: Final = Condition[State](
    lambda state: (layer := state.document.active_layer) is not None and layer.color is not None,
    str(QT_TRANSLATE_NOOP("Conditions", "No fill layer is chosen.")),
)
ADJUSTMENT_LAYER: Final = Condition[State](
    lambda state: (layer := state.document.active_layer) is not None and layer.adjustment is not None,
    str(QT_TRANSLATE_NOOP("Conditions", "No adjustment layer is chosen.")),
)
LABELLED: Final = Condition[State](
    lambda state: (layer := state.document.active_layer) is not None and bool(layer.label),
    str(QT_TRANSLATE_NOOP("Conditions", "The layer has no label.")),
)
LAYER_BELOW: Final = Condition[State](
    _has_layer_below, str(QT_TRANSLATE_NOOP("Conditions", "There is no layer below."))
)
CLIPPABLE: Final = Condition[State](
    lambda state: _can_shift(-1)(state) or ((layer := state.document.active_layer) is not None and layer.clipped),
    str(QT_TRANSLATE_NOOP("Conditions", "There is no layer below, in the same group.")),
)
CAN_RISE: Final = Condition[State](
    _can_shift(1), str(QT_TRANSLATE_NOOP("Conditions", "The layer is at the top already."))
)
CAN_SINK: Final = Condition[State](
    _can_shift(-1), str(QT_TRANSLATE_NOOP("Conditions", "The layer is at the bottom already."))
)
LAYER_MASK: Final = Condition[State](
    _has_layer_mask, str(QT_TRANSLATE_NOOP("Conditions", "The layer has no mask of its own."))
)
NO_LAYER_MASK: Final = Condition[State](
    lambda state: not _has_layer_mask(state),
    str(QT_TRANSLATE_NOOP("Conditions", "The layer has a mask of its own already.")),
)
MASK: Final = Condition[State](
    lambda state: bool(state.document.generation_mask.tiles),
    str(QT_TRANSLATE_NOOP("Conditions", "There is no mask yet: paint one with the mask brush.")),
)
SELECTION: Final = Condition[State](
    lambda state: state.document.edit_limit is not None,
    str(QT_TRANSLATE_NOOP("Conditions", "Nothing is selected.")),
)
LAST_SELECTION: Final = Condition[State](
    lambda state: state.can_reselect,
    str(QT_TRANSLATE_NOOP("Conditions", "Something is selected already, or nothing was before.")),
)
MOVED_EDGES: Final = Condition[State](
    lambda state: state.has_moved_edges,
    str(QT_TRANSLATE_NOOP("Conditions", "The canvas has its edges still: drag them with the canvas edges tool.")),
)
FILLABLE_EDGES: Final = Condition[State](
    lambda state: state.has_moved_edges or state.has_new_area,
    str(QT_TRANSLATE_NOOP("Conditions", "The canvas has its edges still: drag them with the canvas edges tool.")),
)
BRUSH_TOOL: Final = Condition[State](
    lambda state: any("diameter" in group.defaults() for group in tool_info(state.tool).options),
    str(QT_TRANSLATE_NOOP("Conditions", "The chosen tool is no brush.")),
)
GUIDE_LINES: Final = Condition[State](
    lambda state: state.document.ruling.has_lines,
    str(QT_TRANSLATE_NOOP("Conditions", "There are no guide lines: drag one out of a ruler.")),
)
TRANSFORM_CHOSEN: Final = Condition[State](
    lambda state: state.is_transforming,
    str(QT_TRANSLATE_NOOP("Conditions", "The transform tool is not chosen.")),
)
WHOLE_BRUSH: Final = Condition[State](
    lambda state: brush_options_of(tool_info(state.tool)) is not None,
    str(QT_TRANSLATE_NOOP("Conditions", "The chosen tool has no brush that can be edited.")),
)
BRUSH_PRESET: Final = Condition[State](
    lambda state: bool(state.brush_preset),
    str(QT_TRANSLATE_NOOP("Conditions", "No preset of a brush is chosen.")),
)
FRAMES: Final = Condition[State](
    lambda state: state.frame_count > 0, str(QT_TRANSLATE_NOOP("Conditions", "There is no timeline yet."))
)
NO_FRAMES: Final = Condition[State](
    lambda state: state.frame_count == 0, str(QT_TRANSLATE_NOOP("Conditions", "There is a timeline already."))
)
SEVERAL_FRAMES: Final = Condition[State](
    lambda state: state.frame_count > 1,
    str(QT_TRANSLATE_NOOP("Conditions", "The timeline has fewer than two frames.")),
)
COPIED_FRAMES: Final = Condition[State](
    lambda state: state.has_copied_frames, str(QT_TRANSLATE_NOOP("Conditions", "No frames were cut or copied."))
)
DRAWING: Final = Condition[State](
    lambda state: state.is_drawing, str(QT_TRANSLATE_NOOP("Conditions", "Nothing is being drawn."))
)
RESULTS: Final = Condition[State](
    lambda state: state.has_results, str(QT_TRANSLATE_NOOP("Conditions", "No result waits for a decision."))
)
RESULT: Final = Condition[State](
    lambda state: state.is_result_shown, str(QT_TRANSLATE_NOOP("Conditions", "No result is looked at."))
)
DRAWN: Final = Condition[State](
    lambda state: state.is_result_shown or _is_drawn(state.document.active_layer),
    str(QT_TRANSLATE_NOOP("Conditions", "Neither a result is looked at nor is the active layer drawn.")),
)
ENDED_JOBS: Final = Condition[State](
    lambda state: state.has_ended_jobs, str(QT_TRANSLATE_NOOP("Conditions", "No job is over."))
)
SETTINGS: Final = Condition[State](
    lambda state: state.has_settings, str(QT_TRANSLATE_NOOP("Conditions", "The current step was not generated."))
)
LAYER_SETTINGS: Final = Condition[State](
    lambda state: _is_drawn(state.document.active_layer),
    str(QT_TRANSLATE_NOOP("Conditions", "The active layer was not generated.")),
)
JOBS: Final = Condition[State](
    lambda state: state.has_jobs, str(QT_TRANSLATE_NOOP("Conditions", "Nothing is being drawn or waits."))
)
LIVE: Final = Condition[State](
    lambda state: state.is_live, str(QT_TRANSLATE_NOOP("Conditions", "Live painting is off."))
)
LIVE_PICTURE: Final = Condition[State](
    lambda state: state.has_live_picture, str(QT_TRANSLATE_NOOP("Conditions", "There is no live picture yet."))
)
