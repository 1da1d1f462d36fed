"""InvokeAI's ``invokeai_metadata`` JSON (versions 3 to 6)."""

from __future__ import annotations

import json
from typing import Any, Final

from studio.files.metadata.found import FoundMetadata, validated_settings
from studio.files.metadata.samplers import from_invoke

INVOKE_KEY: Final = "invokeai_metadata"
_FIELDS: Final = {
    "prompt": "positive_prompt",
    "negative_prompt": "negative_prompt",
    "seed": "seed",
    "steps": "steps",
    "guidance_scale": "cfg_scale",
    "width": "width",
    "height": "height",
    "strength": "strength",
}


def parse_invokeai(value: dict[str, Any]) -> FoundMetadata:
    """Settings from the decoded JSON. Raises ``AttributeError`` or ``TypeError`` if it is of another shape."""
    values: dict[str, Any] = {field: value.get(key) for field, key in _FIELDS.items()}
    model = value.get("model")
    if isinstance(model, dict):
        values["model"] = model.get("name") or model.get("model_name")
    if isinstance(value.get("scheduler"), str):
        values["scheduler"] = from_invoke(value["scheduler"])
    mode = str(value.get("generation_mode", ""))
    if "inpaint" in mode or "outpaint" in mode:
        values["tool"] = "inpaint"
    elif "img2img" in mode:
        values["tool"] = "image_to_image"
    else:
        values["strength"] = None
    settings, notes = validated_settings(values, value.get("scheduler"))
    return FoundMetadata(settings, json.dumps(value, indent=2, ensure_ascii=False), "InvokeAI", notes)
