"""Headers of files of tensors, in either of the formats that are read."""

from __future__ import annotations

from pathlib import Path

from studio.engine.models.gguf_headers import SUFFIX, read_gguf_header
from studio.engine.models.headers import Header, read_header


def is_gguf(path: Path) -> bool:
    """Whether a file is one of those whose numbers may be packed."""
    return path.suffix.lower() == SUFFIX


def read_any_header(path: Path) -> Header:
    """The header of a ``.safetensors`` or ``.gguf`` file. Raises `ModelError`."""
    return read_gguf_header(path) if is_gguf(path) else read_header(path)
