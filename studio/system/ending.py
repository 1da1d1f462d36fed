"""A wish that this process end, by Ctrl+C, the system or the terminal: work may come to a good end first."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final

_ENDING: Final = tuple(
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK") if hasattr(signal, name)
)
"""What asks a process to end; one that is ignored, as under nohup, stays so."""


@contextmanager
def told_to_end(heed: Callable[[], object]) -> Iterator[None]:
    """The first such wish calls ``heed`` and does nothing else; a second one ends the process as ever.

    Only the main thread hears of any: elsewhere nothing is changed.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    handlers = {number: signal.getsignal(number) for number in _ENDING}
    before = {number: handler for number, handler in handlers.items() if handler not in (None, signal.SIG_IGN)}

    def restore() -> None:
        for number, handler in before.items():
            signal.signal(number, handler)

    def on_signal(_number: int, _frame: Any) -> None:
        heed()
        restore()

    for number in before:
        signal.signal(number, on_signal)
    try:
        yield
    finally:
        restore()
