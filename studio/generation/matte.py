"""Sprites freed from a plain ground: its colour is found at the border, and taken out of the soft edge.

A pixel of the edge is a mixture of the ground and of what lies next to it. How much of each, its place on the line
between both colours tells (as with a blue screen: Smith and Blinn, "Blue Screen Matting", 1996).
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from studio.document import Pixels
from studio.errors import SettingError
from studio.generation.jobs import CancelToken

_BIN = 16
"""Width of the bins, in levels, in which the commonest colour of the border is looked for."""
_LEAST_SHARE = 0.4
"""Of the border that has to be of one colour."""
_OFF_LINE = 48.0
"""Levels by which a colour may lie beside the line from the ground's to a neighbour's, to be a mixture of these."""

Floats = NDArray[np.float32]
Flags = NDArray[np.bool_]


def ground_colour(pixels: Pixels, tolerance: float) -> Floats:
    """The colour (3,) of most of the border of straight RGBA, around all that is not transparent. Raises `SettingError`
    where it has many."""
    shown = pixels[..., 3] >= 128
    rows, columns = np.flatnonzero(shown.any(axis=1)), np.flatnonzero(shown.any(axis=0))
    if not len(rows):
        raise SettingError("Nothing but transparency is here.", "Choose a picture that stands on a plain ground.")
    seen = pixels[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    border = np.concatenate([seen[0], seen[-1], seen[1:-1, 0], seen[1:-1, -1]])
    opaque = border[border[:, 3] >= 128][:, :3]
    if 2 * len(opaque) < len(border):
        raise SettingError("The border is transparent already.", "Choose a picture that stands on a plain ground.")
    bins, counts = np.unique(opaque // _BIN, axis=0, return_counts=True)
    middle = bins[counts.argmax()] * _BIN + _BIN // 2
    near = opaque[(np.abs(opaque.astype(int) - middle).max(axis=1)) <= _BIN]
    colour: Floats = np.median(near, axis=0).astype(np.float32)
    alike = np.linalg.norm(opaque - colour, axis=1) <= max(tolerance, _BIN)
    if alike.mean() < _LEAST_SHARE:
        raise SettingError(
            "The ground at the border has no one colour.", "Choose a picture that stands on a plain ground."
        )
    return colour


def freed(pixels: Pixels, tolerance: float, reach: int, connected: bool, cancel: CancelToken) -> Pixels:
    """Straight RGBA with the ground transparent, and without its colour in the soft edge, ``reach`` pixels wide.

    ``tolerance`` is how far a colour may be from the ground's, in levels. Where ``connected``, only what the border
    reaches is ground: spots of its colour inside stay.
    """
    ground = ground_colour(pixels, tolerance)
    colours = pixels[..., :3].astype(np.float32) - ground
    distance: Floats = np.linalg.norm(colours, axis=2).astype(np.float32)
    distance[pixels[..., 3] < 128] = 0.0
    empty = distance <= tolerance
    if connected:
        empty = _reached_from_border(empty)
    cancel.raise_if_cancelled()
    edge = _around(empty, reach) & ~empty
    share = np.where(empty, np.float32(0), np.float32(1))
    share[edge] = _shares(colours, distance, edge, reach, cancel)
    safe = np.maximum(share, 1 / 255)[..., None]
    own = np.where(edge[..., None], colours / safe + ground, pixels[..., :3])
    alpha = np.rint(share * pixels[..., 3])
    out = np.dstack([np.rint(own.clip(0, 255)), alpha]).astype(np.uint8)
    out[out[..., 3] == 0] = 0
    return out


def _reached_from_border(empty: Flags) -> Flags:
    count, labels = cv2.connectedComponents(empty.astype(np.uint8), connectivity=4)
    border = np.concatenate([labels[0], labels[-1], labels[:, 0], labels[:, -1]])
    reached = np.zeros(count, bool)
    reached[border] = True
    reached[0] = False
    found: Flags = reached[labels]
    return found


def _around(flags: Flags, reach: int) -> Flags:
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * reach + 1, 2 * reach + 1))
    found: Flags = cv2.dilate(flags.astype(np.uint8), kernel).astype(bool)
    return found


def _shares(colours: Floats, distance: Floats, edge: Flags, reach: int, cancel: CancelToken) -> Floats:
    """How much of each pixel of the edge is the thing: along the line to the neighbour that is furthest from the
    ground."""
    rows, columns = np.nonzero(edge)
    height, width = edge.shape
    best = np.full(len(rows), -1.0, np.float32)
    thing = np.zeros((len(rows), 3), np.float32)
    for down in range(-reach - 1, reach + 2):
        cancel.raise_if_cancelled()
        for across in range(-reach - 1, reach + 2):
            y, x = (rows + down).clip(0, height - 1), (columns + across).clip(0, width - 1)
            larger = distance[y, x] > best
            best[larger] = distance[y, x][larger]
            thing[larger] = colours[y, x][larger]
    own = colours[rows, columns]
    length = np.maximum((thing**2).sum(axis=1), 1.0)
    share = ((own * thing).sum(axis=1) / length).clip(0.0, 1.0)
    beside = np.linalg.norm(own - share[:, None] * thing, axis=1)
    shares: Floats = np.where(beside > _OFF_LINE, np.float32(1), share).astype(np.float32)
    return shares
