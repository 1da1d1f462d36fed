"""Styles that people ask for most: each is some words for the prompt, and some for what it should not show."""

from __future__ import annotations

from collections.abc import Sequence

from studio.api import PromptStyleSpec, hookimpl


@hookimpl
def shoreline_prompt_styles() -> Sequence[PromptStyleSpec]:
    return [
        PromptStyleSpec(
            id="photograph",
            name="Photograph",
            prompt="a photograph of {prompt}, natural light, sharp focus",
            negative_prompt="drawing, painting, illustration",
            description="Natural light and sharp focus.",
        ),
        PromptStyleSpec(
            id="oil_painting",
            name="Oil painting",
            prompt="an oil painting of {prompt}, visible brush strokes, rich colours",
            negative_prompt="photograph",
            description="Visible brush strokes and rich colours.",
        ),
        PromptStyleSpec(
            id="watercolour",
            name="Watercolour",
            prompt="a watercolour painting of {prompt}, soft washes, paper texture",
            negative_prompt="photograph, hard outlines",
            description="Soft washes on paper.",
        ),
        PromptStyleSpec(
            id="ink_drawing",
            name="Ink drawing",
            prompt="an ink drawing of {prompt}, black lines on white paper, hatching",
            negative_prompt="colour, photograph",
            description="Black lines and hatching.",
        ),
        PromptStyleSpec(
            id="pencil_sketch",
            name="Pencil sketch",
            prompt="a pencil sketch of {prompt}, graphite, loose lines, shading",
            negative_prompt="colour, photograph",
            description="Loose lines and shading.",
        ),
        PromptStyleSpec(
            id="flat_illustration",
            name="Flat illustration",
            prompt="a flat illustration of {prompt}, clean shapes, few colours",
            negative_prompt="photograph, texture, noise",
            description="Clean shapes and few colours.",
        ),
        PromptStyleSpec(
            id="pixel_art",
            name="Pixel art",
            prompt="pixel art of {prompt}, few colours, crisp edges",
            negative_prompt="blur, photograph",
            description="Few colours and crisp edges.",
        ),
        PromptStyleSpec(
            id="concept_art",
            name="Concept art",
            prompt="concept art of {prompt}, dramatic light, wide view, detailed",
            negative_prompt="low detail",
            description="Dramatic light and much detail.",
        ),
    ]
