"""Asks for the size and ground of a new picture."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from studio.document import MAX_SIDE, Document
from studio.editing.fresh_picture import fresh_picture
from studio.ui.dialogs.form_dialog import FormDialog, pixel_box
from studio.ui.style.translation import layer_names

_SIZES: Final = ((512, 512), (768, 512), (512, 768), (1024, 1024), (1920, 1080), (2048, 2048), (4096, 4096))
_WHITE: Final = (255, 255, 255)


@dataclass(frozen=True)
class Canvas:
    """Size in pixels and RGB ground, ``None`` for a transparent one."""

    width: int = 512
    height: int = 512
    ground: tuple[int, int, int] | None = _WHITE

    def document(self) -> Document:
        return fresh_picture(self.width, self.height, self.ground, layer_names())


class NewPictureDialog(FormDialog):
    """Emits ``chosen(Canvas)``. ``color`` is offered as a ground beside white and transparent."""

    chosen = Signal(object)

    def __init__(self, current: Canvas, color: tuple[int, int, int], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("New picture"))
        self.accept_button.setText(self.tr("Create"))
        self.sizes = QComboBox()
        self.sizes.addItem(self.tr("As the current picture"), (current.width, current.height))
        for width, height in _SIZES:
            self.sizes.addItem(f"{width} × {height}", (width, height))
        self.width_box = pixel_box(current.width, 1, MAX_SIDE)
        self.height_box = pixel_box(current.height, 1, MAX_SIDE)
        self.ground = QComboBox()
        self.ground.addItem(self.tr("White"), _WHITE)
        self.ground.addItem(self.tr("Painting colour"), color)
        self.ground.addItem(self.tr("Transparent"), None)
        self.form.addRow(self.tr("Size"), self.sizes)
        self.form.addRow(self.tr("Width"), self.width_box)
        self.form.addRow(self.tr("Height"), self.height_box)
        self.form.addRow(self.tr("Ground"), self.ground)
        self.sizes.activated.connect(self._take_size)
        self.accepted.connect(lambda: self.chosen.emit(self.canvas()))

    def canvas(self) -> Canvas:
        """What is set."""
        ground = self.ground.currentData()
        return Canvas(self.width_box.value(), self.height_box.value(), tuple(ground) if ground is not None else None)

    def _take_size(self) -> None:
        width, height = self.sizes.currentData()
        self.width_box.setValue(width)
        self.height_box.setValue(height)
