"""Amounts as people read them, the same in the window, in commands and in errors."""

from __future__ import annotations

from typing import Final

_UNITS: Final = ("kB", "MB", "GB", "TB", "PB")
_GIGABYTE: Final = 1024**3


def bytes_text(count: int) -> str:
    """Such as 38 MB or 1.3 GB, counted in powers of 1024."""
    if abs(count) < 1024:
        return f"{count} bytes"
    value, unit = float(count), ""
    for unit in _UNITS:  # noqa: B007 - the last one is used
        value /= 1024
        if abs(value) < 1024:
            break
    return f"{value:.{bytes_digits(count)}f} {unit}"


def bytes_digits(count: int) -> int:
    """How many digits after the point an amount is shown with: one from a gigabyte on, unless it is a round number."""
    gigabytes = count / _GIGABYTE
    return 1 if gigabytes >= 1 and round(gigabytes * 10) % 10 else 0


def duration_text(seconds: float) -> str:
    """Such as 12 s or 3 min 5 s."""
    whole = max(0, round(seconds))
    return f"{whole} s" if whole < 60 else f"{whole // 60} min {whole % 60} s"
