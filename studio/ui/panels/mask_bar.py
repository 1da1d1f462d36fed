"""What can be done to the generation mask, in one line: its colour, and edits of the whole mask."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPixmap
from PySide6.QtWidgets import QColorDialog, QHBoxLayout, QMenu, QSizePolicy, QToolButton, QWidget, QWidgetAction

from studio.document import Document
from studio.editing import mask as mask_actions
from studio.errors import SettingError
from studio.session import Session
from studio.ui.style.icons import icon
from studio.ui.style.theme import GRID
from studio.ui.widgets.color_swatch import ColorSwatch
from studio.ui.widgets.dialog_opening import open_dialog
from studio.ui.widgets.following import follow
from studio.ui.widgets.overflow_row import OverflowRow
from studio.ui.widgets.slider_row import Scale, SliderRow, ValueSpin

DEFAULT_MASK_COLOR: Final = "#ff3b30"
DEFAULT_MASK_OPACITY: Final = 0.5
_FIRST_RADIUS: Final = 8
_MAX_RADIUS: Final = 512


class MaskBar(QWidget):
    """Signals: ``style_changed(QColor, float opacity, bool visible)`` of the overlay; ``message(str)``."""

    style_changed = Signal(QColor, float, bool)
    message = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.visible_button = QToolButton(self)
        self.color = ColorSwatch(QColor(DEFAULT_MASK_COLOR), 5 * GRID, self)
        self.color_menu = QMenu(self)
        percent = Scale(minimum=5, maximum=100, default=DEFAULT_MASK_OPACITY * 100, suffix=" %")
        self.opacity = SliderRow(self.tr("Opacity"), percent, self.color_menu)
        self.radius = ValueSpin(self)
        self.more_button = QToolButton(self)
        self.more_menu = QMenu(self)
        self._edits: list[QToolButton] = []
        self._arrange()
        self._connect()
        self._document_changed(session.document, session.document)

    def style_now(self) -> tuple[QColor, float, bool]:
        """Colour, opacity 0..1 and visibility of the overlay."""
        return self.color.color(), self.opacity.value() / 100, self.visible_button.isChecked()

    def set_mask_visible(self, is_visible: bool) -> None:
        """Show or hide the overlay, as the View menu does."""
        self.visible_button.setChecked(is_visible)

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
        self.visible_button.setCheckable(True)
        self.visible_button.setChecked(True)
        self.visible_button.setAccessibleName(self.tr("Show the mask"))
        self.visible_button.setToolTip(self.tr("Show the mask"))
        self._show_eye()
        self.color.setToolTip(self.tr("Colour and opacity of the mask on screen"))
        row.add(self.visible_button, stays=True)
        row.add(self.color, stays=True)
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
        self._fill_color_menu()

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

    def _fill_color_menu(self) -> None:
        for code, name in (
            (DEFAULT_MASK_COLOR, self.tr("Red")),
            ("#34c759", self.tr("Green")),
            ("#0a84ff", self.tr("Blue")),
            ("#ffd60a", self.tr("Yellow")),
            ("#ff2fd0", self.tr("Magenta")),
            ("#ffffff", self.tr("White")),
        ):
            pixmap = QPixmap(16, 16)
            pixmap.fill(QColor(code))
            entry = self.color_menu.addAction(QIcon(pixmap), name)
            entry.triggered.connect(lambda _checked=False, chosen=code: self._use_color(QColor(chosen)))
        other = self.color_menu.addAction(icon("color"), self.tr("Other colour…"))
        other.triggered.connect(self._ask_color)
        self.color_menu.addSeparator()
        action = QWidgetAction(self.color_menu)
        self.opacity.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        action.setDefaultWidget(self.opacity)
        self.color_menu.addAction(action)

    def _connect(self) -> None:
        self.visible_button.toggled.connect(self._show_eye)
        self.visible_button.toggled.connect(self._announce)
        self.opacity.value_changed.connect(self._announce)
        self.color.clicked.connect(
            lambda: self.color_menu.popup(self.color.mapToGlobal(self.color.rect().bottomLeft()))
        )
        follow(self, self._session.document_changed, self._document_changed)

    # --- following --------------------------------------------------------------------------------

    def _document_changed(self, _old: Document, new: Document) -> None:
        has_mask = bool(new.selection.tiles)
        for button in self._edits:
            button.setEnabled(has_mask)

    def _pixels(self) -> int:
        return round(self.radius.value())

    def _show_eye(self) -> None:
        self.visible_button.setIcon(icon("eye" if self.visible_button.isChecked() else "eye-off"))

    def _use_color(self, color: QColor) -> None:
        if color.isValid():
            self.color.set_color(color)
            self._announce()

    def _ask_color(self) -> None:
        dialog = QColorDialog(self.color.color(), self)
        dialog.colorSelected.connect(self._use_color)
        open_dialog(dialog)

    def _announce(self) -> None:
        self.style_changed.emit(*self.style_now())

    def _try(self, run: Callable[[], None]) -> None:
        try:
            run()
        except SettingError as error:
            self.message.emit(str(error))
