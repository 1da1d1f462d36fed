"""What a person does with guide lines and the grid: one small function an action, each making one step of history."""

from __future__ import annotations

from dataclasses import replace
from typing import Final, Literal

from studio.document import Document, Grid, Ruling
from studio.history import StepKind
from studio.session import Session

ADD_LINE: Final = StepKind("ruling.add", "Add guide line", "guide-lines")
MOVE_LINE: Final = StepKind("ruling.move", "Move guide line", "guide-lines")
REMOVE_LINE: Final = StepKind("ruling.remove", "Remove guide line", "guide-lines")
CLEAR: Final = StepKind("ruling.clear", "Remove all guide lines", "guide-lines")
GRID: Final = StepKind("ruling.grid", "Change the grid", "drawing-grid")

Direction = Literal["upright", "level"]


def with_line(document: Document, direction: Direction, place: int | None, before: int | None = None) -> Document:
    """The picture with a guide line at ``place``, in place of the one at ``before``; ``None`` is none.

    Raises `SettingError` for too many.
    """
    ruling, is_upright = document.ruling, direction == "upright"
    rest = (each for each in (ruling.upright if is_upright else ruling.level) if each != before)
    places = tuple(rest) if place is None else (*rest, place)
    ruling = replace(ruling, upright=places) if is_upright else replace(ruling, level=places)
    return replace(document, ruling=ruling)


def set_line(session: Session, direction: Direction, place: int | None, before: int | None = None) -> None:
    """Put a guide line at ``place`` where there was one at ``before``; without the one it is new, without the other
    it is taken away."""
    after = with_line(session.document, direction, place, before)
    if after.ruling != session.document.ruling:
        session.apply(ADD_LINE if before is None else REMOVE_LINE if place is None else MOVE_LINE, after)


def remove_lines(session: Session) -> None:
    """Take all guide lines away; the grid stays."""
    session.apply(CLEAR, replace(session.document, ruling=Ruling(grid=session.document.ruling.grid)))


def set_grid(session: Session, grid: Grid) -> None:
    """Give the grid other cells."""
    if grid != session.document.ruling.grid:
        ruling = replace(session.document.ruling, grid=grid)
        session.apply(GRID, replace(session.document, ruling=ruling))
