"""What can change along an axis of a grid: how its values are read, and what they do to what is drawn."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from studio.document import Document
from studio.errors import SettingError
from studio.generation import MAX_PROMPT, MAX_SEED, GenerationSettings
from studio.generation.grid_values import number_text, numbers_of, texts_of
from studio.generation.grids import GridAxis
from studio.message import Message

ALL: Final = "*"
"""Stands for every choice of an axis that has some."""
RANDOM_SEED: Final = "-1"
_LISTED: Final = 8
_NOTHING: Final = "—"
"""Stands for a value without a word."""


@dataclass(frozen=True, kw_only=True, eq=False)
class CellWork:
    """What one cell is drawn with."""

    settings: GenerationSettings
    document: Document

    def but(self, **changes: Any) -> CellWork:
        """The same with other settings. Raises `FieldError`."""
        return CellWork(settings=self.settings.with_changes(**changes), document=self.document)


Read = Callable[[str], tuple[str, ...]]
"""The values of what was typed. Raises `SettingError`."""
Change = Callable[[CellWork, Sequence[str], int], CellWork]
"""A cell with one of the values, by its place among them."""


@dataclass(frozen=True, kw_only=True, eq=False)
class AxisKind:
    """Something that can change from cell to cell.

    ``id`` is how files and commands name it, ``name`` how a person does, and ``example`` shows what can be typed.
    ``choices`` are (value, name) pairs of one that has some. Kinds with a lower ``order`` are applied first: a model
    brings its way of sampling, which other axes change.
    """

    id: str
    name: str
    example: str
    read: Read
    change: Change
    choices: tuple[tuple[str, str], ...] = ()
    order: int = 1
    is_named: bool = True
    show: Callable[[str], str] = str

    def label(self, value: str) -> str:
        """A value as it is shown."""
        return dict(self.choices).get(value, self.show(value)) or _NOTHING

    def axis(self, typed: str) -> GridAxis:
        """An axis with what was typed. Raises `SettingError`."""
        values = self.read(typed)
        return GridAxis(
            parameter=self.id,
            texts=values,
            name=self.name if self.is_named else "",
            labels=tuple(map(self.label, values)),
        )


# --- numbers ----------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class NumberRange:
    """Which numbers an axis takes. ``multiple`` is what whole ones are divided by without rest."""

    least: float
    most: float
    whole: bool = False
    multiple: int = 1

    def read(self, name: str, typed: str) -> tuple[str, ...]:
        """The numbers of a text, as texts. Raises `SettingError` for the first that is out of range."""
        return tuple(self._checked(name, number) for number in numbers_of(typed, whole=self.whole))

    def value(self, text: str) -> int | float:
        """The number that a text from `read` is."""
        return int(text) if self.whole else float(text)

    @property
    def _expected(self) -> Message:
        if self.multiple > 1:
            return Message("Give multiples of {multiple} from {least} to {most}.")
        if self.whole:
            return Message("Give whole numbers from {least} to {most}.")
        return Message("Give numbers from {least} to {most}.")

    def _checked(self, name: str, number: Decimal) -> str:
        fits = self.least <= number <= self.most and (not self.whole or number % self.multiple == 0)
        if fits:
            return number_text(number)
        raise SettingError(
            "{name} cannot be {number}.",
            self._expected,
            name=name,
            number=number_text(number),
            least=number_text(self.least),
            most=number_text(self.most),
            multiple=self.multiple,
        )


def numeric(
    kind_id: str,
    name: str,
    example: str,
    numbers: NumberRange,
    change: Callable[[CellWork, Any], CellWork],
) -> AxisKind:
    """A kind of numbers; ``change`` gets one."""
    return AxisKind(
        id=kind_id,
        name=name,
        example=example,
        read=lambda typed: numbers.read(name, typed),
        change=lambda work, values, index: change(work, numbers.value(values[index])),
    )


def setting_of_number(field: str, name: str, example: str, numbers: NumberRange) -> AxisKind:
    """A kind for a number of the settings."""
    return numeric(field, name, example, numbers, lambda work, value: work.but(**{field: value}))


def percent_text(value: str) -> str:
    """A share as the window shows it: 40 %."""
    return f"{number_text(round(float(value) * 100, 4))} %"


def seeds(name: str) -> AxisKind:
    """The seeds; each -1 is one drawn by lot."""
    numbers = NumberRange(least=-1, most=MAX_SEED, whole=True)

    def read(typed: str) -> tuple[str, ...]:
        given = numbers.read(name, typed)
        return tuple(str(random.randint(0, MAX_SEED)) if each == RANDOM_SEED else each for each in given)

    kind = setting_of_number("seed", name, "1-4", numbers)
    return AxisKind(id=kind.id, name=name, example=kind.example, read=read, change=kind.change)


# --- choices ----------------------------------------------------------------------------------------


def choosing(
    kind_id: str,
    name: str,
    choices: Sequence[tuple[str, str]],
    change: Callable[[CellWork, str], CellWork],
    *,
    order: int = 1,
) -> AxisKind:
    """A kind with some choices, which are named by their ids or names, or all at once by `ALL`."""
    known = tuple(choices)
    return AxisKind(
        id=kind_id,
        name=name,
        example=", ".join(shown for _, shown in known[:2]),
        read=lambda typed: _chosen(name, known, typed),
        change=lambda work, values, index: change(work, values[index]),
        choices=known,
        order=order,
    )


def _chosen(name: str, choices: tuple[tuple[str, str], ...], typed: str) -> tuple[str, ...]:
    by_word = {shown.casefold(): value for value, shown in choices} | {value.casefold(): value for value, _ in choices}
    found: list[str] = []
    for word in texts_of(typed):
        if word == ALL:
            found += [value for value, _ in choices]
        elif word.casefold() in by_word:
            found.append(by_word[word.casefold()])
        else:
            raise _unknown(name, word, choices)
    return tuple(dict.fromkeys(found))


def _unknown(name: str, word: str, choices: tuple[tuple[str, str], ...]) -> SettingError:
    names = ", ".join(shown for _, shown in choices[:_LISTED])
    is_all = len(choices) <= _LISTED
    advice = Message("Known are: {names}.") if is_all else Message("Known are: {names} and more.")
    return SettingError("{name}: there is no {word!r}.", advice, name=name, word=word, names=names)


# --- words ------------------------------------------------------------------------------------------


def wording(
    kind_id: str,
    name: str,
    example: str,
    change: Callable[[CellWork, str], CellWork],
    *,
    order: int = 1,
    is_named: bool = True,
    check: Callable[[str], object] = lambda _text: None,
) -> AxisKind:
    """A kind of texts; ``change`` gets one, ``check`` refuses those that cannot be."""

    def read(typed: str) -> tuple[str, ...]:
        texts = texts_of(typed)
        for each in texts:
            _check_length(each)
            check(each)
        return texts

    return AxisKind(
        id=kind_id,
        name=name,
        example=example,
        read=read,
        change=lambda work, values, index: change(work, values[index]),
        order=order,
        is_named=is_named,
    )


def replacing(name: str, example: str, prompt: str) -> AxisKind:
    """Search and replace in the prompt: the first text is looked for, each takes its place in turn."""

    def read(typed: str) -> tuple[str, ...]:
        texts = texts_of(typed)
        if not texts[0] or texts[0] not in prompt:
            raise SettingError(
                "The prompt does not contain {text!r}.",
                "The first value is looked for in the prompt; the others take its place.",
                text=texts[0],
            )
        return texts

    def change(work: CellWork, values: Sequence[str], index: int) -> CellWork:
        return work.but(prompt=work.settings.prompt.replace(values[0], values[index]))

    return AxisKind(id="replace", name=name, example=example, read=read, change=change, order=2, is_named=False)


def _check_length(words: str) -> None:
    if len(words) > MAX_PROMPT:
        raise SettingError("A prompt can have {most} characters at most.", "Shorten it.", most=MAX_PROMPT)
