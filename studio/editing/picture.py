"""Changes of the whole picture: what the steps that they make are called."""

from __future__ import annotations

from typing import Final

from studio.history import StepKind

RESIZE: Final = StepKind("picture.resize", "Resize image", "resize")
CANVAS_SIZE: Final = StepKind("picture.canvas_size", "Canvas size", "canvas-size")
CROP_TO_MASK: Final = StepKind("picture.crop_to_mask", "Crop to mask", "crop")
FLIP_HORIZONTAL: Final = StepKind("picture.flip_horizontal", "Flip horizontally", "flip-horizontal")
FLIP_VERTICAL: Final = StepKind("picture.flip_vertical", "Flip vertically", "flip-vertical")
ROTATE_RIGHT: Final = StepKind("picture.rotate_right", "Rotate 90° right", "rotate-right")
ROTATE_LEFT: Final = StepKind("picture.rotate_left", "Rotate 90° left", "rotate-left")
ROTATE_HALF: Final = StepKind("picture.rotate_half", "Rotate 180°", "rotate-half")
