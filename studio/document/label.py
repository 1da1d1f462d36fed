"""Coloured labels by which people tell layers apart; they change nothing of the picture."""

from __future__ import annotations

from enum import StrEnum


class Label(StrEnum):
    """Stable identifiers, used in files; Photoshop has the same colours."""

    NONE = ""
    RED = "red"
    ORANGE = "orange"
    YELLOW = "yellow"
    GREEN = "green"
    BLUE = "blue"
    VIOLET = "violet"
    GREY = "grey"
