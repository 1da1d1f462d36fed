"""The frames of a document's timeline, composed one after another."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from studio.document import Document, Pixels, frames, go_to_frame, hold_of, ticks_of
from studio.errors import UnsupportedFileError
from studio.files.pictures.images import Frame
from studio.raster.compose import compose
from studio.raster.convert import unpremultiply


class DocumentFrames:
    """What the canvas shows at every tick of a timeline: a frame that is held for three ticks comes three times.

    Raises `UnsupportedFileError` for a document without a timeline.
    """

    random_access: Final = True
    timed: Final = True
    has_alpha: Final = True

    def __init__(self, document: Document, name: str) -> None:
        if document.timeline is None:
            raise UnsupportedFileError(
                "{name} is a layered picture without a timeline.",
                "Make one with Animation > Make Timeline, or choose a film, an animation or a folder of frames.",
                name=name,
            )
        self._document = document
        self._ticks = ticks_of(hold_of(document, frame.id) for frame in frames(document))
        self._shown: tuple[int, Pixels] | None = None
        self.name = name
        self.size = (document.width, document.height)
        self.count = len(self._ticks)
        self.rate = Fraction(document.timeline.fps).limit_denominator(1001)

    def frames(self, start: int = 0) -> Iterator[Frame]:
        for index in range(start, self.count):
            yield self.frame(index)

    def frame(self, index: int) -> Frame:
        place = self._ticks[index]
        if self._shown is None or self._shown[0] != place:
            self._shown = place, unpremultiply(compose(go_to_frame(self._document, place)))
        return Frame(self._shown[1], round(1000 / self.rate))
