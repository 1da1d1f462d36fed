"""Texts for a person that a window can show in another language."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

SENTENCES: Final = "{first} {then}"
"""How one sentence follows another; other languages have no space there."""


class Message(str):
    """A text in English, which knows the ``template`` with ``{fields}`` that it was made of, and their ``values``.

    Everywhere it is that text. A window translates the template, and those values that are messages too.
    """

    __slots__ = ("template", "values")
    template: str
    values: Mapping[str, object]

    def __new__(cls, template: str, **values: object) -> Message:
        made = super().__new__(cls, template.format(**values) if values else template)
        made.template = template
        made.values = MappingProxyType({name: _lasting(value) for name, value in values.items()})
        return made

    def __reduce__(self) -> tuple[Any, ...]:
        return _made, (self.template, dict(self.values))


def in_turn(*texts: str) -> str:
    """Sentences one after the other, without those that are empty."""
    joined = ""
    for text in filter(None, texts):
        joined = Message(SENTENCES, first=joined, then=text) if joined else text
    return joined


def _lasting(value: object) -> object:
    """A value as it is kept: the text of anything else, such as an error with all that its frames hold."""
    return value if type(value) in (str, int, float, bool, Message) else str(value)


def _made(template: str, values: dict[str, object]) -> Message:
    return Message(template, **values)
