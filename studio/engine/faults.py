"""What goes wrong while the engine works, as an error that a person can read."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeAlias

from studio.errors import Cancelled, EngineError, OutOfMemoryError, ShorelineError
from studio.generation import CancelToken
from studio.system.parts import part_error
from studio.text.exceptions import describe

Blame: TypeAlias = Callable[[BaseException], ShorelineError | None]
"""The error to raise instead of one that came out of somebody else's code, such as a plugin's scheduler."""


def nobody(_error: BaseException) -> ShorelineError | None:
    """No code but the engine's own and that of its libraries runs."""
    return None


@contextmanager
def readable_errors(doing: str, cancel: CancelToken, blame: Blame = nobody) -> Iterator[None]:
    """Whatever comes out becomes a `ShorelineError` that says what was being done; our own errors pass, and so does
    a `Cancelled` that was asked for."""
    try:
        yield
    except ShorelineError:
        raise
    except BaseException as error:
        # While a job runs, Ctrl+C only sets its token: an interrupt here is a scheduler's, as any other exception.
        if isinstance(error, Cancelled) and cancel.is_cancelled:
            raise
        raise _readable(error, doing, blame) from error


def _readable(error: BaseException, doing: str, blame: Blame) -> ShorelineError:
    if _is_out_of_memory(error):
        return OutOfMemoryError(
            "Memory ran out while {doing}.",
            "Choose a smaller size or fewer pictures, close other programs, or choose a smaller model.",
            doing=doing,
        )
    return (
        part_error(error)
        or blame(error)
        or EngineError(
            "Something failed while {doing}: {reason}",
            "Try again; if it fails again, another scheduler or a smaller size may help.",
            doing=doing,
            reason=describe(error),
        )
    )


def _is_out_of_memory(error: BaseException) -> bool:
    """Whether memory ran out; what is left over is given back then."""
    if "torch" not in sys.modules:  # nothing was drawn yet, and it may not be there
        return isinstance(error, MemoryError)
    from studio.engine.device.memory import is_out_of_memory, release_unused

    is_out = is_out_of_memory(error)
    if is_out:
        release_unused()
    return is_out
