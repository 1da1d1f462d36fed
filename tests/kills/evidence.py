"""What a painter who is killed leaves for whoever looks afterwards: what was on the canvas, and when.

Time is counted in ticks of the painter's hand, a hundredth of a second each, so that a machine that is busy with other
things makes nobody late.
"""

from __future__ import annotations

import json
import mmap
import os
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from studio.document import Document, PaintLayer, Raster
from studio.raster.compose import compose

TICK_MS = 10


def digest(document: Document) -> int:
    """A number for all that a document shows."""
    number = _of_raster(document.generation_mask, 0)
    for layer in document.walk():
        number = zlib.crc32(f"{layer.id} {layer.opacity:.6f} {layer.visible}".encode(), number)
        if layer.mask is not None:
            number = _of_raster(layer.mask, number)
        if isinstance(layer, PaintLayer):
            number = _of_raster(layer.raster, number)
    return number


def _of_raster(raster: Raster, number: int) -> int:
    for key, tile in sorted(raster.tiles.items()):
        number = zlib.crc32(np.ascontiguousarray(tile), zlib.crc32(repr(key).encode(), number))
    return number


def flat_digest(document: Document) -> int:
    """A number for the flattened picture."""
    return zlib.crc32(np.ascontiguousarray(compose(document)[..., :3]))


def ticks_of(folder: Path) -> int:
    """How many ticks the painter of a folder has had so far."""
    path = folder / "ticks"
    return int.from_bytes(path.read_bytes(), "little") if path.exists() else 0


class Witness:
    """Writes down at once what happens; lives in the process that is killed."""

    def __init__(self, folder: Path) -> None:
        self._descriptor = os.open(folder / "evidence", os.O_CREAT | os.O_APPEND | os.O_WRONLY)
        (folder / "ticks").write_bytes(bytes(8))
        with (folder / "ticks").open("r+b") as stream:
            self._ticks = mmap.mmap(stream.fileno(), 8)
        self.tick = 0

    def count(self) -> None:
        self.tick += 1
        self._ticks[:] = self.tick.to_bytes(8, "little")

    def note(self, kind: str, **values: Any) -> None:
        os.write(self._descriptor, json.dumps({"kind": kind, "tick": self.tick, **values}).encode() + b"\n")


@dataclass
class Evidence:
    """What the witness wrote. ``states`` are (tick, digest) of every state of the document, oldest first."""

    killed_at: int
    states: list[tuple[int, int]] = field(default_factory=list)
    stroke: list[tuple[int, int, int]] = field(default_factory=list)
    color: list[int] = field(default_factory=list)
    saves: dict[str, list[int]] = field(default_factory=dict)

    @classmethod
    def of(cls, folder: Path) -> Evidence:
        found = cls(ticks_of(folder))
        for note in notes_of(folder):
            if note["kind"] == "state":
                found.states.append((note["tick"], note["digest"]))
            elif note["kind"] == "press":
                found.stroke, found.color = [], note["color"]
            elif note["kind"] == "point":
                found.stroke.append((note["tick"], note["x"], note["y"]))
            elif note["kind"] == "release":
                found.stroke = []
            else:
                found.saves.setdefault(note["path"], []).append(note["digest"])
        return found


def notes_of(folder: Path) -> Iterator[dict[str, Any]]:
    """What a witness wrote in a folder, as far as it is whole."""
    for line in (folder / "evidence").read_bytes().splitlines(keepends=True):
        if line.endswith(b"\n"):
            yield json.loads(line)
