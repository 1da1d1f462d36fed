"""The values of an axis of a grid as they are typed: lists and ranges, also with the signs of a Chinese input method.

``8, 12, 20`` is a list, ``1-10`` every whole number, ``1-10 (+3)`` every third one, ``0-1 [5]`` five from end to end.
A text with a comma in it stands in quotes.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from typing import Final, TypeVar

from studio.errors import SettingError

MOST_VALUES: Final = 200
"""Most values of one axis."""

_T = TypeVar("_T")
_QUOTES: Final = {'"': '"', "“": "”", "”": "”", "「": "」"}
_SEPARATORS: Final = ",，\n"
_N: Final = r"[+-]?(?:\d{1,15}(?:\.\d{0,15})?|\.\d{1,15})(?: ?%)?"
_NUMBER: Final = re.compile(_N, re.ASCII)
_SPAN: Final = re.compile(
    rf"({_N})\s*(?:-|–|—|~|\.\.)\s*({_N})\s*(?:\(\s*({_N})\s*\)|\[\s*(\d{{1,9}})\s*\])?", re.ASCII
)
_HUNDRED: Final = Decimal(100)


def texts_of(typed: str) -> tuple[str, ...]:
    """The values of a list of texts. One that is empty has to be quoted: ``"", at night``.

    Raises `SettingError` for a list that is empty or too long, or a quote that is not closed.
    """
    return _counted(tuple(_parts(typed)))


def numbers_of(typed: str, *, whole: bool = False) -> tuple[Decimal, ...]:
    """The numbers of a list with ranges, each once, in the order in which they are named; 40% is 0.4. ``whole`` rounds
    what a range divides.

    Raises `SettingError` naming the part that is no number, and for a range without end or with too many of them.
    """
    found: list[Decimal] = []
    for part in _parts(unicodedata.normalize("NFKC", typed)):
        found += _numbers(part, whole=whole)
    return _counted(tuple(dict.fromkeys(found)))


def number_text(number: Decimal | float) -> str:
    """A number as it is written shortest: 0.5, 20, -1."""
    text = format(Decimal(str(number)), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _counted(values: tuple[_T, ...]) -> tuple[_T, ...]:
    if not values:
        raise SettingError("There are no values yet.", "Type some, with commas between them.")
    if len(values) > MOST_VALUES:
        raise _too_many()
    return values


def _too_many() -> SettingError:
    return SettingError("These are more than {most} values.", "Take fewer, or larger steps.", most=MOST_VALUES)


def _parts(typed: str) -> Iterator[str]:
    """What stands between separators, without blanks around it; what is quoted as it is."""
    rest = typed.strip()
    while rest:
        closing = _QUOTES.get(rest[0])
        if closing is not None:
            value, found, after = rest[1:].partition(closing)
            if not found:
                raise SettingError("A quotation mark is not closed: {text}", "Close it.", text=rest)
            yield value
            rest = after.lstrip().lstrip(_SEPARATORS).lstrip()
            continue
        end = min((place for place in map(rest.find, _SEPARATORS) if place >= 0), default=len(rest))
        if rest[:end].strip():
            yield rest[:end].strip()
        rest = rest[end + 1 :].lstrip()


def _numbers(part: str, *, whole: bool) -> list[Decimal]:
    if _NUMBER.fullmatch(part):
        return [_number(part)]
    span = _SPAN.fullmatch(part)
    if span is None:
        raise SettingError(
            "{part!r} is no number and no range.", "Write 8, 12, 20, or 1-10, or 1-10 (+2), or 0-1 [5].", part=part
        )
    first, last, step, count = span.groups()
    start, end = _number(first), _number(last)
    if count is not None:
        return _divided(start, end, int(count), whole=whole)
    return _stepped(start, end, _step(start, end, step))


def _number(text: str) -> Decimal:
    return Decimal(text[:-1].strip()) / _HUNDRED if text.endswith("%") else Decimal(text)


def _step(start: Decimal, end: Decimal, written: str | None) -> Decimal:
    """How far it is from number to number, never 0; without a step it is 1, also between fractions."""
    step = Decimal(1) if written is None else abs(_number(written))
    if not step:
        raise SettingError("A range with steps of 0 does not end.", "Write a step such as (+1).")
    return step if end >= start else -step


def _stepped(start: Decimal, end: Decimal, step: Decimal) -> list[Decimal]:
    count = int((end - start) / step) + 1
    if count > MOST_VALUES:
        raise _too_many()
    return [start + index * step for index in range(count)]


def _divided(start: Decimal, end: Decimal, count: int, *, whole: bool) -> list[Decimal]:
    if not 1 <= count <= MOST_VALUES:
        raise SettingError("A range of {count} values is not possible.", "Take from 1 to 200.", count=count)
    parts = max(count - 1, 1)
    numbers = [start + (end - start) * index / parts for index in range(count)]
    return [round(number, 0) if whole else round(number, 6) for number in numbers]
