"""Styles in words, offered beside the prompt: nothing of them is called."""

from __future__ import annotations

from typing import Final

from studio.api import PromptStyleSpec
from studio.api.prompt_styles import PLACE
from studio.errors import PluginError
from studio.plugin_host.kinds.kind import Kind


def _check(spec: PromptStyleSpec) -> None:
    if spec.prompt.count(PLACE) != 1:
        raise PluginError(
            "The prompt of the prompt_style {spec} must have {place} in it once.",
            'Write it where the words of the person go: prompt="a watercolour of {place}".',
            spec=spec.id,
            place=PLACE,
        )
    if not spec.prompt.replace(PLACE, "").strip(" ,") and not spec.negative_prompt.strip():
        raise PluginError("The prompt_style {spec} adds no words.", "Write some into its prompt.", spec=spec.id)


def _try(spec: PromptStyleSpec) -> str:
    given = ("a beach", "fog")
    return "" if spec.taken_from(*spec.added_to(*given)) == given else "it cannot be taken away again."


PROMPT_STYLES: Final = Kind(
    id="prompt_style",
    label="Prompt style: {name}",
    hook="shoreline_prompt_styles",
    spec=PromptStyleSpec,
    callback="",
    trial=_try,
    check=_check,
)
