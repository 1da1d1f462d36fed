"""Parts of the picture with words of their own: ``--region`` and ``--region-negative``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Final

import typer

from studio.document import Document, Region, with_region
from studio.errors import SettingError
from studio.files.part_names import part_name
from studio.jobs.region_parts import PartReader
from studio.plugin_host.files import PluginFiles

_FORM: Final = "PART=PROMPT"
_EXAMPLE: Final = 'left.png="a red cat"'
_OF_LAYER: Final = 'scene.ora#Sky="a red sky"'

Regions = Annotated[
    list[str] | None,
    typer.Option(
        "--region",
        metavar=_FORM,
        help="A part of the picture with a prompt of its own, before that of the picture. PART is a picture, where it "
        f"is opaque or, without transparency, white: {_EXAMPLE}; or a layer of a document: {_OF_LAYER} (img2img and "
        "inpaint: #Sky is a layer of IMAGE). May be repeated; a later one lies over those before.",
    ),
]
RegionNegatives = Annotated[
    list[str] | None,
    typer.Option("--region-negative", metavar="PART=WORDS", help="What to keep out of the part that --region names."),
]


@dataclass(frozen=True)
class RegionOption:
    """What the options say of one part."""

    part: str
    prompt: str
    negative_prompt: str = ""


def region_options(prompts: Sequence[str] | None, negatives: Sequence[str] | None) -> tuple[RegionOption, ...]:
    """What ``--region`` and ``--region-negative`` say. Raises `SettingError` for a text that says nothing."""
    found = {part: RegionOption(part, words) for part, words in _parsed(prompts or (), "--region")}
    for part, words in _parsed(negatives or (), "--region-negative"):
        if part not in found:
            raise SettingError(f"--region-negative names {part}, which no --region names.", f"Add --region {part}=….")
        found[part] = replace(found[part], negative_prompt=words)
    return tuple(found.values())


def document_in_regions(
    document: Document, options: Sequence[RegionOption], files: PluginFiles, own: Path | None = None
) -> Document:
    """The document with a hidden layer and a region for each option; parts of another size are made to fit it.

    ``own`` is the file that the document came from, for layers that are named alone. Raises `SettingError` for more
    regions than there can be and for layers that are not there, and what reading a picture raises.
    """
    reader = PartReader(files)
    for option in options:
        layer = reader.layer(part_name(option.part, own=own), document.width, document.height)
        region = Region(layer_id=layer.id, prompt=option.prompt, negative_prompt=option.negative_prompt)
        document = with_region(replace(document, layers=(*document.layers, layer)), region)
    return document


def _parsed(texts: Sequence[str], option: str) -> Iterator[tuple[str, str]]:
    for text in texts:
        part, separator, words = text.partition("=")
        if not separator or not part.strip():
            raise SettingError(f"{text!r} is no region.", f"Write {option} {_FORM}, such as {_EXAMPLE}.")
        yield part.strip(), words.strip()
