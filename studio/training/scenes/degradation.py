"""How a sharp picture becomes the small one that people have: reduced, a little soft, a little compressed."""

from __future__ import annotations

import cv2
import numpy as np
from PIL import Image

from studio.training.scenes.data import Pictures

_BLUR_SHARE, _BLURS = 0.35, (0.3, 0.9)
_JPEG_SHARE, _QUALITIES = 0.4, (60, 96)
_KERNELS = (Image.Resampling.BOX, Image.Resampling.BICUBIC, Image.Resampling.LANCZOS)


def degraded(picture: Pictures, scale: int, random: np.random.Generator) -> Pictures:
    """A picture ``(h, w, 3)`` at a ``scale``-th of its sides, uint8: sides must be multiples of ``scale``.

    Reduced by area, bicubically or by Lanczos; a third of them are blurred before that and two fifths are JPEGs after.
    """
    sharp = picture
    if random.random() < _BLUR_SHARE:
        sigma = scale * random.uniform(*_BLURS) / 2
        sharp = np.asarray(cv2.GaussianBlur(sharp, (0, 0), sigma), np.uint8)
    small = reduced(sharp, scale, _KERNELS[random.integers(len(_KERNELS))])
    return compressed(small, int(random.integers(*_QUALITIES))) if random.random() < _JPEG_SHARE else small


def reduced(picture: Pictures, scale: int, kernel: Image.Resampling = Image.Resampling.BICUBIC) -> Pictures:
    """A picture ``(h, w, 3)`` at a ``scale``-th of its sides, uint8."""
    height, width = picture.shape[0] // scale, picture.shape[1] // scale
    return np.array(Image.fromarray(picture).resize((width, height), kernel))


def compressed(picture: Pictures, quality: int) -> Pictures:
    """What a JPEG of this quality keeps of a picture ``(h, w, 3)``, uint8."""
    _, data = cv2.imencode(".jpg", picture[..., ::-1], (cv2.IMWRITE_JPEG_QUALITY, quality))
    return np.ascontiguousarray(np.asarray(cv2.imdecode(data, cv2.IMREAD_COLOR), np.uint8)[..., ::-1])
