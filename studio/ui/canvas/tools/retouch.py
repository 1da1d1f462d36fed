"""What the retouching tools share: they change what is on the layer, by the same brushes as paint."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QT_TRANSLATE_NOOP

from studio.api.parameters import ChoiceParameter, FloatParameter
from studio.document import Raster
from studio.history import StepKind
from studio.ui.canvas.targets import Target, edit_target
from studio.ui.canvas.tools.brush_options import brush_group
from studio.ui.canvas.tools.layer_options import LIMIT, PART, edited_part
from studio.ui.canvas.tools.options import OptionGroup
from studio.ui.canvas.tools.stroke_tool import StrokeKind, StrokeTool
from studio.ui.canvas.tools.symmetry_options import SYMMETRY
from studio.ui.canvas.tools.tool import CanvasTool, Section, ToolContext

if TYPE_CHECKING:
    from studio.raster.brush import MakeStroke
    from studio.raster.brushes.retouching import TileSource

RETOUCH: Final = brush_group("retouch", opacity=50.0)
"""The brush of the tools that change what is there."""
REACH: Final = OptionGroup(
    id="reach",
    parameters=(
        FloatParameter(
            id="radius",
            label=str(QT_TRANSLATE_NOOP("CanvasTools", "Radius")),
            help=str(QT_TRANSLATE_NOOP("CanvasTools", "How large the details are that are blurred or sharpened")),
            default=4.0,
            minimum=1.0,
            maximum=50.0,
            step=1.0,
            suffix=" px",
            advanced=True,
        ),
    ),
)
TONES: Final = OptionGroup(
    id="tones",
    parameters=(
        ChoiceParameter(
            id="tones",
            label=str(QT_TRANSLATE_NOOP("CanvasTools", "Tones")),
            advanced=True,
            default="midtones",
            choices=(
                ("shadows", str(QT_TRANSLATE_NOOP("CanvasTools", "Shadows"))),
                ("midtones", str(QT_TRANSLATE_NOOP("CanvasTools", "All"))),
                ("highlights", str(QT_TRANSLATE_NOOP("CanvasTools", "Highlights"))),
            ),
        ),
    ),
)


def retouched(context: ToolContext) -> Target | str:
    """What is changed: the layer itself, or its mask."""
    return edit_target(context.session.document, edited_part(context))


def retouching_tool(
    tool_id: str,
    name: str,
    hint: str,
    strokes: Callable[[ToolContext, Raster], MakeStroke],
    *,
    step: StepKind,
    options: tuple[OptionGroup, ...] = (),
) -> CanvasTool:
    """A tool that changes what is under its brush. ``strokes`` make its strokes on a raster as it is at their start."""
    kind = StrokeKind(step=step, brush=RETOUCH, target=retouched, strokes=strokes)
    return CanvasTool(
        id=tool_id,
        name=name,
        icon=tool_id,
        shortcut="",
        hint=hint,
        section=Section.PAINT,
        make=partial(StrokeTool, kind=kind),
        options=(PART, RETOUCH, *options, SYMMETRY, LIMIT),
        commands=("brush.presets", "brush.edit"),
        group="retouch",
    )


def sourced(source: Callable[[ToolContext, Raster], TileSource]) -> Callable[[ToolContext, Raster], MakeStroke]:
    """Strokes that lay down a source."""

    def strokes(context: ToolContext, raster: Raster) -> MakeStroke:
        from studio.raster.brush import Stroke

        return partial(Stroke, source=source(context, raster))

    return strokes
