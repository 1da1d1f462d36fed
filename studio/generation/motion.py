"""Movement between pictures: a camera, optical flow, and pictures in between."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from studio.document import Pixels

Flow = NDArray[np.float32]
"""float32 ``(h, w, 2)``: how far to the right and down the pixel's colour is to be fetched, in pixels."""

Matrix = NDArray[np.float64]

_SMALLEST = 16
"""Shortest side in which the search finds anything."""


@dataclass(frozen=True, kw_only=True)
class Camera:
    """A step of a camera. ``zoom`` above 1 goes nearer. ``pan_x`` and ``pan_y`` are shares of the width and height by
    which the picture moves to the right and down. ``rotation`` turns it clockwise, and ``tilt_x`` and ``tilt_y`` turn
    its right and its lower side away, in degrees."""

    zoom: float = 1.0
    pan_x: float = 0.0
    pan_y: float = 0.0
    rotation: float = 0.0
    tilt_x: float = 0.0
    tilt_y: float = 0.0

    def matrix(self, width: int, height: int) -> Matrix:
        """The homography ``(3, 3)`` that carries points of a picture of this size to where the step puts them."""
        focal = float(max(width, height))
        turn, right, down = (math.radians(angle) for angle in (self.rotation, self.tilt_x, self.tilt_y))
        about_z = np.array([[math.cos(turn), -math.sin(turn), 0], [math.sin(turn), math.cos(turn), 0], [0, 0, 1]])
        about_y = np.array([[math.cos(right), 0, 0], [0, 1, 0], [math.sin(right), 0, 1]])
        about_x = np.array([[1, 0, 0], [0, math.cos(down), 0], [0, math.sin(down), 1]])
        # The picture is a plane one focal length away, turned about its own middle: the last row is its depth.
        seen = about_z @ about_y @ about_x
        seen[2, :2] /= focal
        grown = np.diag((self.zoom, self.zoom, 1.0))
        shifted = _shift(width / 2 - 0.5 + self.pan_x * width, height / 2 - 0.5 + self.pan_y * height)
        return np.asarray(shifted @ grown @ seen @ _shift(0.5 - width / 2, 0.5 - height / 2))


def moved(image: Pixels, matrix: Matrix) -> Pixels:
    """The picture, uint8 ``(h, w, 3)``, carried along by a homography; what comes in at the sides is mirrored."""
    height, width = image.shape[:2]
    return np.asarray(
        cv2.warpPerspective(image, matrix, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REFLECT_101),
        np.uint8,
    )


def flow_between(first: Pixels, second: Pixels) -> Flow:
    """The flow by which `warped` makes ``second`` of ``first``, both uint8 ``(h, w, 3)``.

    Dense inverse search: Kroeger and others, "Fast Optical Flow using Dense Inverse Search", 2016.
    """
    search = cv2.DISOpticalFlow.create(cv2.DISOPTICAL_FLOW_PRESET_MEDIUM)
    grey = [np.asarray(cv2.cvtColor(image, cv2.COLOR_RGB2GRAY), np.uint8) for image in (first, second)]
    if min(grey[0].shape) < _SMALLEST:
        return np.zeros((*grey[0].shape, 2), np.float32)
    return np.asarray(search.calc(grey[1], grey[0], np.zeros((*grey[0].shape, 2), np.float32)), np.float32)


def warped(pixels: NDArray[Any], flow: Flow) -> NDArray[Any]:
    """Pixels ``(h, w)`` or ``(h, w, c)`` with every colour fetched as far away as the flow says."""
    height, width = flow.shape[:2]
    x, y = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    fetched = cv2.remap(pixels, x + flow[..., 0], y + flow[..., 1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(fetched, dtype=pixels.dtype)


def between(first: Pixels, second: Pixels, amount: float) -> Pixels:
    """A picture ``amount`` (0..1) of the way from ``first`` to ``second``, both uint8 ``(h, w, 3)``.

    The flows to both are estimated from those between them as in Jiang and others, "Super SloMo", 2018.
    """
    if amount <= 0.0:
        return first
    if amount >= 1.0:
        return second
    onward, back = flow_between(second, first), flow_between(first, second)
    to_first = -(1.0 - amount) * amount * onward + amount * amount * back
    to_second = (1.0 - amount) * (1.0 - amount) * onward - amount * (1.0 - amount) * back
    mixed = (1.0 - amount) * warped(first, to_first).astype(np.float32) + amount * warped(second, to_second)
    return mixed.round().clip(0, 255).astype(np.uint8)


def warped_difference(first: Pixels, second: Pixels) -> float:
    """How far two neighbouring frames are from one another once movement is taken out: mean levels, 0..255."""
    carried = warped(first, flow_between(first, second))
    return float(np.abs(carried.astype(np.int16) - second).mean())


def _shift(x: float, y: float) -> Matrix:
    return np.array([[1.0, 0.0, x], [0.0, 1.0, y], [0.0, 0.0, 1.0]])
