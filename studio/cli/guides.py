"""Pictures that the drawing commands draw after: ``--control``, ``--control-from`` and ``--reference``."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Final

import typer

from studio.api import GuideSpec
from studio.cli.regions import RegionOption, document_in_regions
from studio.document import Document, Guide, PaintLayer, Raster, add_guide
from studio.errors import SettingError
from studio.plugin_host import PluginHost
from studio.plugin_host.files import PluginFiles
from studio.raster.convert import premultiply

_FORM: Final = "KIND=FILE[:STRENGTH[:START-END]][@PART]"
_REFERENCE: Final = "--reference"
_EXAMPLES: Final = {
    "--control": "canny=edges.png:0.8:0-0.6",
    "--control-from": "canny=photo.png:0.8:0-0.6",
    _REFERENCE: "style=ink.png:0.7",
}
_NUMBER: Final = r"(?:\d+\.?\d*|\.\d+)"
_RANGE: Final = re.compile(rf"({_NUMBER})-({_NUMBER})")
_PART_OF_A_NAME: Final = re.compile(r"[/\\]|\.[A-Za-z]\w*$")
"""What is after a colon and holds this is no number, however wrong, but the rest of a file's name."""

Controls = Annotated[
    list[str] | None,
    typer.Option(
        "--control",
        metavar=_FORM,
        help=f"A picture of edges, depth, a pose and the like to draw after, such as {_EXAMPLES['--control']}; with "
        "@PART it is felt in the part that a --region names so.",
    ),
]
ControlsFrom = Annotated[
    list[str] | None,
    typer.Option("--control-from", metavar=_FORM, help="The same with any picture, of which the guide is made."),
]

References = Annotated[
    list[str] | None,
    typer.Option(
        _REFERENCE,
        metavar=_FORM,
        help=f"A picture to resemble in its style, composition, a face or all of it, such as {_EXAMPLES[_REFERENCE]}.",
    ),
]


@dataclass(frozen=True)
class GuideOption:
    """What one of the options says: a picture, and a guide that has no layer yet. It is felt in the region that is
    called ``part``, or where that is "" in the whole picture."""

    file: Path
    guide: Guide
    is_reference: bool = False
    part: str = ""


def guide_options(
    ready: Sequence[str] | None,
    pictures: Sequence[str] | None,
    references: Sequence[str] | None,
    regions: Sequence[RegionOption] = (),
) -> tuple[GuideOption, ...]:
    """What ``--control``, ``--control-from`` and ``--reference`` say, beside these regions. Raises `SettingError` for a
    text that says nothing, and for a part that is no region."""
    given = {"--control": ready, "--control-from": pictures, _REFERENCE: references}
    parts = {region.part for region in regions}
    return tuple(_in_part(text, option, parts) for option, texts in given.items() for text in texts or ())


def drawn_after(
    document: Document,
    guides: Sequence[GuideOption],
    regions: Sequence[RegionOption],
    host: PluginHost,
    files: PluginFiles,
    own: Path | None = None,
) -> Document:
    """The document in its regions with its guides, see `document_in_regions` and `guided_document`."""
    document = document_in_regions(document, regions, files, own=own)
    return guided_document(document, guides, host, files, [region.part for region in regions])


def guided_document(
    document: Document,
    options: Sequence[GuideOption],
    host: PluginHost,
    files: PluginFiles,
    parts: Sequence[str] = (),
) -> Document:
    """The document with a hidden layer and a guide for each option; controls of another size are made to fit it.
    ``parts`` are what the options call its last regions.

    Raises `SettingError` for a kind that no plugin adds, and what reading a picture raises.
    """
    kinds = host.specs(GuideSpec)
    last = document.regions[len(document.regions) - len(parts) :]
    places = {part: region.layer_id for part, region in zip(parts, last, strict=True)}
    for option, layer in _layers(document, options, kinds, files):
        guide = replace(option.guide, layer_id=layer.id, region_id=places.get(option.part))
        document = add_guide(replace(document, layers=(*document.layers, layer)), guide)
    return document


def _in_part(text: str, option: str, parts: Collection[str]) -> GuideOption:
    """What an option says; an @ may stand in the name of a file too."""
    whole, separator, part = text.rpartition("@")
    if separator and part in parts:
        return replace(_parsed(whole, option), part=part)
    parsed = _parsed(text, option)
    if separator and not parsed.file.exists():
        raise SettingError(f"{option} names {part}, which no --region names.", f"Add --region {part}=….")
    return parsed


def _parsed(text: str, option: str) -> GuideOption:
    kind, _, rest = text.partition("=")
    file, strength, span = _parts(rest, text, option)
    if not re.fullmatch(r"\w+", kind) or not file:
        raise _no_guide(text, option, "it names no kind" if file else "it names no file")
    guide = Guide(kind=kind, from_picture=option == "--control-from")
    if strength is not None:
        if not re.fullmatch(_NUMBER, strength):
            raise _no_guide(text, option, f"{strength!r} is no strength")
        guide = replace(guide, strength=float(strength))
    if span is not None:
        found = _RANGE.fullmatch(span)
        if found is None:
            raise _no_guide(text, option, f"{span!r} is no share of the steps")
        guide = replace(guide, start=float(found[1]), end=float(found[2]))
    return GuideOption(Path(file), guide, is_reference=option == _REFERENCE)


def _parts(rest: str, text: str, option: str) -> tuple[str, str | None, str | None]:
    """The file, the strength and the range, as they are written; colons in names of files separate nothing."""
    pieces = rest.split(":")
    numbers: list[str] = []
    while len(pieces) > 1 and not _PART_OF_A_NAME.search(pieces[-1]):
        numbers.insert(0, pieces.pop())
    if len(numbers) > 2:
        raise _no_guide(text, option, "it has too many numbers")
    strength, span, *_ = (*numbers, None, None)
    return ":".join(pieces), strength, span


def _no_guide(text: str, option: str, why: str) -> SettingError:
    what = _name_of(is_reference=option == _REFERENCE)
    return SettingError(f"{text!r} is no {what}: {why}.", f"Write {option} {_FORM}, such as {_EXAMPLES[option]}.")


def _name_of(*, is_reference: bool) -> str:
    return "reference" if is_reference else "control"


def _layers(
    document: Document, options: Sequence[GuideOption], kinds: Mapping[str, GuideSpec], files: PluginFiles
) -> Iterator[tuple[GuideOption, PaintLayer]]:
    # OpenCV comes with this import; at the top it would delay every start.
    from studio.generation.pictures import scaled

    for option in options:
        kind = option.guide.kind
        fitting = [each for each, spec in kinds.items() if bool(spec.reference) == option.is_reference]
        if kind not in fitting:
            what = _name_of(is_reference=option.is_reference)
            raise SettingError(f"There is no kind of {what} {kind!r}.", f"Known are: {', '.join(fitting) or 'none'}.")
        pixels = premultiply(files.read_picture(option.file))
        if not option.is_reference:
            pixels = scaled(pixels, document.width, document.height)
        yield option, PaintLayer(name=kinds[kind].name, raster=Raster.from_array(pixels), visible=False)
