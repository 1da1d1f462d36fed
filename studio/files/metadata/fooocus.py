"""Fooocus's JSON, in a PNG's ``parameters`` or a JPEG's or WebP's UserComment."""

from __future__ import annotations

import json
import re
from typing import Any, Final

from studio.files.metadata.found import FoundMetadata, validated_settings
from studio.files.metadata.samplers import from_comfy

_FIELDS: Final = {
    "prompt": "prompt",
    "negative_prompt": "negative_prompt",
    "seed": "seed",
    "steps": "steps",
    "guidance_scale": "guidance_scale",
}


def parse_fooocus(value: dict[str, Any]) -> FoundMetadata | None:
    """Settings from the decoded JSON; ``None`` if it has no prompt. Keys may be those of Fooocus's log
    ("Negative Prompt") or of its files ("negative_prompt")."""
    keyed = {key.lower().replace(" ", "_"): item for key, item in value.items()}
    if "prompt" not in keyed:
        return None
    values: dict[str, Any] = {field: keyed.get(key) for field, key in _FIELDS.items()}
    sides = re.findall(r"\d+", str(keyed.get("resolution", "")))
    if len(sides) == 2:
        values["width"], values["height"] = sides
    values["model"] = keyed.get("base_model")
    if isinstance(keyed.get("sampler"), str):
        values["scheduler"] = from_comfy(keyed["sampler"], str(keyed.get("scheduler", "")))
    settings, notes = validated_settings(values, keyed.get("sampler"))
    return FoundMetadata(settings, json.dumps(value, indent=2, ensure_ascii=False), "Fooocus", notes)
