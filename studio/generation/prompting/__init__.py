"""The syntax of prompts: weights, changes over the steps, choices, wildcards, comments, sections, LoRAs."""

from studio.generation.loras import LoraUse
from studio.generation.prompting.choices import Wildcards, no_wildcards
from studio.generation.prompting.chunks import Chunk, Token, chunks_of
from studio.generation.prompting.colouring import Part, coloured
from studio.generation.prompting.comments import without_comments
from studio.generation.prompting.completing import CLOSING, begun_wildcard, fitting
from studio.generation.prompting.emphasis import Section, Span, sections
from studio.generation.prompting.prompt import Prompt, parse, resolve
from studio.generation.prompting.reweighting import Edit, reweighted

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
    "resolve",
    "reweighted",
    "sections",
    "without_comments",
]
