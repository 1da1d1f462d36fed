"""What can be done to the whole generation mask, in one line."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QToolButton, QWidget

from studio.document import Document
from studio.editing import mask as mask_actions
from studio.errors import SettingError
from studio.session import Session
from studio.ui.style.icons import icon
from studio.ui.style.theme import GRID
from studio.ui.widgets.following import follow
from studio.ui.widgets.overflow_row import OverflowRow
from studio.ui.widgets.slider_row import ValueSpin

_FIRST_RADIUS: Final = 8
_MAX_RADIUS: Final = 512


class MaskBar(QWidget):
    """Signal: ``message(str)`` says why an edit was not possible."""

    message = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.radius = ValueSpin(self)
        self.more_button = QToolButton(self)
        self.more_menu = QMenu(self)
        self._edits: list[QToolButton] = []
        self._arrange()
        self._connect()
        self._document_changed(session.document, session.document)

    # --- building ---------------------------------------------------------------------------------

    def _arrange(self) -> None:
        self.more_button.setIcon(icon("more"))
        self.more_button.setAccessibleName(self.tr("More for the mask"))
        self.more_button.setToolTip(self.tr("More for the mask"))
        self.more_button.setMenu(self.more_menu)
        row = self.row = OverflowRow(self.more_button, spacing=GRID, always=True, parent=self)
        column = QHBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(row)
        session = self._session
        self.invert_button = self._edit(
            "mask-invert", self.tr("Invert the mask"), lambda: mask_actions.invert_mask(session)
        )
        self.clear_button = self._edit(
            "mask-clear", self.tr("Clear the mask"), lambda: mask_actions.clear_mask(session), needs_mask=True
        )
        row.add(self.invert_button)
        row.add(self.clear_button)
        row.add(self._radius_group())
        self._fill_more_menu()

    def _radius_group(self) -> QWidget:
        """The edits that need a number of pixels, and that number; they stay together."""
        session, radius = self._session, self._pixels
        group = QWidget(self)
        row = QHBoxLayout(group)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID)
        self.shrink_button = self._edit(
            "mask-shrink",
            self.tr("Shrink the mask"),
            lambda: mask_actions.shrink_mask(session, radius()),
            needs_mask=True,
        )
        self.grow_button = self._edit(
            "mask-grow",
            self.tr("Grow the mask"),
            lambda: mask_actions.grow_mask(session, radius()),
            needs_mask=True,
        )
        self.feather_button = self._edit(
            "mask-feather",
            self.tr("Feather the mask"),
            lambda: mask_actions.feather_mask(session, float(radius())),
            needs_mask=True,
        )
        for button in (self.shrink_button, self.grow_button, self.feather_button):
            row.addWidget(button)
        self.radius.setDecimals(0)
        self.radius.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.radius.setRange(1, _MAX_RADIUS)
        self.radius.setValue(_FIRST_RADIUS)
        self.radius.setSuffix(self.tr(" px"))
        self.radius.setAccessibleName(self.tr("Pixels to grow, shrink or feather by"))
        self.radius.setToolTip(self.tr("Pixels to grow, shrink or feather by"))
        self.radius.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        row.addWidget(self.radius)
        return group

    def _edit(self, icon_name: str, text: str, run: Callable[[], None], *, needs_mask: bool = False) -> QToolButton:
        button = QToolButton(self)
        button.setIcon(icon(icon_name))
        button.setAccessibleName(text)
        button.setToolTip(text)
        button.clicked.connect(lambda: self._try(run))
        if needs_mask:
            self._edits.append(button)
        return button

    def _fill_more_menu(self) -> None:
        session = self._session
        for icon_name, text, run in (
            ("mask-select-all", self.tr("Mask everything"), mask_actions.mask_everything),
            ("mask-from-layer", self.tr("Mask from the layer"), mask_actions.mask_from_layer),
            ("layer-mask", self.tr("Layer mask from this mask"), mask_actions.mask_to_layer),
        ):
            entry = self.more_menu.addAction(icon(icon_name), text)
            entry.triggered.connect(lambda _checked=False, act=run: self._try(lambda: act(session)))

    def _connect(self) -> None:
        follow(self, self._session.document_changed, self._document_changed)

    # --- following --------------------------------------------------------------------------------

    def _document_changed(self, _old: Document, new: Document) -> None:
        has_mask = bool(new.selection.tiles)
        for button in self._edits:
            button.setEnabled(has_mask)

    def _pixels(self) -> int:
        return round(self.radius.value())

    def _try(self, run: Callable[[], None]) -> None:
        try:
            run()
        except SettingError as error:
            self.message.emit(str(error))
