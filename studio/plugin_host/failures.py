"""What a plugin raised, as plain text: nothing of its own making leaves its thread.

An exception is an object of the plugin's. To ask it for its text runs the plugin's code, which may raise again or never
come back; so that is done on the plugin's thread, once, and what is passed on are errors of ours.
"""

from __future__ import annotations

import builtins
from collections.abc import Iterator
from contextlib import contextmanager
from types import MappingProxyType
from typing import Any, Final, Literal, cast

from studio import errors
from studio.errors import Cancelled, EngineMissingError, PluginError, ShorelineError
from studio.message import Message
from studio.system.parts import missing_part, part_error
from studio.text.exceptions import describe, text_of, traceback_text

LoadStep = Literal["manifest", "import", "hooks"]
"""What is done with a plugin one after the other; each may go wrong."""

_OWN: Final = tuple(kind for kind in vars(errors).values() if isinstance(kind, type) and kind is not Cancelled)
_PYTHONS: Final = tuple(
    kind
    for kind in vars(builtins).values()
    if isinstance(kind, type) and issubclass(kind, BaseException) and kind is not SyntaxError
)
_PLAIN: Final = (str, bytes, int, float, bool, type(None))


class LoadError(PluginError):
    """A plugin that cannot be loaded: at which ``step``; ``has_raised`` if by its own exception (see ``details``).

    ``is_lacking`` says that nothing is wrong with the plugin: what it lacks may come without a change of it, such as an
    engine or libraries. ``missing`` are those of them that can be installed.
    """

    def __init__(
        self,
        message: str,
        advice: str = "",
        *,
        step: LoadStep,
        details: str = "",
        has_raised: bool = False,
        is_lacking: bool = False,
        missing: tuple[str, ...] = (),
        **values: object,
    ) -> None:
        super().__init__(message, advice, **values)
        self.step = step
        self.details = details
        self.has_raised = has_raised
        self.is_lacking = is_lacking or bool(missing)
        self.missing = missing

    @property
    def status(self) -> Literal["lacking", "refused", "failed"]:
        """How the plugin stands then, see `PluginState`."""
        if self.has_raised:
            return "failed"
        return "lacking" if self.is_lacking else "refused"

    @property
    def is_passing(self) -> bool:
        """Whether it is found out anew at every start, at no cost: the plugin is not imported for it."""
        return self.is_lacking or self.step == "manifest"


class Raised(Exception):  # noqa: N818 - what happened to a plugin; the host makes it an error
    """A plugin's function raised. The text is one line; ``details`` is the traceback.

    ``original`` is the exception itself if it is one of Python's own with nothing but plain values in it.
    """

    def __init__(self, summary: str, details: str, *, original: BaseException | None, is_memory: bool = False) -> None:
        super().__init__(summary)
        self.details = details
        self.original = original
        self.is_memory = is_memory


def passed_on(error: BaseException) -> Exception:
    """What the thread that waits may be given: errors of Shoreline's as they are, anything else as `Raised`.

    An import that only lacks the engine is no failure of the plugin's. Call it on the plugin's thread. It raises
    nothing, whatever the exception is.
    """
    kind = type(error)
    lacking = part_error(error)
    if lacking is not None:
        return lacking
    if kind is Cancelled:
        return Cancelled()
    if kind is LoadError:
        return _without_context(cast("LoadError", error))
    if _is_one_of(kind, _OWN):
        return cast("Exception", error) if _is_plain(error) else _plain_copy(cast("ShorelineError", error))
    return Raised(
        describe(error),
        traceback_text(error),
        original=error if _is_plain(error) else None,
        is_memory=issubclass(kind, MemoryError),
    )


@contextmanager
def loading_step(step: LoadStep, what: str) -> Iterator[None]:
    """Whatever comes out of here is a `LoadError` of this step; ``what`` begins the sentence for what is no rule.

    For the plugin's thread, where an interrupt is the plugin's and not the person's.
    """
    try:
        yield
    except LoadError:
        raise
    except BaseException as error:  # noqa: BLE001 - a plugin may raise anything
        raise load_error(error, step, f"{what}:") from None


def load_error(error: BaseException, step: LoadStep, what: str) -> LoadError:
    """What an exception means for the loading of a plugin; ``what`` begins the sentence for what is no rule.

    Raises nothing. An import that only lacks the engine is no failure.
    """
    part = missing_part(error)
    if part is not None:
        error = EngineMissingError(part)
    if type(error) is PluginError or type(error) is EngineMissingError:
        is_lacking = type(error) is EngineMissingError
        return LoadError(error.message, error.advice, step=step, is_lacking=is_lacking)
    return LoadError(
        "{what} {reason}",
        step=step,
        details=traceback_text(error),
        has_raised=True,
        what=what,
        reason=describe(error),
    )


def _is_plain(error: BaseException | None) -> bool:
    """Whether an exception and those that it names can be shown without running code of a plugin's."""
    seen: set[int] = set()
    pending: list[Any] = [error]
    while pending:
        link = pending.pop()
        if link is None or id(link) in seen:
            continue
        seen.add(id(link))
        if not _is_plain_alone(link):
            return False
        pending += [link.__cause__, link.__context__]
    return True


def _is_plain_alone(error: BaseException) -> bool:
    kind = type(error)
    if kind is Raised:
        return True
    if not _is_one_of(kind, (*_PYTHONS, *_OWN, Cancelled)):
        return False
    values = [*error.args, *vars(error).values()]
    return all(_is_plain_value(value) for value in values)


def _is_plain_value(value: object) -> bool:
    """Also a message, if it is made of such."""
    if type(value) is not Message or type(value.values) is not MappingProxyType:
        return _is_one_of(type(value), _PLAIN)
    return all(_is_plain_value(each) for each in value.values.values())


def _is_one_of(kind: type, known: tuple[type, ...]) -> bool:
    """By identity: a metaclass may answer comparisons as it likes."""
    return any(kind is each for each in known)


def _plain_copy(error: ShorelineError) -> ShorelineError:
    """An error of ours without what it was raised from, which only the log is told."""
    kind = type(error)
    copy = kind.__new__(kind)  # kinds of errors are made of different things
    ShorelineError.__init__(copy, text_of(error.message), text_of(error.advice))
    copy.add_note(traceback_text(error))
    return copy


def _without_context(error: LoadError) -> LoadError:
    return LoadError(
        error.message,
        error.advice,
        step=error.step,
        details=error.details,
        has_raised=error.has_raised,
        is_lacking=error.is_lacking,
        missing=error.missing,
    )
