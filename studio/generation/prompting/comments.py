"""Comments in prompts: lines that begin with "#", and what follows a "#" that stands alone within a line.

A "#" within a line that is part of a word says something ("C#", "boat #1"), and so does a colour ("#ff8800").
"""

from __future__ import annotations

import re
from typing import Final

from studio.generation.prompting.signs import signs

COMMENT: Final = re.compile(
    r"^[^\S\n]*#(?![0-9a-fA-F]{6}(?!\w))[^\n]*(?:\n|\Z)|[^\S\n]+#(?=[^\S\n#]|$)[^\n]*", re.MULTILINE
)
"""A comment in `signs`; one that fills a line takes its end along."""


def without_comments(text: str) -> str:
    """The text without its comments."""
    kept, last = [], 0
    for match in COMMENT.finditer(signs(text)):
        kept.append(text[last : match.start()])
        last = match.end()
    plain = "".join([*kept, text[last:]])
    return plain.rstrip("\n") if last == len(text) and kept else plain
