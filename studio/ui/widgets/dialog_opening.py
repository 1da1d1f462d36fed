"""How every dialog is opened: its title can be read, the keys go to its first field, and it goes away once closed."""

from __future__ import annotations

from typing import Final, TypeVar

from PySide6 import QtWidgets  # its classes take their time to be made, and most starts open no dialog
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFontMetrics, QGuiApplication
from PySide6.QtWidgets import QDialog, QWidget

from studio.ui.style.theme import GRID

_FRAME: Final = 28 * GRID
"""What lies beside a title: the buttons of the window, and as much at the other side where titles are centred."""

D = TypeVar("D", bound=QDialog)


def open_dialog(dialog: D, *, is_modal: bool = True) -> D:
    """Show a dialog over its parent without waiting for it; it is deleted when it is closed.

    The keys go to its first field, unless it has chosen another one itself.
    """
    dialog.finished.connect(dialog.deleteLater)
    fit_title(dialog)
    chosen = dialog.focusWidget()
    if is_modal:
        dialog.open()
    else:
        dialog.show()
    field = first_field(dialog) if chosen is None else None
    if field is not None:
        _give_keys(field)
    return dialog


def fit_title(dialog: QDialog) -> None:
    """Make a dialog wide enough for its title, as far as the screen goes."""
    dialog.ensurePolished()
    font = dialog.font()
    font.setBold(True)  # some desktops draw titles so
    wanted = QFontMetrics(font).horizontalAdvance(shown_title(dialog)) + _FRAME
    width = min(wanted, dialog.screen().availableSize().width() - _FRAME)
    layout = dialog.layout()
    buttons = dialog.findChild(QtWidgets.QDialogButtonBox) if isinstance(dialog, QtWidgets.QMessageBox) else None
    if layout is not None and buttons is not None:  # it sets its own size by its layout, made anew with every theme
        margins = layout.contentsMargins()
        buttons.setMinimumWidth(width - margins.left() - margins.right())
    else:
        dialog.setMinimumWidth(max(dialog.minimumWidth(), width))


def shown_title(dialog: QDialog) -> str:
    """The title as the desktop shows it: Qt appends the program's name."""
    return f"{dialog.windowTitle()} — {QGuiApplication.applicationDisplayName()}"


def first_field(dialog: QDialog) -> QWidget | None:
    """The topmost and leftmost thing to type into or choose from; ``None`` where buttons are all there is."""
    if isinstance(dialog, QtWidgets.QFileDialog):
        return dialog.findChild(QtWidgets.QLineEdit, "fileNameEdit")
    if isinstance(dialog, QtWidgets.QMessageBox):
        return None
    fields = [widget for widget in dialog.findChildren(QWidget) if _is_field(widget) and _is_open(widget)]
    return min(fields, key=lambda field: _place(field, dialog), default=None)


def _give_keys(field: QWidget) -> None:
    """What is in the field is selected, so that typing replaces it."""
    field.setFocus(Qt.FocusReason.TabFocusReason)
    if isinstance(field, QtWidgets.QAbstractSpinBox | QtWidgets.QLineEdit):
        field.selectAll()


def _is_field(widget: QWidget) -> bool:
    texts = QtWidgets.QLineEdit, QtWidgets.QPlainTextEdit, QtWidgets.QKeySequenceEdit
    return isinstance(widget, (*texts, QtWidgets.QAbstractSpinBox, QtWidgets.QComboBox, QtWidgets.QAbstractItemView))


def _is_open(field: QWidget) -> bool:
    return field.isVisible() and field.isEnabled() and bool(field.focusPolicy() & Qt.FocusPolicy.TabFocus)


def _place(field: QWidget, dialog: QDialog) -> tuple[int, int]:
    corner = field.mapTo(dialog, QPoint())
    return corner.y(), corner.x()
