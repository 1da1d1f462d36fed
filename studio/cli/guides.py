"""Pictures that the drawing commands draw after: ``--control`` and ``--control-from``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Final

import typer

from studio.api import GuideSpec
from studio.document import Document, Guide, PaintLayer, Raster, add_guide
from studio.errors import SettingError
from studio.plugin_host import PluginHost
from studio.plugin_host.files import PluginFiles
from studio.raster.convert import premultiply

_FORM: Final = "KIND=FILE[:STRENGTH[:START-END]]"
_NUMBER: Final = r"\d*\.?\d+"
_WRITTEN: Final = re.compile(
    rf"(?P<kind>\w+)=(?P<file>.+?)(:(?P<strength>{_NUMBER})(:(?P<start>{_NUMBER})-(?P<end>{_NUMBER}))?)?", re.DOTALL
)

Controls = Annotated[
    list[str] | None,
    typer.Option(
        "--control",
        metavar=_FORM,
        help="A picture of edges, depth, a pose and the like to draw after, such as canny=edges.png:0.8:0-0.6.",
    ),
]
ControlsFrom = Annotated[
    list[str] | None,
    typer.Option("--control-from", metavar=_FORM, help="The same with any picture, of which the guide is made."),
]


@dataclass(frozen=True, kw_only=True)
class ControlOption:
    """What one of the options says."""

    kind: str
    file: Path
    strength: float = 1.0
    start: float = 0.0
    end: float = 1.0
    from_picture: bool = False


def control_options(ready: Sequence[str] | None, pictures: Sequence[str] | None) -> tuple[ControlOption, ...]:
    """What ``--control`` and ``--control-from`` say. Raises `SettingError` for a text that says nothing."""
    given = [(text, False) for text in ready or ()] + [(text, True) for text in pictures or ()]
    return tuple(_parsed(text, from_picture=from_picture) for text, from_picture in given)


def guided_document(
    document: Document, options: Sequence[ControlOption], host: PluginHost, files: PluginFiles
) -> Document:
    """The document with a hidden layer and a guide for each option; pictures of another size are made to fit it.

    Raises `SettingError` for a kind that no plugin adds, and what reading a picture raises.
    """
    kinds = host.specs(GuideSpec)
    for option, layer in _layers(document, options, kinds, files):
        guide = Guide(
            kind=option.kind,
            layer_id=layer.id,
            strength=option.strength,
            start=option.start,
            end=option.end,
            from_picture=option.from_picture,
        )
        document = add_guide(replace(document, layers=(*document.layers, layer)), guide)
    return document


def _parsed(text: str, *, from_picture: bool) -> ControlOption:
    found = _WRITTEN.fullmatch(text)
    if found is None:
        raise SettingError(f"{text!r} is no control.", f"Write --control {_FORM}, such as canny=edges.png:0.8:0-0.6.")
    numbers = {name: float(found[name]) for name in ("strength", "start", "end") if found[name] is not None}
    return ControlOption(kind=found["kind"], file=Path(found["file"]), from_picture=from_picture, **numbers)


def _layers(
    document: Document, options: Sequence[ControlOption], kinds: Mapping[str, GuideSpec], files: PluginFiles
) -> Iterator[tuple[ControlOption, PaintLayer]]:
    # OpenCV comes with this import; at the top it would delay every start.
    from studio.generation.pictures import scaled

    for option in options:
        if option.kind not in kinds:
            raise SettingError(
                f"There is no kind of control {option.kind!r}.", f"Known are: {', '.join(kinds) or 'none'}."
            )
        pixels = scaled(premultiply(files.read_picture(option.file)), document.width, document.height)
        yield option, PaintLayer(name=kinds[option.kind].name, raster=Raster.from_array(pixels), visible=False)
