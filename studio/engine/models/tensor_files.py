"""Tensors out of ``.safetensors`` files, one at a time into memory of their own.

Files are read, not mapped: one that is cut short or replaced meanwhile is an error here and no crash, a disk is read
from front to back, and nothing of a file is held once it was read.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

import torch

from studio.engine.models.gguf_headers import BLOCKS
from studio.engine.models.headers import TensorEntry, damaged, unreadable
from studio.engine.models.layouts.slots import Taken
from studio.errors import ModelError

_DTYPES: Final = {
    "F64": torch.float64,
    "F32": torch.float32,
    "F16": torch.float16,
    "BF16": torch.bfloat16,
    "F8_E4M3": torch.float8_e4m3fn,
    "F8_E5M2": torch.float8_e5m2,
}


@dataclass(frozen=True)
class StoredTensor:
    """Where a tensor lies, and how it is made of what lies there; ``shape`` is the one that it is to have, from row
    ``start`` where some rows are taken."""

    path: Path
    entry: TensorEntry
    shape: tuple[int, ...]
    taken: Taken = "whole"
    start: int = 0
    scale: TensorEntry | None = None
    """What it is multiplied by, in the same file: one number, or one for each row."""

    @property
    def is_packed(self) -> bool:
        """Whether its numbers are packed in blocks, as in GGUF files."""
        return self.entry.dtype in BLOCKS

    @property
    def dtype(self) -> torch.dtype:
        """The format of what is read; of bytes where numbers are packed. Raises `ModelError` for one that cannot be."""
        return self.stored_dtype if self.scale is None else torch.float32

    @property
    def stored_dtype(self) -> torch.dtype:
        """The format of what lies there. Raises `ModelError` for one that cannot be read."""
        dtype = torch.int8 if self.is_packed else _DTYPES.get(self.entry.dtype)
        if dtype is None:
            raise ModelError(
                "{stored} holds numbers of the format {dtype}, which is not supported.",
                "Get the model in another format.",
                stored=self.path,
                dtype=self.entry.dtype,
            )
        return dtype

    @property
    def place(self) -> tuple[Path, int]:
        """What other tensors that are made of the same stored one share."""
        return self.path, self.entry.start

    @property
    def is_slice(self) -> bool:
        """Whether other tensors are made of the same stored one."""
        return self.taken == "rows" or self.taken.endswith("third")

    @property
    def share(self) -> int:
        """The bytes that are its own."""
        return self.size * self.shape[0] // self.entry.shape[0] if self.is_slice else self.size

    @property
    def size(self) -> int:
        """Bytes in the file."""
        return self.entry.end - self.entry.start


class TensorReader:
    """Reads tensors, as a context manager that closes the files at the end."""

    def __init__(self) -> None:
        self._stack = ExitStack()
        self._files: dict[Path, BinaryIO] = {}
        self._last: tuple[tuple[tuple[Path, int], bool], torch.Tensor] | None = None
        self._lent = torch.empty(0, dtype=torch.uint8)

    def __enter__(self) -> TensorReader:
        return self

    def __exit__(self, *_error: object) -> None:
        self._last = None
        self._lent = torch.empty(0, dtype=torch.uint8)
        self._stack.close()

    def read(self, stored: StoredTensor, *, lasting: bool = True) -> torch.Tensor:
        """The tensor in its `StoredTensor.dtype`, on the CPU; rows of bytes where numbers are packed.

        One that is not ``lasting`` may be overwritten by the next: memory that is there already is filled faster.
        Raises `ModelError` naming a file that is not whole.
        """
        whole = self._whole(stored, lasting)
        if stored.is_slice:
            whole = whole[stored.start : stored.start + stored.shape[0]]
        elif stored.taken == "transposed":
            whole = whole.t()
        elif stored.taken == "swapped":
            whole = torch.cat(whole.chunk(2)[::-1])
        return whole if stored.is_packed else whole.reshape(stored.shape)

    def _whole(self, stored: StoredTensor, lasting: bool) -> torch.Tensor:
        """The stored tensor; the last one is kept, of which there may be more to take."""
        place = (stored.place, lasting)
        if self._last is None or self._last[0] != place:
            self._last = None
            self._last = place, self._made(stored, lasting)
        return self._last[1]

    def _made(self, stored: StoredTensor, lasting: bool) -> torch.Tensor:
        if stored.scale is None:
            return self._numbers(stored, self._memory(stored.size, lasting))
        scale = StoredTensor(stored.path, stored.scale, stored.scale.shape)
        factor = self._numbers(scale, self._memory(scale.size, lasting=True)).float()
        whole = self._numbers(stored, self._memory(stored.size, lasting=False)).float()
        return whole * factor.reshape(-1, *(1,) * (whole.dim() - 1))

    def _memory(self, size: int, lasting: bool) -> torch.Tensor:
        if lasting:
            return torch.empty(size, dtype=torch.uint8)
        if len(self._lent) < size:
            self._lent = torch.empty(0, dtype=torch.uint8)
            self._lent = torch.empty(size, dtype=torch.uint8)
        return self._lent[:size]

    def _numbers(self, stored: StoredTensor, raw: torch.Tensor) -> torch.Tensor:
        """What lies in the file, read into ``raw``."""
        try:
            file = self._opened(stored.path)
            file.seek(stored.entry.start)
            count = file.readinto(raw.numpy())  # type: ignore[attr-defined]  # files on a disk have it
        except OSError as error:
            raise unreadable(stored.path, error) from error
        if count != stored.size:
            raise damaged(stored.path, "it ends too soon")
        shape = (stored.entry.shape[0], -1) if stored.is_packed else stored.entry.shape
        return raw.view(stored.stored_dtype).reshape(shape)

    def _opened(self, path: Path) -> BinaryIO:
        if path not in self._files:
            self._files[path] = self._stack.enter_context(path.open("rb"))
        return self._files[path]


def in_file_order(tensors: dict[str, StoredTensor]) -> Iterator[tuple[str, StoredTensor]]:
    """The tensors in the order in which a disk reads them fastest."""
    yield from sorted(tensors.items(), key=lambda item: (str(item[1].path), item[1].entry.start))
