"""Multiply in 8 bits as a plain product, on the backdrop as it looks on white paper."""

from __future__ import annotations

import cv2
import numpy as np

from studio.document import Pixels
from studio.raster.words import (
    ALPHA_BITS,
    ALPHA_SHIFT,
    COLOUR_BITS,
    IN_EVERY_CHANNEL,
    IN_EVERY_COLOUR,
    is_opaque,
    words,
)


class WhitePaper:
    """Puts a backdrop on white paper, in place, for as long as it is multiplied, and takes it off again.

    With premultiplied colours C and alpha A, 0..1, a backdrop on white is ``W = C + 1 - A``. There the multiply mode of
    W3C Compositing and Blending Level 1, ``Cs Cb + Cs (1 - Ab) + Cb (1 - As)``, becomes ``W (1 - (As - Cs))``, for
    each colour, and ``1 - A`` becomes ``(1 - A) (1 - As)``: a single product. Source-over is the same on white.

    Parameters
    ----------
    backdrop
        Premultiplied RGBA, uint8 ``(h, w, 4)``, C-contiguous and writable.
    """

    def __init__(self, backdrop: Pixels) -> None:
        self._backdrop = backdrop
        self._is_on = False
        self._is_opaque = False
        self._shade = self._product = backdrop[:0]

    def multiply(self, source: Pixels, opacity: float) -> None:
        """Multiply the backdrop by ``source``, premultiplied and of its shape; ``opacity`` is 0..1."""
        if not self._is_on:
            self._put_on()
        backdrop, shade, product = words(self._backdrop), words(self._shade), words(self._product)
        np.multiply(np.right_shift(words(source), ALPHA_SHIFT, out=shade), IN_EVERY_CHANNEL, out=shade)
        if self._is_opaque:
            cv2.subtract(self._shade, source, dst=self._shade)  # no shade on alpha, which stays full
        else:
            np.bitwise_and(words(source), COLOUR_BITS, out=product)
            cv2.subtract(self._shade, self._product, dst=self._shade)
            np.bitwise_xor(backdrop, ALPHA_BITS, out=backdrop)
        cv2.multiply(self._backdrop, self._shade, dst=self._product, scale=opacity / 255)
        np.subtract(backdrop, product, out=backdrop)
        if not self._is_opaque:
            np.bitwise_xor(backdrop, ALPHA_BITS, out=backdrop)

    def take_off(self) -> None:
        """Make the backdrop premultiplied again; needed before modes other than multiply and source-over."""
        if self._is_on and not self._is_opaque:
            cv2.subtract(self._backdrop, self._uncovered(), dst=self._backdrop)
        self._is_on = False

    def _put_on(self) -> None:
        if not self._shade.size:
            self._shade, self._product = np.empty_like(self._backdrop), np.empty_like(self._backdrop)
        self._is_on, self._is_opaque = True, is_opaque(self._backdrop)
        if not self._is_opaque:
            cv2.add(self._backdrop, self._uncovered(), dst=self._backdrop)

    def _uncovered(self) -> Pixels:
        """How much of the paper shows, in the three colours; alpha 0."""
        shade = words(self._shade)
        np.right_shift(np.bitwise_not(words(self._backdrop), out=shade), ALPHA_SHIFT, out=shade)
        np.multiply(shade, IN_EVERY_COLOUR, out=shade)
        return self._shade
