"""The Layer menu: the actions of the Layers panel on the active layer."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject

from studio.document import Layer, LayerId
from studio.editing import layers as layer_actions
from studio.errors import ShorelineError
from studio.session import Session
from studio.ui.widgets.notice_bar import NoticeBar

_WithId = Callable[[Session, LayerId], None]


class LayerMenu(QObject):
    """Acts on the session's active layer; what is refused is said in the notice bar."""

    def __init__(self, session: Session, notices: NoticeBar, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._notices = notices

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        session = self._session
        return {
            "layer.add": self._guarded(lambda: layer_actions.add_paint_layer(session)),
            "layer.group": self._guarded(lambda: layer_actions.add_group(session)),
            "layer.flatten": self._guarded(lambda: layer_actions.flatten_picture(session)),
            "layer.group_layer": self._on_active(lambda _, layer: layer_actions.group_selected(session, (layer,))),
            "layer.ungroup": self._on_active(layer_actions.ungroup_layer),
            "layer.duplicate": self._on_active(lambda _, layer: layer_actions.duplicate_layers(session, (layer,))),
            "layer.remove": self._on_active(lambda _, layer: layer_actions.delete_layers(session, (layer,))),
            "layer.raise": self._on_active(lambda _, layer: layer_actions.shift_layer(session, layer, 1)),
            "layer.lower": self._on_active(lambda _, layer: layer_actions.shift_layer(session, layer, -1)),
            "layer.merge_down": self._on_active(layer_actions.merge_down),
            "layer.visible": self._on_active(self._toggle_visible),
            "layer.locked": self._on_active(self._toggle_locked),
            "layer.add_mask": self._on_active(layer_actions.add_mask_from_selection),
            "layer.mask_enabled": self._on_active(layer_actions.toggle_mask),
            "layer.invert_mask": self._on_active(layer_actions.invert_layer_mask),
            "layer.remove_mask": self._on_active(layer_actions.delete_mask),
        }

    def _toggle_visible(self, session: Session, layer_id: LayerId) -> None:
        layer_actions.set_visible(session, (layer_id,), not _layer(session, layer_id).visible)

    def _toggle_locked(self, session: Session, layer_id: LayerId) -> None:
        layer_actions.set_locked(session, (layer_id,), not _layer(session, layer_id).locked)

    def _on_active(self, action: _WithId) -> Callable[[], None]:
        def act() -> None:
            layer = self._session.document.active_layer
            if layer is not None:
                action(self._session, layer.id)

        return self._guarded(act)

    def _guarded(self, act: Callable[[], None]) -> Callable[[], None]:
        def run() -> None:
            try:
                act()
            except ShorelineError as error:
                self._notices.show_error(error, key="layer")

        return run


def _layer(session: Session, layer_id: LayerId) -> Layer:
    return session.document.find(layer_id)
