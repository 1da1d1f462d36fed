"""The Mask menu: the whole generation mask at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QObject
from PySide6.QtWidgets import QWidget

from studio.document import Raster, Rect
from studio.raster import masks
from studio.session import Session
from studio.ui.dialogs.picture_size import AmountDialog

_Edit = Callable[[Raster, int, Rect], Raster]

LABELS: Final = {
    "mask.all": str(QT_TRANSLATE_NOOP("History", "Mask everything")),
    "mask.clear": str(QT_TRANSLATE_NOOP("History", "Clear mask")),
    "mask.invert": str(QT_TRANSLATE_NOOP("History", "Invert mask")),
    "mask.grow": str(QT_TRANSLATE_NOOP("History", "Grow mask")),
    "mask.shrink": str(QT_TRANSLATE_NOOP("History", "Shrink mask")),
    "mask.feather": str(QT_TRANSLATE_NOOP("History", "Feather mask")),
    "mask.from_layer": str(QT_TRANSLATE_NOOP("History", "Mask from layer")),
}
_FIRST_AMOUNT: Final = 8
_MAX_AMOUNT: Final = 512


class MaskMenu(QObject):
    """Each change of the mask is one step of history."""

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        self._amount = _FIRST_AMOUNT

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        canvas = self._canvas
        return {
            "mask.all": lambda: self._set("mask.all", masks.select_all(canvas())),
            "mask.clear": lambda: self._set("mask.clear", masks.clear()),
            "mask.invert": lambda: self._set("mask.invert", masks.invert(self._mask(), canvas())),
            "mask.grow": lambda: self._ask("mask.grow", self.tr("Grow the mask"), masks.grow),
            "mask.shrink": lambda: self._ask("mask.shrink", self.tr("Shrink the mask"), masks.shrink),
            "mask.feather": lambda: self._ask("mask.feather", self.tr("Feather the mask"), masks.feather),
            "mask.from_layer": self._from_layer,
        }

    def _canvas(self) -> Rect:
        return self._session.document.canvas

    def _mask(self) -> Raster:
        return self._session.document.selection

    def _set(self, action_id: str, mask: Raster) -> None:
        if mask.changed_tiles(self._mask()):
            self._session.apply(LABELS[action_id], self._session.document.with_selection(mask))

    def _from_layer(self) -> None:
        layer = self._session.document.active_paint_layer
        if layer is not None:
            self._set("mask.from_layer", masks.from_alpha(layer.raster))

    def _ask(self, action_id: str, title: str, edit: _Edit) -> None:
        dialog = AmountDialog(title, self._amount, _MAX_AMOUNT, self._window)

        def change(amount: int) -> None:
            self._amount = amount
            self._set(action_id, edit(self._mask(), amount, self._canvas()))

        dialog.chosen.connect(change)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
