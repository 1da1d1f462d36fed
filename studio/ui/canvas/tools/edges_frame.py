"""The frame of the canvas edges tool: where it is gripped, and what a drag makes of it. All in document pixels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from studio.document import MAX_SIDE, Rect

Grip = tuple[int, int]
"""Which sides are held: -1 left or top, 1 right or bottom, 0 neither; (0, 0) holds the whole frame."""

WHOLE: Final[Grip] = (0, 0)
GRIPS: Final[tuple[Grip, ...]] = ((-1, -1), (0, -1), (1, -1), (1, 0), (1, 1), (0, 1), (-1, 1), (-1, 0))
"""The corners and sides, clockwise from the top left."""


@dataclass(frozen=True, kw_only=True)
class Sides:
    """How many pixels the canvas gains at each side; less than 0 cuts so many off."""

    left: int = 0
    top: int = 0
    right: int = 0
    bottom: int = 0

    def __bool__(self) -> bool:
        return any((self.left, self.top, self.right, self.bottom))

    def around(self, canvas: Rect) -> Rect:
        """The frame, which may be empty."""
        width, height = canvas.width + self.left + self.right, canvas.height + self.top + self.bottom
        return Rect(canvas.x - self.left, canvas.y - self.top, width, height)

    @classmethod
    def between(cls, canvas: Rect, frame: Rect) -> Sides:
        """What makes ``frame`` of ``canvas``."""
        return cls(
            left=canvas.x - frame.x,
            top=canvas.y - frame.y,
            right=frame.right - canvas.right,
            bottom=frame.bottom - canvas.bottom,
        )


@dataclass(frozen=True, kw_only=True)
class Drag:
    """How the sides that are held move.

    The new side is a multiple of ``multiple``, or that of the canvas where its edge comes within ``reach`` of the
    canvas's. ``ratio``, width to height, is kept exactly if it is given; ``both`` moves the opposite sides as well.
    """

    multiple: int = 1
    reach: float = 0.0
    ratio: float | None = None
    both: bool = False


@dataclass(frozen=True)
class _Span:
    """A frame along one axis."""

    start: int
    end: int

    @property
    def length(self) -> int:
        return self.end - self.start

    def resized(self, length: int, held: int) -> _Span:
        """Another length: the side that is held moves (1 the end, -1 the start), or both where none is."""
        if held > 0:
            return _Span(self.start, self.start + length)
        if held < 0:
            return _Span(self.end - length, self.end)
        start = self.start - (length - self.length) // 2
        return _Span(start, start + length)


def grip_at(frame: Rect, x: float, y: float, reach: float) -> Grip | None:
    """What lies within ``reach`` of a point: a corner, a side, else the whole frame; ``None`` outside."""
    if not (frame.x - reach <= x <= frame.right + reach and frame.y - reach <= y <= frame.bottom + reach):
        return None
    return _near(x, frame.x, frame.right, reach), _near(y, frame.y, frame.bottom, reach)


def dragged(frame: Rect, canvas: Rect, grip: Grip, way: tuple[float, float], how: Drag) -> Rect:
    """``frame`` after a drag of its grip along ``way``; some of the canvas stays inside, and no side gets too long."""
    across, down = _Span(frame.x, frame.right), _Span(frame.y, frame.bottom)
    over, above = _Span(canvas.x, canvas.right), _Span(canvas.y, canvas.bottom)
    if grip == WHOLE:
        across, down = _moved(across, over, way[0], how), _moved(down, above, way[1], how)
    else:
        across, down = _pulled(across, over, grip[0], way[0], how), _pulled(down, above, grip[1], way[1], how)
        if how.ratio is not None:
            across, down = _in_ratio(frame, (across, down), grip, how, how.ratio)
    across, down = _touching(across, over, grip[0]), _touching(down, above, grip[1])
    return Rect(across.start, down.start, across.length, down.length)


def _near(value: float, start: int, end: int, reach: float) -> int:
    to_start, to_end = abs(value - start), abs(value - end)
    if min(to_start, to_end) > reach:
        return 0
    return -1 if to_start < to_end else 1


def _moved(span: _Span, canvas: _Span, way: float, how: Drag) -> _Span:
    start = span.start + round(way)
    for edge in (canvas.start, canvas.end - span.length):
        if abs(span.start + way - edge) <= how.reach:
            start = edge
    return _Span(start, start + span.length)


def _pulled(span: _Span, canvas: _Span, held: int, way: float, how: Drag) -> _Span:
    """A span whose held side was pulled to another place."""
    if not held:
        return span
    edge, border = (span.end, canvas.end) if held > 0 else (span.start, canvas.start)
    is_home = abs(edge + way - border) <= how.reach
    wanted = (border if is_home else edge + way) - edge
    length = span.length + held * wanted * (2 if how.both else 1)
    return span.resized(_allowed(length, 1 if is_home else how.multiple), 0 if how.both else held)


def _in_ratio(frame: Rect, pulled: tuple[_Span, _Span], grip: Grip, how: Drag, ratio: float) -> tuple[_Span, _Span]:
    """Both spans with sides in proportion: after the one that was pulled, at a corner after the one pulled further."""
    across, down = pulled
    further = abs(across.length / frame.width - 1) >= abs(down.length / frame.height - 1)
    leads = grip[1] == 0 or (grip[0] != 0 and further)
    wanted = across.length if leads else round(down.length * ratio)
    width = min(_allowed(wanted, 1), _allowed(MAX_SIDE * ratio, 1))
    height = down.length if not leads and width == wanted else _allowed(width / ratio, 1)
    held_x, held_y = (0, 0) if how.both else grip
    columns, rows = _Span(frame.x, frame.right), _Span(frame.y, frame.bottom)
    return columns.resized(width, held_x), rows.resized(height, held_y)


def _allowed(length: float, multiple: int) -> int:
    """The nearest multiple from one of them to the longest side of a canvas."""
    most = MAX_SIDE // multiple * multiple
    return min(max(round(length / multiple) * multiple, multiple), most)


def _touching(span: _Span, canvas: _Span, held: int) -> _Span:
    """A span that covers a pixel of the canvas at least."""
    if span.end <= canvas.start:
        return (
            _Span(span.start, canvas.start + 1) if held > 0 else _Span(canvas.start + 1 - span.length, canvas.start + 1)
        )
    if span.start >= canvas.end:
        return _Span(canvas.end - 1, span.end) if held < 0 else _Span(canvas.end - 1, canvas.end - 1 + span.length)
    return span
