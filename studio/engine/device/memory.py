"""Giving memory back, and recognising that there is none left."""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Callable
from typing import Final, TypeVar

import torch

from studio.message import Message
from studio.system.garbage import GARBAGE
from studio.text.exceptions import text_of

_CPU_MESSAGES: Final = ("can't allocate memory", "defaultcpuallocator", "not enough memory")
_DEVICE_MESSAGES: Final = ("out of memory",)

_Result = TypeVar("_Result")


class MemoryRetry:
    """Does work again with less memory where it ran out, and from then on at once. ``note`` is told, once a kind.

    Work is a function that is given whether to do with less. Raises what it raises with less.
    """

    def __init__(self, note: Callable[[Message], None]) -> None:
        self._note = note
        self._short: set[str] = set()

    def drawing(self, work: Callable[[bool], _Result]) -> _Result:
        """Steps of sampling; with less memory the two sides of guidance run one after the other."""
        return self._done(Message("Memory ran out; the pictures were made in smaller pieces, which is slower."), work)

    def coding(self, work: Callable[[bool], _Result]) -> _Result:
        """A picture to or from latents; with less memory in tiles."""
        return self._done(
            Message("Memory ran out; the picture was put together of tiles, which may show a little."), work
        )

    def _done(self, note: Message, work: Callable[[bool], _Result]) -> _Result:
        if note not in self._short:
            try:
                return work(False)
            except Exception as error:
                if not is_out_of_memory(error):
                    raise
            # Outside the except block, where the traceback no longer holds the tensors that filled the memory.
            self._short.add(note)
            release_unused()
            self._note(note)
        return work(True)


def is_out_of_memory(error: BaseException) -> bool:
    """Whether an exception of torch or Python means that memory ran out, on any device."""
    if isinstance(error, torch.OutOfMemoryError | MemoryError):
        return True
    if not isinstance(error, RuntimeError):
        return False
    text = text_of(error).lower()
    return any(part in text for part in _CPU_MESSAGES + _DEVICE_MESSAGES)


def release_unused() -> None:
    """Find what nobody holds any more, and return its memory to the device and to the operating system."""
    GARBAGE.collect_all()
    give_back()


def give_back() -> None:
    """Return freed memory to the device and to the operating system."""
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
