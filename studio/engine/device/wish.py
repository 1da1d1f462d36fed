"""What a person chose about how pictures are drawn. Needs no torch."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final, Literal, TypeAlias, TypeVar, get_args

from studio.errors import SettingError

PrecisionWish: TypeAlias = Literal["auto", "float32", "bfloat16", "float16"]
MemoryWish: TypeAlias = Literal["auto", "whole", "less", "least"]

PreviewWish: TypeAlias = Literal["off", "fast", "detailed"]
"""What is shown while a picture is drawn: nothing, rough colours, or detail where there is a decoder for it."""

PRECISIONS: Final[tuple[PrecisionWish, ...]] = get_args(PrecisionWish)
MEMORY_WISHES: Final[tuple[MemoryWish, ...]] = get_args(MemoryWish)

_Word = TypeVar("_Word", bound=str)


@dataclass(frozen=True, kw_only=True)
class Wish:
    """``device`` is "auto", "cpu", "cuda", "cuda:N" or "mps".

    ``precision`` is the number format of the network, or "auto" for the fastest that was measured. ``memory`` is how
    much of a model stays in memory: "auto" for as much as fits, "whole" for all of it, "less" or "least".
    """

    device: str = "auto"
    precision: PrecisionWish = "auto"
    memory: MemoryWish = "auto"

    def but(self, *, device: str | None = None, precision: str | None = None, memory: str | None = None) -> Wish:
        """The same, but for what is not ``None``. Raises `SettingError` for a word that is not known."""
        asked_precision = self.precision if precision is None else _known("precision", precision, PRECISIONS)
        asked_memory = self.memory if memory is None else _known("memory", memory, MEMORY_WISHES)
        return replace(self, device=device or self.device, precision=asked_precision, memory=asked_memory)


DEFAULT: Final = Wish()


def _known(name: str, word: str, words: tuple[_Word, ...]) -> _Word:
    for known in words:
        if known == word:
            return known
    raise SettingError(
        "The setting {name} cannot be {word!r}.", "Known are: {names}.", name=name, word=word, names=", ".join(words)
    )
