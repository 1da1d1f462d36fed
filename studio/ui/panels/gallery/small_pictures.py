"""The small pictures of the gallery as images; cv2 is loaded on the thread that makes them."""

from __future__ import annotations

import cv2
import numpy as np
from PySide6.QtGui import QImage

from studio.document import Pixels
from studio.raster.convert import premultiply, with_opaque_alpha
from studio.ui.panels.thumbnails import image_of


def image_of_thumbnail(data: bytes) -> QImage:
    """The picture of an entry; a null one where it is damaged."""
    pixels = _decoded(data)
    return QImage() if pixels is None else image_of(pixels)


def _decoded(data: bytes) -> Pixels | None:
    if not data:
        return None
    try:
        found = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_UNCHANGED)
    except cv2.error:
        return None
    if found is None or found.dtype != np.uint8 or found.ndim != 3:
        return None
    if found.shape[2] == 4:
        return premultiply(np.asarray(cv2.cvtColor(found, cv2.COLOR_BGRA2RGBA), np.uint8))
    return with_opaque_alpha(np.asarray(cv2.cvtColor(found, cv2.COLOR_BGR2RGB), np.uint8))
