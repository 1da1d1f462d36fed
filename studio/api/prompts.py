"""What the prompts of a document say, for plugins."""

from __future__ import annotations

from studio.document import Document, Rect
from studio.generation import GenerationSettings
from studio.generation.scene_words import SceneWords, scene_words

__all__ = ["SceneWords", "prompt_of_picture", "scene_words"]


def prompt_of_picture(document: Document, area: Rect) -> str:
    """The prompt of the topmost visible layer in ``area`` that was drawn after one; "" if there is none."""
    for layer in reversed(list(document.walk())):
        if layer.visible and layer.settings and not layer.bounds_on(document.canvas).intersected(area).is_empty:
            prompt = _prompt(layer.settings)
            if prompt:
                return prompt
    return ""


def _prompt(settings: str) -> str:
    try:
        return GenerationSettings.read_json(settings).prompt.strip()
    except ValueError:
        return ""  # settings of another version, or of another program
