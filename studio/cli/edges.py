"""``--edges``: a picture with more room around it, or less, before it is drawn in."""

from __future__ import annotations

from typing import Annotated, Final

import typer

from studio.document import Document, Rect
from studio.errors import SettingError
from studio.raster.reframing import reframed

_COUNT: Final = 4

EdgesOption = Annotated[
    str | None,
    typer.Option(
        "--edges",
        metavar="LEFT,TOP,RIGHT,BOTTOM",
        help="Pixels that the picture gains at each side first; less than 0 crops. What is new is drawn.",
    ),
]


def with_edges(document: Document, text: str | None) -> Document:
    """The picture with these edges, masked where it is new. `SettingError` for a text that says something else."""
    if text is None:
        return document
    try:
        left, top, right, bottom = (int(part) for part in text.split(","))
    except ValueError as error:
        raise SettingError(
            f"--edges cannot be {text!r}.", f"Give {_COUNT} whole numbers: left, top, right, bottom, as 0,0,128,0."
        ) from error
    canvas = document.canvas
    frame = Rect(-left, -top, canvas.width + left + right, canvas.height + top + bottom)
    return reframed(document, frame)
