"""Brushes from any file that can be read as one."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import numpy as np

from studio.document import Pixels
from studio.files.brushes.krita import read_krita
from studio.files.brushes.mypaint import Imported, read_mypaint
from studio.files.brushes.presets import MOST_BYTES, SUFFIX, read_preset, read_small
from studio.files.documents import read_picture
from studio.message import Message
from studio.raster.brushes.brush import Brush, Tip
from studio.raster.brushes.preset import LONGEST_NAME, BrushPreset
from studio.raster.brushes.tip_pictures import MAX_TIP_SIDE, stamp_picture

SUFFIXES: Final = ("brush", "myb", "kpp", "png", "jpg", "jpeg", "webp", "bmp", "tif", "tiff")
"""Of files that `read_brush` reads."""

_MOST_KPP_BYTES: Final = 32 * 1024**2


def read_brush(path: Path) -> Imported:
    """A preset of our own, of MyPaint or of Krita; a picture becomes a stamp, dark where it paints.

    Raises `FileError` and `SettingError`.
    """
    suffix = path.suffix.lower()
    if suffix == SUFFIX:
        return Imported(read_preset(path))
    if suffix == ".myb":
        return read_mypaint(read_small(path, MOST_BYTES), path.stem)
    if suffix == ".kpp":
        return read_krita(read_small(path, _MOST_KPP_BYTES), path.stem)
    return stamp_of(read_picture(path), path.stem)


def stamp_of(pixels: Pixels, name: str) -> Imported:
    """A brush that prints a picture, straight RGBA ``(h, w, 4)``: the darker and the more opaque, the more."""
    light = pixels[..., :3] @ np.array((0.299, 0.587, 0.114), np.float32) / 255
    values = np.rint(pixels[..., 3] * np.clip(1 - light, 0, 1)).astype(np.uint8)
    if not values.any():
        values = pixels[..., 3]  # light on nothing: its shape counts
    height, width = values.shape
    tip = Tip(kind="stamp", picture=stamp_picture(values))
    size = float(min(200, max(1, height, width)))
    brush = Brush(diameter=size, spacing=0.5, pressure_size=False, tip=tip)
    notes: tuple[str, ...] = ()
    if max(height, width) > MAX_TIP_SIDE:
        notes = (
            Message(
                "The picture of {width} x {height} pixels was made smaller: tips have at most {most}.",
                width=width,
                height=height,
                most=MAX_TIP_SIDE,
            ),
        )
    return Imported(BrushPreset(name=name[:LONGEST_NAME] or "Stamp", brush=brush), notes)
