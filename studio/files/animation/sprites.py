"""A sprite sheet of an animation: one PNG of all frames in a grid, and a JSON file that names each."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path

from studio.document import Pixels, Rect
from studio.files.animation.formats import ExportOptions
from studio.files.animation.playback import Playback
from studio.files.sheets.description import Described, described
from studio.files.sheets.layout import SheetOptions, lay_out
from studio.files.sheets.sheet import check_target, write_pair, write_png


def write_sprites(path: Path, playback: Playback, options: ExportOptions) -> None:
    """Write NAME.json and NAME.png. The sheet is written row by row of frames.

    Raises `FileTooLargeError` when the sheet would have a side over 16384 pixels.
    """
    check_target(path)
    count = playback.counted()
    columns = options.columns or math.ceil(math.sqrt(count))
    layout = lay_out([Rect(0, 0, *playback.size)] * count, SheetOptions(columns=columns, padding=0))
    durations: list[int] = []

    def pictures() -> Iterator[Pixels]:
        for frame in playback.frames():
            durations.append(frame.rounded_duration(1000))
            yield frame.pixels

    def description() -> str:
        frames = [Described(f"{path.stem} {index}", playback.size, each) for index, each in enumerate(durations)]
        return described(frames, layout, path.with_suffix(".png").name, by_name=True)

    write_pair(path, lambda stream: write_png(stream, layout, pictures()), description)
