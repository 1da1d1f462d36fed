"""Pours the painting colour into an area of similar colour."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP

from studio.raster.flood import flood_fill
from studio.ui.canvas.pointer import Pointer
from studio.ui.canvas.targets import edit_target
from studio.ui.canvas.tool import Tool

_LABEL: Final = str(QT_TRANSLATE_NOOP("History", "Fill"))


@dataclass(frozen=True, kw_only=True)
class FillOptions:
    """How the fill tool finds its area.

    A pixel belongs if no channel differs by more than ``tolerance`` (0..255) from the pixel clicked; with
    ``contiguous`` it must also be connected to it. ``sample_merged`` looks at the whole picture, not at the
    layer alone.
    """

    tolerance: int = 24
    contiguous: bool = True
    sample_merged: bool = True


class FillTool(Tool):
    """Fills where it is pressed, as one step. On a layer's mask it looks at that mask alone."""

    def press(self, pointer: Pointer) -> None:
        document = self.context.session.document
        if not document.canvas.contains(*pointer.pixel):
            return
        target = edit_target(document, self.context.edit_target)
        if isinstance(target, str):
            self.context.say(target)
            return
        before = target.raster(document)
        if before is None:
            return
        color, options = self.context.color, self.context.fill_options
        after = flood_fill(
            document,
            before,
            pointer.pixel,
            (color.red(), color.green(), color.blue(), color.alpha()),
            tolerance=options.tolerance,
            contiguous=options.contiguous,
            sample_merged=options.sample_merged and before.channels == 4,
        )
        if before.changed_tiles(after):
            self.context.commit(_LABEL, target.with_raster(document, after))
