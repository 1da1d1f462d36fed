"""``shoreline train``: make the starter model and measure it."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(help="Train the starter model and measure it.", no_args_is_help=True)

DEFAULT_OUTPUT = Path("resources/models/starter")
DEFAULT_WORK = Path("build/starter")


class Size(StrEnum):
    """Presets of the recipe."""

    CPU = "cpu"
    GPU = "gpu"


WorkDir = Annotated[Path, typer.Option(help="Where data and checkpoints are kept; a second run resumes from them.")]
Device = Annotated[str | None, typer.Option(help="cuda, mps or cpu; the best one by default.")]
Smoke = Annotated[bool, typer.Option("--smoke", help="Tiny networks and a few steps: the whole chain in a minute.")]
Preset = Annotated[Size, typer.Option("--config", help="Sizes and schedules for a CPU or for a GPU.")]


@app.command()
def starter(
    smoke: Smoke = False,
    config: Preset = Size.CPU,
    work_dir: WorkDir = DEFAULT_WORK,
    device: Device = None,
    output: Annotated[Path | None, typer.Option(help="Folder to write; with --smoke it lies in the work dir.")] = None,
) -> None:
    """Run the recipe: data, text encoder, image generator, integration."""
    from studio.training.configuration import preset
    from studio.training.loop import choose_device
    from studio.training.recipe import train_starter

    folder = output or (work_dir / "starter" if smoke else DEFAULT_OUTPUT)
    recipe = preset("smoke" if smoke else config.value)
    report = train_starter(recipe, work_dir, folder, choose_device(device), typer.echo)
    typer.echo(f"{report.path}: {report.total_bytes / 2**20:.1f} MiB")


@app.command()
def evaluate(
    smoke: Smoke = False,
    config: Preset = Size.CPU,
    work_dir: WorkDir = DEFAULT_WORK,
    device: Device = None,
    model: Annotated[Path, typer.Option(help="The model folder to measure.")] = DEFAULT_OUTPUT,
) -> None:
    """Read pictures drawn from held-out captions back with an independent classifier and print the table."""
    from studio.training.configuration import preset
    from studio.training.evaluation import table
    from studio.training.integration import evaluate_folder
    from studio.training.loop import choose_device

    recipe = preset("smoke" if smoke else config.value)
    typer.echo(table(evaluate_folder(recipe, model, work_dir, choose_device(device))))
