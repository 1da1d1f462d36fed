"""How Qt's own file dialog is laid out: large enough, names readable, and as it was left the last time."""

from __future__ import annotations

import base64
import contextlib
from typing import Final

from PySide6.QtCore import QByteArray, QSize
from PySide6.QtWidgets import QFileDialog, QHeaderView, QSplitter, QToolButton, QTreeView

from studio.errors import FileError
from studio.settings import FileDialogSettings, SettingsStore
from studio.ui.style.icons import icon

USUAL_SIZE: Final = QSize(920, 560)
_PLACES: Final = 144
"""Width of the list of places, in pixels."""
_NAME: Final = 0
_WIDTHS: Final = {1: 88, 2: 112, 3: 160}
"""Of the columns size, type and date, in pixels; the name takes the rest."""

_ICONS: Final = {
    "backButton": "chevron-left",
    "forwardButton": "chevron-right",
    "toParentButton": "chevron-up",
    "newFolderButton": "folder-add",
    "listModeButton": "gallery",
    "detailModeButton": "queue",
}
"""Of the buttons at the top; Qt's own cannot be seen on a dark ground."""


def lay_out(dialog: QFileDialog, store: SettingsStore) -> None:
    """Give a file dialog its size and columns, and remember them when it closes; the system's own does that itself."""
    view = dialog.findChild(QTreeView, "treeView")
    if not isinstance(view, QTreeView):
        return
    dialog.setViewMode(QFileDialog.ViewMode.Detail)
    saved = store.current.file_dialog
    size = USUAL_SIZE if saved.size is None else QSize(*saved.size)
    parent = dialog.parentWidget()
    screen = (dialog if parent is None else parent).screen()
    dialog.resize(size.boundedTo(screen.availableSize() - QSize(16, 48)))
    splitter = dialog.findChild(QSplitter, "splitter")
    if isinstance(splitter, QSplitter):
        splitter.setSizes([_PLACES, size.width() - _PLACES])
    _show_columns(view.header(), saved.columns)
    for name, icon_name in _ICONS.items():
        button = dialog.findChild(QToolButton, name)
        if isinstance(button, QToolButton):
            button.setIcon(icon(icon_name))
    dialog.finished.connect(lambda _code: _remember(dialog, view, store))


def _show_columns(header: QHeaderView, saved: str) -> None:
    if saved:
        with contextlib.suppress(ValueError):
            header.restoreState(QByteArray(base64.b64decode(saved)))
    else:
        for column, width in _WIDTHS.items():
            header.resizeSection(column, width)
    header.setStretchLastSection(False)
    header.setSectionResizeMode(_NAME, QHeaderView.ResizeMode.Stretch)


def _remember(dialog: QFileDialog, view: QTreeView, store: SettingsStore) -> None:
    columns = base64.b64encode(bytes(view.header().saveState().data())).decode("ascii")
    with contextlib.suppress(FileError):  # how a dialog looks is not worth a message
        store.update(file_dialog=FileDialogSettings(size=(dialog.width(), dialog.height()), columns=columns))
