"""The open pictures as tabs above the canvas."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QSizePolicy, QTabBar, QToolButton, QWidget

from studio.session import Job, JobStatus, OpenDocument, Session
from studio.ui.canvas.drops import FileDrops, LayerDrops
from studio.ui.style.icons import icon
from studio.ui.style.theme import GRID
from studio.ui.widgets.document_name import document_name
from studio.ui.widgets.following import follow

_MOST_WIDTH: Final = 60 * GRID
_ICON_SIDE: Final = 16


class DocumentTabs(QTabBar):
    """Follows a session; hidden while one picture is open. A drag that rests on a tab shows its picture.

    A tab whose picture got a result while another one was shown is marked until it is looked at.
    Signals: ``close_asked(OpenDocument)``; ``layers_dropped(Dragged)`` for the picture that is shown then;
    ``files_dropped(list)`` with ``pathlib.Path`` items.
    """

    close_asked = Signal(object)
    layers_dropped = Signal(object)
    files_dropped = Signal(list)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._shown: tuple[OpenDocument, ...] = ()
        self._news: set[int] = set()
        self._is_following = False
        self._set_up_widget()
        self.currentChanged.connect(self._chosen)
        self.tabMoved.connect(self._moved)
        follow(self, session.documents_changed, self._refresh)
        follow(self, session.current_changed, self._current_changed)
        follow(self, session.edited, self._edited)
        follow(self, session.queue.job_ended, self._job_ended)
        self._refresh()

    def document_at(self, index: int) -> OpenDocument | None:
        """The picture of a tab; ``None`` if there is no such tab."""
        return self._shown[index] if 0 <= index < len(self._shown) else None

    def has_news(self, document: OpenDocument) -> bool:
        """Whether a result came that nobody has seen."""
        return document.id in self._news

    def _set_up_widget(self) -> None:
        self.setAccessibleName(self.tr("Open pictures"))
        self.setObjectName("documents")
        self.setDocumentMode(True)
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setMovable(True)
        self.setUsesScrollButtons(True)
        self.setElideMode(Qt.TextElideMode.ElideMiddle)
        self.setIconSize(QSize(_ICON_SIDE, _ICON_SIDE))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setChangeCurrentOnDrag(True)
        FileDrops(self).dropped.connect(self.files_dropped)
        LayerDrops(self).dropped.connect(self.layers_dropped)

    def tabSizeHint(self, index: int) -> QSize:
        size = super().tabSizeHint(index)
        return QSize(min(size.width(), _MOST_WIDTH), size.height())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        document = self.document_at(self.tabAt(event.position().toPoint()))
        if event.button() == Qt.MouseButton.MiddleButton and document is not None:
            self.close_asked.emit(document)

    # --- following --------------------------------------------------------------------------------

    def _refresh(self) -> None:
        """Show the open pictures in their order."""
        self._is_following = True
        documents = self._session.documents
        self._news &= {document.id for document in documents}
        if documents != self._shown:
            self._show_documents(documents)
        for index in range(self.count()):
            self._describe(index)
        self.setCurrentIndex(documents.index(self._session.current))
        self.setVisible(len(documents) > 1)
        self._is_following = False

    def _show_documents(self, documents: tuple[OpenDocument, ...]) -> None:
        while self.count():
            self.removeTab(0)
        self._shown = documents
        for document in documents:
            index = self.addTab("")
            self.setTabButton(index, QTabBar.ButtonPosition.RightSide, self._close_button(document))

    def _close_button(self, document: OpenDocument) -> QToolButton:
        button = QToolButton(self)
        button.setIcon(icon("close"))
        button.setIconSize(QSize(3 * GRID, 3 * GRID))
        button.setAutoRaise(True)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setProperty("role", "tab-close")
        button.clicked.connect(lambda: self.close_asked.emit(document))
        return button

    def _describe(self, index: int) -> None:
        document = self._shown[index]
        name = document_name(document)
        changed = "*" if document.is_modified else ""
        self.setTabText(index, f"{name}{changed}".replace("&", "&&"))
        self.setTabIcon(index, icon("generate", "accent") if self.has_news(document) else icon("image"))
        place = self.tr("Not saved yet") if document.file is None else str(document.file)
        news = "\n" + self.tr("A result has come") if self.has_news(document) else ""
        self.setTabToolTip(index, place + news)
        button = self.tabButton(index, QTabBar.ButtonPosition.RightSide)
        button.setAccessibleName(self.tr("Close “{name}”").format(name=name))
        button.setToolTip(self.tr("Close “{name}”").format(name=name))

    def _edited(self, document: OpenDocument) -> None:
        if document in self._shown:
            self._describe(self._shown.index(document))

    def _current_changed(self, document: OpenDocument) -> None:
        self._news.discard(document.id)
        self._refresh()

    def _job_ended(self, job: Job) -> None:
        document = self._session.find(job.document_id)
        is_seen = document is None or document is self._session.current
        if document is not None and not is_seen and job.status is JobStatus.FINISHED:
            self._news.add(document.id)
            self._edited(document)

    # --- what the person does ---------------------------------------------------------------------

    def _chosen(self, index: int) -> None:
        document = self.document_at(index)
        if document is not None and not self._is_following:
            self._session.show(document)

    def _moved(self, start: int, end: int) -> None:
        if not self._is_following:
            order = list(self._shown)
            document = order.pop(start)
            order.insert(end, document)
            self._shown = tuple(order)
            self._session.move(document, end)
