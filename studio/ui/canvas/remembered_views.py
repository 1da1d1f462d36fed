"""How each open document is looked at, while others are shown."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from studio.session import DocumentId, OpenDocument, Session
from studio.ui.canvas.canvas_context import CanvasContext
from studio.ui.canvas.view.view_transform import ViewTransform
from studio.ui.widgets.following import follow


class RememberedViews(QObject):
    """Keeps zoom, rotation and place of a document that is left, until it is closed; one that is seen whole stays so.

    Signal: ``leaving()`` while the document that is to be left is still shown.
    """

    leaving = Signal()

    def __init__(self, session: Session, context: CanvasContext, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._context = context
        self._shown = session.current.id
        self._views: dict[DocumentId, tuple[ViewTransform, bool]] = {}
        follow(self, session.leaving, self._keep)
        follow(self, session.documents_changed, self._forget)

    def turn(self) -> bool:
        """Whether another document is shown than when this was last asked."""
        before, self._shown = self._shown, self._session.current.id
        return before != self._shown

    def show(self) -> None:
        """Look at the current document as it was looked at before; at all of it, if it is new."""
        view, is_fitted = self._views.get(self._shown, (None, True))
        self._context.show_view(view)
        if is_fitted:
            self._context.fit()

    def _keep(self, document: OpenDocument) -> None:
        self.leaving.emit()
        self._views[document.id] = (self._context.view, self._context.is_fitted)

    def _forget(self) -> None:
        open_ids = {document.id for document in self._session.documents}
        self._views = {document_id: view for document_id, view in self._views.items() if document_id in open_ids}
