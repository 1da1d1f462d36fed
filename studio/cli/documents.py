"""Commands on files: render, filter."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, BinaryIO

import typer

from studio.api import FilterSpec
from studio.api.parameters import validated_parameters
from studio.cli.generation import WRITTEN, parse_parameters
from studio.cli.options import AsJson
from studio.cli.output import print_facts
from studio.cli.services import build_services
from studio.document import Raster
from studio.editing.filters import filtered
from studio.errors import SettingError
from studio.files import read_mask
from studio.files.disk.atomic import write_atomically
from studio.files.pictures.fast_png import encode_png
from studio.files.thumbnails import file_thumbnail
from studio.generation import CancelToken
from studio.paths import default_paths
from studio.plugin_host import PluginHost
from studio.plugin_host.files import PluginFiles


def register(app: typer.Typer) -> None:
    app.command("render")(render)
    app.command("filter")(run_filter)
    app.command("thumbnail")(thumbnail)


def render(
    document: Annotated[Path, typer.Argument(help="The document to flatten: .ora, .psd or a picture.")],
    output: Annotated[Path, typer.Option("-o", "--output", help=WRITTEN)],
    as_json: AsJson = False,
) -> None:
    """Flatten a document to a picture, or convert it to OpenRaster or Photoshop's format."""
    files = PluginFiles(build_services(default_paths()).host)
    opened = files.open(document)
    opened.check_overwriting(output)
    notes = [*opened.notes, *files.save(opened.document, output, settings=opened.settings)]
    facts = {
        "path": str(output.resolve()),
        "size": [opened.document.width, opened.document.height],
        "layers": sum(1 for _ in opened.document.walk()),
        "notes": notes,
    }
    print_facts(facts, as_json=as_json, text="\n".join([str(output.resolve()), *notes]))


def thumbnail(
    document: Annotated[Path, typer.Argument(help="Any file that opens.")],
    output: Annotated[Path, typer.Argument(help="The PNG file to write.")],
    size: Annotated[int, typer.Option(min=16, max=2048, help="The longer side in pixels, at most.")] = 256,
) -> None:
    """Write a small picture of a file; file managers call this for .ora."""
    data = encode_png(file_thumbnail(document, size))

    def write(stream: BinaryIO) -> None:
        stream.write(data)

    write_atomically(output, write)


def run_filter(
    filter_id: Annotated[str, typer.Argument(help="A filter id; `shoreline plugins list` shows them.")],
    document: Annotated[Path, typer.Argument(help="The picture or document; its active layer is filtered.")],
    output: Annotated[Path, typer.Option("-o", "--output", help=WRITTEN)],
    mask: Annotated[Path | None, typer.Option(help="A picture of the same size: white where to filter.")] = None,
    parameters: Annotated[
        list[str] | None, typer.Option("--set", metavar="NAME=VALUE", help="A parameter of the filter.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Run a filter on a picture, or on the active layer of a document."""
    host = build_services(default_paths()).host
    spec = _filter(host, filter_id)
    values = validated_parameters(spec.parameters, parse_parameters(parameters))
    files = PluginFiles(host)
    opened = files.open(document)
    opened.check_overwriting(output)
    before = opened.document
    if mask is not None:
        before = before.with_selection(Raster.from_array(read_mask(mask, (before.width, before.height))))
    if before.active_id is None:
        raise SettingError(f"{document.name} has no active layer.", "Open it in the window, select one, and save it.")
    after = filtered(before, before.active_id, spec, values, cancel=CancelToken(), report=_unheard)
    after = after.with_selection(opened.document.selection)
    notes = [*opened.notes, *files.save(after, output, settings=opened.settings)]
    facts = {"path": str(output.resolve()), "filter": filter_id, "parameters": values, "notes": notes}
    print_facts(facts, as_json=as_json, text="\n".join([str(output.resolve()), *notes]))


def _filter(host: PluginHost, filter_id: str) -> FilterSpec:
    filters = host.specs(FilterSpec)
    if filter_id not in filters:
        raise SettingError(f"There is no filter {filter_id!r}.", f"Known are: {', '.join(filters) or 'none'}.")
    return filters[filter_id]


def _unheard(fraction: float, message: str) -> None:
    """Progress that nobody watches."""
