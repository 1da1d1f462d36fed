"""The line of history of a picture. Documents share the tiles that did not change."""

from __future__ import annotations

from studio.document import Document, Raster
from studio.history.history import History
from studio.history.shared_bytes import References, SharedBytes


class DocumentHistory(History[Document]):
    """A line of documents, whose bytes are those of their tiles."""

    @staticmethod
    def new_count() -> SharedBytes[Document]:
        return _TileBytes()


class _TileBytes(SharedBytes[Document]):
    """Counts the bytes of distinct tiles.

    Rasters are counted first and tiles only for a raster that is new or gone, so that a step costs what it changed
    and not the number of layers.
    """

    def __init__(self) -> None:
        self._rasters = References()
        self._tiles = References()
        self._total = 0
        self._waiting: list[Document] = []
        """What was added and not looked at yet: a new picture makes its pixels when somebody does."""

    @property
    def total(self) -> int:
        self._count()
        return self._total

    def add(self, document: Document) -> None:
        self._waiting.append(document)

    def remove(self, document: Document) -> None:
        self._count()
        for raster in document.rasters():
            if self._rasters.drop(raster):
                self._remove_tiles(raster)

    def _count(self) -> None:
        waiting, self._waiting = self._waiting, []
        for document in waiting:
            for raster in document.rasters():
                if self._rasters.take(raster):
                    self._add_tiles(raster)

    def _add_tiles(self, raster: Raster) -> None:
        self._total += sum(tile.nbytes for tile in raster.tiles.values() if self._tiles.take(tile))

    def _remove_tiles(self, raster: Raster) -> None:
        self._total -= sum(tile.nbytes for tile in raster.tiles.values() if self._tiles.drop(tile))
