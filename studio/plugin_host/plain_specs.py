"""Specs of a plugin made plain: the window reads them at any time, so nothing of the plugin's own may be in them.

A name that is a subclass of ``str``, a number of numpy's or a spec with properties runs the plugin's code whenever it
is looked at. All of it is read once, on the plugin's thread, into exactly the types that `studio.api` declares; only
the functions that a plugin is asked for stay what they are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import fields
from functools import cache
from itertools import islice
from typing import Any, Final, get_type_hints

import numpy as np

from studio.api import (
    BoolParameter,
    ChoiceParameter,
    ColorParameter,
    FloatParameter,
    IntParameter,
    PanelAction,
    TextParameter,
)
from studio.errors import PluginError

MAX_ITEMS: Final = 1_000
"""Most specs of a hook, parameters of a spec, and choices of a parameter."""

_MAX_TEXT: Final = 4_000
_MAX_NUMBER: Final = 2.0**53
_PARAMETERS: Final = (FloatParameter, IntParameter, BoolParameter, ChoiceParameter, TextParameter, ColorParameter)
_KINDS: Final[dict[Any, tuple[tuple[type, ...], str]]] = {
    str: ((str,), "a text"),
    bool: ((bool,), "true or false"),
    int: ((int,), "a whole number"),
    float: ((int, float), "a number"),
}


def is_a(value: object, kind: type[Any]) -> bool:
    """`isinstance` by the real type: a ``__class__`` that says something else does not count."""
    return issubclass(type(value), kind)


def plain_items(values: Iterable[Any]) -> list[Any]:
    """At most so many values of something that may be iterated as its author likes; ``ValueError`` for more."""
    items = list(islice(iter(values), MAX_ITEMS + 1))
    if len(items) > MAX_ITEMS:
        raise ValueError(f"more than {MAX_ITEMS} things at once")
    return items


def plain_spec(spec: Any, spec_type: Any, what: str) -> Any:
    """The spec with nothing in it but texts, numbers, tuples, parameters and functions.

    `PluginError` naming ``what`` and the field that has the wrong type, is too long or no number to count with.
    """
    values = {field.name: plain_value(getattr(spec, field.name), what) for field in fields(spec_type)}
    for name, wanted in _field_kinds(spec_type):
        _check_field(f"The {name} of {what}", values[name], wanted)
    return spec_type(**values)


def plain_value(value: Any, what: str = "a value") -> Any:
    """The same value of Python's own type; a function, or what is none of these, as it is."""
    kind = type(value)
    if value is None or kind in (bool, int, float):
        return value
    for ancestor, made in _MAKERS:
        if issubclass(kind, ancestor):
            return made(value)
    if issubclass(kind, tuple | list):
        return _plain_sequence(value, what)
    for known in (*_PARAMETERS, PanelAction):
        if kind is known:
            return plain_spec(value, known, f"{known.__name__} {id_of(value)} of {what}")
    return value


def _plain_sequence(value: tuple[Any, ...] | list[Any], what: str) -> Sequence[Any]:
    base: type[Any] = tuple if issubclass(type(value), tuple) else list
    items: list[Any] = plain_items(base.__iter__(value))
    plain: Sequence[Any] = base(plain_value(item, what) for item in items)
    return plain


def plain_text(value: str) -> str:
    """A text that can be shown and stored: without half characters and without NUL."""
    return str.__str__(value).encode("utf-8", "replace").decode().replace("\0", "")


_MAKERS: Final[tuple[tuple[Any, Callable[[Any], Any]], ...]] = (
    (str, plain_text),
    (int, int.__int__),
    (float, float.__float__),
    (np.generic, lambda value: np.asarray(value).item()),
)


@cache
def _field_kinds(spec_type: Any) -> tuple[tuple[str, Any], ...]:
    hints = get_type_hints(spec_type)
    return tuple((field.name, hints[field.name]) for field in fields(spec_type) if hints[field.name] in _KINDS)


def _check_field(what: str, value: object, wanted: Any) -> None:
    kinds, words = _KINDS[wanted]
    if type(value) not in kinds:
        raise PluginError("{what} must be {words}, not {kind}.", what=what, words=words, kind=type(value).__name__)
    if isinstance(value, str) and len(value) > _MAX_TEXT:
        raise PluginError("{what} is longer than {max_text} characters.", what=what, max_text=_MAX_TEXT)
    if isinstance(value, int | float) and not abs(value) <= _MAX_NUMBER:  # NaN is not either
        raise PluginError("{what} is no number to count with.", what=what)


def id_of(spec: Any) -> str:
    """What to call a spec or parameter whose id may be anything."""
    found = plain_value(spec.id)
    return found[:80] if isinstance(found, str) else f"of a {type(found).__name__}"
