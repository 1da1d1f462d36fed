"""``shoreline upscale``: a picture or a document, enlarged."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import typer

from studio.api import UpscalerSpec
from studio.cli.generation import (
    WRITTEN,
    Parameters,
    check_output,
    make_settings,
    parse_parameters,
)
from studio.cli.jobs import run_upscale
from studio.cli.options import AsJson, Device, Memory, Precision
from studio.cli.output import print_facts
from studio.cli.services import build_services
from studio.errors import SettingError
from studio.generation import GenerationSettings, UpscaleTask
from studio.jobs.upscaling import UpscalerChoice, upscaler_choices
from studio.paths import default_paths
from studio.plugin_host.files import PluginFiles

DEFAULT_UPSCALER = "shoreline-x4"
_KEPT: Final = ("prompt", "negative_prompt", "seed", "guidance_scale")
"""What an upscaler that draws takes over from the settings of a picture."""


def register(app: typer.Typer) -> None:
    app.command("upscale")(upscale)


def upscale(
    image: Annotated[Path | None, typer.Argument(help="The picture or document to enlarge.")] = None,
    output: Annotated[Path | None, typer.Option("-o", "--output", help=WRITTEN)] = None,
    factor: Annotated[float, typer.Option(help="How many times as large, 1 to 16; need not be whole.")] = 4.0,
    upscaler: Annotated[str, typer.Option(help="An upscaler; --list shows them.")] = DEFAULT_UPSCALER,
    show_list: Annotated[bool, typer.Option("--list", help="List the upscalers and where files of yours go.")] = False,
    prompt: Annotated[str | None, typer.Option(help="What to draw, for upscalers that draw.")] = None,
    seed: Annotated[int | None, typer.Option(help="For upscalers that draw.")] = None,
    model: Annotated[str | None, typer.Option(help="A model id, for upscalers that draw.")] = None,
    device: Device = None,
    precision: Precision = None,
    memory: Memory = None,
    parameters: Parameters = None,
    as_json: AsJson = False,
) -> None:
    """Enlarge a picture; the layers of a document are kept, and so are the settings that made it."""
    services = build_services(default_paths(), device=device, precision=precision, memory=memory)
    choices = upscaler_choices(services.host.specs(UpscalerSpec), services.paths.upscaler_folders)
    if show_list:
        _print_list(choices, services.paths.user_upscalers, as_json=as_json)
        return
    if image is None or output is None:
        raise SettingError("There is nothing to enlarge.", "Write: shoreline upscale IMAGE -o FILE --factor 4.")
    files = PluginFiles(services.host)
    check_output(output, files)
    opened = files.open(image)
    opened.check_overwriting(output)
    task = UpscaleTask(upscaler=upscaler, factor=factor, parameters=parse_parameters(parameters))
    settings = _settings(opened.settings, prompt=prompt, seed=seed, model=model)
    document, timings, notes = run_upscale(opened.document, settings, task, services=services, quiet=as_json)
    notes = (*opened.notes, *notes, *files.save(document, output, settings=opened.settings))
    facts = {
        "path": str(output.resolve()),
        "size": [document.width, document.height],
        "from": [opened.document.width, opened.document.height],
        "factor": factor,
        "upscaler": upscaler,
        "seconds": round(timings["total"], 3),
        "notes": list(notes),
    }
    print_facts(facts, as_json=as_json, text="\n".join([str(output.resolve()), *notes]))


def _settings(found: GenerationSettings | None, **wanted: object) -> GenerationSettings:
    """Settings for an upscaler that draws: those that made the picture, with what was asked for now."""
    kept = {} if found is None else {name: getattr(found, name) for name in _KEPT}
    return make_settings(**{**kept, **{name: value for name, value in wanted.items() if value is not None}})


def _print_list(choices: dict[str, UpscalerChoice], folder: Path, *, as_json: bool) -> None:
    facts = {
        "upscalers": [
            {"id": choice.id, "name": choice.name, "file": None if choice.file is None else str(choice.file)}
            for choice in choices.values()
        ],
        "folder": str(folder),
    }
    lines = [choice.id + (f"  {choice.file}" if choice.file else f"  {choice.name}") for choice in choices.values()]
    print_facts(facts, as_json=as_json, text="\n".join([*lines, f"Networks of your own go into {folder}"]))
