"""Giving memory back, and recognising that there is none left."""

from __future__ import annotations

import ctypes
import sys
from typing import Final

import torch

from studio.system.garbage import GARBAGE
from studio.text.exceptions import text_of

_CPU_MESSAGES: Final = ("can't allocate memory", "defaultcpuallocator", "not enough memory")
_DEVICE_MESSAGES: Final = ("out of memory",)


def is_out_of_memory(error: BaseException) -> bool:
    """Whether an exception of torch or Python means that memory ran out, on any device."""
    if isinstance(error, torch.OutOfMemoryError | MemoryError):
        return True
    if not isinstance(error, RuntimeError):
        return False
    text = text_of(error).lower()
    return any(part in text for part in _CPU_MESSAGES + _DEVICE_MESSAGES)


def release_unused() -> None:
    """Return freed memory to the device and to the operating system."""
    GARBAGE.collect_all()
    if torch.cuda.is_available():
        torch.cuda.empty_cache()
    if torch.backends.mps.is_available():
        torch.mps.empty_cache()
    if sys.platform == "linux":
        _trim_heap()


def _trim_heap() -> None:
    """glibc keeps freed blocks in its arenas until it is asked; other C libraries have no such call."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
