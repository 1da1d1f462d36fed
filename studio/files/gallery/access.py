"""The gallery whenever it is needed: opened with the first use, and made anew of its pictures where it is damaged."""

from __future__ import annotations

import contextlib
import sqlite3
import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final, TypeVar

from studio.errors import FileError, GalleryBusyError, GalleryDamagedError, GalleryError
from studio.files.disk.file_lock import FileLock
from studio.files.gallery.database import ENDINGS, NAME, told
from studio.files.gallery.gallery import Gallery
from studio.files.gallery.places import files_in
from studio.files.gallery.values import PICTURES, Drawn, Dropped, PictureFile

_ASIDE: Final = 99
"""So many damaged indexes are kept at most."""

T = TypeVar("T")


class GalleryAccess:
    """Gives the gallery of ``folder`` to what is to be done with it, one thread at a time.

    ``is_incomplete`` while pictures may lie in the folder that the index does not know: `adopt` enters them. They are
    there after a kill, where the index could not be written, or was made anew.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.is_incomplete = True
        self._lock = threading.Lock()
        self._gallery: Gallery | None = None

    @property
    def pictures(self) -> Path:
        """The folder of the files."""
        return self.folder / PICTURES

    def use(self, work: Callable[[Gallery], T]) -> T:
        """What ``work`` returns. Raises `GalleryError`.

        A damaged index is set aside, and the work begins again with a new one; ratings are kept as far as they can
        still be read.
        """
        with self._lock:
            try:
                return work(self._opened())
            except GalleryDamagedError:
                return work(self._renewed())
            except GalleryError:
                self._let_go()
                raise

    def close(self) -> None:
        """Let go of the files."""
        with self._lock:
            self._let_go()

    def _opened(self) -> Gallery:
        if self._gallery is None:
            self._gallery = Gallery.open(self.folder)
        return self._gallery

    def _renewed(self) -> Gallery:
        self._let_go()
        ratings = _set_aside(self.folder / NAME)
        self.is_incomplete = True
        gallery = self._opened()
        for file, rating in ratings.items():
            picture = _picture(gallery.pictures, file)
            if picture is not None:
                gallery.enter(picture, rating=rating)
        return gallery

    def _let_go(self) -> None:
        if self._gallery is not None:
            self._gallery.close()
            self._gallery = None


def keep(access: GalleryAccess, drawn: Iterable[Drawn], most: int) -> Dropped:
    """Put pictures that were drawn into the gallery, and drop the oldest where its files take over ``most`` bytes.

    Raises `GalleryError`. Where another program holds the index, the pictures are written all the same, to be entered
    later.
    """
    from studio.files.gallery.picture_files import write_drawn  # who only looks does without Pillow

    busy: GalleryBusyError | None = None
    ids: list[int] = []
    for each in drawn:
        try:
            access.use(_nothing)  # an index that cannot be used, of a newer version say, gets no pictures
        except GalleryBusyError as error:
            busy = error
        picture = write_drawn(access.pictures, each)
        if busy is None:
            ids.append(access.use(lambda gallery, new=picture: gallery.enter(new, is_newest=True)))  # type: ignore[misc]
    if busy is not None:
        access.is_incomplete = True
        raise busy
    return access.use(lambda gallery: gallery.keep_within(most, spared=ids))


def adopt(access: GalleryAccess, is_wanted: Callable[[], bool]) -> int:
    """Enter pictures that lie in the folder and that the index does not know; how many.

    One at a time, and only as long as ``is_wanted`` says so. Raises `GalleryError`.
    """
    count = 0
    for file in access.use(lambda gallery: gallery.missing_in_index(files_in(gallery.pictures))):
        if not is_wanted():
            return count
        picture = _picture(access.pictures, file)
        if picture is not None:
            access.use(lambda gallery, new=picture: gallery.enter(new))  # type: ignore[misc]
            count += 1
    access.is_incomplete = False
    return count


def _nothing(_gallery: Gallery) -> None:
    """Only look whether it can be opened."""


def _picture(folder: Path, file: str) -> PictureFile | None:
    from studio.files.gallery.picture_files import read_drawn

    try:
        return read_drawn(folder, file)
    except (FileError, OSError):  # no picture, or gone by now
        return None


def _set_aside(index: Path) -> dict[str, int]:
    """Rename a damaged index. The ratings that it still tells, by file. Raises `GalleryError`."""
    with told(index):
        lock = FileLock.acquire(index.with_name(f"{NAME}.lock"))
        if lock is None:
            raise GalleryError(
                "Another window is mending the gallery in {folder}.", "Try again in a moment.", folder=index.parent
            )
        try:
            ratings = _ratings(index)
            kept = _free_name(index)
            index.rename(kept)
            for ending in ENDINGS:
                with contextlib.suppress(FileNotFoundError):
                    index.with_name(NAME + ending).rename(kept.with_name(kept.name + ending))
        finally:
            lock.release()
    return ratings


def _ratings(index: Path) -> dict[str, int]:
    found: dict[str, int] = {}
    with contextlib.suppress(sqlite3.Error), contextlib.closing(sqlite3.connect(index)) as connection:
        for file, rating in connection.execute("SELECT file, rating FROM picture WHERE rating > 0"):
            if isinstance(file, str) and isinstance(rating, int):
                found[file] = rating
    return found


def _free_name(index: Path) -> Path:
    names = (index.with_name(f"gallery.damaged-{number}.sqlite") for number in range(1, _ASIDE))
    return next((path for path in names if not path.exists()), index.with_name(f"gallery.damaged-{_ASIDE}.sqlite"))
