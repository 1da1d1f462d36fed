"""Settings of a plugin: a page that the host shows in Preferences, and the values that a person chose there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from studio.api.parameters import Parameter, fitting_values


@dataclass(frozen=True, kw_only=True)
class SettingsPageSpec:
    """A page in Preferences: a form of ``parameters``. What is chosen there is kept with the program's settings.

    Keep the spec as a constant of the module, and read the values in callables by `settings_of`.
    """

    id: str
    name: str
    parameters: tuple[Parameter, ...]
    description: str = ""


_STORED: Final[ContextVar[Mapping[str, Any]]] = ContextVar("shoreline_settings", default=MappingProxyType({}))
"""What is stored for the plugin whose function runs now, by page: set by the host on the thread of each call."""


def settings_of(page: SettingsPageSpec) -> Mapping[str, Any]:
    """The value of every parameter of a page, as it was when the plugin's function was called.

    Call it in callables and events, on the thread that they are called on. In declaring hooks, in threads of the
    plugin's own and outside the program all values are the defaults, and so is one that is stored but does not fit.
    """
    stored = _STORED.get().get(page.id)
    return fitting_values(page.parameters, stored if isinstance(stored, Mapping) else {})[0]


@contextmanager
def stored_settings(stored: Mapping[str, Any]) -> Iterator[None]:
    """Let `settings_of` see ``stored`` (page id to values by parameter id): for the host, and for tests of plugins."""
    token = _STORED.set(stored)
    try:
        yield
    finally:
        _STORED.reset(token)
