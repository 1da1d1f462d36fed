"""The Layers panel: the stack, the active layer's blend mode and opacity, and a bar of actions."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QMenu, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from studio.document import BlendMode, Document, Layer, LayerId
from studio.editing import layers as layer_actions
from studio.editing import refusals
from studio.errors import SettingError
from studio.session import Session
from studio.ui.panels.layers.blend_names import BLEND_GROUPS, blend_mode_name
from studio.ui.panels.layers.layer_delegate import LayerDelegate, Marks, Part
from studio.ui.panels.layers.layer_model import LayerModel
from studio.ui.panels.layers.layer_tree import LayerTree
from studio.ui.panels.thumbnails import Thumbnails
from studio.ui.style.icons import icon
from studio.ui.style.theme import GRID
from studio.ui.widgets.following import follow
from studio.ui.widgets.slider_row import Scale, SliderRow
from studio.ui.widgets.wheel_guard import guard_wheel


class LayersPanel(QWidget):
    """Signals: ``message(str)`` says why an action was not possible; ``target_chosen(str)`` that the "pixels" or the
    "mask" of the active layer shall be painted on; ``mask_alone_asked(bool)`` that its mask shall be seen alone.
    """

    message = Signal(str)
    target_chosen = Signal(str)
    mask_alone_asked = Signal(bool)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._drags = 0
        self._showing = False
        self._target: Part = "pixels"
        self._is_mask_alone = False
        self.model = LayerModel(session, self)
        self.tree = LayerTree(session, self.model, self)
        self.thumbnails = Thumbnails(self)
        self.tree.setItemDelegate(LayerDelegate(self._pictures, self._marks, self.tree))
        self.blend_mode = QComboBox(self)
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

    def fill_menu(self, menu: QMenu) -> None:
        """Put the actions that make sense for the selected layers into ``menu``."""
        active = self._session.document.active_layer
        add = self._adder(menu)
        add("layer-add", self.tr("New layer"), lambda: layer_actions.add_paint_layer(self._session))
        add("folder-add", self.tr("New group"), lambda: layer_actions.add_group(self._session))
        add("images", self.tr("New layer from visible"), lambda: layer_actions.add_layer_from_visible(self._session))
        if active is None:
            return
        menu.addSeparator()
        add("", self.tr("Rename") + "\tF2", self.rename_active)
        add("layer-duplicate", self.tr("Duplicate"), self._duplicate)
        add("trash", self.tr("Delete") + "\t" + self.tr("Del"), self._delete)
        menu.addSeparator()
        add("layer-group", self.tr("Group"), self._group)
        if active.is_group:
            add("layer-ungroup", self.tr("Ungroup"), lambda: layer_actions.ungroup_layer(self._session, active.id))
        add("merge-down", self.tr("Merge down"), self._merge_down)
        menu.addSeparator()
        self._fill_mask_actions(menu, active)

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
        guard_wheel(self.blend_mode)
        self.opacity.setToolTip(self.tr("Opacity of the layer; a double click sets 100 %"))
        top = QVBoxLayout()
        top.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, GRID)
        top.setSpacing(GRID)
        top.addWidget(self.blend_mode)
        top.addWidget(self.opacity)
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
        self.add_button = self._button("layer-add", self.tr("New layer"))
        self.group_button = self._button("folder-add", self.tr("New group, or group the selected layers"))
        self.duplicate_button = self._button("layer-duplicate", self.tr("Duplicate"))
        self.mask_button = self._button("layer-mask", self.tr("Layer mask"))
        self.merge_button = self._button("merge-down", self.tr("Merge down"))
        self.delete_button = self._button("trash", self.tr("Delete"))
        self.mask_button.setMenu(self.mask_menu)
        self.mask_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        for button in (
            self.add_button,
            self.group_button,
            self.duplicate_button,
            self.mask_button,
            self.merge_button,
        ):
            bar.addWidget(button)
        bar.addStretch(1)
        bar.addWidget(self.delete_button)
        return bar

    def _button(self, icon_name: str, text: str) -> QToolButton:
        button = QToolButton(self)
        button.setIcon(icon(icon_name))
        button.setToolTip(text)
        button.setAccessibleName(text)
        button.setAutoRaise(True)
        button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        return button

    def _connect(self) -> None:
        follow(self, self._session.document_changed, self._document_changed)
        self.thumbnails.ready.connect(self.tree.viewport().update)
        self.model.refused.connect(self.message)
        self.tree.delete_pressed.connect(lambda: self._try(self._delete))
        self.tree.part_chosen.connect(self.target_chosen)
        self.tree.mask_switched.connect(lambda: self._try(self._switch_mask))
        self.tree.mask_alone_asked.connect(self._toggle_mask_alone)
        self.tree.customContextMenuRequested.connect(self._show_context_menu)
        self.blend_mode.activated.connect(lambda: self._try(self._set_blend_mode))
        self.opacity.value_changed.connect(lambda _value: self._try(self._set_opacity))
        self.opacity.drag_started.connect(self._new_drag)
        self.opacity.spin.editingFinished.connect(self._new_drag)
        self.mask_menu.aboutToShow.connect(self._fill_mask_menu)
        session = self._session
        self.add_button.clicked.connect(lambda: self._try(lambda: layer_actions.add_paint_layer(session)))
        self.group_button.clicked.connect(lambda: self._try(self._group_or_new))
        self.duplicate_button.clicked.connect(lambda: self._try(self._duplicate))
        self.merge_button.clicked.connect(lambda: self._try(self._merge_down))
        self.delete_button.clicked.connect(lambda: self._try(self._delete))

    # --- following --------------------------------------------------------------------------------

    def _document_changed(self, _old: Document, new: Document) -> None:
        self.tree.follow_document(new)
        self.thumbnails.keep_only({key for layer in new.walk() for key in (layer.id, _mask_key(layer))})
        self._show_active(new)

    def _show_active(self, document: Document) -> None:
        layer = document.active_layer
        for widget in (
            self.blend_mode,
            self.opacity,
            self.duplicate_button,
            self.mask_button,
            self.merge_button,
            self.delete_button,
        ):
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
        is_active = layer.id == self._session.document.active_id
        return Marks(self._target, self._is_mask_alone) if is_active else Marks()

    # --- actions ----------------------------------------------------------------------------------

    def _try(self, action: Callable[[], None]) -> None:
        """Run an action of the user's; what it refuses is said, not raised."""
        try:
            action()
        except SettingError as error:
            self.message.emit(str(error))

    def _active_id(self) -> LayerId:
        active = self._session.document.active_layer
        if active is None:
            raise refusals.no_layer_chosen()
        return active.id

    def _group(self) -> None:
        layer_actions.group_selected(self._session, self.selected_ids())

    def _group_or_new(self) -> None:
        if len(self.selected_ids()) > 1:
            self._group()
        else:
            layer_actions.add_group(self._session)

    def _duplicate(self) -> None:
        layer_actions.duplicate_layers(self._session, self.selected_ids())

    def _delete(self) -> None:
        layer_actions.delete_layers(self._session, self.selected_ids())

    def _merge_down(self) -> None:
        layer_actions.merge_down(self._session, self._active_id())

    def _set_blend_mode(self) -> None:
        mode = BlendMode(self.blend_mode.currentData())
        layer_actions.set_blend_mode(self._session, self.selected_ids(), mode)

    def _set_opacity(self) -> None:
        if not self._showing:
            ids = self.selected_ids()
            key = f"opacity:{','.join(ids)}:{self._drags}"
            layer_actions.set_opacity(self._session, ids, self.opacity.value() / 100, key)

    def _switch_mask(self) -> None:
        layer_actions.toggle_mask(self._session, self._active_id())

    def _toggle_mask_alone(self) -> None:
        self.mask_alone_asked.emit(not self._is_mask_alone)

    def _new_drag(self) -> None:
        self._drags += 1

    # --- menus ------------------------------------------------------------------------------------

    def _show_context_menu(self, position: QPoint) -> None:
        menu = QMenu(self)
        self.fill_menu(menu)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.tree.viewport().mapToGlobal(position))

    def _fill_mask_menu(self) -> None:
        self.mask_menu.clear()
        active = self._session.document.active_layer
        if active is not None:
            self._fill_mask_actions(self.mask_menu, active)

    def _fill_mask_actions(self, menu: QMenu, layer: Layer) -> None:
        session = self._session
        add = self._adder(menu)
        if layer.mask is None:
            add("layer-mask", self.tr("Add layer mask"), lambda: layer_actions.add_mask(session, layer.id))
        add(
            "mask",
            self.tr("Layer mask from generation mask"),
            lambda: layer_actions.add_mask_from_selection(session, layer.id),
        )
        if layer.mask is None:
            return
        switch = self.tr("Switch layer mask off") if layer.mask_enabled else self.tr("Switch layer mask on")
        alone = self.tr("Show the picture again") if self._is_mask_alone else self.tr("Show layer mask alone")
        add("eye-off" if layer.mask_enabled else "eye", switch, lambda: layer_actions.toggle_mask(session, layer.id))
        add("layer-mask", alone, self._toggle_mask_alone)
        add("mask-invert", self.tr("Invert layer mask"), lambda: layer_actions.invert_layer_mask(session, layer.id))
        if layer.raster is not None:
            add("check", self.tr("Apply layer mask"), lambda: layer_actions.apply_mask(session, layer.id))
        add("mask-clear", self.tr("Delete layer mask"), lambda: layer_actions.delete_mask(session, layer.id))

    def _adder(self, menu: QMenu) -> Callable[[str, str, Callable[[], None]], None]:
        def add(icon_name: str, text: str, run: Callable[[], None]) -> None:
            action = menu.addAction(text)
            if icon_name:
                action.setIcon(icon(icon_name))
            action.triggered.connect(lambda: self._try(run))

        return add


def _mask_key(layer: Layer) -> str:
    return f"{layer.id}/mask"
