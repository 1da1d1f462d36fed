"""Looks for generation settings in whatever texts a picture carries."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, Final

from studio.files.metadata.a1111 import parse_a1111
from studio.files.metadata.comfyui import parse_comfyui
from studio.files.metadata.fooocus import parse_fooocus
from studio.files.metadata.found import PARAMETERS_KEY, SHORELINE_KEY, FoundMetadata
from studio.files.metadata.invokeai import INVOKE_KEY, parse_invokeai
from studio.files.metadata.shoreline import parse_shoreline, parse_xmp
from studio.files.metadata.user_comment import decode_user_comment
from studio.files.pictures.images import RawMetadata
from studio.message import Message
from studio.text.untrusted import parse_json

_BROKEN: Final = (ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError)


def read_metadata(raw: RawMetadata) -> FoundMetadata:
    """The settings of the first program whose metadata can be read, ours first. Never fails: what is broken
    makes a note; a text of unknown kind is only shown."""
    notes: list[str] = []
    text = ""
    for source, parse in _attempts(raw):
        try:
            found = parse()
        except _BROKEN:
            notes.append(Message("The metadata of {source} in it could not be read.", source=source))
            continue
        if found is None:
            continue
        notes.extend(found.notes)
        text = text or found.text
        if found.settings is not None:
            return FoundMetadata(found.settings, found.text, found.source, tuple(notes))
    return FoundMetadata(text=text or _plain_text(raw), notes=tuple(notes))


_Parse = Callable[[], FoundMetadata | None]


def _attempts(raw: RawMetadata) -> Iterator[tuple[str, _Parse]]:
    texts, comment = raw.texts, decode_user_comment(raw.user_comment)
    if SHORELINE_KEY in texts:
        yield "Shoreline", lambda: parse_shoreline(texts[SHORELINE_KEY])
    if raw.xmp:
        yield "Shoreline", lambda: parse_xmp(raw.xmp)
    if INVOKE_KEY in texts:
        yield "InvokeAI", lambda: parse_invokeai(_json(texts[INVOKE_KEY]))
    if "prompt" in texts or "workflow" in texts:
        yield "ComfyUI", lambda: parse_comfyui(_json(texts.get("prompt")), _json(texts.get("workflow")))
    for text in (texts.get(PARAMETERS_KEY, ""), comment):
        if text.lstrip().startswith("{"):
            yield "Fooocus", partial(_parse_json_text, text)
        elif text:
            yield "A1111", partial(parse_a1111, text)


def _parse_json_text(text: str) -> FoundMetadata | None:
    value = _json(text)
    if "prompt" in value and isinstance(value["prompt"], dict):
        return parse_comfyui(value["prompt"], value.get("workflow"))
    return parse_fooocus(value)


def _json(text: str | None) -> Any:
    return None if text is None else parse_json(text)


def _plain_text(raw: RawMetadata) -> str:
    known = [raw.texts.get(key, "") for key in (PARAMETERS_KEY, "Description", "Comment")]
    return next((text for text in (*known, decode_user_comment(raw.user_comment)) if text.strip()), "").strip()
