"""How torch shares the processor with the window."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import psutil

_NICENESS: Final = 10


def prefer_passive_waiting() -> None:
    """Let idle OpenMP threads sleep instead of spin, so that they leave their core to the window.

    Takes effect only before torch is loaded; a value that the person set stays.
    """
    if "torch" not in sys.modules:
        os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")


def intra_op_threads(wanted: int | None = None) -> int:
    """Threads for one torch operation: the wish, or all physical cores."""
    cores = psutil.cpu_count(logical=False) or os.cpu_count() or 1
    return max(1, wanted if wanted is not None else cores)


@contextmanager
def leaving_a_core() -> Iterator[None]:
    """Within this an operation of torch leaves one core alone, where this thread does not give way by its priority."""
    import torch

    before = torch.get_num_threads()
    if before < 2 or _gives_way():
        yield
        return
    torch.set_num_threads(before - 1)
    try:
        yield
    finally:
        torch.set_num_threads(before)


def _gives_way() -> bool:
    if sys.platform != "linux":
        return False
    return os.getpriority(os.PRIO_PROCESS, threading.get_native_id()) > 0


def lower_priority_of_this_thread() -> bool:
    """Make the calling thread, and the threads that it starts, give way to the window. True where that worked.

    Does nothing on the main thread. Linux keeps a niceness for every thread; elsewhere there is no such call.
    """
    if threading.current_thread() is threading.main_thread() or sys.platform != "linux":
        return False
    try:
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICENESS)
    except OSError:
        return False
    return True
