"""What is being typed in a prompt, so that it can be completed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from studio.generation.prompting.choices import WILDCARD
from studio.generation.prompting.signs import signs

CLOSING: Final = "__"
"""What ends a wildcard."""

_BEGUN: Final = re.compile(r"__((?:[^\s_,(){}\[\]|<>\"?#:\\\0][^\n,(){}\[\]|<>\"?#:\\\0]*)?)\Z")


def begun_wildcard(head: str) -> str | None:
    """The part of a wildcard's name that a text ends with; ``None`` where it ends with none that is open."""
    found = WILDCARD.sub(lambda match: "\0" * len(match[0]), signs(head))
    begun = _BEGUN.search(found)
    return None if begun is None else head[begun.start(1) :]


def fitting(names: Iterable[str], typed: str) -> list[str]:
    """The names with what was typed in them, those that begin with it first."""
    wanted = typed.casefold()
    found = [name for name in names if wanted in name.casefold()]
    return sorted(found, key=lambda name: not name.casefold().startswith(wanted))
