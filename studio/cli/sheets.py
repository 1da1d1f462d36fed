"""``shoreline sheet``: pictures, layers or frames on one sprite sheet."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Annotated, cast

import typer

from studio.cli.jobs import interrupt_cancels
from studio.cli.options import AsJson
from studio.cli.output import ProgressLine, print_facts
from studio.cli.services import build_services
from studio.document import Pixels
from studio.editing.sprites import Material, SpriteSource, sprite_sources, sprites_of
from studio.errors import FileError, SettingError
from studio.files.animation.frames import pictures_in
from studio.files.sheets.layout import SheetOptions, Trim, check_sheet
from studio.files.sheets.sheet import Sprite, check_target, write_sheet
from studio.generation import CancelToken
from studio.paths import default_paths
from studio.plugin_host.files import PluginFiles


def register(app: typer.Typer) -> None:
    app.command("sheet")(sheet)


def sheet(
    sources: Annotated[
        list[Path], typer.Argument(help="Pictures and folders of pictures; or one document, whose layers or frames.")
    ],
    output: Annotated[Path, typer.Option("-o", "--output", help="The sheet (.png); a .json is written beside it.")],
    of: Annotated[
        str | None, typer.Option("--of", help="What of a document: frames, results, visible or layers.")
    ] = None,
    columns: Annotated[int | None, typer.Option(help="Sprites in a row; about a square if left out.")] = None,
    padding: Annotated[int, typer.Option(help="Transparent pixels between sprites.")] = 2,
    extrude: Annotated[int, typer.Option(help="How often a sprite's outermost pixels are repeated around it.")] = 0,
    trim: Annotated[str, typer.Option(help="Cut transparent borders: none, each, or together by one box.")] = "none",
    power_of_two: Annotated[bool, typer.Option("--power-of-two", help="Widen the sheet to powers of two.")] = False,
    as_json: AsJson = False,
) -> None:
    """Put pictures, or the layers or frames of a document, on one sheet with a JSON file of where each lies."""
    options = SheetOptions(
        columns=columns, padding=padding, extrude=extrude, trim=cast("Trim", trim), power_of_two=power_of_two
    )
    check_sheet(options)
    check_target(output)
    sprites = _sprites(sources, of, output)
    cancel, progress = CancelToken(), ProgressLine(quiet=as_json)
    with interrupt_cancels(cancel):
        try:
            notes = write_sheet(output, sprites, options, cancel=cancel, report=progress)
        finally:
            progress.done()
    written = [str(output.with_suffix(suffix).resolve()) for suffix in (".png", ".json")]
    facts = {"path": written[0], "description": written[1], "sprites": len(sprites), "notes": list(notes)}
    print_facts(facts, as_json=as_json, text="\n".join([*written, *notes]))


def _sprites(sources: list[Path], of: str | None, output: Path) -> list[Sprite]:
    files = PluginFiles(build_services(default_paths()).host)
    paths = [path for source in sources for path in (pictures_in(source) if source.is_dir() else [source])]
    for path in paths:
        if path.resolve() == output.with_suffix(".png").resolve():
            raise FileError("The sheet would take the place of {file}.", "Give another name.", file=path.name)
    if len(paths) == 1:
        material = Material(files.open(paths[0]).document)
        return sprites_of(material, _source(material, of, paths[0].name))
    if of is not None:
        raise SettingError("--of chooses from one document, but there are several.", "Leave it out, or give one.")
    return [_picture(files, path) for path in paths]


def _source(material: Material, of: str | None, name: str) -> SpriteSource:
    known = sprite_sources(material)
    if of is None:
        return SpriteSource.FRAMES if SpriteSource.FRAMES in known else SpriteSource.LAYERS
    if of not in known:
        raise SettingError(
            "{file} has nothing of {of!r}.", "It has: {known}.", file=name, of=of, known=", ".join(known) or "nothing"
        )
    return SpriteSource(of)


def _picture(files: PluginFiles, path: Path) -> Sprite:
    draw: partial[Pixels] = partial(files.read_picture, path)
    height, width = draw().shape[:2]
    return Sprite(path.stem, (width, height), draw)
