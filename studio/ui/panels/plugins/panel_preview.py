"""What a panel's values would make of the active layer, shown on the canvas while they change."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QObject, Signal

from studio import api
from studio.document import Document, LayerId, Pixels
from studio.generation import CancelToken
from studio.session import Session
from studio.ui.background.filter_preview import FilterPreview
from studio.ui.canvas.targets import layer_pixels
from studio.ui.widgets.following import follow


class PanelPreview(QObject):
    """Tries the action of a panel that previews, until the document changes in another way.

    ``show`` draws a document in place of the session's, ``None`` the session's. Signal: ``failed(Exception)``.
    """

    failed = Signal(object)

    def __init__(
        self, session: Session, spec: api.PanelSpec, show: Callable[[Document | None], object], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._session = session
        self.spec = spec
        self._show = show
        self._document: Document | None = None
        self._preview: FilterPreview | None = None
        follow(self, session.document_changed, self._document_changed)

    def ask(self, values: Mapping[str, Any]) -> bool:
        """Show soon what these values do; returns whether that can be shown."""
        action = next((item for item in self.spec.actions if item.previews and item.needs_layer), None)
        target = layer_pixels(self._session.document)
        if action is None or isinstance(target, str):
            self.stop()
            return False
        if self._preview is None:
            self._preview = self._begun(action, target.layer_id)
        self._preview.ask(values, is_split=False)
        return True

    def stop(self) -> None:
        """Show the document as it is."""
        preview, self._preview = self._preview, None
        if preview is not None:
            preview.close()
            self._show(None)

    def _begun(self, action: api.PanelAction, layer_id: LayerId) -> FilterPreview:
        self._document = document = self._session.document
        preview = FilterPreview(_as_filter(self.spec, action, document, layer_id), document, layer_id, self)
        preview.ready.connect(self._show_ready)
        preview.failed.connect(self._fail)
        return preview

    def _show_ready(self, shown: Document) -> None:
        if self._preview is self.sender():
            self._show(shown)

    def _fail(self, error: Exception) -> None:
        self.stop()
        self.failed.emit(error)

    def _document_changed(self, _old: Document, new: Document) -> None:
        if new is not self._document:
            self.stop()


def _as_filter(panel: api.PanelSpec, action: api.PanelAction, document: Document, layer_id: LayerId) -> api.FilterSpec:
    """A panel's action as a filter that reads the panel's values."""

    def run(
        pixels: Pixels, values: Mapping[str, Any], cancel: CancelToken, report: Callable[[float, str], None]
    ) -> Pixels:
        from studio.raster.filtering import filtered_area

        layer = document.active_paint_layer
        assert layer is not None, "only the pixels of the active layer are previewed"
        assert layer.id == layer_id
        context = api.PanelContext(
            document=document,
            area=filtered_area(document, layer),
            pixels=pixels,
            parameters=values,
            cancel=cancel,
            report=report,
        )
        result = action.run(context)
        return pixels if result is None or result.pixels is None else result.pixels

    return api.FilterSpec(id=panel.id, name=panel.name, run=run, parameters=panel.parameters)
