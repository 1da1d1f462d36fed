"""Results in the window: they wait over the canvas until somebody decides, and what commands ask about them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QGridLayout, QMainWindow

from studio.document import Document
from studio.editing.drawing_again import Drawn, drawn_layer, drawn_picture, edit_again
from studio.editing.layers import add_mask
from studio.errors import SettingError
from studio.generation import GenerationSettings
from studio.jobs.requirements import lacking_mask
from studio.session import ANY_DOCUMENT, Job, OpenDocument, random_seed
from studio.ui.canvas.canvas_view import CanvasView
from studio.ui.canvas.result_viewer import Place, ResultViewer
from studio.ui.widgets.actions import ActionTable
from studio.ui.widgets.dialog_opening import open_dialog
from studio.ui.widgets.following import follow
from studio.ui.widgets.notice_bar import NoticeBar
from studio.ui.window.docks import Docks
from studio.ui.window.live_previews import LivePreviews
from studio.ui.window.waiting_results import WaitingResults
from studio.ui.window.window_parts import WindowParts

if TYPE_CHECKING:
    from studio.ui.panels.results.result_strip import ResultStrip


class ResultDesk(QObject):
    """The picture that is looked at, and the strip of those that wait, which is made when the first one does.

    The first picture of a job is offered on its place as soon as it is done, unless somebody paints or looks at
    another.

    Signal: ``state_changed()`` when commands are to be shown anew.
    """

    state_changed = Signal()
    _made = Signal()

    def __init__(
        self,
        parts: WindowParts,
        *,
        canvas: CanvasView,
        docks: Docks,
        previews: LivePreviews,
        actions: ActionTable,
        notices: NoticeBar,
        window: QMainWindow,
    ) -> None:
        super().__init__(window)
        self._session = parts.session
        self._queue = parts.session.queue
        self._canvas = canvas
        self._docks = docks
        self._previews = previews
        self._actions = actions
        self._notices = notices
        self._window = window
        self._tools = parts.catalogue.tools
        self._strip: ResultStrip | None = None
        self._offered: set[str] = set()
        self._orphans: set[str] = set()
        self._is_told = False
        self.viewer = ResultViewer(parts.session, canvas, self._pictures)
        self.waiting_on_disk = WaitingResults(parts.session, parts.paths.results, notices, self)
        self._queue.places_results = lambda: parts.store.current.results == "layers"
        self._connect()

    def _connect(self) -> None:
        docks, viewer = self._docks, self.viewer
        docks.show_requested.connect(viewer.show_picture)
        docks.placed.connect(viewer.leave)
        viewer.add_requested.connect(self._add)
        viewer.drop_requested.connect(self._drop)
        viewer.changed.connect(self._viewer_changed)
        canvas = self._canvas
        canvas.work_began.connect(self._work_began)
        follow(self, self._queue.jobs_changed, self._jobs_changed)
        follow(self, self._session.document_changed, self._document_changed)
        follow(self, self._session.current_changed, self._another_shown)
        follow(self, self._session.documents_changed, self._documents_changed)

    def lay_into(self, picture: QGridLayout) -> None:
        """The canvas and what is looked at fill an empty layout; the strip goes over them into a lower row of it."""
        for whole in (self._canvas, self.viewer):
            picture.addWidget(whole, 0, 0, 2, 1)
        picture.setRowStretch(0, 1)

        def lay() -> None:
            picture.addWidget(self.strip, 1, 0)

        self._made.connect(lay)

    def close(self) -> None:
        """The window goes; what waits is on disk."""
        self.waiting_on_disk.close()

    @property
    def strip(self) -> ResultStrip:
        """The pictures that wait; made now if it was not yet."""
        if self._strip is None:
            from studio.ui.panels.results.result_strip import ResultStrip

            self._strip = ResultStrip(self._session, self.viewer, self._actions, self._window)
            self._made.emit()
        return self._strip

    # --- what commands ask ------------------------------------------------------------------------

    @property
    def waiting(self) -> tuple[Place, ...]:
        """The pictures of the shown document that wait, oldest first."""
        return self._queue.undecided(self._session.current.id)

    @property
    def is_looked_at(self) -> bool:
        """Whether one of those is looked at."""
        return self.viewer.shown is not None and self.viewer.shown in self.waiting

    @property
    def is_kept(self) -> bool:
        """Whether the one that is looked at is kept."""
        job = self._job_of(self.viewer.shown)
        return job is not None and self.viewer.shown is not None and self.viewer.shown[1] in job.kept

    @property
    def is_before(self) -> bool:
        """Whether the canvas is seen in its place."""
        return self.viewer.is_before

    def look(self) -> None:
        """Look at the result that is offered, else at the newest, or at the picture again."""
        if self.waiting:
            self.strip.fold(False)
            self.viewer.show_picture(*(self._looked_at() if self.is_looked_at else self.waiting[-1]))

    def step(self, by: int) -> None:
        """Look at another result, ``by`` to the right; from none to the first or the last."""
        waiting = self.waiting
        if self.viewer.shown in waiting:
            self.viewer.step(by)
        elif waiting:
            self.viewer.show_picture(*waiting[0 if by > 0 else -1])

    def toggle_before(self) -> None:
        """Show the canvas in place of the result, or the result again; a key that is held is let go there."""
        self.viewer.hold_away(not self.viewer.is_before)
        self.viewer.setFocus()

    def apply(self) -> None:
        """Make the result that is looked at a layer. Raises `SettingError` where it has no place on the canvas."""
        self._canvas.finish_stroke()
        job_id, index = self._looked_at()
        self._session.place_result(job_id, (index,))
        self.viewer.leave()

    def keep(self) -> None:
        """Mark the result that is looked at as wanted, or take that back."""
        job_id, index = self._looked_at()
        self._queue.keep(job_id, index, is_kept=not self.is_kept)

    def drop(self) -> None:
        """Take the result that is looked at away; the next one is looked at."""
        self._drop(*self._looked_at())

    def drop_others(self) -> None:
        """Take away all results but the one that is looked at and those that are kept."""
        kept = {(job.id, index) for job in self._queue.jobs for index in job.kept}
        for job_id, index in self.waiting:
            if (job_id, index) not in kept and (job_id, index) != self.viewer.shown:
                self._queue.drop(job_id, (index,))

    def brush(self) -> None:
        """Apply the result that is looked at with nothing of it seen, and paint where it shall be; of the active layer
        change with the brush what is seen of it. Raises `SettingError` where that cannot be."""
        self._canvas.finish_stroke()
        if self.is_looked_at:
            job_id, index = self._looked_at()
            self._session.place_result(job_id, (index,), hidden=True)
            self.viewer.leave()
        else:
            layer = self._session.document.active_layer
            if layer is not None and layer.mask is None:
                add_mask(self._session, layer.id)
        self._docks.paint_on_mask(self._canvas)
        said = self.tr("White shows the result where you paint, black hides it. X swaps the colours.")
        self._notices.show_remark(said, key="brush-result")

    def draw_more(self) -> None:
        """Draw pictures as the one that is looked at, or the active layer, with new seeds."""
        drawn = self._drawn()
        self._start(drawn, drawn.more(self._docks.generate.settings().count, random_seed()))

    def ask_variations(self) -> None:
        """Ask how far variations of it shall go, and draw them."""
        from studio.ui.dialogs.vary import VaryDialog

        drawn = self._drawn()
        dialog = VaryDialog(self._window)
        dialog.chosen.connect(lambda amount, count: self._vary(drawn, amount, count))
        open_dialog(dialog)

    def edit_again(self) -> None:
        """Bring its mask, prompt and settings back, so that only words need be changed."""
        self._canvas.finish_stroke()
        drawn = self._drawn()
        self.viewer.leave()
        edit_again(self._session, drawn)
        self._docks.edit_words(drawn.settings)

    def _vary(self, drawn: Drawn, amount: float, count: int) -> None:
        try:
            self._start(drawn, drawn.variations(amount, count, random_seed()))
        except SettingError as error:
            self._notices.show_error(error, key="results")

    def _drawn(self) -> Drawn:
        """What is looked at, else the active layer."""
        document, job = self._session.document, self._job_of(self.viewer.shown)
        if job is not None and self.viewer.shown is not None:
            return drawn_picture(job, self.viewer.shown[1], document)
        return drawn_layer(document, document.active_layer)

    def _start(self, drawn: Drawn, settings: GenerationSettings) -> None:
        tool = self._tools().get(settings.tool)
        lacking = None if tool is None else lacking_mask(tool, drawn.document)
        if lacking is not None:
            raise lacking
        self._session.start(settings, document=drawn.document)

    # --- doing ------------------------------------------------------------------------------------

    def _looked_at(self) -> Place:
        place = self.viewer.shown
        if place is None or place not in self.waiting:
            raise SettingError("No result is looked at.", "Click one in the strip below the picture.")
        return place

    def _add(self, job_id: str, index: int) -> None:
        """The viewer asks for a layer, by the Return key or its own button."""
        if (job_id, index) in self.waiting:
            self._actions["results.apply"].trigger()
        else:
            self.viewer.leave()
            self._docks.place(job_id, index)

    def _drop(self, job_id: str, index: int) -> None:
        waiting = self.waiting
        if (job_id, index) not in waiting:
            return
        position = waiting.index((job_id, index))
        self._queue.drop(job_id, (index,))
        if self.waiting:
            self.viewer.show_picture(*self.waiting[min(position, len(self.waiting) - 1)])
        else:
            self.viewer.leave()

    def _job_of(self, place: Place | None) -> Job | None:
        return None if place is None else next((job for job in self._queue.jobs if job.id == place[0]), None)

    def _pictures(self) -> list[Place]:
        """Those that the arrow keys go through: the ones that wait, or where another is shown all of the queue."""
        waiting = list(self.waiting)
        return waiting if self.viewer.shown in waiting else self._docks.pictures()

    def tell_waiting(self, *_saved: object) -> None:
        """A file was written: results that wait are not in it."""
        if self.waiting:
            self._notices.show_remark(
                self.tr("Results that wait are not in the file: apply them first."), key="waiting"
            )

    def _documents_changed(self) -> None:
        """Of results whose document was closed it is said where they are now."""
        meant = [job for job in self._queue.jobs if job.undecided and job.document_id != ANY_DOCUMENT]
        closed = {job.id for job in meant if self._session.find(job.document_id) is None}
        if closed - self._orphans:
            said = self.tr("Results of the closed picture are in the Queue panel.")
            self._notices.show_remark(said, key="waiting")
        self._orphans = closed

    # --- following --------------------------------------------------------------------------------

    def _jobs_changed(self) -> None:
        for job_id, index in self.waiting:
            if job_id not in self._offered:
                self._offered.add(job_id)
                self._offer(job_id, index)
        self._viewer_changed()

    def _offer(self, job_id: str, index: int) -> None:
        self.strip.show()
        is_free = self.viewer.shown is None or self.viewer.is_offered
        if self._previews.is_over and is_free and self._canvas.unfinished() is None:
            self.viewer.offer_picture(job_id, index)

    def _work_began(self) -> None:
        """A picture that was only offered goes; the first time it is said where to."""
        if self.viewer.is_offered:
            self.viewer.leave()
            if not self._is_told:
                self._is_told = True
                said = self.tr("The result waits in the strip below. Apply makes it a layer.")
                self._notices.show_remark(said, key="waiting")

    def _viewer_changed(self) -> None:
        self.viewer.bar.setVisible(not self.is_looked_at)
        self.state_changed.emit()

    def _document_changed(self, _old: Document, _new: Document) -> None:
        if self.viewer.is_offered:
            self.viewer.leave()

    def _another_shown(self, _document: OpenDocument) -> None:
        if self.viewer.is_offered:
            self.viewer.leave()
