"""What brush, eraser and fill share: which part of the layer they change, and whether the mask limits them."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP

from studio.api.parameters import BoolParameter, ChoiceParameter
from studio.document import Document, Raster, Rect
from studio.raster.limits import MaskMode
from studio.ui.canvas.targets import EditTarget, is_outside, outside_mask_remark, outside_selection_remark
from studio.ui.canvas.tools.options import OptionGroup, ToolOptions
from studio.ui.canvas.tools.tool import ToolContext


def _has_mask(document: Document) -> bool:
    layer = document.active_layer
    return layer is not None and layer.mask is not None


PART: Final = OptionGroup(
    id="part",
    parameters=(
        ChoiceParameter(
            id="part",
            label=str(QT_TRANSLATE_NOOP("CanvasTools", "Paint on")),
            default="pixels",
            choices=(
                ("pixels", str(QT_TRANSLATE_NOOP("CanvasTools", "Layer"))),
                ("mask", str(QT_TRANSLATE_NOOP("CanvasTools", "Its mask"))),
            ),
            hints=(
                str(QT_TRANSLATE_NOOP("CanvasTools", "Paint on the pixels of the layer")),
                str(QT_TRANSLATE_NOOP("CanvasTools", "Paint on the mask of the layer")),
            ),
        ),
    ),
    session_only=frozenset({"part"}),
    offered=_has_mask,
)

LIMIT: Final = OptionGroup(
    id="limit",
    parameters=(
        BoolParameter(
            id="inside_mask",
            label=str(QT_TRANSLATE_NOOP("CanvasTools", "Inside the mask only")),
            help=str(
                QT_TRANSLATE_NOOP(
                    "CanvasTools",
                    "Paint only where the generation mask is; otherwise, and without a mask, "
                    "it does not limit painting",
                )
            ),
            icon="mask",
        ),
    ),
    session_only=frozenset({"inside_mask"}),
)


def chosen_part(options: ToolOptions) -> EditTarget:
    """What of the active layer is painted on."""
    return "mask" if options.values(PART.id)["part"] == "mask" else "pixels"


def choose_part(options: ToolOptions, part: EditTarget, document: Document) -> None:
    """Paint on the "pixels" or the "mask" of the active layer from now on; one without a mask has its pixels."""
    options.set(PART.id, part=part if _has_mask(document) else "pixels")


def edited_part(context: ToolContext) -> EditTarget:
    """What of the active layer a tool changes."""
    return "mask" if context.options(PART)["part"] == "mask" else "pixels"


def paint_clip(context: ToolContext) -> Raster | None:
    """What paint keeps to: the selection, and the generation mask where tools were asked to stay inside it; ``None``
    where it may go everywhere."""
    selection, mask = context.session.document.edit_limit, _limiting_mask(context)
    if selection is None or mask is None:
        return mask if selection is None else selection
    from studio.raster.masks import combine  # not needed for the first window

    return combine(selection, mask, MaskMode.INTERSECT)


def outside_remark(context: ToolContext, area: Rect) -> str:
    """Says (translated) why paint in ``area``, which lies outside of what it keeps to, changed nothing."""
    selection = context.session.document.edit_limit
    return outside_selection_remark() if is_outside(selection, area) else outside_mask_remark()


def _limiting_mask(context: ToolContext) -> Raster | None:
    mask = context.session.document.generation_mask
    return mask if context.options(LIMIT)["inside_mask"] and (mask.tiles or mask.default) else None
