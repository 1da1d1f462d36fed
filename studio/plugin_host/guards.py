"""A plugin's functions under guard: a failure stays the plugin's own, and what they are given tells them no more."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NoReturn, TypeVar

from studio.api import (
    CancelToken,
    FrameContext,
    PanelContext,
    ToolContext,
    UpscaleContext,
)
from studio.api.picture_models import FindModel, picture_models
from studio.api.settings_pages import stored_settings
from studio.errors import Cancelled, OutOfMemoryError, PluginError
from studio.message import Message
from studio.plugin_host.contributions import Contribution
from studio.plugin_host.failures import Raised
from studio.plugin_host.plain_specs import is_a, plain_text
from studio.plugin_host.watch import Hung, Patience, RelayedEngine, Watch

R = TypeVar("R")


@dataclass(frozen=True)
class Guard:
    """Runs a plugin's callables: a `Cancelled` that was asked for and `ShorelineError` pass, all else becomes a
    `PluginError`, an interrupt of the plugin's own included.

    Each call runs on a thread of its own and is given up when it does not come back (see `Watch`).
    ``failed(what, error)``, ``succeeded(what)`` and ``hung(what, error)`` are told how each call ended. ``settings``
    is what is stored for the plugin's pages at this moment; ``find_model`` is what `studio.api.picture_model` asks.
    """

    plugin_name: str
    patience: Patience
    failed: Callable[[str, Raised], None]
    succeeded: Callable[[str], None]
    hung: Callable[[str, Hung], None]
    settings: Callable[[], Mapping[str, Any]]
    find_model: FindModel

    def call(self, what: str, function: Callable[[Watch], R], seconds: float, cancel: CancelToken | None = None) -> R:
        """What ``function`` returns; it gets the watch over it. ``cancel`` is the token that it looks at, if any:
        without one it has so many ``seconds``."""
        watch = Watch(what, seconds if cancel is None else self.patience.after_cancel, cancel)
        try:
            found = with_models(self.find_model, lambda: function(watch))
            returned = watch.run(with_settings(self.settings(), found))
        except Cancelled:
            if cancel is not None and cancel.is_cancelled:
                raise
            self._fail(what, Raised("Cancelled, though nobody had asked for it", "", original=None))
        except Hung as error:
            self.hung(what, error)
            raise PluginError(
                "The plugin {plugin_name} hangs in the {what}: {reason}.",
                "It was switched off. What it was doing may go on until Shoreline is closed.",
                plugin_name=self.plugin_name,
                what=what,
                reason=error,
            ) from error
        except Raised as error:
            self._fail(what, error)
        self.succeeded(what)
        return returned

    def _fail(self, what: str, error: Raised) -> NoReturn:
        if error.is_memory:
            raise OutOfMemoryError(
                "There is not enough memory for the {what} of the plugin {plugin_name}.",
                "Choose a smaller picture or close other programs.",
                what=what,
                plugin_name=self.plugin_name,
            ) from error
        self.failed(what, error)
        raise PluginError(
            "The plugin {plugin_name} failed in the {what}: {reason}",
            "The list of plugins has the details; the plugin can be switched off there.",
            plugin_name=self.plugin_name,
            what=what,
            reason=error,
        ) from (error.original or error)


def with_models(find: FindModel, function: Callable[[], R]) -> Callable[[], R]:
    """The function as the plugin's thread runs it: `studio.api.picture_model` finds models so."""

    def run() -> R:
        with picture_models(find):
            return function()

    return run


def with_settings(settings: Mapping[str, Any], function: Callable[[], R]) -> Callable[[], R]:
    """The function as the plugin's thread runs it: `studio.api.settings_of` sees these settings."""

    def run() -> R:
        with stored_settings(settings):
            return function()

    return run


def guarded(contribution: Contribution, guard: Guard) -> Contribution:
    """The same with its functions run through ``guard``; what they return is checked and made plain too."""
    seconds: float = getattr(guard.patience, contribution.kind.patience)
    return contribution.with_callables(lambda what, function: _under_guard(what, function, guard, seconds))


def _under_guard(label: str, function: Callable[..., Any], guard: Guard, seconds: float) -> Callable[..., Any]:
    def run(*arguments: Any) -> Any:
        return guard.call(
            label,
            lambda watch: function(*(_relayed(argument, watch) for argument in arguments)),
            seconds,
            _token_among(arguments),
        )

    return run


def _relayed(argument: Any, watch: Watch) -> Any:
    """A context with an engine that works on the waiting thread, and a ``report`` that passes on plain values only."""
    if isinstance(argument, FrameContext):
        at, engine = argument.at, RelayedEngine(argument.engine, watch)
        return replace(argument, engine=engine, at=lambda index: _relayed(at(index), watch))
    if isinstance(argument, ToolContext):
        engine, report = RelayedEngine(argument.engine, watch), _plain_report(argument.report)
        return replace(argument, engine=engine, report=report, tell=_plain_tell(argument.tell))
    if isinstance(argument, UpscaleContext):
        return replace(argument, engine=RelayedEngine(argument.engine, watch), report=_plain_report(argument.report))
    if isinstance(argument, PanelContext):
        return replace(argument, report=_plain_report(argument.report))
    return _plain_report(argument) if callable(argument) else argument


def _plain_report(report: Callable[[float, str], None]) -> Callable[[float, str], None]:
    def plain(fraction: float, message: str) -> None:
        number = float(fraction)
        report(0.0 if math.isnan(number) else min(max(number, 0.0), 1.0), _words(message))

    return plain


def _plain_tell(tell: Callable[[str], object]) -> Callable[[str], object]:
    return lambda note: tell(note if type(note) is Message else _words(note))


def _words(message: object) -> str:
    return plain_text(message if is_a(message, str) else str(message))  # type: ignore[arg-type]


def _token_among(arguments: Sequence[Any]) -> CancelToken | None:
    tokens = (each if isinstance(each, CancelToken) else getattr(each, "cancel", None) for each in arguments)
    return next((token for token in tokens if isinstance(token, CancelToken)), None)
