"""A1111's ``parameters`` text: prompt, negative prompt, and one line of settings."""

from __future__ import annotations

import contextlib
import json
import re
from typing import Any, Final

from studio.files.metadata.found import FoundMetadata, validated_settings
from studio.files.metadata.samplers import a1111_name, from_a1111
from studio.generation import GenerationSettings, LoraUse
from studio.text.untrusted import parse_json

_NEGATIVE: Final = "Negative prompt:"
_NEEDS_QUOTES: Final = re.compile(r'[,:\n"]')
_STEPS: Final = "Steps:"
_FEWEST_PAIRS: Final = 3


def a1111_text(settings: GenerationSettings) -> str:
    """Settings as A1111 would write them; other programs and sites read this."""
    lines = [" ".join(filter(None, (settings.prompt, *map(_lora_mark, settings.loras))))]
    if settings.negative_prompt:
        lines.append(f"{_NEGATIVE} {settings.negative_prompt}")
    pairs = {
        "Steps": str(settings.steps),
        "Sampler": a1111_name(settings.scheduler),
        "CFG scale": f"{settings.guidance_scale:g}",
        "Seed": str(settings.seed),
        "Size": f"{settings.width}x{settings.height}",
        "Model": settings.model,
    }
    if settings.variation:
        pairs["Variation seed"] = str(settings.variation_seed)
        pairs["Variation seed strength"] = f"{settings.variation:g}"
    if settings.tool != "text_to_image":
        pairs["Denoising strength"] = f"{settings.strength:g}"
    if settings.tile == "both":
        pairs["Tiling"] = "True"
    pairs["Version"] = "Shoreline"
    lines.append(", ".join(f"{key}: {_quoted(value)}" for key, value in pairs.items()))
    return "\n".join(lines)


def parse_a1111(text: str) -> FoundMetadata | None:
    """Settings from an A1111 text, also as Forge, Civitai and others write it; ``None`` if it is none."""
    lines = text.strip().replace("\r\n", "\n").split("\n")
    place = _settings_line(lines)
    if place is None:
        return None
    pairs = _pairs(lines[place])
    prompt, negative = _prompts(lines[:place])
    values: dict[str, Any] = {"prompt": prompt, "negative_prompt": negative, **_values(pairs)}
    settings, notes = validated_settings(values, pairs.get("Sampler"))
    return FoundMetadata(settings, text.strip(), "A1111", notes)


def _settings_line(lines: list[str]) -> int | None:
    """Where the settings are: the last line that begins with the steps, or else the last line if it has them.

    Extensions write lines of their own behind it, such as templates of the prompts.
    """
    marked = [place for place, line in enumerate(lines) if line.lstrip().startswith(_STEPS)]
    for place in (*reversed(marked), len(lines) - 1):
        pairs = _pairs(lines[place])
        if len(pairs) >= _FEWEST_PAIRS and "Steps" in pairs:
            return place
    return None


def _prompts(lines: list[str]) -> tuple[str, str]:
    """The prompt and the negative prompt, which starts at the last line marked so."""
    starts = [index for index, line in enumerate(lines) if line.startswith(_NEGATIVE)]
    if not starts:
        return "\n".join(lines).strip(), ""
    negative = "\n".join(lines[starts[-1] :]).removeprefix(_NEGATIVE)
    return "\n".join(lines[: starts[-1]]).strip(), negative.strip()


def _pairs(line: str) -> dict[str, str]:
    pairs: dict[str, str] = {}
    for field in _fields(line):
        key, colon, value = field.partition(":")
        if colon:
            pairs[key.strip()] = _unquoted(value.strip())
    return pairs


def _fields(line: str) -> list[str]:
    """The line cut at its commas, except inside a value that begins with a quotation mark. One pass, so that
    a hostile line of a million letters costs nothing."""
    fields: list[str] = []
    start, quoted, escaped, last = 0, False, False, ""
    for position, letter in enumerate(line):
        if quoted:
            quoted = escaped or letter != '"'
            escaped = letter == "\\" and not escaped
        elif letter == '"' and last == ":":
            quoted = True
        elif letter == ",":
            fields.append(line[start:position])
            start = position + 1
        last = letter if letter != " " else last
    return [*fields, line[start:]]


def _values(pairs: dict[str, str]) -> dict[str, Any]:
    width, _, height = pairs.get("Size", "").partition("x")
    values: dict[str, Any] = {
        "steps": pairs.get("Steps"),
        "seed": pairs.get("Seed"),
        "guidance_scale": pairs.get("CFG scale"),
        "width": width or None,
        "height": height or None,
        "model": pairs.get("Model"),
    }
    if "Variation seed strength" in pairs:
        values["variation"], values["variation_seed"] = pairs["Variation seed strength"], pairs.get("Variation seed")
    if pairs.get("Tiling") == "True":
        values["tile"] = "both"
    if "Sampler" in pairs:
        values["scheduler"] = from_a1111(pairs["Sampler"], pairs.get("Schedule type", ""))
    # A text-to-image with "hires fix" has a denoising strength too.
    if "Denoising strength" in pairs and not any(key.startswith("Hires") for key in pairs):
        values["strength"] = pairs["Denoising strength"]
        inpainted = any(key.startswith(("Mask blur", "Masked content", "Inpaint area")) for key in pairs)
        values["tool"] = "inpaint" if inpainted else "image_to_image"
    return values


def _lora_mark(use: LoraUse) -> str:
    text = "" if use.text_weight is None else f":{use.text_weight:g}"
    return f"<lora:{use.name.rpartition('/')[2]}{text}:{use.weight:g}>"


def _quoted(value: str) -> str:
    return json.dumps(value, ensure_ascii=False) if _NEEDS_QUOTES.search(value) else value


def _unquoted(value: str) -> str:
    if value.startswith('"') and value.endswith('"') and len(value) > 1:
        with contextlib.suppress(ValueError):
            return str(parse_json(value))
    return value
