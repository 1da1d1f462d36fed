"""Writes a sheet: one PNG, row of cells by row of cells, and its JSON file, both or neither."""

from __future__ import annotations

import time
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from pathlib import Path
from typing import BinaryIO

import numpy as np

from studio.document import Pixels, Rect
from studio.errors import SettingError, UnsupportedFileError
from studio.files.animation.playback import Report, box_of, silent
from studio.files.animation.png import header, png_chunk
from studio.files.disk.atomic import write_atomically
from studio.files.pictures.png_chunks import SIGNATURE
from studio.files.sheets.description import Described, check_companion, described
from studio.files.sheets.layout import Layout, SheetOptions, check_sheet, lay_out
from studio.generation import CancelToken, Progress
from studio.message import Message
from studio.system.time_left import seconds_left


@dataclass(frozen=True, eq=False)
class Sprite:
    """One picture for a sheet. ``size`` is its (width, height); ``draw`` gives straight RGBA ``(h, w, 4)`` uint8 and is
    called once or twice. ``duration`` in milliseconds is that of a frame."""

    name: str
    size: tuple[int, int]
    draw: Callable[[], Pixels]
    duration: int | None = None


def write_sheet(
    path: Path,
    sprites: Sequence[Sprite],
    options: SheetOptions,
    *,
    cancel: CancelToken | None = None,
    report: Report = silent,
) -> tuple[str, ...]:
    """Write NAME.png and NAME.json and return notes for the person.

    One sprite is in memory at a time, and one row of the sheet. The old files stay whole until the new ones are
    complete. Raises `SettingError`, `FileError` and its kinds, or `Cancelled`.
    """
    check_target(path)
    check_sheet(options)
    work = _Drawing(sprites, cancel or CancelToken(), report, rounds=1 if options.trim == "none" else 2)
    layout = lay_out(_parts(work, options), options)
    facts = [Described(sprite.name, sprite.size, sprite.duration) for sprite in sprites]
    empty = 0

    def pictures() -> Iterator[Pixels]:
        nonlocal empty
        for pixels in work.drawn():
            empty += not pixels[..., 3].any()
            yield pixels
        if empty == len(sprites):
            raise SettingError(
                "All {count} sprites are empty.", "Choose layers or frames that show something.", count=empty
            )

    write_pair(path, lambda stream: write_png(stream, layout, pictures()), lambda: described(facts, layout, _png(path)))
    return (Message("{empty} of {count} sprites are empty.", empty=empty, count=len(sprites)),) if empty else ()


def check_target(path: Path) -> None:
    """Raise `FileError` or `UnsupportedFileError` where a sheet cannot be written to ``path``, before any work."""
    if path.suffix.lower() not in (".png", ".json"):
        raise UnsupportedFileError(
            "{file}: a sprite sheet is a .png file with a .json file beside it.",
            "Give a name that ends in .png.",
            file=path.name,
        )
    check_companion(path)


def write_pair(path: Path, write_picture: Callable[[BinaryIO], None], description: Callable[[], str]) -> None:
    """Write NAME.png and then NAME.json, in such an order that a failure leaves what was there before."""

    def both(stream: BinaryIO) -> None:
        write_picture(stream)
        # Bytes of a name that are no letters become what JSON writes for them.
        text = description().encode("utf-8", "backslashreplace")
        write_atomically(path.with_suffix(".json"), lambda beside: _write(beside, text))

    write_atomically(path.with_suffix(".png"), both)


def write_png(stream: BinaryIO, layout: Layout, pictures: Iterable[Pixels]) -> None:
    """Write the sheet of ``pictures``, straight RGBA uint8 in the order of the layout's places."""
    packer = zlib.compressobj(6)
    stream.write(SIGNATURE + png_chunk(b"IHDR", header(layout.width, layout.height, alpha=True)))
    above = np.zeros((1, layout.width * 4), np.uint8)
    for band in _bands(layout, pictures):
        rows = band.reshape(band.shape[0], -1)
        filtered = np.empty((rows.shape[0], rows.shape[1] + 1), np.uint8)
        filtered[:, 0] = 2  # the filter "up": each row as the difference to the one above
        filtered[:, 1:] = rows - np.concatenate((above, rows[:-1]))
        above = rows[-1:]
        stream.write(png_chunk(b"IDAT", packer.compress(filtered.tobytes())))
    stream.write(png_chunk(b"IDAT", packer.flush()) + png_chunk(b"IEND", b""))


class _Drawing:
    """Draws every sprite, in ``rounds`` rounds, and tells how far that is."""

    def __init__(self, sprites: Sequence[Sprite], cancel: CancelToken, report: Report, rounds: int) -> None:
        self.sprites = sprites
        self._cancel = cancel
        self._report = report
        self._total = rounds * len(sprites)
        self._done = 0
        self._started = time.monotonic()

    def drawn(self) -> Iterator[Pixels]:
        """One round: straight RGBA of each. Raises `Cancelled`."""
        for sprite in self.sprites:
            self._cancel.raise_if_cancelled()
            yield sprite.draw()
            self._done += 1
            left = seconds_left(time.monotonic() - self._started, self._done / self._total)
            self._report(Progress(stage="exporting", step=self._done, total_steps=self._total, seconds_left=left))


def _parts(work: _Drawing, options: SheetOptions) -> list[Rect]:
    """What of each sprite is shown, in its own pixels; of an empty one that is trimmed a single pixel."""
    wholes = [Rect(0, 0, *sprite.size) for sprite in work.sprites]
    if options.trim == "none":
        return wholes
    seen = [_seen(pixels) for pixels in work.drawn()]
    if options.trim == "together":
        common = reduce(Rect.united, seen)
        seen = [common.intersected(whole) for whole in wholes]
    return [Rect(0, 0, 1, 1) if part.is_empty else part for part in seen]


def _seen(pixels: Pixels) -> Rect:
    shown = pixels[..., 3] > 0
    return Rect(*box_of(shown)) if shown.any() else Rect(0, 0, 0, 0)


def _bands(layout: Layout, pictures: Iterable[Pixels]) -> Iterator[Pixels]:
    """One row of cells after another with what lies below it, RGBA."""
    drawn = iter(pictures)
    for row in range(layout.rows):
        top = row * layout.row_height
        is_last = row == layout.rows - 1
        band: Pixels = np.zeros(((layout.height - top) if is_last else layout.row_height, layout.width, 4), np.uint8)
        for place in layout.places[row * layout.columns : (row + 1) * layout.columns]:
            part, edge = place.part, layout.extrude
            shown = next(drawn)[part.y : part.bottom, part.x : part.right]
            shown = np.pad(shown, ((edge, edge), (edge, edge), (0, 0)), mode="edge") if edge else shown
            y, x = place.y - top - edge, place.x - edge
            band[y : y + shown.shape[0], x : x + shown.shape[1]] = shown
        yield band
    for _ in drawn:  # to its end, which may have something to say
        raise ValueError("more pictures than places")


def _png(path: Path) -> str:
    return path.with_suffix(".png").name


def _write(stream: BinaryIO, data: bytes) -> None:
    stream.write(data)
