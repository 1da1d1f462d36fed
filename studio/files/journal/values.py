"""Values of a journal's JSON, read with distrust: what is not as expected is a ``ValueError`` or ``KeyError``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def text(values: Mapping[str, Any], name: str) -> str:
    """A text."""
    value = values[name]
    if not isinstance(value, str):
        raise ValueError(f"{name} is {value!r:.40}")
    return value


def optional_text(values: Mapping[str, Any], name: str) -> str | None:
    return None if values[name] is None else text(values, name)


def flag(values: Mapping[str, Any], name: str) -> bool:
    """True or false."""
    value = values[name]
    if not isinstance(value, bool):
        raise ValueError(f"{name} is {value!r:.40}")
    return value


def whole(values: Mapping[str, Any], name: str) -> int:
    """A whole number."""
    value = values[name]
    if not isinstance(value, int) or isinstance(value, bool):
        raise ValueError(f"{name} is {value!r:.40}")
    return value


def number(values: Mapping[str, Any], name: str, low: float, high: float) -> float:
    """A number from ``low`` to ``high``."""
    value = values[name]
    if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
        raise ValueError(f"{name} is {value!r:.40}")
    return float(value)
