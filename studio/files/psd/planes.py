"""The channels of Photoshop files: rows of bytes, each packed by itself (PackBits)."""

from __future__ import annotations

from array import array
from tempfile import SpooledTemporaryFile
from types import TracebackType
from typing import BinaryIO, Final

import numpy as np
from psd_tools.compression import encode_rle
from psd_tools.constants import Compression

from studio.document import Pixels

_LARGE: Final = 2
"""The version of files whose counts have 32 bits."""

_IN_MEMORY: Final = 16 * 1024**2
_BLOCK: Final = 1024**2
_COUNTS: Final = {1: ">u2", _LARGE: ">u4"}
_COMPRESSION: Final = int(Compression.RLE).to_bytes(2, "big")


class PackedPlane:
    """Rows of one channel, packed as they come; many of them lie on the disk until they are written."""

    def __init__(self) -> None:
        self._counts = array("I")
        self._rows = SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - closed by this class's own exit

    def __enter__(self) -> PackedPlane:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._rows.close()

    def add(self, values: Pixels) -> None:
        """More rows, from the top to the bottom: uint8 ``(h, w)``."""
        height, width = values.shape
        packed = encode_rle(values.tobytes(), width, height, 8, _LARGE)
        counts = np.frombuffer(packed, _COUNTS[_LARGE], height)
        self._counts.extend(counts.tolist())
        self._rows.write(memoryview(packed)[counts.nbytes :])

    def write_counts(self, stream: BinaryIO, version: int) -> None:
        """How many bytes each row has."""
        stream.write(np.array(self._counts, _COUNTS[version]).tobytes())

    def write_rows(self, stream: BinaryIO) -> None:
        self._rows.seek(0)
        while block := self._rows.read(_BLOCK):
            stream.write(block)

    def write(self, stream: BinaryIO, version: int) -> int:
        """The whole channel of a layer or mask. Returns its length in bytes."""
        start = stream.tell()
        stream.write(_COMPRESSION)
        self.write_counts(stream, version)
        self.write_rows(stream)
        return stream.tell() - start


def write_planes(planes: list[PackedPlane], stream: BinaryIO, version: int) -> None:
    """The flat picture of a file: all counts come before all rows there."""
    stream.write(_COMPRESSION)
    for plane in planes:
        plane.write_counts(stream, version)
    for plane in planes:
        plane.write_rows(stream)
