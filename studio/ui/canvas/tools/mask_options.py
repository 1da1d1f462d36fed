"""What the tools for the generation mask share: how a shape meets it, and how it looks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from PySide6.QtCore import QT_TRANSLATE_NOOP
from PySide6.QtGui import QColor

from studio.api.parameters import BoolParameter, ChoiceParameter, ColorParameter, FloatParameter
from studio.ui.canvas.tools.edge_options import edge_parameters
from studio.ui.canvas.tools.options import OptionGroup
from studio.ui.canvas.view.picture import MaskStyle

MASK_SHAPE: Final = OptionGroup(
    id="mask_shape",
    parameters=(
        ChoiceParameter(
            id="mode",
            label=str(QT_TRANSLATE_NOOP("CanvasTools", "New shape")),
            default="replace",
            choices=(
                ("replace", str(QT_TRANSLATE_NOOP("CanvasTools", "New"))),
                ("add", str(QT_TRANSLATE_NOOP("CanvasTools", "Add"))),
                ("subtract", str(QT_TRANSLATE_NOOP("CanvasTools", "Subtract"))),
                ("intersect", str(QT_TRANSLATE_NOOP("CanvasTools", "Intersect"))),
            ),
            hints=(
                str(QT_TRANSLATE_NOOP("CanvasTools", "Start a new mask")),
                str(QT_TRANSLATE_NOOP("CanvasTools", "Add to the mask (Shift)")),
                str(QT_TRANSLATE_NOOP("CanvasTools", "Take away from the mask (Alt)")),
                str(QT_TRANSLATE_NOOP("CanvasTools", "Keep what both have")),
            ),
        ),
        *edge_parameters(
            str(QT_TRANSLATE_NOOP("CanvasTools", "How far the shape fades out at its edge")),
            str(QT_TRANSLATE_NOOP("CanvasTools", "Mask the pixels along the edge in part, so that it shows no steps")),
        ),
    ),
    session_only=frozenset({"mode"}),
)

MASK_VIEW: Final = OptionGroup(
    id="mask_view",
    parameters=(
        BoolParameter(
            id="visible",
            label=str(QT_TRANSLATE_NOOP("CanvasTools", "Show the mask")),
            default=True,
            icon="eye",
            off_icon="eye-off",
        ),
        ColorParameter(
            id="color",
            label=str(QT_TRANSLATE_NOOP("CanvasTools", "Colour of the mask on screen")),
            default="#ff3b30",
            swatches=(
                ("#ff3b30", str(QT_TRANSLATE_NOOP("CanvasTools", "Red"))),
                ("#34c759", str(QT_TRANSLATE_NOOP("CanvasTools", "Green"))),
                ("#0a84ff", str(QT_TRANSLATE_NOOP("CanvasTools", "Blue"))),
                ("#ffd60a", str(QT_TRANSLATE_NOOP("CanvasTools", "Yellow"))),
                ("#ff2fd0", str(QT_TRANSLATE_NOOP("CanvasTools", "Magenta"))),
                ("#ffffff", str(QT_TRANSLATE_NOOP("CanvasTools", "White"))),
            ),
        ),
        FloatParameter(
            id="opacity",
            label=str(QT_TRANSLATE_NOOP("CanvasTools", "Opacity")),
            help=str(QT_TRANSLATE_NOOP("CanvasTools", "How much the colour of the mask covers on screen")),
            default=50.0,
            minimum=5.0,
            maximum=100.0,
            step=1.0,
            suffix=" %",
            advanced=True,
        ),
    ),
    session_only=frozenset({"visible"}),
)


def mask_style(values: Mapping[str, Any]) -> MaskStyle:
    """How the values of `MASK_VIEW` have the mask shown."""
    return MaskStyle(QColor(values["color"]), values["opacity"] / 100, values["visible"])
