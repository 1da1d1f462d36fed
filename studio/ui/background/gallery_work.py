"""The gallery behind the window: what jobs draw is kept, and panels are answered, on threads of its own."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from PySide6.QtCore import QObject, Signal

from studio.errors import GalleryBusyError, GalleryError
from studio.generation import GenerationResult
from studio.paths import Paths
from studio.session import Job, Session
from studio.settings import AppSettings
from studio.ui.background.background import Background, Run

if TYPE_CHECKING:
    from studio.files.gallery.access import GalleryAccess
    from studio.files.gallery.gallery import Gallery
    from studio.files.gallery.values import Drawn, Dropped
    from studio.generation.grids import CellPicture, DrawnGrid

MOST_WAITING: Final = 256
"""Pictures that wait to be written; on a disk that hangs, more are not kept: memory is for drawing."""

T = TypeVar("T")


class GalleryWork(QObject):
    """Follows the queue of a session. Nothing of the gallery is loaded before something is kept or asked for.

    Whatever goes wrong, drawing goes on. Signals: ``changed()`` when other pictures are in the gallery, or the same
    otherwise; ``failed(Exception)`` when it could not be kept, once until it goes well again, which ``recovered()``
    tells; ``dropped(Dropped)`` when pictures had to go for want of room, with all that went in this run.
    """

    changed = Signal()
    failed = Signal(object)
    recovered = Signal()
    dropped = Signal(object)

    def __init__(
        self, session: Session, paths: Paths, settings: Callable[[], AppSettings], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.folder = paths.gallery
        self._settings = settings
        self._writing = Background("gallery", self)
        self._reading = Background("gallery-reading", self, expendable=True)
        self._adopting = Background("gallery-adopting", self)
        self._shared = _Shared(self.folder)
        self._waiting = 0
        self._told = ""
        self.pictures_dropped = 0
        self._bytes_dropped = 0
        self._removed: list[int] = []
        self._session = session
        session.queue.job_ended.connect(self._job_ended)
        session.queue.grid_drawn.connect(self.keep_grid)

    @property
    def keeps_drawn(self) -> bool:
        """Whether what is drawn is put into the gallery."""
        return self._settings().keeps_drawn

    @property
    def is_busy(self) -> bool:
        """Whether something is on its way to the disk."""
        return self._writing.is_busy or self._adopting.is_busy

    @property
    def limit(self) -> int:
        """The bytes that its files may take."""
        return self._settings().gallery_megabytes * 1024**2

    def keep(self, result: GenerationResult) -> None:
        """Put the pictures of a result into the gallery, if that is wished; enlarged ones are no new pictures."""
        if result.request.upscale is None:
            self._keep(lambda: _drawn(result), len(result.images))

    def keep_grid(self, grid: DrawnGrid) -> None:
        """Put the cells that were drawn of a grid into the gallery, if that is wished."""
        # They wait in the document of the grid, and are read one by one: together they take the room of one.
        self._keep(lambda: _cells_drawn(grid.new), 1 if grid.new else 0)

    def _keep(self, drawn: Callable[[], Iterable[Drawn]], count: int) -> None:
        if not self.keeps_drawn or not count:
            return
        if self._waiting + count > MOST_WAITING:
            self._tell(GalleryError("The disk is too slow for the gallery.", "What is drawn now is not kept in it."))
            return
        self._waiting += count
        limit = self.limit
        self._writing.run(lambda: self._shared.keep(drawn(), limit), self._kept(count), self._not_kept(count))

    def ask(
        self,
        work: Callable[[Gallery], T],
        done: Callable[[T], object],
        failed: Callable[[Exception], object] | None = None,
    ) -> Run:
        """Have something looked up; the answer comes to ``done`` on this thread, unless the run is cancelled."""
        run = self._reading.run(lambda: self._shared.access.use(work), done, failed)
        self._adopt_if_needed()
        return run

    def change(self, work: Callable[[Gallery], object], failed: Callable[[Exception], object] | None = None) -> None:
        """Have something changed; `changed` tells when that is done."""

        def did(_nothing: object) -> None:
            self._well()
            self.changed.emit()

        self._writing.run(lambda: self._shared.access.use(work), did, failed or self._tell)

    def remove(self, ids: Sequence[int]) -> None:
        """Take pictures out; until the window closes they can be brought back."""
        self._removed.extend(ids)
        self.change(lambda gallery: gallery.remove(ids))

    def restore(self, ids: Sequence[int]) -> None:
        """Bring pictures back that were removed."""
        back = set(ids)
        self._removed = [each for each in self._removed if each not in back]
        self.change(lambda gallery: gallery.restore(ids))

    def close(self) -> None:
        """Wait until what was drawn is on the disk; then what was removed goes for good."""
        self._session.queue.job_ended.disconnect(self._job_ended)
        self._session.queue.grid_drawn.disconnect(self.keep_grid)
        self._reading.stop()
        self._adopting.stop()
        removed, shared = tuple(self._removed), self._shared
        self._writing.run(lambda: shared.end(removed), _unheard, _unheard)
        self._writing.close()

    # --- what becomes of it -----------------------------------------------------------------------

    def _job_ended(self, job: Job) -> None:
        if job.result is not None:
            self.keep(job.result)

    def _kept(self, count: int) -> Callable[[Dropped], object]:
        def kept(dropped: Dropped) -> None:
            self._waiting -= count
            self._well()
            self._tell_dropped(dropped)
            self.changed.emit()
            self._adopt_if_needed()

        return kept

    def _tell_dropped(self, dropped: Dropped) -> None:
        if not (dropped.pictures or dropped.is_over):
            return
        self.pictures_dropped += dropped.pictures
        self._bytes_dropped += dropped.size
        self.dropped.emit(replace(dropped, pictures=self.pictures_dropped, size=self._bytes_dropped))

    def _not_kept(self, count: int) -> Callable[[Exception], object]:
        def failed(error: Exception) -> None:
            self._waiting -= count
            self._tell(error)

        return failed

    def _tell(self, error: Exception) -> None:
        if str(error) != self._told:
            self._told = str(error)
            self.failed.emit(error)

    def _well(self) -> None:
        if self._told:
            self._told = ""
            self.recovered.emit()

    def _adopt_if_needed(self) -> None:
        """Look once, and after trouble, for pictures that the index does not know."""
        if self._shared.is_incomplete and not self._adopting.is_busy:
            self._adopting.start(self._shared.adopt, self._adopted, self._not_adopted)

    def _adopted(self, count: int) -> None:
        if count:
            self.changed.emit()

    def _not_adopted(self, error: Exception) -> None:
        if not isinstance(error, GalleryBusyError):  # that passes, and pictures are looked for with the next one again
            self._shared.give_up_adopting()


class _Shared:
    """What the threads share; the gallery is imported on whichever is first."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._access: GalleryAccess | None = None
        self._gave_up = False

    @property
    def access(self) -> GalleryAccess:
        with self._lock:
            if self._access is None:
                from studio.files.gallery.access import GalleryAccess

                self._access = GalleryAccess(self._folder)
            return self._access

    @property
    def is_incomplete(self) -> bool:
        access = self._access
        return not self._gave_up and (access is None or access.is_incomplete)

    def give_up_adopting(self) -> None:
        self._gave_up = True

    def keep(self, drawn: Iterable[Drawn], most: int) -> Dropped:
        from studio.files.gallery.access import keep

        return keep(self.access, drawn, most)

    def adopt(self, run: Run) -> int:
        from studio.files.gallery.access import adopt

        self.access.use(lambda gallery: gallery.erase_removed())
        return adopt(self.access, lambda: not run.is_cancelled)

    def end(self, removed: Sequence[int]) -> None:
        access = self._access
        if access is None:
            return
        try:
            if removed:
                access.use(lambda gallery: gallery.erase(removed))
        finally:
            access.close()


def _drawn(result: GenerationResult) -> tuple[Drawn, ...]:
    from studio.files.gallery.values import Drawn

    now = time.time()
    return tuple(
        Drawn(pixels=image.pixels, settings=result.settings_of(index), created=now)
        for index, image in enumerate(result.images)
    )


def _cells_drawn(cells: Sequence[CellPicture]) -> Iterator[Drawn]:
    from studio.files.gallery.values import Drawn

    now = time.time()
    for cell in cells:
        yield Drawn(pixels=cell.raster.read(cell.rect), settings=cell.settings, created=now)


def _unheard(_outcome: object) -> None:
    """The window is gone."""
