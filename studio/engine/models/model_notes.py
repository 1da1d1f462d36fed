"""What is noted of a model by those who made it or by other programs: title, licence, source, trigger words.

It is read from the file's metadata (the keys of modelspec, https://github.com/Stability-AI/ModelSpec, and those that
training programs write), from what other programs keep beside it, and from the card of its folder.
"""

from __future__ import annotations

import re
from base64 import b64decode
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from studio.engine.models.companions import CARD, noted_beside
from studio.engine.models.lora_facts import metadata_of, trigger_words
from studio.text.untrusted import parse_json

_LARGEST_CARD: Final = 1 << 20
_LONGEST: Final = 2000
_MOST_TAGS: Final = 16
_FIELD: Final = re.compile(r"([A-Za-z_]+):[ \t]*(.*)")
_HUB_FOLDER: Final = re.compile(r"([A-Za-z0-9][\w.]*(?:-[\w.]+)*)--([A-Za-z0-9_][\w.-]*)", re.ASCII)


@dataclass(frozen=True, kw_only=True)
class ModelNotes:
    """What is noted, as texts for a person; "" or empty where nothing is.

    ``source`` is an address. ``words`` are trigger words, ``tags`` what was most often said of the pictures that a LoRA
    was taught with, the most frequent first.
    """

    title: str = ""
    author: str = ""
    licence: str = ""
    source: str = ""
    about: str = ""
    made_for: str = ""
    words: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()


def read_notes(model: Path) -> ModelNotes:
    """What is noted of a model. Notes that cannot be read are left out; it never raises for them."""
    metadata = metadata_of(model)
    others = noted_beside(model)
    home = _home(model)
    card = _card(home)
    civitai = [_inner(values, "civitai") or values for values in others]
    return ModelNotes(
        title=_first(metadata.get("modelspec.title"), *(_inner(each, "model").get("name") for each in civitai)),
        author=_first(metadata.get("modelspec.author")),
        licence=_first(metadata.get("modelspec.license"), card.get("license_name"), card.get("license")),
        source=_first(*map(_page, civitai), _hub_page(home) if card else ""),
        about=_first(metadata.get("modelspec.description"), *(each.get("description") for each in others)),
        made_for=_first(
            metadata.get("ss_sd_model_name"),
            *(each.get("baseModel") for each in civitai),
            *(each.get("base_model") for each in others),
            card.get("base_model"),
        ),
        words=() if model.is_dir() else trigger_words(metadata, others) or _first_words(card.get("instance_prompt")),
        tags=_frequent_tags(metadata.get("ss_tag_frequency", "")),
    )


def embedded_picture(model: Path) -> bytes:
    """The small picture that a file holds of itself (``modelspec.thumbnail``, a data address), or none."""
    start, _, content = metadata_of(model).get("modelspec.thumbnail", "").partition(",")
    if not start.startswith("data:image/") or not start.endswith(";base64"):
        return b""
    try:
        return b64decode(content, validate=True)
    except ValueError:
        return b""


def _card(folder: Path) -> dict[str, str]:
    """The first lines of a card, between rows of dashes: names and their values, the first of a list."""
    try:
        with (folder / CARD).open(encoding="utf-8-sig", errors="replace") as file:
            text = file.read(_LARGEST_CARD)
    except OSError:
        return {}
    if not text.startswith("---"):
        return {}
    return dict(_fields(text[3:].partition("\n---")[0].splitlines()))


def _fields(lines: Iterable[str]) -> Iterable[tuple[str, str]]:
    name = ""
    for line in lines:
        found = _FIELD.fullmatch(line.strip()) if not line.startswith((" ", "-")) else None
        if found is not None:
            name = "" if found[2] else found[1]
            yield found[1], _unquoted(found[2])
        elif name and line.strip().startswith("- "):
            yield name, _unquoted(line.strip()[2:])
            name = ""


def _unquoted(value: str) -> str:
    value = value.strip()
    value = value[1:-1].partition(",")[0].strip() if value.startswith("[") and value.endswith("]") else value
    return value[1:-1] if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'" else value


def _first_words(text: str | None) -> tuple[str, ...]:
    return (text[:_LONGEST],) if text else ()


def _frequent_tags(text: str) -> tuple[str, ...]:
    """From ``{"folder": {"tag": count}}``."""
    try:
        folders = parse_json(text) if text else {}
    except ValueError:
        return ()
    counts: Counter[str] = Counter()
    for tags in folders.values() if isinstance(folders, dict) else ():
        for tag, count in tags.items() if isinstance(tags, dict) else ():
            if isinstance(count, int) and tag.strip():
                counts[tag.strip()[:100]] += count
    return tuple(tag for tag, _ in counts.most_common(_MOST_TAGS))


def _page(values: Mapping[str, Any]) -> str:
    """The page of a model that a program fetched from Civitai."""
    number = values.get("modelId")
    return f"https://civitai.com/models/{number}" if isinstance(number, int) and 0 < number < 10**12 else ""


def _home(model: Path) -> Path:
    """The folder whose card is that of a model: itself, the one that it lies in, or one above that was downloaded."""
    if model.is_dir():
        return model
    return next((folder for folder in model.parents[:3] if _HUB_FOLDER.fullmatch(folder.name)), model.parent)


def _hub_page(home: Path) -> str:
    """The page of a model that was downloaded here, into a folder ``owner--name``."""
    found = _HUB_FOLDER.fullmatch(home.name)
    return f"https://huggingface.co/{found[1]}/{found[2]}" if found is not None else ""


def _inner(values: Mapping[str, Any], name: str) -> dict[str, Any]:
    value = values.get(name)
    return value if isinstance(value, dict) else {}


def _first(*values: object) -> str:
    """The first that is a text with something in it, on one line and of a sensible length."""
    texts = (" ".join(value[:_LONGEST].split()) for value in values if isinstance(value, str))
    return next((text for text in texts if text), "")
