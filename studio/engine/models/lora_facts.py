"""What the maker of a LoRA, or the program that downloaded it, says of it: trigger words, a weight, a picture."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from studio.engine.models.companions import noted_beside, picture_of
from studio.engine.models.gguf_headers import SUFFIX as GGUF
from studio.engine.models.headers import read_header
from studio.errors import ModelError
from studio.generation.loras import MOST_LORA_WEIGHT
from studio.text.untrusted import parse_json

_MOST_WORDS: Final = 24
_LONGEST: Final = 200
_FOLDER_COUNT: Final = re.compile(r"^\d+_")


@dataclass(frozen=True, kw_only=True)
class LoraFacts:
    """``trigger_words`` in their order, the advised ``weight``, if any, and a ``picture`` that shows what it does."""

    trigger_words: tuple[str, ...] = ()
    weight: float | None = None
    picture: Path | None = None


def lora_facts(path: Path) -> LoraFacts:
    """What is said of a LoRA in its file and in files beside it. Never raises: what cannot be read says nothing."""
    noted = noted_beside(path)
    weight = next((found for each in noted if (found := _weight(each.get("preferred weight")))), None)
    return LoraFacts(trigger_words=trigger_words(metadata_of(path), noted), weight=weight, picture=_picture(path))


def trigger_words(metadata: Mapping[str, str], noted: Iterable[Mapping[str, Any]]) -> tuple[str, ...]:
    """The words that call a LoRA, by the metadata of its file and what is noted beside it; those beside it first."""
    return tuple(dict.fromkeys(_words((*_said_beside(noted), *_said_within(metadata)))))[:_MOST_WORDS]


def metadata_of(path: Path) -> Mapping[str, str]:
    """The metadata of a file of tensors; none of what has none or cannot be read."""
    if path.is_dir() or path.suffix.lower() == GGUF:
        return {}
    try:
        return read_header(path).metadata
    except ModelError:
        return {}


def _said_beside(noted: Iterable[Mapping[str, Any]]) -> Iterator[Any]:
    """A1111's "activation text", and the "trainedWords" that managers of downloads keep."""
    for values in noted:
        texts = [values.get("activation text"), values.get("trainedWords")]
        version = values.get("civitai")
        texts.append(version.get("trainedWords") if isinstance(version, dict) else None)
        for text in texts:
            yield from text if isinstance(text, list) else [text]


def _said_within(notes: Mapping[str, str]) -> Iterator[str]:
    """The phrase of the model's own metadata, else what the folders of kohya's training data were called."""
    phrase = notes.get("modelspec.trigger_phrase")
    if phrase:
        yield phrase
        return
    folders = _object(notes.get("ss_tag_frequency", ""))
    counted = _object(notes.get("ss_dataset_dirs", ""))
    for name in folders or counted:
        yield _FOLDER_COUNT.sub("", str(name)).replace("_", " ")


def _words(texts: Iterable[Any]) -> Iterator[str]:
    for text in texts:
        if isinstance(text, str):
            parts = (" ".join(part.split()) for part in text.split(","))
            yield from (part for part in parts if part and len(part) <= _LONGEST)


def _picture(path: Path) -> Path | None:
    with suppress(OSError):
        return picture_of(path)
    return None


def _object(text: str) -> dict[str, Any]:
    try:
        value = parse_json(text) if text else {}
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def _weight(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if 0.0 < abs(value) <= MOST_LORA_WEIGHT else None
