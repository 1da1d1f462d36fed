"""Amounts as people read them, the same in the window, in commands and in errors."""

from __future__ import annotations

from typing import Final

_UNITS: Final = ("kB", "MB", "GB", "TB", "PB")
_NEXT_FROM: Final = 999.5
"""From here on the next unit is read more easily: 1.0 GB, not 1019 MB."""


def bytes_text(count: int) -> str:
    """Such as 4.2 MB, 38 MB or 1.3 GB, counted in powers of 1024."""
    value, digits, unit = scaled_bytes(count)
    return f"{value:.{digits}f} {unit}" if unit else f"{count} bytes"


def scaled_bytes(count: int) -> tuple[float, int, str]:
    """An amount in the unit it is read in, the digits it has after the point, and the unit, empty for bytes.

    Digits after the point are for gigabytes and more and for small numbers, not for a whole number of a unit.
    """
    if abs(count) < 1024:
        return float(count), 0, ""
    value, power = count / 1024, 1
    while abs(value) >= _NEXT_FROM and power < len(_UNITS):
        value, power = value / 1024, power + 1
    is_whole = count % 1024**power == 0
    is_told_closely = power >= _UNITS.index("GB") + 1 or round(abs(value), 1) < 10
    return value, int(is_told_closely and not is_whole), _UNITS[power - 1]


def duration_text(seconds: float) -> str:
    """Such as 12 s or 3 min 5 s."""
    whole = max(0, round(seconds))
    return f"{whole} s" if whole < 60 else f"{whole // 60} min {whole % 60} s"
