"""Parts of what is drawn, which a network is shown as if they were all."""

from __future__ import annotations

from typing import Final

import torch

from studio.api.influences import InfluenceWindow

_ALIGNED: Final = 8
"""Windows begin and end at multiples of so many cells, which networks can halve three times."""
_SOFT: Final = 4
"""Cells over which what a window says goes over into what is said of all."""


def window_around(mask: torch.Tensor, least: int) -> InfluenceWindow:
    """The window around what a mask (h, w) shows, no smaller than ``least`` as far as there is room; else all.

    It is no longer than wide: of what is longer it is the middle. In long pictures networks draw things long, or twice.
    """
    height, width = mask.shape
    shown = mask > 0.0
    rows, columns = _span(shown.any(dim=1), least, height), _span(shown.any(dim=0), least, width)
    side = min(rows[1] - rows[0], columns[1] - columns[0])
    (top, bottom), (left, right) = _middle(rows, side), _middle(columns, side)
    return InfluenceWindow(top, left, bottom, right)


def share_around(window: InfluenceWindow, mask: torch.Tensor) -> torch.Tensor:
    """How much what is said of a window counts in each of its cells, of a region that is a mask (h, w): less and less
    where the window ends and the region goes on."""
    inside: torch.Tensor = window.of(mask, (mask.shape[-2], mask.shape[-1]))
    shown = mask > 0.0
    rows = _fading(window.top, window.bottom, shown.any(dim=1))
    columns = _fading(window.left, window.right, shown.any(dim=0))
    return inside * torch.minimum(rows[:, None], columns[None]).to(mask)


def _fading(first: int, last: int, shown: torch.Tensor) -> torch.Tensor:
    """1 for each place of a window along one side, but for ends beyond which there is more of what is shown."""
    share = torch.ones(last - first)
    count = min(_SOFT, (last - first) // 2)
    slope = (torch.arange(count) + 1.0) / (count + 1.0)
    if shown[:first].any():
        share[:count] = slope
    if shown[last:].any():
        share[last - first - count :] = slope.flip(0)
    return share


def _middle(span: tuple[int, int], length: int) -> tuple[int, int]:
    first = span[0] + (span[1] - span[0] - length) // 2
    return first, first + length


def _span(shown: torch.Tensor, least: int, size: int) -> tuple[int, int]:
    """Where what is shown along one side begins and ends, widened to whole multiples and to ``least``."""
    places = shown.nonzero().flatten().tolist() or [0, size - 1]
    first = places[0] // _ALIGNED * _ALIGNED
    last = min(size, -(-(places[-1] + 1) // _ALIGNED) * _ALIGNED)
    while last - first < min(least, size):
        first = max(0, first - _ALIGNED)
        last = min(size, last + _ALIGNED) if last - first < min(least, size) else last
    return first, last
