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
    from studio.training.measuring.inpainting import Inpainter, InpaintTask
    from studio.training.scenes.data import Pictures

app = typer.Typer(help="Train the starter model and measure it.", no_args_is_help=True)

DEFAULT_OUTPUT = Path("resources/models/starter")
DEFAULT_UPSCALER = Path("resources/models/upscaler")
DEFAULT_WORK = Path("build/starter")

WorkDir = Annotated[Path, typer.Option(help="Where data and checkpoints are kept; a second run resumes from them.")]
Device = Annotated[str | None, typer.Option(help="cuda, mps or cpu; the best one by default.")]
Smoke = Annotated[bool, typer.Option("--smoke", help="Tiny networks and a few steps: the whole chain in a minute.")]
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
    threads: Annotated[int | None, typer.Option(min=1, help="Threads on a CPU; all cores by default.")] = None,
    only_measure: Annotated[bool, typer.Option("--only-measure", help="Measure the model that is there.")] = False,
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
def icons(
    output: Annotated[Path, typer.Option(help="The file to write.")] = Path("resources/training/icons.json"),
) -> None:
    """Make the file of the things' drawings anew from the npm package that it names. Needs npm."""
    from studio.training.scenes.icons import fetch_icons
    from studio.training.scenes.vocabulary import THING_NAMES

    fetch_icons(THING_NAMES, output)
    say(str(output))


def app_inpainter(model: Path, recipe: StarterConfig, device: str | None) -> Inpainter:
    """Inpaint with a model folder as the application does: the bundled tool, on the engine, into a document.

    Nothing is loaded before the first picture.
    """
    from studio.api import over_ground
    from studio.cli.generation import document_of, make_settings
    from studio.cli.services import load_plugins
    from studio.composition import build_runner
    from studio.document import Raster
    from studio.engine.device.wish import Wish
    from studio.engine.models.library import ModelLibrary
    from studio.generation import CancelToken, GenerationRequest
    from studio.generation.placement import place
    from studio.paths import default_paths
    from studio.raster.compose import compose
    from studio.raster.convert import with_opaque_alpha

    paths = default_paths()
    host, _ = load_plugins()
    runner = build_runner(paths, host, ModelLibrary([model]), Wish(device=device or "auto"))

    def inpaint(task: InpaintTask) -> Pictures:
        document = document_of(with_opaque_alpha(task.picture))
        document = document.with_selection(Raster.from_array(task.mask.astype("uint8") * 255))
        settings = make_settings(
            tool="inpaint",
            prompt=task.prompt,
            seed=task.seed,
            model=model.name,
            steps=recipe.evaluation.inference_steps,
            guidance_scale=recipe.evaluation.guidance_scale,
        )
        request = GenerationRequest(settings=settings, document=document)
        result = runner.run(request, CancelToken(), lambda _progress: None)
        return over_ground(compose(place(document, result, indices=(0,))))

    return inpaint


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
