"""Commands that draw: generate, img2img, inpaint."""

from __future__ import annotations

import math
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from studio.api import PromptStyleSpec
from studio.cli.edges import EdgesOption, with_edges
from studio.cli.guides import Controls, ControlsFrom, GuideOption, References, drawn_after, guide_options
from studio.cli.jobs import run_request
from studio.cli.options import AsJson, Device, Memory, Precision
from studio.cli.output import parse_size, print_facts, print_notes
from studio.cli.regions import RegionNegatives, RegionOption, Regions, region_options
from studio.cli.services import build_services
from studio.composition import Services
from studio.document import Document, PaintLayer, Pixels, Raster, new_document
from studio.engine.models.library import ModelLibrary
from studio.errors import FileError, SettingError
from studio.files import read_mask
from studio.generation import GenerationResult, GenerationSettings, LoraUse
from studio.generation.loras import MOST_LORA_WEIGHT
from studio.generation.placement import place
from studio.generation.repeating import TILES
from studio.paths import default_paths
from studio.plugin_host import PluginHost
from studio.plugin_host.files import PluginFiles
from studio.raster.convert import premultiply
from studio.session import random_seed
from studio.system.records import FieldError

Prompt = Annotated[str, typer.Argument(help="What to draw, in English or Chinese.")]
RANDOM_SEED: Final = -1
WRITTEN = "The file to write: .png, .jpg, .webp, .ora, .psd or what plugins add."
Output = Annotated[Path, typer.Option("-o", "--output", help=WRITTEN)]
Negative = Annotated[str, typer.Option("--negative", help="What to keep out of the picture.")]
Seed = Annotated[
    int | None, typer.Option(help="The same seed and settings give the same pixels; random if left out or -1.")
]
Steps = Annotated[int | None, typer.Option(help="Denoising steps.")]
Guidance = Annotated[float | None, typer.Option(help="How closely to follow the prompt.")]
Size = Annotated[str | None, typer.Option(help="Width x height; the model's own size if left out.")]
Scheduler = Annotated[str | None, typer.Option(help="A scheduler id; `shoreline plugins list` shows them.")]
Model = Annotated[str | None, typer.Option(help="A model id; `shoreline models list` shows them.")]
Count = Annotated[int, typer.Option(help="How many pictures; each next one has the next seed.")]
TileOption = Annotated[
    str, typer.Option("--tile", help=f"Along which axes the picture goes on at its other side: {', '.join(TILES)}.")
]
Strength = Annotated[float | None, typer.Option(help="How far the picture may change, 0 to 1.")]
Style = Annotated[
    str | None, typer.Option(help="A style id, whose words are added; `shoreline plugins list` shows them.")
]
Parameters = Annotated[
    list[str] | None, typer.Option("--set", metavar="NAME=VALUE", help="A parameter of the tool's plugin.")
]

Loras = Annotated[
    list[str] | None, typer.Option("--lora", metavar="NAME[:WEIGHT]", help="A LoRA to draw with; may be repeated.")
]


def register(app: typer.Typer) -> None:
    app.command("generate")(generate)
    app.command("img2img")(img2img)
    app.command("inpaint")(inpaint)


def generate(
    prompt: Prompt,
    output: Output,
    negative: Negative = "",
    seed: Seed = None,
    steps: Steps = None,
    guidance: Guidance = None,
    size: Size = None,
    scheduler: Scheduler = None,
    model: Model = None,
    count: Count = 1,
    tile: TileOption = "off",
    style: Style = None,
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
    """Draw a picture from a prompt."""
    services = build_services(default_paths(), device=device, precision=precision, memory=memory)
    width, height = asked_size(size, services.library, model)
    settings = make_settings(
        tool="text_to_image",
        prompt=prompt,
        width=width,
        height=height,
        **sampling(services.library, negative, seed, steps, guidance, scheduler, model, count, tile, loras, parameters),
    )
    styled = in_style(settings, style, services.host)
    parts = region_options(regions, region_negatives)
    guides = guide_options(controls, controls_from, references, parts)
    facts = draw(styled, output, services=services, quiet=as_json, guides=guides, regions=parts)
    print_facts(facts, as_json=as_json, text="\n".join(facts["paths"]))
    print_notes(facts["notes"], as_json=as_json)


def img2img(
    image: Annotated[Path, typer.Argument(help="The picture to start from.")],
    output: Output,
    prompt: Annotated[str, typer.Option(help="What it should become.")] = "",
    negative: Negative = "",
    strength: Strength = None,
    seed: Seed = None,
    steps: Steps = None,
    guidance: Guidance = None,
    scheduler: Scheduler = None,
    model: Model = None,
    count: Count = 1,
    tile: TileOption = "off",
    style: Style = None,
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
    """Redraw a whole picture."""
    services = build_services(default_paths(), device=device, precision=precision, memory=memory)
    settings = make_settings(
        tool="image_to_image",
        prompt=prompt,
        strength=0.6 if strength is None else strength,
        **sampling(services.library, negative, seed, steps, guidance, scheduler, model, count, tile, loras, parameters),
    )
    files = PluginFiles(services.host)
    parts = region_options(regions, region_negatives)
    guides = guide_options(controls, controls_from, references, parts)
    document = drawn_after(document_of(files.read_picture(image)), guides, parts, services.host, files, own=image)
    _edit(document, in_style(settings, style, services.host), output, services, as_json)


def inpaint(
    image: Annotated[Path, typer.Argument(help="The picture to mend.")],
    output: Output,
    mask: Annotated[
        Path | None, typer.Option(help="A picture of the same size: white where to draw, black elsewhere.")
    ] = None,
    tool: Annotated[
        str, typer.Option(help="inpaint, or a ready tool: remove_object, replace_background, expand (without a mask).")
    ] = "inpaint",
    edges: EdgesOption = None,
    prompt: Annotated[str, typer.Option(help="What to draw inside the mask.")] = "",
    negative: Negative = "",
    strength: Strength = None,
    seed: Seed = None,
    steps: Steps = None,
    guidance: Guidance = None,
    scheduler: Scheduler = None,
    model: Model = None,
    count: Count = 1,
    tile: TileOption = "off",
    style: Style = None,
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
    """Redraw the inside of a mask, widened and softened unless grow and feather are 0; all else stays as it is."""
    services = build_services(default_paths(), device=device, precision=precision, memory=memory)
    files = PluginFiles(services.host)
    if mask is None and edges is None and tool != "expand":
        raise SettingError("No mask was given.", "Give one with --mask, or more room with --edges.")
    document = with_edges(masked(document_of(files.read_picture(image)), mask), edges)
    settings = make_settings(
        tool=tool,
        prompt=prompt,
        strength=1.0 if strength is None else strength,
        **sampling(services.library, negative, seed, steps, guidance, scheduler, model, count, tile, loras, parameters),
    )
    styled = in_style(settings, style, services.host)
    parts = region_options(regions, region_negatives)
    guides = guide_options(controls, controls_from, references, parts)
    document = drawn_after(document, guides, parts, services.host, files, own=image)
    _edit(document, styled, output, services, as_json)


def masked(document: Document, mask: Path | None) -> Document:
    """The document with the mask of a file, if there is one. `SettingError` for one that masks nothing."""
    if mask is None:
        return document
    selection = Raster.from_array(read_mask(mask, (document.width, document.height)))
    if not selection.tiles:
        raise SettingError(f"The mask {mask} is all black.", "Make white what is to be drawn.")
    return document.with_generation_mask(selection)


def sampling(
    library: ModelLibrary,
    negative: str,
    seed: int | None,
    steps: int | None,
    guidance: float | None,
    scheduler: str | None,
    model: str | None,
    count: int,
    tile: str,
    loras: list[str] | None,
    parameters: list[str] | None,
) -> dict[str, Any]:
    """The options that all three commands share, by the names of the settings; a few-step model has its defaults."""
    few_steps = library.get(model).few_steps if model else None
    if few_steps is not None:
        steps = few_steps.steps if steps is None else steps
        guidance = few_steps.guidance_scale if guidance is None else guidance
        scheduler = scheduler or few_steps.scheduler
    return {
        "negative_prompt": negative,
        "seed": seed,
        "steps": steps,
        "guidance_scale": guidance,
        "scheduler": scheduler,
        "model": model,
        "count": count,
        "tile": tile,
        "loras": tuple(parse_lora(text) for text in loras or ()),
        "parameters": parse_parameters(parameters),
    }


def make_settings(**values: Any) -> GenerationSettings:
    """Settings from the given values; ``None`` means the default, and no seed or -1 a random one.

    Raises `SettingError` naming the setting that is out of range.
    """
    given = {name: value for name, value in values.items() if value is not None}
    if given.get("seed") == RANDOM_SEED:
        del given["seed"]
    given.setdefault("seed", random_seed())
    try:
        return GenerationSettings.read(given)
    except FieldError as error:
        advice = f"Expected is {error.expected}."
        raise SettingError(f"The setting {error.name} cannot be {error.value!r}.", advice) from error


def in_style(settings: GenerationSettings, style_id: str | None, host: PluginHost) -> GenerationSettings:
    """The settings with the words of a plugin's style in their prompts. Raises `SettingError` listing the known ids."""
    if style_id is None:
        return settings
    styles = host.specs(PromptStyleSpec)
    if style_id not in styles:
        raise SettingError(f"There is no style {style_id!r}.", f"Known are: {', '.join(styles) or 'none'}.")
    prompt, negative = styles[style_id].added_to(settings.prompt, settings.negative_prompt)
    return make_settings(**{**settings.values(), "prompt": prompt, "negative_prompt": negative})


def parse_lora(text: str) -> LoraUse:
    """``ink:0.8`` or ``ink``. Raises `SettingError` without a name, and for a weight that is out of range."""
    name, _, written = text.rpartition(":") if ":" in text else (text, "", "1")
    try:
        weight = float(written)
    except ValueError:
        weight = math.nan
    if not name.strip() or not abs(weight) <= MOST_LORA_WEIGHT:
        raise SettingError(f"{text!r} is no LoRA with a weight.", "Write --lora NAME:WEIGHT, with -4 to 4.")
    return LoraUse(name, weight)


def parse_parameters(texts: list[str] | None) -> dict[str, Any]:
    """``["feather=12", "fill=blur"]`` as a mapping; numbers and true / false become such."""
    parsed: dict[str, Any] = {}
    for text in texts or []:
        name, separator, value = text.partition("=")
        if not separator or not name:
            raise SettingError(f"{text!r} is not a parameter.", "Write --set NAME=VALUE.")
        parsed[name] = _value(value)
    return parsed


def document_of(pixels: Pixels) -> Document:
    """A document with one layer; ``pixels`` is uint8 ``(h, w, 4)`` straight RGBA."""
    return _one_layer(premultiply(pixels), "Picture")


def draw(
    settings: GenerationSettings,
    output: Path,
    *,
    services: Services,
    quiet: bool,
    guides: Sequence[GuideOption] = (),
    regions: Sequence[RegionOption] = (),
) -> dict[str, Any]:
    """Generate and write one file a picture. Returns the facts of ``--json``."""
    files = PluginFiles(services.host)
    check_output(output, files)
    document = new_document(settings.width, settings.height, background=None)
    document = drawn_after(document, guides, regions, services.host, files)
    result = run_request(document, settings, services=services, quiet=quiet)
    paths = numbered(output, result)
    for index, path in enumerate(paths):
        files.save(_one_layer(result.images[index].pixels, path.stem), path, settings=result.settings_of(index))
    return _facts(result, paths)


def check_output(output: Path, files: PluginFiles) -> None:
    """Refuse a file that cannot be written before any work is done for it. Raises `FileError`."""
    files.check_can_save(output)
    folder = output.absolute().parent
    if not folder.is_dir():
        raise FileError(f"The folder {folder} does not exist.", "Make it first, or choose another.")
    if output.is_dir():
        raise FileError(f"{output} is a folder.", "Choose a file name inside it.")
    if not os.access(output if output.exists() else folder, os.W_OK) or not os.access(folder, os.W_OK):
        raise FileError(f"You may not write {output}.", "Choose another folder, or change its permissions.")


def draw_to_file(prompt: str, output: Path, *, seed: int) -> None:
    """Draw ``prompt`` with the default settings and the model's own size."""
    services = build_services(default_paths())
    width, height = native_size(services.library, None)
    draw(make_settings(prompt=prompt, seed=seed, width=width, height=height), output, services=services, quiet=False)


def asked_size(size: str | None, library: ModelLibrary, model: str | None) -> tuple[int, int]:
    """The size that was typed, else that of the model. `SettingError` for what is no size; and as `native_size`."""
    return parse_size(size) if size else native_size(library, model)


def native_size(library: ModelLibrary, model: str | None) -> tuple[int, int]:
    """The size that a model (the default one for ``None``) was trained at. `ModelError` if it is not there."""
    side = library.limits(model or GenerationSettings().model).native_side
    return side, side


def numbered(output: Path, result: GenerationResult) -> list[Path]:
    """``out.png`` for one picture, ``out-1.png``, ``out-2.png`` ... for several."""
    if len(result.images) == 1:
        return [output]
    return [output.with_name(f"{output.stem}-{number}{output.suffix}") for number in range(1, len(result.images) + 1)]


def _one_layer(pixels: Pixels, name: str) -> Document:
    """A document of premultiplied RGBA ``(h, w, 4)`` in one layer of this name."""
    layer = PaintLayer(name=name, raster=Raster.from_array(pixels))
    return Document(width=pixels.shape[1], height=pixels.shape[0], layers=(layer,), active_id=layer.id)


def _edit(document: Document, settings: GenerationSettings, output: Path, services: Services, as_json: bool) -> None:
    files = PluginFiles(services.host)
    check_output(output, files)
    settings = settings.for_picture(document.width, document.height)
    result = run_request(document, settings, services=services, quiet=as_json)
    paths = numbered(output, result)
    for index, path in enumerate(paths):
        placed = place(document, result, indices=(index,))
        files.save(placed, path, settings=result.settings_of(index))
    facts = _facts(result, paths)
    print_facts(facts, as_json=as_json, text="\n".join(facts["paths"]))
    print_notes(facts["notes"], as_json=as_json)


def _facts(result: GenerationResult, paths: list[Path]) -> dict[str, Any]:
    return {
        "paths": [str(path.resolve()) for path in paths],
        "seeds": [image.seed for image in result.images],
        "prompts": [result.settings_of(index).prompt for index in range(len(result.images))],
        "seed": result.request.settings.seed,
        "settings": result.request.settings.values(),
        "timings": {stage: round(seconds, 3) for stage, seconds in result.timings.items()},
        "notes": list(result.notes),
    }


def _value(text: str) -> Any:
    if text in ("true", "false"):
        return text == "true"
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            continue
    return text
