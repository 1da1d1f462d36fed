"""What the host knows of a kind of plugin: one row, which everything else reads."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, Literal, Protocol, TypeAlias, TypeVar


class Spec(Protocol):
    """What every spec has, whatever its kind: an id that no other spec of the kind has, and a name for people."""

    @property
    def id(self) -> str: ...
    @property
    def name(self) -> str: ...


S = TypeVar("S", bound=Spec)
Function: TypeAlias = Callable[..., Any]


def _nothing_more(_spec: object) -> None:
    """The check of a kind whose specs need none beyond what all share."""


def _as_returned(_spec: object, function: Function) -> Function:
    return function


@dataclass(frozen=True, kw_only=True)
class Kind(Generic[S]):
    """One row of the table of kinds.

    ``id`` is the word for it in messages, ``label`` what the window says of one that a plugin adds ("{name}" in it).
    ``hook`` returns specs of the type ``spec``. ``callback`` is the field with the function that the host runs under
    guard: "run"; "actions.run" for the one in each item of a tuple; "" if there is none. ``patience`` says for how
    long, where nobody can cancel it.

    ``check`` raises `PluginError` for a spec that breaks a rule of its kind. ``result`` wraps the function so that
    what it returns is checked and plain (``TypeError`` or ``ValueError`` if it is wrong). ``trial`` runs a spec once
    and returns a remark, or nothing if all is well.
    """

    id: str
    label: str
    hook: str
    spec: type[S]
    callback: str
    trial: Callable[[S], str]
    check: Callable[[S], None] = _nothing_more
    result: Callable[[S, Function], Function] = _as_returned
    patience: Literal["factory", "without_cancel"] = "without_cancel"
