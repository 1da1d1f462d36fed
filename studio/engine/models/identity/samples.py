"""A few numbers out of a file of tensors, without loading it: enough to see that it is broken, or how it was taught."""

from __future__ import annotations

from pathlib import Path
from typing import Any, BinaryIO, Final

import numpy as np

from studio.engine.models.headers import Header, TensorEntry, unreadable
from studio.message import Message

_TENSORS: Final = 48
_BYTES: Final = 2048


def sampled_values(path: Path, entry: TensorEntry, count: int) -> Any:
    """The first ``count`` numbers of a tensor at most, float32. Raises `ModelError` if the file cannot be read."""
    try:
        with path.open("rb") as file:
            return _values(file, entry, count * _size(entry.dtype))
    except OSError as error:
        raise unreadable(path, error) from error


def broken_tensor(path: Path, header: Header) -> str | None:
    """The name of a tensor with numbers that are none (NaN, infinity) among those that are looked at, or ``None``.

    Looks at the beginnings of 48 tensors, evenly over the file. Raises `ModelError` if the file cannot be read.
    """
    floats = [(name, entry) for name, entry in header.tensors.items() if _size(entry.dtype) and entry.end > entry.start]
    chosen = floats[:: max(1, len(floats) // _TENSORS)]
    try:
        with path.open("rb") as file:
            return next((name for name, entry in chosen if not np.isfinite(_values(file, entry, _BYTES)).all()), None)
    except OSError as error:
        raise unreadable(path, error) from error


def no_numbers(tensor: str) -> str:
    """What is wrong with a file that holds a broken tensor, a clause."""
    return Message("the tensor {tensor} has numbers that are none (NaN or infinite)", tensor=tensor)


def _size(dtype: str) -> int:
    """Bytes of a number; 0 for formats that are not looked at."""
    return {"F32": 4, "F16": 2, "BF16": 2, "F8_E4M3": 1, "F8_E5M2": 1}.get(dtype, 0)


def _values(file: BinaryIO, entry: TensorEntry, count: int) -> Any:
    file.seek(entry.start)
    raw = file.read(min(count, entry.end - entry.start))
    raw = raw[: len(raw) // _size(entry.dtype) * _size(entry.dtype)]
    if entry.dtype == "F32":
        return np.frombuffer(raw, "<f4")
    if entry.dtype == "F16":
        return np.frombuffer(raw, "<f2").astype(np.float32)
    if entry.dtype == "BF16":
        return (np.frombuffer(raw, "<u2").astype(np.uint32) << 16).view(np.float32)
    if entry.dtype == "F8_E5M2":
        return (np.frombuffer(raw, np.uint8).astype(np.uint16) << 8).view(np.float16).astype(np.float32)
    return np.where(np.frombuffer(raw, np.uint8) & 0x7F == 0x7F, np.nan, 0).astype(np.float32)
