"""How long work goes on, foretold from how far it came."""

from __future__ import annotations

from typing import Final

SURE_AFTER: Final = 2.0
"""Seconds that work must have gone on before its end is foretold."""
LEAST_DONE: Final = 0.01
"""The share of it, 0..1, that must be done before."""


def seconds_left(gone: float, fraction: float) -> float | None:
    """How long the rest takes if it goes on as the ``fraction`` (0..1) that took ``gone`` seconds.

    ``None`` while that says nothing yet.
    """
    if gone < SURE_AFTER or fraction < LEAST_DONE:
        return None
    return gone * (1.0 - fraction) / fraction
