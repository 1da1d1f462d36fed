"""What a part of a picture is drawn after: its own words, and those of the whole."""

from __future__ import annotations

from studio.generation.prompting.comments import without_comments


def regional(own: str, whole: str) -> str:
    """A part's own words, and behind them those of the picture, in the syntax of prompts.

    Where one says nothing it is the other, as it was typed.
    """
    if not without_comments(own).strip():
        return whole
    if not without_comments(whole).strip():
        return own
    return f"{without_comments(own).strip().rstrip(',')}, {without_comments(whole).strip()}"
