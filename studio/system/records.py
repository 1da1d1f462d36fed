"""Frozen values that check themselves, for what people and files give us and the first window needs.

A record is a frozen dataclass; what may stand in a field is said where it is declared. Larger things that are read
later (projects, manifests) are pydantic's, which takes as long to load as a window takes to open.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, field, fields, replace
from typing import Any, Self

from studio.text.json_text import json_text
from studio.text.untrusted import parse_json

Check = Callable[[Any], Any]
"""Returns a value as the field keeps it. Raises ``ValueError`` with what is expected, as "a number"."""


class FieldError(ValueError):
    """A field cannot have a value. ``expected`` says in English what it can have: "a number from 0 to 1"."""

    def __init__(self, name: str, value: object, expected: str) -> None:
        super().__init__(f"{name}: expected {expected}")
        self.name = name
        self.value = value
        self.expected = expected


@dataclass(frozen=True)
class Record:
    """A value whose fields are made by `whole`, `number`, `text` and so on. One out of range raises `FieldError`."""

    def __post_init__(self) -> None:
        for name, check in _checks(type(self)).items():
            value = getattr(self, name)
            try:
                object.__setattr__(self, name, check(value))
            except FieldError as error:
                raise FieldError(f"{name}.{error.name}", error.value, error.expected) from error
            except ValueError as error:
                raise FieldError(name, value, str(error)) from error

    @classmethod
    def read(cls, values: object) -> Self:
        """The record of what JSON holds; keys that are no fields are left out, fields without a key have their default.

        Raises `FieldError`, and another ``ValueError`` for what is no object.
        """
        if not isinstance(values, Mapping):
            raise ValueError("an object is expected")
        known = {name: values[name] for name in _checks(cls) if name in values}
        try:
            return cls(**known)
        except TypeError as error:  # without the fields that have no default
            raise ValueError(str(error)) from error

    @classmethod
    def read_json(cls, text: str | bytes) -> Self:
        """The same from a text. Raises ``ValueError``."""
        return cls.read(parse_json(text))

    def with_changes(self, **changes: Any) -> Self:
        """A copy with other values in some fields. Raises `FieldError`."""
        return replace(self, **changes)

    def values(self) -> dict[str, Any]:
        """The fields as JSON holds them: records are dictionaries, tuples lists."""
        return {name: _plain(getattr(self, name)) for name in _checks(type(self))}

    def json(self, indent: int | None = None) -> str:
        """The fields as a JSON text."""
        return json_text(self.values(), indent=indent)


def _checks(kind: type[Record]) -> dict[str, Check]:
    return {each.name: each.metadata["check"] for each in fields(kind)}


def _plain(value: Any) -> Any:
    if isinstance(value, Record):
        return value.values()
    if isinstance(value, Mapping):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value


# --- fields -----------------------------------------------------------------------------------------


def checked(check: Check, default: Any = MISSING) -> Any:
    """A field of values that pass ``check``; one without a default has to be given."""
    if isinstance(default, dict):
        return field(default_factory=default.copy, metadata={"check": check})
    return field(default=default, metadata={"check": check})


def whole(default: Any = MISSING, *, least: int, most: int) -> Any:
    """A whole number; also one that is written as a text or with a fraction of nothing."""
    return checked(_ranged(_whole, "a whole number", least, most), default)


def number(default: Any = MISSING, *, least: float, most: float) -> Any:
    """A number; also one that is written as a text."""
    return checked(_ranged(_number, "a number", least, most), default)


def flag(default: Any = MISSING) -> Any:
    """True or false."""
    return checked(_flag, default)


def text(default: Any = MISSING, *, longest: int | None = None, pattern: str = "") -> Any:
    """A text of at most so many characters, which fits a pattern as a whole."""

    def check(value: Any) -> str:
        if not isinstance(value, str):
            raise ValueError("a text")
        if longest is not None and len(value) > longest:
            raise ValueError(f"a text of at most {longest} characters")
        if pattern and not re.fullmatch(pattern, value):
            raise ValueError(f"a text such as {pattern}")
        return value

    return checked(check, default)


def choice(default: str, *others: str) -> Any:
    """One of some words."""
    words = (default, *others)

    def check(value: Any) -> str:
        if not isinstance(value, str) or value not in words:
            raise ValueError("one of " + ", ".join(words))
        return str(value)

    return checked(check, default)


def record(kind: type[Record], default: Record | None = None) -> Any:
    """A record of its own; its defaults by default."""
    return checked(reading(kind), kind() if default is None else default)


def several(each: Check, *, most: int | None = None, exactly: int | None = None, default: Any = ()) -> Any:
    """A tuple of values that pass ``each``."""

    def check(value: Any) -> tuple[Any, ...]:
        if not isinstance(value, list | tuple):
            raise ValueError("a list")
        if (most is not None and len(value) > most) or exactly not in (None, len(value)):
            raise ValueError(f"a list of {exactly or f'at most {most}'}")
        return tuple(map(each, value))

    return checked(check, default)


def mapping(each: Check | None = None) -> Any:
    """A dictionary by texts, empty by default; its values pass ``each`` where that is given."""

    def check(value: Any) -> dict[str, Any]:
        if not isinstance(value, Mapping) or not all(isinstance(key, str) for key in value):
            raise ValueError("an object")
        return {key: part if each is None else each(part) for key, part in value.items()}

    return checked(check, {})


def maybe(made: Any) -> Any:
    """The same field, in which there may also be nothing; that is its default."""
    check = check_of(made)
    return checked(lambda value: None if value is None else check(value), None)


def check_of(made: Any) -> Check:
    """The check of a field, for the parts of another: ``several(check_of(text()))``."""
    check: Check = made.metadata["check"]
    return check


def reading(kind: type[Record]) -> Check:
    """Lets records of a kind pass, and reads others."""
    return lambda value: value if isinstance(value, kind) else kind.read(value)


def _ranged(convert: Check, what: str, least: float, most: float) -> Check:
    def check(value: Any) -> Any:
        try:
            made = convert(value)
        except (ValueError, TypeError, OverflowError):
            raise ValueError(what) from None
        if not least <= made <= most:
            raise ValueError(f"{what} from {least:g} to {most:g}" if most < 1e6 else f"{what} from {least:g} to {most}")
        return made

    return check


def _whole(value: Any) -> int:
    made = _number(value)
    if not made.is_integer():
        raise ValueError
    return int(value) if isinstance(value, int) else int(made)


def _number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise TypeError
    return float(value)


def _flag(value: Any) -> bool:
    if value not in (True, False):
        raise ValueError("true or false")
    return bool(value)
