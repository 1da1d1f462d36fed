"""Reading the header of a ``.gguf`` file: what it says of itself and its tensors, without loading one.

Layout: the letters GGUF, version, number of tensors and of notes; the notes, each a name, a type and a value; then each
tensor's name, sides (the fastest first), type and place (https://github.com/ggml-org/ggml/blob/master/docs/gguf.md).
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, replace
from math import prod
from pathlib import Path
from typing import BinaryIO, Final

from studio.engine.models.headers import Header, TensorEntry, checked_size, damaged, unreadable

SUFFIX: Final = ".gguf"
_MOST_TENSORS: Final = 100_000
_MOST_NOTES: Final = 10_000
_LONGEST: Final = 65_536
_MOST_BYTES: Final = 64 << 20
"""A header is not read beyond: vocabularies of language models lie in it."""
_SIZES: Final = {0: 1, 1: 1, 2: 2, 3: 2, 4: 4, 5: 4, 6: 4, 7: 1, 10: 8, 11: 8, 12: 8}
_TEXT, _LIST = 8, 9
_ALIGNED: Final = "general.alignment"
_USUAL_ALIGNMENT: Final = 32
_NUMBERS: Final = {4: "<I", 5: "<i", 10: "<Q", 11: "<q"}
_PLAIN: Final = {0: ("F32", 4), 1: ("F16", 2), 28: ("F64", 8), 30: ("BF16", 2)}
"""Formats of single numbers: what safetensors calls them, and their bytes."""
_PACKED: Final = {
    2: ("Q4_0", 32, 18), 3: ("Q4_1", 32, 20), 6: ("Q5_0", 32, 22), 7: ("Q5_1", 32, 24), 8: ("Q8_0", 32, 34),
    10: ("Q2_K", 256, 84), 11: ("Q3_K", 256, 110), 12: ("Q4_K", 256, 144), 13: ("Q5_K", 256, 176),
    14: ("Q6_K", 256, 210), 20: ("IQ4_NL", 32, 18), 23: ("IQ4_XS", 256, 136),
}  # fmt: skip
"""Formats that pack numbers in blocks: their names, the numbers of a block and its bytes."""
_UNKNOWN: Final = {
    16: "IQ2_XXS", 17: "IQ2_XS", 18: "IQ3_XXS", 19: "IQ1_S", 21: "IQ3_S", 22: "IQ2_S", 29: "IQ1_M", 34: "TQ1_0",
    35: "TQ2_0", 39: "MXFP4", 40: "NVFP4",
}  # fmt: skip
"""Formats that are not read."""
BLOCKS: Final = {name: (numbers, size) for name, numbers, size in _PACKED.values()}
"""The numbers and bytes of a block, by the names of the formats that pack."""


def read_gguf_header(path: Path) -> Header:
    """The tensors, with shapes in torch's order, and those notes that are text. Raises `ModelError` as `read_header`
    does."""
    try:
        size = checked_size(path)
        with path.open("rb") as file:
            return _Reader(file, path).header(size)
    except OSError as error:
        raise unreadable(path, error) from error
    except (struct.error, UnicodeDecodeError, ValueError) as error:
        raise damaged(path, "its header cannot be read") from error


@dataclass(frozen=True)
class _Reader:
    file: BinaryIO
    path: Path

    def header(self, size: int) -> Header:
        if self._bytes(4) != b"GGUF" or self._number("<I") not in (2, 3):
            raise ValueError("not GGUF")
        tensors, notes = self._number("<Q"), self._number("<Q")
        if tensors > _MOST_TENSORS or notes > _MOST_NOTES:
            raise ValueError("too many")
        found = {self._text(): self._value(self._number("<I")) for _ in range(notes)}
        listed = dict(self._tensor() for _ in range(tensors))
        aligned = found.get(_ALIGNED, _USUAL_ALIGNMENT)
        if not isinstance(aligned, int) or not 1 <= aligned <= _LONGEST:
            raise ValueError("an alignment that makes no sense")
        base = -(-self.file.tell() // aligned) * aligned
        entries = {name: replace(each, start=base + each.start, end=base + each.end) for name, each in listed.items()}
        if any(entry.end > size for entry in entries.values()):
            raise damaged(self.path, "bytes are missing at its end")
        return Header(entries, {name: value for name, value in found.items() if isinstance(value, str)})

    def _tensor(self) -> tuple[str, TensorEntry]:
        name, count = self._text(), self._number("<I")
        if count > 8:
            raise ValueError("too many sides")
        shape = tuple(self._number("<Q") for _ in range(count))[::-1]
        kind, start = self._number("<I"), self._number("<Q")
        dtype, size = _stored(kind, shape)
        return name, TensorEntry(dtype, shape, start, start + size)

    def _value(self, kind: int) -> str | int | None:
        """A text or a whole number; anything else is skipped."""
        if kind == _TEXT:
            return self._text()
        if kind in _NUMBERS:
            return self._number(_NUMBERS[kind])
        if kind == _LIST:
            each, count = self._number("<I"), self._number("<Q")
            if each == _TEXT:
                for _ in range(min(count, _MOST_BYTES)):
                    self._text()
            else:
                self._skip(_SIZES[each] * count if each in _SIZES else _MOST_BYTES)
        else:
            self._skip(_SIZES.get(kind, _MOST_BYTES))
        return None

    def _text(self) -> str:
        length = self._number("<Q")
        if length > _LONGEST:
            raise ValueError("a text is too long")
        return self._bytes(length).decode()

    def _number(self, layout: str) -> int:
        return int(struct.unpack(layout, self._bytes(struct.calcsize(layout)))[0])

    def _skip(self, count: int) -> None:
        if count >= _MOST_BYTES:
            raise ValueError("a list is too long")
        self.file.seek(count, 1)

    def _bytes(self, count: int) -> bytes:
        if self.file.tell() + count > _MOST_BYTES:
            raise ValueError("the header is too long")
        found = self.file.read(count)
        if len(found) != count:
            raise ValueError("it ends too soon")
        return found


def _stored(kind: int, shape: tuple[int, ...]) -> tuple[str, int]:
    """The name of a format, and the bytes of a tensor in it; 0 for a format that is not read."""
    if kind in _PLAIN:
        name, size = _PLAIN[kind]
        return name, size * prod(shape)
    if kind not in _PACKED:
        return _UNKNOWN.get(kind, f"GGUF {kind}"), 0
    name, numbers, size = _PACKED[kind]
    if not shape or shape[-1] % numbers:
        raise ValueError("rows that are no whole blocks")
    return name, prod(shape) // numbers * size
