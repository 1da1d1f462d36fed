"""What is chosen for the transform tool. Place, size and angles are those of the frame, so that they can be typed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from PySide6.QtCore import QT_TRANSLATE_NOOP

from studio.api.parameters import BoolParameter, ChoiceParameter, FloatParameter, IntParameter
from studio.raster.free_transform import MAX_EXTENT, MAX_SKEW, FreeTransform
from studio.ui.canvas.tools.options import OptionGroup
from studio.ui.canvas.tools.transform_frame import on_pixels, with_size

MODES: Final = ("free", "perspective", "warp")
_MOST_PERCENT: Final = 100_000.0


def _pixels(key: str, label: str, help_text: str) -> IntParameter:
    return IntParameter(
        id=key,
        label=label,
        help=help_text,
        default=0,
        minimum=-MAX_EXTENT,
        maximum=MAX_EXTENT,
        slider=False,
    )


def _percent(key: str, label: str) -> FloatParameter:
    return FloatParameter(
        id=key,
        label=label,
        help=str(QT_TRANSLATE_NOOP("CanvasTools", "Of the size before; less than 0 mirrors")),
        default=100.0,
        minimum=-_MOST_PERCENT,
        maximum=_MOST_PERCENT,
        step=0.1,
        suffix=" %",
        slider=False,
        advanced=True,
    )


TRANSFORM: Final = OptionGroup(
    id="transform",
    parameters=(
        ChoiceParameter(
            id="mode",
            label=str(QT_TRANSLATE_NOOP("CanvasTools", "Kind of transform")),
            default="free",
            choices=(
                ("free", str(QT_TRANSLATE_NOOP("CanvasTools", "Free"))),
                ("perspective", str(QT_TRANSLATE_NOOP("CanvasTools", "Perspective"))),
                ("warp", str(QT_TRANSLATE_NOOP("CanvasTools", "Warp"))),
            ),
            hints=(
                str(QT_TRANSLATE_NOOP("CanvasTools", "Handles scale; outside the frame turns; Ctrl pulls corners")),
                str(QT_TRANSLATE_NOOP("CanvasTools", "Each corner is pulled alone")),
                str(QT_TRANSLATE_NOOP("CanvasTools", "Points of a mesh bend the pixels")),
            ),
        ),
        FloatParameter(
            id="skew",
            label=str(QT_TRANSLATE_NOOP("CanvasTools", "Skew")),
            help=str(QT_TRANSLATE_NOOP("CanvasTools", "How far upright sides lean")),
            default=0.0,
            minimum=-MAX_SKEW,
            maximum=MAX_SKEW,
            step=0.1,
            suffix="°",
            slider=False,
            advanced=True,
        ),
        _percent("percent_x", str(QT_TRANSLATE_NOOP("CanvasTools", "Width in percent"))),
        _percent("percent_y", str(QT_TRANSLATE_NOOP("CanvasTools", "Height in percent"))),
        ChoiceParameter(
            id="resampling",
            label=str(QT_TRANSLATE_NOOP("CanvasTools", "Pixels are made by")),
            default="bicubic",
            choices=(
                ("nearest", str(QT_TRANSLATE_NOOP("CanvasTools", "Nearest"))),
                ("bilinear", str(QT_TRANSLATE_NOOP("CanvasTools", "Bilinear"))),
                ("bicubic", str(QT_TRANSLATE_NOOP("CanvasTools", "Bicubic"))),
                ("lanczos", str(QT_TRANSLATE_NOOP("CanvasTools", "Lanczos"))),
            ),
            hints=(
                str(QT_TRANSLATE_NOOP("CanvasTools", "Hard pixels, for pixel art")),
                str(QT_TRANSLATE_NOOP("CanvasTools", "Soft")),
                str(QT_TRANSLATE_NOOP("CanvasTools", "Sharp, the usual")),
                str(QT_TRANSLATE_NOOP("CanvasTools", "Sharpest, with a fine ring along hard edges")),
            ),
            advanced=True,
        ),
        IntParameter(
            id="cells",
            label=str(QT_TRANSLATE_NOOP("CanvasTools", "Cells of the warp")),
            help=str(QT_TRANSLATE_NOOP("CanvasTools", "How many cells the mesh has along a side")),
            default=3,
            minimum=1,
            maximum=8,
            advanced=True,
        ),
    ),
    session_only=frozenset({"mode", "skew", "percent_x", "percent_y"}),
    on_canvas=True,
)

SIZE: Final = OptionGroup(
    id="transform_size",
    parameters=(
        _pixels(
            "width",
            str(QT_TRANSLATE_NOOP("CanvasTools", "W")),
            str(QT_TRANSLATE_NOOP("CanvasTools", "Width of the frame in pixels; less than 0 mirrors")),
        ),
        BoolParameter(
            id="keeps_ratio",
            label=str(QT_TRANSLATE_NOOP("CanvasTools", "Keep the proportions")),
            icon="link",
            off_icon="unlink",
        ),
        _pixels(
            "height",
            str(QT_TRANSLATE_NOOP("CanvasTools", "H")),
            str(QT_TRANSLATE_NOOP("CanvasTools", "Height of the frame in pixels; less than 0 mirrors")),
        ),
    ),
    session_only=frozenset({"width", "height"}),
    on_canvas=True,
)

TURN: Final = OptionGroup(
    id="transform_turn",
    parameters=(
        FloatParameter(
            id="angle",
            label=str(QT_TRANSLATE_NOOP("CanvasTools", "Angle")),
            help=str(QT_TRANSLATE_NOOP("CanvasTools", "Clockwise about the pivot")),
            default=0.0,
            minimum=-360.0,
            maximum=360.0,
            step=0.1,
            suffix="°",
            slider=False,
        ),
    ),
    session_only=frozenset({"angle"}),
    on_canvas=True,
)

PLACE: Final = OptionGroup(
    id="transform_place",
    parameters=(
        _pixels("x", "X", str(QT_TRANSLATE_NOOP("CanvasTools", "Left edge of what comes out, in pixels"))),
        _pixels("y", "Y", str(QT_TRANSLATE_NOOP("CanvasTools", "Upper edge of what comes out, in pixels"))),
    ),
    session_only=frozenset({"x", "y"}),
    on_canvas=True,
)

WHAT: Final = OptionGroup(
    id="transform_what",
    parameters=(
        ChoiceParameter(
            id="what",
            label=str(QT_TRANSLATE_NOOP("CanvasTools", "Transform")),
            default="layers",
            choices=(
                ("layers", str(QT_TRANSLATE_NOOP("CanvasTools", "Layers"))),
                ("layer_mask", str(QT_TRANSLATE_NOOP("CanvasTools", "Layer mask"))),
                ("generation_mask", str(QT_TRANSLATE_NOOP("CanvasTools", "Generation mask"))),
            ),
            hints=(
                str(
                    QT_TRANSLATE_NOOP(
                        "CanvasTools",
                        "The selected layers and groups with their masks; with a selection only its pixels",
                    )
                ),
                str(QT_TRANSLATE_NOOP("CanvasTools", "The mask of the active layer alone")),
                str(QT_TRANSLATE_NOOP("CanvasTools", "The mask that says where to generate")),
            ),
        ),
    ),
    session_only=frozenset({"what"}),
    on_canvas=True,
)


FIELDS: Final = (TRANSFORM, SIZE, TURN, PLACE)
"""The groups among whose options are the fields of `shown_values`."""


def group_of(field: str) -> OptionGroup:
    """The group that a field stands in; ``KeyError`` for an unknown one."""
    for group in FIELDS:
        if field in group.defaults():
            return group
    raise KeyError(field)


def shown_values(shape: FreeTransform) -> dict[str, Any]:
    """What the fields say of a frame."""
    bounds = shape.bounds()
    return {
        "x": _whole(bounds.x),
        "y": _whole(bounds.y),
        "width": _whole(shape.box.width * shape.scale_x),
        "height": _whole(shape.box.height * shape.scale_y),
        "angle": round(shape.angle, 1),
        "skew": round(shape.skew, 1),
        "percent_x": _share(shape.scale_x),
        "percent_y": _share(shape.scale_y),
    }


def typed_into(shape: FreeTransform, typed: dict[str, Any], *, keeps_ratio: bool) -> FreeTransform:
    """A frame with the fields that were typed."""
    width, height = typed.get("width"), typed.get("height")
    if "percent_x" in typed:
        width = typed["percent_x"] / 100 * shape.box.width
    if "percent_y" in typed:
        height = typed["percent_y"] / 100 * shape.box.height
    before = shape.box.width * shape.scale_x, shape.box.height * shape.scale_y
    if keeps_ratio and (width is None) != (height is None):
        share = abs(width / before[0] if width is not None else (height or 0.0) / before[1])
        width, height = (
            (before[0] * share if width is None else width),
            (before[1] * share if height is None else height),
        )
    shape = with_size(shape, width, height)
    if "angle" in typed:
        shape = shape.turned(typed["angle"] - shape.angle)
    if "skew" in typed:
        shape = shape.keeping(shape.pivot, lambda each: replace(each, skew=typed["skew"]))
    shape = on_pixels(shape)
    bounds = shape.bounds()
    dx, dy = typed.get("x", bounds.x) - bounds.x, typed.get("y", bounds.y) - bounds.y
    return shape.moved(float(dx), float(dy))


def _whole(value: float) -> int:
    return min(max(round(value), -MAX_EXTENT), MAX_EXTENT)


def _share(scale: float) -> float:
    return min(max(round(scale * 100, 1), -_MOST_PERCENT), _MOST_PERCENT)
