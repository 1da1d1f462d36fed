"""Reading and judging ``.safetensors`` headers without loading a tensor.

Layout of the format: 8 bytes little-endian length *n*, *n* bytes of JSON that give every tensor's dtype, shape and
byte range, then the tensor bytes (https://github.com/huggingface/safetensors).
"""

from __future__ import annotations

import stat
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import prod
from pathlib import Path
from typing import Any, Final, TypeAlias

from studio.errors import ModelError, UnsafeModelError
from studio.message import Message
from studio.text.exceptions import reason_for
from studio.text.untrusted import parse_json

PICKLE_SUFFIXES: Final = frozenset({".ckpt", ".pt", ".pth", ".bin", ".pkl"})
_MAX_HEADER: Final = 100_000_000
"""The format's own limit, in bytes."""
_MAX_SIDES: Final = 16

_BITS: Final = {
    **dict.fromkeys(("BOOL", "U8", "I8", "F8_E4M3", "F8_E5M2", "F8_E8M0"), 8),
    **dict.fromkeys(("U16", "I16", "F16", "BF16"), 16),
    **dict.fromkeys(("U32", "I32", "F32"), 32),
    **dict.fromkeys(("U64", "I64", "F64", "C64"), 64),
}
_STARTS: Final = (
    (b"<", Message("it is a web page: what should have been downloaded was not, perhaps for want of a login")),
    (
        b"version https://git-lfs",
        Message("it is a pointer of Git LFS, a line of text; the file itself was not downloaded"),
    ),
    (b"GGUF", Message("it is a GGUF file that was renamed")),
)
FileKey: TypeAlias = tuple[Path, int, int]
"""A file as it is now: path, when it was changed in nanoseconds, bytes."""

_PICKLED: Final = (b"PK\x03\x04", b"\x80\x02", b"\x80\x03", b"\x80\x04", b"\x80\x05")
"""How zip archives, in which torch keeps pickles, and pickles begin."""


@dataclass(frozen=True)
class TensorEntry:
    """One tensor of a header: dtype as written in the file (such as ``F16``), shape, and the place of its bytes."""

    dtype: str
    shape: tuple[int, ...]
    start: int = 0
    end: int = 0


@dataclass(frozen=True)
class Header:
    """The tensors of a file by name, and what its maker wrote about them."""

    tensors: Mapping[str, TensorEntry]
    metadata: Mapping[str, str]


def refuse_pickle(path: Path) -> None:
    """Raise `UnsafeModelError` for file types that hold pickles."""
    if path.suffix.lower() in PICKLE_SUFFIXES:
        raise _pickled(path, Message("is a pickle file"))


def read_header(path: Path) -> Header:
    """What a file says of its tensors. Raises `ModelError` when it is missing, damaged, truncated or something else."""
    try:
        size = checked_size(path)
        with path.open("rb") as file:
            start = file.read(8)
            length = int.from_bytes(start, "little")
            if size < 8 or length > min(size - 8, _MAX_HEADER):
                raise _stranger(path, start + file.read(24))
            raw = file.read(length)
    except OSError as error:
        raise unreadable(path, error) from error
    return _parsed(path, raw, 8 + length, size)


def checked_size(path: Path) -> int:
    """The length of a file in bytes. Raises ``OSError``, or `ModelError` for pipes and other things that are none."""
    status = path.stat()
    if not stat.S_ISREG(status.st_mode):
        raise ModelError("{path} is no file.", "Remove it from the models folder.", path=path)
    return status.st_size


def file_key(path: Path) -> FileKey:
    """What tells a file from others, and from itself once it was changed. Raises `UnreadableError`."""
    try:
        status = path.stat()
    except OSError as error:
        raise unreadable(path, error) from error
    return path, status.st_mtime_ns, status.st_size


@lru_cache(maxsize=64)
def numbers_in(key: FileKey) -> int:
    """How many numbers the tensors of a file have. Raises what `read_header` raises."""
    return sum(prod(entry.shape) for entry in read_header(key[0]).tensors.values())


def unreadable(path: Path, error: OSError) -> UnreadableError:
    """The error for what the system does not let us read."""
    reason = reason_for(error)
    if isinstance(error, FileNotFoundError) and path.is_symlink():
        return UnreadableError(
            "{path} is a link to something that is not there.", "Put it back, or remove the link.", path=path
        )
    return UnreadableError(
        "{path} cannot be read: {reason}.", "Check that it is there and that you may open it.", path=path, reason=reason
    )


class UnreadableError(ModelError):
    """A file or folder cannot be read just now; that may pass without a change to it."""


def _parsed(path: Path, raw: bytes, data: int, size: int) -> Header:
    try:
        header: dict[str, Any] = parse_json(raw)
        metadata = header.pop("__metadata__", None) or {}
        tensors = {name: _entry(item, data) for name, item in header.items()}
        notes = {str(key): value for key, value in metadata.items() if isinstance(value, str)}
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError) as error:
        raise damaged(path, "its header cannot be read") from error
    for name, entry in tensors.items():
        _check_place(path, name, entry)
    end = max((entry.end for entry in tensors.values()), default=data)
    if end > size:
        raise damaged(path, "{count} bytes are missing at its end", count=end - size)
    return Header(tensors, notes)


def _entry(item: Any, data: int) -> TensorEntry:
    shape = tuple(int(side) for side in item["shape"])
    start, end = (int(place) for place in item["data_offsets"])
    if len(shape) > _MAX_SIDES:
        raise ValueError("a tensor has too many sides")
    return TensorEntry(str(item["dtype"]), shape, data + start, data + end)


def _check_place(path: Path, name: str, entry: TensorEntry) -> None:
    bits = _BITS.get(entry.dtype)
    length = entry.end - entry.start
    if min(entry.shape, default=0) < 0 or length < 0 or (bits and 8 * length != prod(entry.shape) * bits):
        raise damaged(path, "the place of the tensor {name!r} does not fit its shape", name=name[:100])


def _stranger(path: Path, start: bytes) -> ModelError:
    """The error for a file that begins in another way."""
    if start.startswith(_PICKLED):
        return _pickled(path, Message("is a pickle file under another name"))
    if not start:
        return damaged(path, "it is empty")
    reason = next((text for begin, text in _STARTS if start.lstrip().startswith(begin)), None)
    return damaged(path, reason or Message("it is not a safetensors file or its start is damaged"))


def _pickled(path: Path, what: str) -> UnsafeModelError:
    return UnsafeModelError(
        "{file} {what}, which can run code when it is opened, so it is not loaded.",
        "Get the model as .safetensors, or convert it with a tool that you trust.",
        file=path.name,
        what=what,
    )


def damaged(path: Path, reason: str, **values: object) -> ModelError:
    """The error for a file that is not what it should be; ``values`` fill in the reason."""
    told = Message(reason, **values)
    return ModelError(
        "The model file {path} is damaged: {reason}.", "Download or copy it again.", path=path, reason=told
    )
