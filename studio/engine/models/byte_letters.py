"""The printable letters that stand for bytes in the tables of byte pairs of GPT-2 and those after it."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

_PRINTABLE: Final = (*range(ord("!"), ord("~") + 1), *range(ord("¡"), ord("¬") + 1), *range(ord("®"), ord("ÿ") + 1))
_FIRST_OTHER: Final = 256


@lru_cache(maxsize=1)
def byte_letters() -> tuple[str, ...]:
    """The letter for each byte: itself where it can be printed, else one from 256 on."""
    others = iter(range(_FIRST_OTHER, 2 * _FIRST_OTHER))
    printable = frozenset(_PRINTABLE)
    return tuple(chr(byte if byte in printable else next(others)) for byte in range(256))


def table_letters() -> list[str]:
    """The same in the order of the tables: those of bytes that can be printed stand first."""
    others = 256 - len(_PRINTABLE)
    return [*map(chr, _PRINTABLE), *(chr(_FIRST_OTHER + number) for number in range(others))]
