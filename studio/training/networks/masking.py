"""Which part of a picture is to be drawn in a lesson of inpainting, and which is known."""

from __future__ import annotations

import torch
from torch import Tensor

_ANYWHERE = 0.3
"""Share of the masks that lie anywhere, as when something is taken out; the others lie around the thing."""

_OUTSIDE = 0.15
"""Share of the masks of which the outside is drawn, as when a picture is continued beyond its edges."""

_NEAREST, _FARTHEST = 0.015, 0.12
"""How far a mask reaches beyond the thing, on each side by itself, as shares of the picture's side."""

_SMALLEST, _LARGEST = 0.2, 0.9
"""Sides of a mask that lies anywhere, as shares of the picture's."""


def inside(boxes: Tensor, side: int) -> Tensor:
    """Ones where a cell's middle lies in its picture's box, zeros elsewhere: float (n, 1, side, side).

    ``boxes``, float (n, 4), are left, top, right, bottom as shares of the picture's side.
    """
    middles = (torch.arange(side) + 0.5) / side
    left, top, right, bottom = boxes[:, :, None].unbind(1)
    across = (middles >= left) & (middles < right)
    down = (middles >= top) & (middles < bottom)
    return (down[:, :, None] & across[:, None, :])[:, None].float()


def cells_to_draw(things: Tensor, side: int, share: float, generator: torch.Generator) -> Tensor:
    """Ones where to draw, zeros where the picture is known: float (n, 1, side, side).

    A ``share`` of the pictures gets a mask, and the others are drawn whole. ``things`` are the boxes of their things,
    as in :func:`inside`, or zeros.
    """
    count = len(things)
    chance = torch.rand(count, 3, generator=generator)
    somewhere = (chance[:, 0] < _ANYWHERE) | ~things.any(dim=1)
    boxes = torch.where(somewhere[:, None], _anywhere(count, generator), _around(things, generator))
    drawn = inside(boxes, side)
    drawn = torch.where(_each(chance[:, 1] < _OUTSIDE), 1 - drawn, drawn)
    return torch.where(_each(chance[:, 2] < share) & drawn.any(dim=(1, 2, 3), keepdim=True), drawn, torch.ones(()))


def _around(things: Tensor, generator: torch.Generator) -> Tensor:
    reach = _NEAREST + (_FARTHEST - _NEAREST) * torch.rand(things.shape, generator=generator)
    return things + reach * torch.tensor([-1.0, -1.0, 1.0, 1.0])


def _anywhere(count: int, generator: torch.Generator) -> Tensor:
    sides = _SMALLEST + (_LARGEST - _SMALLEST) * torch.rand(count, 2, generator=generator)
    corners = torch.rand(count, 2, generator=generator) * (1 - sides)
    return torch.cat([corners, corners + sides], dim=1)


def _each(chosen: Tensor) -> Tensor:
    return chosen.view(-1, 1, 1, 1)
