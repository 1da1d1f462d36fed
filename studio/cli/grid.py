"""Pictures side by side that differ in two or three parameters: ``shoreline grid``."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Final

import typer

from studio.api import PromptStyleSpec, SchedulerSpec, ToolSpec
from studio.cli.generation import (
    Guidance,
    Loras,
    Model,
    Negative,
    Parameters,
    Prompt,
    Scheduler,
    Size,
    Steps,
    Strength,
    TileOption,
    asked_size,
    check_output,
    document_of,
    make_settings,
    sampling,
)
from studio.cli.guides import Controls, ControlsFrom, References, drawn_after, guide_options
from studio.cli.jobs import EndedGrid, run_grid
from studio.cli.options import AsJson, Device, Memory, Precision
from studio.cli.output import print_facts, print_notes
from studio.cli.regions import RegionNegatives, Regions, region_options
from studio.cli.services import build_services
from studio.composition import Services
from studio.document import Document, Raster, new_document
from studio.errors import Cancelled, SettingError
from studio.files import read_mask
from studio.generation import GenerationSettings
from studio.generation.grids import GridPlan, GridTask
from studio.paths import default_paths
from studio.plugin_host.files import PluginFiles
from studio.text.amounts import duration_text

if TYPE_CHECKING:
    from studio.jobs.grids.axis_kind import AxisKind
    from studio.jobs.grids.kinds import GridParts

_AXIS: Final = "NAME=VALUES"
_ALIASES: Final = MappingProxyType({"guidance": "guidance_scale", "negative": "negative_prompt"})
_TOOLS: Final = MappingProxyType({"text_to_image": 1.0, "image_to_image": 0.6, "inpaint": 1.0})
"""The usual tools with their strengths."""

Outputs = Annotated[
    list[Path],
    typer.Option(
        "-o", "--output", help="An .ora gets a layer a picture, any other file the labelled sheet; may be repeated."
    ),
]
Across = Annotated[
    str,
    typer.Option(
        "-x",
        metavar=_AXIS,
        help="What changes from column to column, such as steps=4,8,20 or guidance=2-8 (+2) or strength=0.2-1 [5] or "
        "seed=1-4 or scheduler=* or model=starter,other or lora:ink=0-1 [5] or size=256x256,384x256. Words: "
        'replace="red,blue" looks for the first in the prompt, add=, prompt= and negative= give texts. Also parameters '
        "of the tool by their names, guide:1= and region:1= for control layers and regions. A wrong name lists all.",
    ),
]
Down = Annotated[str | None, typer.Option("-y", metavar=_AXIS, help="The same from row to row.")]
Apart = Annotated[
    str | None, typer.Option("-z", metavar=_AXIS, help="The same from sheet to sheet, one below another.")
]


def register(app: typer.Typer) -> None:
    app.command("grid")(grid)


def grid(
    prompt: Prompt,
    outputs: Outputs,
    across: Across,
    down: Down = None,
    apart: Apart = None,
    image: Annotated[Path | None, typer.Option(help="A picture to redraw in every cell.")] = None,
    mask: Annotated[Path | None, typer.Option(help="Where to redraw it: white on black, of the same size.")] = None,
    tool: Annotated[str | None, typer.Option(help="Another tool; `shoreline plugins list` shows them.")] = None,
    negative: Negative = "",
    strength: Strength = None,
    seed: Annotated[int, typer.Option(help="One seed for all pictures; -1 is a random one.")] = 1,
    steps: Steps = None,
    guidance: Guidance = None,
    size: Size = None,
    scheduler: Scheduler = None,
    model: Model = None,
    tile: TileOption = "off",
    work: Annotated[
        Path | None,
        typer.Option(help="Folder for the pictures on their way; NAME.cells beside the output if left out."),
    ] = None,
    keep_cells: Annotated[bool, typer.Option("--keep-cells", help="Leave the work folder at the end.")] = False,
    restart: Annotated[bool, typer.Option("--restart", help="Draw all pictures anew.")] = False,
    device: Device = None,
    precision: Precision = None,
    memory: Memory = None,
    loras: Loras = None,
    controls: Controls = None,
    controls_from: ControlsFrom = None,
    references: References = None,
    regions: Regions = None,
    region_negatives: RegionNegatives = None,
    parameters: Parameters = None,
    as_json: AsJson = False,
) -> None:
    """Draw pictures side by side that differ in two or three parameters. A run that was stopped goes on with
    the same command."""
    services = build_services(default_paths(), device=device, precision=precision, memory=memory)
    files = PluginFiles(services.host)
    for output in outputs:
        check_output(output, files)
    tool_id = tool or ("text_to_image" if image is None else "image_to_image" if mask is None else "inpaint")
    width, height = asked_size(size, services.library, model)
    settings = make_settings(
        tool=tool_id,
        prompt=prompt,
        width=width,
        height=height,
        strength=_TOOLS.get(tool_id) if strength is None else strength,
        **sampling(services.library, negative, seed, steps, guidance, scheduler, model, 1, tile, loras, parameters),
    )
    document = _document(settings, image, mask, files)
    parts = region_options(regions, region_negatives)
    guides = guide_options(controls, controls_from, references, parts)
    document = drawn_after(document, guides, parts, services.host, files, own=image)
    folder = work or outputs[0].with_name(f"{outputs[0].name}.cells")
    asked = _Asked((across, down, apart), settings, document, folder, restart=restart)
    _draw(asked, outputs, services, keep_cells=keep_cells, as_json=as_json)


@dataclass(frozen=True)
class _Asked:
    """What the options say: the axes as they were typed, what changes along them, and where cells are kept."""

    axes: Sequence[str | None]
    settings: GenerationSettings
    document: Document
    folder: Path
    restart: bool


def _document(settings: GenerationSettings, image: Path | None, mask: Path | None, files: PluginFiles) -> Document:
    if image is None:
        if mask is not None:
            raise SettingError("A mask needs a picture.", "Give --image too.")
        return new_document(settings.width, settings.height, background=None)
    document = document_of(files.read_picture(image))
    if mask is None:
        return document
    return document.with_generation_mask(Raster.from_array(read_mask(mask, (document.width, document.height))))


def _draw(asked: _Asked, outputs: Sequence[Path], services: Services, *, keep_cells: bool, as_json: bool) -> None:
    """Draw, write and tell; what was drawn until a cancel is written too."""
    from studio.cli.sheet_fonts import sheet_fonts

    task = _task(asked, services, quiet=as_json)
    with sheet_fonts(services.paths):
        ended = run_grid(asked.document, task, services=services, quiet=as_json)
    files = PluginFiles(services.host)
    for output in outputs:
        files.save(ended.document, output, settings=task.plan.settings)
    if not keep_cells and not ended.is_cancelled:
        shutil.rmtree(asked.folder, ignore_errors=True)
    _tell(task, ended, outputs, as_json=as_json)
    if ended.is_cancelled:
        raise Cancelled


def _task(asked: _Asked, services: Services, *, quiet: bool) -> GridTask:
    """The grid with its cells; says how many they are, and about how long they take."""
    from studio.jobs.grids.cells import seconds_for
    from studio.jobs.grids.kinds import axis_kinds
    from studio.jobs.grids.planning import planned

    parts = _parts(asked, services)
    kinds = axis_kinds(parts)
    axes = tuple(_kind(text, kinds).axis(text.partition("=")[2]) for text in asked.axes if text is not None)
    plan = GridPlan(settings=parts.settings, axes=axes)
    cells = planned(plan, parts, kinds)
    seconds = seconds_for(cells, services.settings.current.paces, parts.tool)
    about = "" if seconds is None else f", about {duration_text(seconds)}"
    print_notes([f"{plan.count} pictures{about}."], as_json=quiet)
    return GridTask(plan=plan, cells=cells, folder=asked.folder, restart=asked.restart)


def _parts(asked: _Asked, services: Services) -> GridParts:
    from studio.jobs.grids.kinds import GridParts

    host, settings = services.host, asked.settings
    tools = host.specs(ToolSpec)
    if settings.tool not in tools:
        raise SettingError(f"There is no tool {settings.tool!r}.", f"Known are: {', '.join(tools) or 'none'}.")
    parts = GridParts(
        settings=settings,
        document=asked.document,
        tool=tools[settings.tool],
        schedulers=host.specs(SchedulerSpec),
        styles=host.specs(PromptStyleSpec),
        library=services.library.scan(),
    )
    if parts.takes_size:
        return parts
    return replace(parts, settings=settings.for_picture(asked.document.width, asked.document.height))


def _kind(text: str, kinds: Mapping[str, AxisKind]) -> AxisKind:
    """The kind of axis that an option names, also by a short name."""
    name = text.partition("=")[0].strip()
    from studio.jobs.grids.kinds import names_of

    for known in (name, _ALIASES.get(name, ""), f"tool:{name}"):
        if known in kinds:
            return kinds[known]
    raise SettingError(f"There is no parameter {name!r} here.", f"Known are: {names_of(kinds)}.")


def _tell(task: GridTask, ended: EndedGrid, outputs: Sequence[Path], *, as_json: bool) -> None:
    paths = [str(output.resolve()) for output in outputs]
    facts = {
        "paths": paths,
        "size": [ended.document.width, ended.document.height],
        "drawn": ended.drawn,
        "count": task.plan.count,
        "settings": task.plan.settings.values(),
        "axes": [axis.values() for axis in task.plan.axes],
        "work": str(task.folder.resolve()) if task.folder.exists() else None,
        "notes": list(ended.notes),
    }
    print_facts(facts, as_json=as_json, text="\n".join(paths))
    print_notes(list(ended.notes), as_json=as_json)
