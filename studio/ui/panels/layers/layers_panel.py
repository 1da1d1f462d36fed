"""The Layers panel: the stack, the active layer's blend mode and opacity, and a bar of actions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Final

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeySequence, QPixmap, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QDockWidget,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from studio.document import BlendMode, Document, Layer, LayerId, guides_of_layer, region_of
from studio.editing.layers import set_blend_mode, set_opacity
from studio.editing.selection import select_by_layer
from studio.errors import SettingError
from studio.raster.limits import MaskMode
from studio.session import Session
from studio.ui.panels.layers.blend_names import BLEND_GROUPS, blend_mode_name
from studio.ui.panels.layers.layer_delegate import LayerDelegate, Marks, Part, control_mark, region_mark
from studio.ui.panels.layers.layer_model import LayerModel
from studio.ui.panels.layers.layer_tree import LayerTree
from studio.ui.panels.thumbnails import Thumbnails
from studio.ui.style.icons import icon
from studio.ui.style.theme import GRID
from studio.ui.widgets.actions import ActionTable, stand_for
from studio.ui.widgets.following import follow
from studio.ui.widgets.notice_bar import error_text
from studio.ui.widgets.slider_row import Scale, SliderRow
from studio.ui.widgets.wheel_guard import guard_wheel

_MASK_MENU: Final = (
    *("new_mask", "add_mask", ""),
    *("mask_enabled", "mask_alone", "invert_mask", "apply_mask", "remove_mask"),
)
_ADJUSTMENT_MENU: Final = (
    *("adjust_levels", "adjust_curves", "adjust_brightness_contrast", "adjust_hue_saturation", "adjust_color_balance"),
    *("adjust_gradient_map", "", "adjust_blur", "adjust_sharpen"),
)
_LAYER_MENU: Final = (
    *("add", "add_fill", "group", "from_visible", ""),
    *("rename", "fill_color", "edit_adjustment", "rasterise", "duplicate", "remove", ""),
    *("control", "make_control", ""),
    *("alpha_lock", "clip", ""),
    *("group_layer", "ungroup", "merge_down", "merge_visible", ""),
    *_MASK_MENU,
)

_LEAST_LETTERS: Final = 8
"""Of a blend mode, where the panel is narrow."""


class LayersPanel(QWidget):
    """``actions`` holds the actions "layer.…" of the window.

    Signals: ``message(str)`` says why an edit was not possible; ``target_chosen(str)`` that the "pixels" or the
    "mask" of the active layer shall be painted on.
    """

    message = Signal(str)
    target_chosen = Signal(str)

    def __init__(self, session: Session, actions: ActionTable, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._actions = actions
        self._drags = 0
        self._showing = False
        self._target: Part = "pixels"
        self._is_mask_alone = False
        self.model = LayerModel(session, self)
        self.tree = LayerTree(session, self.model, self)
        self.thumbnails = Thumbnails(self)
        self.tree.setItemDelegate(LayerDelegate(self._pictures, self._marks, self.tree))
        self.blend_mode = QComboBox(self)
        self.name_filter = QLineEdit(self)
        self.opacity = SliderRow(self.tr("Opacity"), Scale(minimum=0, maximum=100, default=100, suffix=" %"), self)
        self._arrange()
        self._connect()
        self._show_active(session.document)

    def selected_ids(self) -> tuple[LayerId, ...]:
        """The layers that an action is for: the selected ones, else the active one."""
        return self.tree.selected_ids()

    def show_target(self, target: Part) -> None:
        """Mark the thumbnail of what is painted on of the active layer."""
        self._target = target
        self.tree.viewport().update()

    def show_mask_alone(self, shown: bool) -> None:
        """Say in its row that the active layer's mask is seen in place of the picture."""
        self._is_mask_alone = shown
        self.tree.viewport().update()

    def rename_active(self) -> None:
        self.tree.rename_active()

    def find_by_name(self) -> None:
        """Let a part of a name be typed, or list all layers again."""
        is_shown = self.name_filter.isHidden()
        self.name_filter.setVisible(is_shown)
        self.name_filter.clear()
        if is_shown:
            dock = next((each for each in _around(self) if isinstance(each, QDockWidget)), None)
            if dock is not None:  # it may lie behind another panel
                dock.show()
                dock.raise_()
            self.name_filter.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def fill_menu(self, menu: QMenu) -> None:
        """Put what can be done with the selected layers into ``menu``."""
        _fill(menu, self._actions, _LAYER_MENU)

    # --- building ---------------------------------------------------------------------------------

    def _arrange(self) -> None:
        for number, group in enumerate(BLEND_GROUPS):
            if number:
                self.blend_mode.insertSeparator(self.blend_mode.count())
            for mode in group:
                self.blend_mode.addItem(blend_mode_name(mode), mode.value)
        self.blend_mode.setAccessibleName(self.tr("Blend mode"))
        self.blend_mode.setToolTip(self.tr("How the layer mixes with what lies below it"))
        self.blend_mode.setMaxVisibleItems(40)
        self.blend_mode.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.blend_mode.setMinimumContentsLength(_LEAST_LETTERS)
        guard_wheel(self.blend_mode)
        self.opacity.setToolTip(self.tr("Opacity of the layer; a double click sets 100 %"))
        top = QVBoxLayout()
        top.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, GRID)
        top.setSpacing(GRID)
        modes = QHBoxLayout()
        modes.setSpacing(GRID)
        modes.addWidget(self.blend_mode, 1)
        for command_id in ("layer.alpha_lock", "layer.clip", "layer.filter"):
            modes.addWidget(self._command_button(command_id))
        self.name_filter.setPlaceholderText(self.tr("Name, or a part of it"))
        self.name_filter.setAccessibleName(self.tr("Find layers by name"))
        self.name_filter.setClearButtonEnabled(True)
        self.name_filter.hide()
        top.addLayout(modes)
        top.addWidget(self.opacity)
        top.addWidget(self.name_filter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self.tree, 1)
        column.addLayout(self._button_bar())

    def _button_bar(self) -> QHBoxLayout:
        self.mask_menu = QMenu(self)
        bar = QHBoxLayout()
        bar.setContentsMargins(GRID, GRID, GRID, GRID)
        bar.setSpacing(0)
        self.add_button = self._command_button("layer.add")
        self.group_button = self._button("folder-add", self.tr("New group, or group the selected layers"))
        self.duplicate_button = self._command_button("layer.duplicate")
        self.mask_button = self._menu_button("layer-mask", self.tr("Layer mask"), self.mask_menu, _MASK_MENU)
        self.adjustment_button = self._menu_button(
            "adjustment", self.tr("New adjustment layer"), QMenu(self), _ADJUSTMENT_MENU
        )
        self.merge_button = self._command_button("layer.merge_down")
        self.delete_button = self._command_button("layer.remove")
        for button in (
            self.add_button,
            self.group_button,
            self.duplicate_button,
            self.mask_button,
            self.adjustment_button,
            self.merge_button,
        ):
            bar.addWidget(button)
        bar.addStretch(1)
        bar.addWidget(self.delete_button)
        return bar

    def _command_button(self, command_id: str) -> QToolButton:
        return self._flat(stand_for(QToolButton(self), self._actions[command_id]))

    def _menu_button(self, icon_name: str, text: str, menu: QMenu, names: Iterable[str]) -> QToolButton:
        button = self._button(icon_name, text)
        _fill(menu, self._actions, names)
        button.setMenu(menu)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        return button

    def _button(self, icon_name: str, text: str) -> QToolButton:
        button = QToolButton(self)
        button.setIcon(icon(icon_name))
        button.setToolTip(text)
        button.setAccessibleName(text)
        return self._flat(button)

    def _flat(self, button: QToolButton) -> QToolButton:
        button.setAutoRaise(True)
        button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        return button

    def _connect(self) -> None:
        follow(self, self._session.document_changed, self._document_changed)
        self.thumbnails.ready.connect(self.tree.viewport().update)
        self.model.refused.connect(self.message)
        self.tree.delete_pressed.connect(self._actions["layer.remove"].trigger)
        self.tree.part_chosen.connect(self.target_chosen)
        self.tree.setting_asked.connect(self._set_active)
        self.tree.mask_switched.connect(self._actions["layer.mask_enabled"].trigger)
        self.tree.selection_asked.connect(self._select_by)
        self.tree.mask_alone_asked.connect(self._actions["layer.mask_alone"].trigger)
        self.tree.customContextMenuRequested.connect(self._show_context_menu)
        self.blend_mode.activated.connect(lambda: self._try(self._set_blend_mode))
        self.opacity.value_changed.connect(lambda _value: self._try(self._set_opacity))
        self.opacity.drag_started.connect(self._new_drag)
        self.opacity.spin.editingFinished.connect(self._new_drag)
        self.group_button.clicked.connect(self._group_or_new)
        self.name_filter.textChanged.connect(self.tree.list_only)
        QShortcut(
            QKeySequence(Qt.Key.Key_Escape), self.name_filter, self.find_by_name, Qt.ShortcutContext.WidgetShortcut
        )

    # --- following --------------------------------------------------------------------------------

    def _document_changed(self, old: Document, new: Document) -> None:
        self.tree.follow_document(new)
        if (old.guides, old.regions) != (new.guides, new.regions):
            self.tree.viewport().update()
        self.thumbnails.keep_only({key for layer in new.walk() for key in (layer.id, _mask_key(layer))})
        self._show_active(new)

    def _show_active(self, document: Document) -> None:
        layer = document.active_layer
        for widget in (self.blend_mode, self.opacity, self.mask_button):
            widget.setEnabled(layer is not None)
        if layer is None:
            return
        self._showing = True
        self.blend_mode.setCurrentIndex(self.blend_mode.findData(layer.blend_mode.value))
        if round(self.opacity.value()) != round(layer.opacity * 100):
            self.opacity.set_value(round(layer.opacity * 100))
        self._showing = False

    def _pictures(self, layer: Layer) -> tuple[QPixmap | None, QPixmap | None]:
        canvas = self._session.document.canvas
        picture = None if layer.source is None else self.thumbnails.pixmap(layer.id, layer.source, canvas)
        mask = None if layer.mask is None else self.thumbnails.pixmap(_mask_key(layer), layer.mask, canvas)
        return picture, mask

    def _marks(self, layer: Layer) -> Marks:
        """What the row of a layer tells beside what the document holds."""
        document = self._session.document
        control = control_mark(guides_of_layer(document, layer.id))
        region = region_mark(region_of(document, layer.id))
        if layer.id != document.active_id:
            return Marks(control=control, region=region)
        return Marks(self._target, self._is_mask_alone, control, region)

    # --- actions ----------------------------------------------------------------------------------

    def _try(self, action: Callable[[], None]) -> None:
        """Run an action of the user's; what it refuses is said, not raised."""
        try:
            action()
        except SettingError as error:
            self.message.emit(error_text(error))

    def _select_by(self, layer_id: LayerId, part: Part, mode: MaskMode) -> None:
        self._try(lambda: select_by_layer(self._session, layer_id, part, mode))

    def _set_active(self) -> None:
        layer = self._session.document.active_layer
        is_adjustment = layer is not None and layer.adjustment is not None
        self._actions["layer.edit_adjustment" if is_adjustment else "layer.fill_color"].trigger()

    def _group_or_new(self) -> None:
        self._actions["layer.group_layer" if len(self.selected_ids()) > 1 else "layer.group"].trigger()

    def _set_blend_mode(self) -> None:
        mode = BlendMode(self.blend_mode.currentData())
        set_blend_mode(self._session, self.selected_ids(), mode)

    def _set_opacity(self) -> None:
        if not self._showing:
            ids = self.selected_ids()
            key = f"opacity:{','.join(ids)}:{self._drags}"
            set_opacity(self._session, ids, self.opacity.value() / 100, key)

    def _new_drag(self) -> None:
        self._drags += 1

    # --- menus ------------------------------------------------------------------------------------

    def _show_context_menu(self, position: QPoint) -> None:
        menu = QMenu(self)
        self.fill_menu(menu)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.tree.viewport().mapToGlobal(position))


def _fill(menu: QMenu, actions: ActionTable, names: Iterable[str]) -> None:
    for name in names:
        if name:
            menu.addAction(actions[f"layer.{name}"])
        else:
            menu.addSeparator()


def _mask_key(layer: Layer) -> str:
    return f"{layer.id}/mask"


def _around(widget: QWidget) -> Iterator[QWidget]:
    """The widgets that one lies in, the nearest first."""
    around = widget.parentWidget()
    while around is not None:
        yield around
        around = around.parentWidget()
