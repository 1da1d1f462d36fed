"""The strip of results: what was drawn for the picture and waits for a decision, small, at the foot of the canvas."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QToolButton, QVBoxLayout, QWidget

from studio.session import Job, Session
from studio.ui.canvas.result_viewer import Place, ResultViewer
from studio.ui.canvas.view.live_preview import FRAME_WIDTH
from studio.ui.panels.picture_button import PictureButton
from studio.ui.style.icons import icon
from studio.ui.style.theme import GRID, current_theme
from studio.ui.widgets.actions import ActionTable, stand_for, work_as
from studio.ui.widgets.elided_label import ElidedLabel
from studio.ui.widgets.following import follow
from studio.ui.widgets.overflow_row import OverflowRow
from studio.ui.widgets.styled import set_styled

SIDE: Final = 56
"""Longest side of a picture, in device-independent pixels."""
_MARK: Final = 16
_WORDS_WIDTH: Final = 28 * GRID
_LOOKING: Final = ("results.previous", "results.next", "results.before")
_DECIDING: Final = ("results.keep", "results.drop", "results.brush", "results.edit", "results.vary", "results.more")


class _Tile(PictureButton):
    """A picture of the strip, with a mark where it is kept."""

    def __init__(self, job: Job, index: int, parent: QWidget) -> None:
        super().__init__(job.images[index].pixels, SIDE, parent)
        self.is_kept = False
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the picture that is shown has the keys

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        theme, painter = current_theme(), QPainter(self)
        if self.isChecked():
            painter.setPen(QPen(QColor(theme.accent), FRAME_WIDTH))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        if self.is_kept:
            mark = QRect(self.width() - _MARK - GRID, GRID, _MARK, _MARK)
            painter.fillRect(mark, QColor(theme.panel))
            icon("keep", "accent").paint(painter, mark.adjusted(1, 1, -1, -1))
        painter.end()


class ResultStrip(QFrame):
    """Follows the queue, and the ``viewer`` that shows one of the pictures; what its buttons do are commands.

    Signal: ``folded(bool)`` when it is made small, or large again.
    """

    folded = Signal(bool)

    def __init__(
        self, session: Session, viewer: ResultViewer, actions: ActionTable, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.setAccessibleName(self.tr("Results"))
        self._session = session
        self._viewer = viewer
        self._actions = actions
        self._tiles: dict[Place, _Tile] = {}
        self._deciding: list[QToolButton] = []
        self.words = ElidedLabel(parent=self)
        self.words.setMinimumWidth(_WORDS_WIDTH)
        self.doubt = ElidedLabel(parent=self)
        self.doubt.setProperty("role", "warning")
        self.apply_button = QPushButton(self.tr("Apply"), self)
        self.apply_button.setProperty("role", "primary")
        self.apply_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        work_as(self.apply_button, actions["results.apply"])
        self.fold_button = QToolButton(self)
        self.fold_button.setAutoRaise(True)
        self.fold_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.fold_button.clicked.connect(lambda: self.fold(not self.is_folded))
        self._arrange()
        follow(self, session.queue.jobs_changed, self.refresh)
        follow(self, session.current_changed, self._document_changed)
        viewer.changed.connect(self._show_choice)
        self.fold(False)
        self.refresh()

    @property
    def is_folded(self) -> bool:
        """Whether only its name is seen."""
        return self.area.isHidden()

    def fold(self, is_folded: bool) -> None:
        """Make it small, so that the canvas is free, or large again."""
        self.area.setVisible(not is_folded)
        for part in (self.row, self.apply_button):
            part.setVisible(not is_folded)
        self.fold_button.setIcon(icon("chevron-up" if is_folded else "chevron-down"))
        text = self.tr("Show the results") if is_folded else self.tr("Fold the results away")
        self.fold_button.setToolTip(text)
        self.fold_button.setAccessibleName(text)
        self.folded.emit(is_folded)

    def places(self) -> tuple[Place, ...]:
        """The pictures in their order."""
        return tuple(self._tiles)

    def tile(self, place: Place) -> PictureButton:
        """The small picture of a place; ``KeyError`` if there is none."""
        return self._tiles[place]

    def refresh(self) -> None:
        """Bring the pictures in line with the queue."""
        queue = self._session.queue
        wanted = queue.undecided(self._session.current.id)
        for place in [place for place in self._tiles if place not in wanted]:
            tile = self._tiles.pop(place)
            self._line.removeWidget(tile)
            tile.hide()
            tile.deleteLater()
        jobs = {job.id: job for job in queue.jobs}
        for position, place in enumerate(wanted):
            tile = self._tiles.get(place) or self._made(jobs[place[0]], place[1], position)
            tile.is_kept = place[1] in jobs[place[0]].kept
            tile.update()
        self._tiles = {place: self._tiles[place] for place in wanted}
        self.setVisible(bool(self._tiles))
        self._show_choice()

    # --- building ---------------------------------------------------------------------------------

    def _arrange(self) -> None:
        more = QToolButton(self)
        more.setIcon(icon("more"))
        more.setToolTip(self.tr("More for this result"))
        more.setAccessibleName(self.tr("More for this result"))
        self.row = OverflowRow(more, spacing=GRID, parent=self)
        for command in _LOOKING:
            self.row.add(self._button(command), stays=True)
        for command in _DECIDING:
            button = self._button(command)
            self._deciding.append(button)
            self.row.add(button)
        self.row.add(self._button("results.drop_others"))
        head = QHBoxLayout()
        head.setSpacing(2 * GRID)
        head.addWidget(self.words, 1)
        head.addWidget(self.row)
        head.addWidget(self.apply_button)
        head.addWidget(self.fold_button)
        holder = QWidget(self)
        self._line = QHBoxLayout(holder)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(GRID)
        self._line.addStretch(1)
        self.area = QScrollArea(self)
        self.area.setWidget(holder)
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setFixedHeight(SIDE + 2 * GRID + self.area.horizontalScrollBar().sizeHint().height())
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        column.setSpacing(GRID)
        column.addLayout(head)
        column.addWidget(self.doubt)
        column.addWidget(self.area)

    def _button(self, command: str) -> QToolButton:
        button = stand_for(QToolButton(self), self._actions[command])
        button.setAutoRaise(True)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keys where they are
        return button

    def _made(self, job: Job, index: int, position: int) -> _Tile:
        place = (job.id, index)
        tile = self._tiles[place] = _Tile(job, index, self)
        tile.tell(
            self.tr("Look at this result (seed {seed}); a double click applies it").format(seed=job.images[index].seed)
        )
        tile.clicked.connect(lambda: self._look_at(place))
        tile.double_clicked.connect(lambda: self._apply(place))
        self._line.insertWidget(position, tile)
        return tile

    # --- following --------------------------------------------------------------------------------

    def _document_changed(self, *_documents: object) -> None:
        self.refresh()

    def _look_at(self, place: Place) -> None:
        self._viewer.show_picture(*place)
        self._show_choice()

    def _apply(self, place: Place) -> None:
        """The first of two clicks may have hidden it."""
        if self._viewer.shown != place:
            self._viewer.show_picture(*place)
        self._actions["results.apply"].trigger()

    def _show_choice(self) -> None:
        shown = self._viewer.shown
        for place, tile in self._tiles.items():
            tile.setChecked(place == shown)
        if shown in self._tiles:
            self.area.ensureWidgetVisible(self._tiles[shown], GRID, 0)
        for button in self._deciding:  # they would act on the active layer
            button.setVisible(shown in self._tiles)
        self._say(shown if shown in self._tiles else None)

    def _say(self, shown: Place | None) -> None:
        count = len(self._tiles)
        set_styled(self.words, "role", "muted" if shown is None else "")
        self._doubt(shown)
        if shown is None:
            text = self.tr("1 result waits") if count == 1 else self.tr("{count} results wait")
            self.words.setText(text.format(count=count))
            return
        job = next(job for job in self._session.queue.jobs if job.id == shown[0])
        text = self.tr("{number} of {count} · seed {seed}")
        number = self.places().index(shown) + 1
        self.words.setText(text.format(number=number, count=count, seed=job.images[shown[1]].seed))

    def _doubt(self, shown: Place | None) -> None:
        """Say so if the picture has another size than when this was asked for; it follows other edges."""
        document = self._session.document
        asked_on = [job.request.document for job in self._session.queue.jobs if shown and job.id == shown[0]]
        others = [each.canvas for each in asked_on if each.origin.way_to(document.origin) is None]
        is_other = any(canvas != document.canvas for canvas in others)
        self.doubt.setVisible(is_other)
        if is_other:
            text = self.tr("Drawn for {width} × {height}: the canvas has changed, and it goes where it was drawn")
            self.doubt.setText(text.format(width=others[0].width, height=others[0].height))
