"""``shoreline train``: make the starter model and measure it."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from studio.cli.output import say
from studio.errors import SettingError
from studio.text.amounts import bytes_text

if TYPE_CHECKING:
    from studio.training.configuration import StarterConfig

app = typer.Typer(help="Train the starter model and measure it.", no_args_is_help=True)

DEFAULT_OUTPUT = Path("resources/models/starter")
DEFAULT_CONTROL = Path("resources/models/starter_scribble_lineart_softedge_canny")
DEFAULT_UPSCALER = Path("resources/models/upscaler")
DEFAULT_WORK = Path("build/starter")

WorkDir = Annotated[Path, typer.Option(help="Where data and checkpoints are kept; a second run resumes from them.")]
Device = Annotated[str | None, typer.Option(help="cuda, mps or cpu; the best one by default.")]
Smoke = Annotated[bool, typer.Option("--smoke", help="Tiny networks and a few steps: the whole chain in a minute.")]
Threads = Annotated[int | None, typer.Option(min=1, help="Threads on a CPU; all cores by default.")]
OnlyMeasure = Annotated[bool, typer.Option("--only-measure", help="Measure the network that is there.")]
Config = Annotated[
    str, typer.Option("--config", help='"cpu", "gpu", or a .toml file that says how it departs from "cpu".')
]


@app.command()
def starter(
    smoke: Smoke = False,
    config: Config = "cpu",
    work_dir: WorkDir = DEFAULT_WORK,
    device: Device = None,
    output: Annotated[Path | None, typer.Option(help="Folder to write; with --smoke it lies in the work dir.")] = None,
    start_from: Annotated[
        Path | None, typer.Option(help="A model folder of the same sizes, whose networks are trained on.")
    ] = None,
) -> None:
    """Run the recipe: data, text encoder, image generator, integration."""
    from studio.cli.measured import app_inpainter
    from studio.training.networks.loop import choose_device
    from studio.training.recipe import train_starter

    recipe = _recipe(config, smoke=smoke)
    folder = output or (work_dir / "starter" if smoke else DEFAULT_OUTPUT)
    _prepare_terminal()
    say(f"Working in {work_dir}: a run that was stopped goes on from there when it is started again.")
    report = train_starter(
        recipe,
        work_dir,
        folder,
        choose_device(device),
        typer.echo,
        start=start_from,
        inpaint=app_inpainter(folder, recipe, device),
    )
    say(f"{report.path}: {bytes_text(report.total_bytes)}")


@app.command()
def evaluate(
    smoke: Smoke = False,
    config: Config = "cpu",
    work_dir: WorkDir = DEFAULT_WORK,
    device: Device = None,
    model: Annotated[Path, typer.Option(help="The model folder to measure.")] = DEFAULT_OUTPUT,
) -> None:
    """Read pictures drawn from held-out captions back with an independent classifier and print the table."""
    from studio.cli.measured import app_inpainter
    from studio.training.measuring.report import SHEETS_FOLDER, evaluate_folder
    from studio.training.measuring.tables import looks_table, measured_beside, table
    from studio.training.networks.loop import choose_device

    recipe = _recipe(config, smoke=smoke)
    _prepare_terminal()
    inpaint = app_inpainter(model, recipe, device)
    evaluation = evaluate_folder(recipe, model, work_dir, choose_device(device), inpaint)
    say(f"{table(evaluation)}\n{measured_beside(evaluation)}\n{looks_table(evaluation['looks'])}")
    say(f"Look at the sheets in {work_dir / SHEETS_FOLDER}.")


@app.command()
def upscaler(
    smoke: Smoke = False,
    work_dir: WorkDir = DEFAULT_WORK,
    device: Device = None,
    output: Annotated[Path | None, typer.Option(help="Folder to write; with --smoke it lies in the work dir.")] = None,
    threads: Threads = None,
    only_measure: OnlyMeasure = False,
) -> None:
    """Train the upscaler that ships on the starter's renders, and compare it with Lanczos."""
    from studio.training.networks.loop import choose_device, use_threads
    from studio.training.upscaler import UpscalerConfig, evaluate_upscaler, smoke_upscaler, train_upscaler
    from studio.training.upscaler_report import quality_table

    config = smoke_upscaler() if smoke else UpscalerConfig()
    work = work_dir / "upscaler-smoke" if smoke else work_dir
    folder = output or (work / "model" if smoke else DEFAULT_UPSCALER)
    _prepare_terminal()
    use_threads(threads)
    if only_measure:
        figures = evaluate_upscaler(config, work, folder)
    else:
        figures = train_upscaler(config, work, folder, choose_device(device), typer.echo)
    say(quality_table(figures))


@app.command()
def control(
    smoke: Smoke = False,
    work_dir: WorkDir = DEFAULT_WORK,
    device: Device = None,
    model: Annotated[Path, typer.Option(help="The folder of the model that is steered.")] = DEFAULT_OUTPUT,
    output: Annotated[Path | None, typer.Option(help="Folder to write; with --smoke it lies in the work dir.")] = None,
    threads: Threads = None,
    only_measure: OnlyMeasure = False,
) -> None:
    """Train the starter's control network on the lines of its renders, and measure how well it keeps to lines."""
    from studio.cli.measured import app_preprocess
    from studio.training.configuration import ControlConfig
    from studio.training.control import Places, evaluate_control, smoke_control, train_control_network
    from studio.training.measuring.control import control_table
    from studio.training.networks.loop import choose_device, use_threads

    config = smoke_control() if smoke else ControlConfig()
    work = work_dir / "control-smoke" if smoke else work_dir
    places = Places(model, work, output or (work / DEFAULT_CONTROL.name if smoke else DEFAULT_CONTROL))
    _prepare_terminal()
    use_threads(threads)
    preprocess, chosen = app_preprocess(), choose_device(device)
    if not only_measure:
        train_control_network(config, places, preprocess, chosen, typer.echo)
    say("3/3 measuring it" if not only_measure else "measuring it")
    figures = evaluate_control(config, places, preprocess, chosen)
    say(control_table(figures))


@app.command()
def icons(
    output: Annotated[Path, typer.Option(help="The file to write.")] = Path("resources/training/icons.json"),
) -> None:
    """Make the file of the things' drawings anew from the npm package that it names. Needs npm."""
    from studio.training.scenes.icons import fetch_icons
    from studio.training.scenes.vocabulary import THING_NAMES

    fetch_icons(THING_NAMES, output)
    say(str(output))


def _recipe(config: str, *, smoke: bool) -> StarterConfig:
    from studio.training.configuration import load_config, preset

    if smoke and config != "cpu":
        raise SettingError(
            "--smoke is a recipe of its own, beside which --config says nothing.", "Leave one of them out."
        )
    return preset("smoke") if smoke else load_config(config)


def _prepare_terminal() -> None:
    """Show the training's own lines, and nothing of the libraries'."""
    from studio.engine.models.loading import quiet_libraries

    quiet_libraries()
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(message)s"))
    logger = logging.getLogger("studio.training")
    logger.handlers = [handler]
    logger.setLevel(logging.INFO)
    logger.propagate = False
