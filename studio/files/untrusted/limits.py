"""How large a file may be before Shoreline refuses it, so that a small file cannot fill the memory."""

from __future__ import annotations

from typing import Final

from studio.document import MAX_SIDE, Layer, Raster, Rect
from studio.errors import CorruptFileError, FileTooLargeError
from studio.text.amounts import bytes_text

MAX_FILE_BYTES: Final = 4 * 1024**3
"""Longest file that is read, in bytes."""

MAX_PIXELS: Final = 400_000_000
"""Most pixels of one flat picture, and of all frames of an animation together."""

MAX_GROUP_DEPTH: Final = 200
"""Most groups within each other in a layered file."""

MAX_LAYER_PIXELS: Final = MAX_SIDE * MAX_SIDE
"""Most pixels of one layer of a layered file: the largest canvas, filled."""

MAX_TOTAL_PIXELS: Final = 4 * MAX_LAYER_PIXELS
"""Most pixels of all layers of a layered file together."""

MAX_OFFSET: Final = 1 << 20
"""How far from the canvas, in pixels, a layer may lie."""


def check_picture_size(width: int, height: int, name: str) -> None:
    """Refuse a flat picture without pixels, with a side over 32768 or with over 400 million pixels.

    Raises `CorruptFileError` or `FileTooLargeError` naming the file ``name``.
    """
    _check_positive(width, height, name)
    if max(width, height) > MAX_SIDE or width * height > MAX_PIXELS:
        raise FileTooLargeError(
            "{name} has {width}x{height} pixels, more than Shoreline opens.",
            "Scale it down to sides of at most {max_side} and {max_pixels} million pixels.",
            name=name,
            width=width,
            height=height,
            max_side=MAX_SIDE,
            max_pixels=MAX_PIXELS // 1_000_000,
        )


def check_canvas_size(width: int, height: int, name: str) -> None:
    """Refuse a layered picture whose canvas has no pixels or a side over 32768."""
    _check_positive(width, height, name)
    if max(width, height) > MAX_SIDE:
        raise FileTooLargeError(
            "The canvas of {name} is {width}x{height} pixels.",
            "Shoreline opens sides of at most {max_side} pixels; scale it down in the program that wrote it.",
            name=name,
            width=width,
            height=height,
            max_side=MAX_SIDE,
        )


def check_layer_size(width: int, height: int, name: str) -> None:
    """Refuse one layer's picture without pixels or larger than the largest canvas."""
    _check_positive(width, height, name)
    check_layer_sizes([(width, height)], name)


def check_layer_sizes(sizes: list[tuple[int, int]], name: str) -> None:
    """Refuse layers that alone or together unpack to more than a painting needs."""
    areas = [width * height for width, height in sizes]
    if max(areas, default=0) > MAX_LAYER_PIXELS or sum(areas) > MAX_TOTAL_PIXELS:
        raise FileTooLargeError(
            "The layers of {name} would unpack to {pixels:.0f} million pixels.",
            "Crop its layers to the canvas, or merge some, in the program that wrote it.",
            name=name,
            pixels=sum(areas) / 1e6,
        )


def check_layer_offset(x: int, y: int, name: str) -> None:
    """Refuse a layer so far from the canvas that nobody could reach it."""
    if max(abs(x), abs(y)) > MAX_OFFSET:
        raise FileTooLargeError("A layer of {name} lies at {x}, {y}.", "Move it to the canvas.", name=name, x=x, y=y)


def group_depth(layers: tuple[Layer, ...]) -> int:
    """How many groups lie within each other, level by level: deep trees must not meet Python's recursion limit."""
    depth, level = 0, [layer for layer in layers if layer.is_group]
    while level:
        depth += 1
        level = [child for group in level for child in group.children if child.is_group]
    return depth


def stored_rect(raster: Raster, canvas: Rect) -> Rect:
    """What of a raster is stored in a file: its content, empty if there is none.

    Specks so far apart that no program could open the picture between them are cut to the canvas.
    """
    bounds = raster.bounds()
    return bounds if bounds.width * bounds.height <= MAX_LAYER_PIXELS else bounds.intersected(canvas)


def check_saved_layers(depth: int, rects: list[Rect]) -> None:
    """Refuse to write a layered file that Shoreline would refuse to open again.

    ``depth`` is the number of groups within each other, ``rects`` the places of all layers and masks.
    """
    if depth > MAX_GROUP_DEPTH:
        raise FileTooLargeError(
            "The picture has {depth} groups within each other; a file can hold {max_group_depth}.",
            "Take the innermost layers out of some of their groups.",
            depth=depth,
            max_group_depth=MAX_GROUP_DEPTH,
        )
    far = next((rect for rect in rects if max(abs(rect.x), abs(rect.y)) > MAX_OFFSET), None)
    if far is not None:
        raise FileTooLargeError(
            "A layer lies at {x}, {y}, further from the canvas than a file can hold.",
            "Move it to the canvas, or delete it.",
            x=far.x,
            y=far.y,
        )
    pixels = sum(rect.width * rect.height for rect in rects)
    if pixels > MAX_TOTAL_PIXELS:
        raise FileTooLargeError(
            "The layers and masks have {pixels:.0f} million pixels together; a file can hold "
            "{max_total_pixels:.0f} million.",
            "Merge some layers, or crop them to the canvas.",
            pixels=pixels / 1e6,
            max_total_pixels=MAX_TOTAL_PIXELS / 1e6,
        )


def check_saved_bytes(size: int) -> None:
    """Refuse to put a file in place that is too long to be opened again."""
    if size > MAX_FILE_BYTES:
        raise FileTooLargeError(
            "The file would have {size}; Shoreline opens up to {max_file_bytes}.",
            "Merge some layers, or delete hidden ones. The old file was not touched.",
            size=bytes_text(size),
            max_file_bytes=bytes_text(MAX_FILE_BYTES),
        )


def check_file_bytes(size: int, name: str) -> None:
    """Refuse an empty or a huge file before it is read."""
    if size == 0:
        raise CorruptFileError("{name} is empty.", "Choose another file, or a backup of this one.", name=name)
    if size > MAX_FILE_BYTES:
        raise FileTooLargeError(
            "{name} has {size}.",
            "Shoreline reads files up to {max_file_bytes}.",
            name=name,
            size=bytes_text(size),
            max_file_bytes=bytes_text(MAX_FILE_BYTES),
        )


def _check_positive(width: int, height: int, name: str) -> None:
    if width < 1 or height < 1:
        raise CorruptFileError(
            "{name} says that it is {width}x{height} pixels.",
            "Choose another file.",
            name=name,
            width=width,
            height=height,
        )
