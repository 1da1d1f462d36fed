"""The syntax of prompts: weights, changes over the steps, choices, wildcards, comments, sections, LoRAs.

Names are imported when they are used first: an empty prompt has no syntax.
"""

from typing import TYPE_CHECKING

from studio.system.late_imports import late_names

if TYPE_CHECKING:
    from studio.generation.loras import LoraUse
    from studio.generation.prompting.choices import Wildcards, no_wildcards
    from studio.generation.prompting.chunks import Chunk, Token, chunks_of
    from studio.generation.prompting.colouring import Part, coloured
    from studio.generation.prompting.comments import without_comments
    from studio.generation.prompting.completing import CLOSING, begun_wildcard, fitting
    from studio.generation.prompting.emphasis import Section, Span, sections
    from studio.generation.prompting.prompt import Prompt, parse, resolve
    from studio.generation.prompting.regional import regional
    from studio.generation.prompting.reweighting import Edit, reweighted
else:
    __getattr__ = late_names(
        __name__,
        {
            "studio.generation.loras": ("LoraUse",),
            "studio.generation.prompting.choices": ("Wildcards", "no_wildcards"),
            "studio.generation.prompting.chunks": ("Chunk", "Token", "chunks_of"),
            "studio.generation.prompting.colouring": ("Part", "coloured"),
            "studio.generation.prompting.comments": ("without_comments",),
            "studio.generation.prompting.completing": ("CLOSING", "begun_wildcard", "fitting"),
            "studio.generation.prompting.emphasis": ("Section", "Span", "sections"),
            "studio.generation.prompting.prompt": ("Prompt", "parse", "resolve"),
            "studio.generation.prompting.regional": ("regional",),
            "studio.generation.prompting.reweighting": ("Edit", "reweighted"),
        },
    )

__all__ = [
    "CLOSING",
    "Chunk",
    "Edit",
    "LoraUse",
    "Part",
    "Prompt",
    "Section",
    "Span",
    "Token",
    "Wildcards",
    "begun_wildcard",
    "chunks_of",
    "coloured",
    "fitting",
    "no_wildcards",
    "parse",
    "regional",
    "resolve",
    "reweighted",
    "sections",
    "without_comments",
]
