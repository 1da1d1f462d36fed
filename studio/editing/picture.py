"""Changes of the whole picture, and what the steps that they make are called."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from studio.document import Document, Rect
from studio.history import StepKind

if TYPE_CHECKING:
    from studio.raster.transform import QuarterTurns

RESIZE: Final = StepKind("picture.resize", "Resize image", "resize")
CANVAS_SIZE: Final = StepKind("picture.canvas_size", "Canvas size", "canvas-size")
EDGES: Final = StepKind("picture.edges", "Canvas edges", "crop")
CROP_TO_MASK: Final = StepKind("picture.crop_to_mask", "Crop to mask", "crop")
CROP_TO_SELECTION: Final = StepKind("picture.crop_to_selection", "Crop to selection", "crop")
FLIP_HORIZONTAL: Final = StepKind("picture.flip_horizontal", "Flip horizontally", "flip-horizontal")
FLIP_VERTICAL: Final = StepKind("picture.flip_vertical", "Flip vertically", "flip-vertical")
ROTATE_RIGHT: Final = StepKind("picture.rotate_right", "Rotate 90° right", "rotate-right")
ROTATE_LEFT: Final = StepKind("picture.rotate_left", "Rotate 90° left", "rotate-left")
ROTATE_HALF: Final = StepKind("picture.rotate_half", "Rotate 180°", "rotate-half")


# Resampling is loaded with the first change, not for the first window.


def resized(picture: Document, width: int, height: int, watch: Callable[[float], object] | None = None) -> Document:
    """The picture scaled to another size in pixels. ``watch`` hears the share that is done, and may raise to end it."""
    from studio.raster.transform import resize_image

    return resize_image(picture, width, height) if watch is None else resize_image(picture, width, height, watch=watch)


def cropped(picture: Document, rect: Rect, *, keep_outside: bool = False) -> Document:
    """The part of the picture in ``rect``, which may reach beyond it; ``keep_outside`` keeps what layers hold there."""
    from studio.raster.transform import crop

    return crop(picture, rect, keep_outside=keep_outside)


def reframed(picture: Document, frame: Rect) -> Document:
    """The picture with ``frame`` as its canvas, and the mask where that is new and empty; see `raster.reframing`."""
    from studio.raster.reframing import reframed

    return reframed(picture, frame)


def flipped_horizontally(picture: Document) -> Document:
    """Left and right exchanged."""
    from studio.raster.transform import flip

    return flip(picture, "horizontal")


def flipped_vertically(picture: Document) -> Document:
    """Top and bottom exchanged."""
    from studio.raster.transform import flip

    return flip(picture, "vertical")


def rotated(picture: Document, quarters: QuarterTurns) -> Document:
    """The picture turned clockwise by so many quarters of a turn."""
    from studio.raster.transform import rotate

    return rotate(picture, quarters)
