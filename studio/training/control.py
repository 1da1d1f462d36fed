"""The control network that ships for the starter: it reads lines, so that guides work with no download."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final

import numpy as np
import torch

from studio.errors import ModelError
from studio.training.configuration import ControlConfig, ControlNetworkConfig, DataConfig, Schedule
from studio.training.measuring.control import (
    ControlTask,
    control_table,
    measure_control,
    write_report,
)
from studio.training.networks.autoencoder import round_trip, to_float
from studio.training.networks.control import louder, train_control
from studio.training.networks.denoiser import Conditioning, cache_latents
from studio.training.networks.few_steps import load_few_steps
from studio.training.networks.integration import load_folder
from studio.training.networks.libraries import (
    Autoencoder,
    ControlNet,
    ControlNetModel,
    Pipeline,
    StableDiffusionControlNetPipeline,
)
from studio.training.networks.loop import half_precision, in_batches
from studio.training.scenes.data import Pictures, load_split, render_split
from studio.training.scenes.lines import Preprocess

MAX_BYTES: Final = 8 * 2**20
"""All files of the network together may not be larger."""
NOTES_FILE: Final = "notes.md"
_DRAWN_AT_ONCE: Final = 8
_WEIGHTS: Final = "diffusion_pytorch_model.safetensors"

Say = Callable[[str], None]


@dataclass(frozen=True)
class Places:
    """Folders: ``model`` is that of the model that is steered, ``work`` keeps data and checkpoints, ``output`` gets the
    network."""

    model: Path
    work: Path
    output: Path

    @property
    def training(self) -> Path:
        """Where the checkpoint lies, and what a person notes of how this copy departs from the recipe."""
        return self.work / "control"


def smoke_control() -> ControlConfig:
    """A recipe of seconds: the whole chain, nothing learned."""
    brief = Schedule(steps=4, batch_size=4, learning_rate=1e-3, warmup_steps=1, save_every=2)
    return ControlConfig(
        data=DataConfig(pictures=16, held_out_pictures=8, shard_size=16, captions_per_language=1),
        network=ControlNetworkConfig(hint_channels=(1, 4, 8, 8), train=brief),
        measured_pictures=2,
    )


def train_control_network(
    config: ControlConfig, places: Places, preprocess: Preprocess, device: torch.device, say: Say = print
) -> None:
    """Render what is missing, train or resume, and write the network into ``places.output``, as diffusers reads it.

    The pictures are those of the starter's recipe, so a work folder of that recipe is used as it is.

    Raises:
        ModelError: if there is no model in ``places.model``, or the network is larger than ``MAX_BYTES``.
    """
    pipeline = load_folder(places.model)
    say("1/3 data: rendering pictures")
    folder = places.work / "data" / "train"
    render_split(config.data, "train", folder)
    split = load_split(folder, at_most=config.data.pictures)
    latents = cache_latents(
        pipeline.vae.to(device), split.pictures, places.training / "latents.pt", device, halves=False
    )
    say("2/3 control network")
    network = train_control(
        config.network,
        pipeline.unet,
        split,
        latents,
        conditioning=Conditioning(pipeline.tokenizer, pipeline.text_encoder, pipeline.vae),
        preprocess=preprocess,
        folder=places.training,
        device=device,
    )
    write_network(louder(network, config.network.gain), places.output)


def evaluate_control(
    config: ControlConfig, places: Places, preprocess: Preprocess, device: torch.device
) -> dict[str, Any]:
    """Measure the network in ``places.output`` as `measure_control` does, and write figures and card beside it.

    It is drawn with as any program does that is built on diffusers.

    ``notes.md`` in the folder of the training goes into the card: it says how this copy departs from the recipe.
    """
    keep = partial(_kept, load_folder(places.model).vae)
    draw = partial(draw_after_lines, *(_steered_pipeline(places, device, few_steps=few) for few in (False, True)))
    figures = measure_control(draw, preprocess, config.data, config.measured_pictures, keep)
    figures["bytes"] = (places.output / _WEIGHTS).stat().st_size
    notes = places.training / NOTES_FILE
    card = _card(config, figures, notes.read_text("utf-8-sig").strip() if notes.exists() else "")
    write_report(places.output, figures, card)
    return figures


def write_network(network: ControlNet, output: Path) -> None:
    """As float16 in the layout of diffusers.

    Raises:
        ModelError: if it is larger than ``MAX_BYTES``.
    """
    network.to("cpu").half().save_pretrained(output)
    file = output / _WEIGHTS
    file.chmod(0o644)
    if file.stat().st_size > MAX_BYTES:
        raise ModelError(
            f"The control network takes {file.stat().st_size} bytes; {MAX_BYTES} are allowed.",
            "Train one for a model of smaller channels.",
        )


def _steered_pipeline(places: Places, device: torch.device, *, few_steps: bool) -> Pipeline:
    """The model with its control network, and with its few-step weights if they are wanted."""
    parts = load_folder(places.model).components
    control = ControlNetModel.from_pretrained(places.output)
    pipeline = StableDiffusionControlNetPipeline(**parts, controlnet=control, requires_safety_checker=False)
    pipeline.set_progress_bar_config(disable=True)
    if few_steps:
        load_few_steps(pipeline, places.model)
    return pipeline.to(device)


@torch.no_grad()
def draw_after_lines(full: Pipeline, quick: Pipeline, task: ControlTask) -> list[Pictures]:
    """Draw with one of two pipelines as the card of the model says, some pictures at a time."""
    pipeline, steps, guidance = (quick, 4, 1.0) if task.in_four_steps else (full, 20, 5.0)
    drawn: list[Pictures] = []
    for part in in_batches(len(task.wanted), _DRAWN_AT_ONCE):
        wanted = task.wanted[part]
        lines = np.stack(task.lines[part] if task.lines else [np.zeros_like(each.picture[..., 0]) for each in wanted])
        with half_precision(pipeline.device):
            made = pipeline(
                [each.prompt for each in wanted],
                image=torch.from_numpy(lines)[:, None].expand(-1, 3, -1, -1).float() / 255.0,
                controlnet_conditioning_scale=1.0 if task.lines else 0.0,
                num_inference_steps=steps,
                guidance_scale=guidance,
                generator=[torch.Generator().manual_seed(each.seed) for each in wanted],
                output_type="np",
            ).images
        drawn.extend(np.ascontiguousarray(each) for each in (made * 255.0).round().astype(np.uint8))
    return drawn


def _kept(autoencoder: Autoencoder, picture: Pictures) -> Pictures:
    """A picture, uint8 RGB (h, w, 3), as an autoencoder keeps it."""
    kept = round_trip(autoencoder, to_float(picture.transpose(2, 0, 1)[None]))[0]
    return np.asarray(((kept + 1) * 127.5).round().byte().permute(1, 2, 0).numpy())


def _card(config: ControlConfig, figures: dict[str, Any], notes: str) -> str:
    network = config.network
    return _CARD.format(
        table=control_table(figures),
        count=figures["pictures"],
        reach=figures["reach"],
        kibibytes=figures["bytes"] / 1024,
        pictures=config.data.pictures,
        side=config.data.resolution,
        steps=network.train.steps,
        batch=network.train.batch_size,
        rate=network.train.learning_rate,
        line_weight=network.line_weight,
        dropout=network.caption_dropout,
        inpainting=network.inpaint_share,
        windows=network.window_share,
        gain=network.gain,
        notes=f"- {notes}\n" if notes else "",
    )


_CARD: Final = """---
license: apache-2.0
library_name: diffusers
pipeline_tag: image-to-image
base_model: shoreline-starter
---

# Control network for the Shoreline starter model

Draws after lines: scribbles, line art, soft edges and Canny edges, as light lines on black. It ships with Shoreline,
so that control layers work at once with no download. It fits the starter model alone, with and without its few-step
weights, for whole pictures and for inpainting.

```python
from diffusers import ControlNetModel, StableDiffusionControlNetPipeline
from diffusers.utils import load_image

control = ControlNetModel.from_pretrained("resources/models/starter_scribble_lineart_softedge_canny")
pipeline = StableDiffusionControlNetPipeline.from_pretrained("resources/models/starter", controlnet=control)
lines = load_image("lines.png")
picture = pipeline("a red cat on a beach", lines, num_inference_steps=20, guidance_scale=5.0).images[0]
```

Architecture: ControlNetModel without attention, one float16 safetensors file of {kibibytes:.0f} KiB.

## How it was made

- Data: {pictures} renders of the starter model's recipe with their captions, {side}x{side} pixels, drawn by
  `studio/training` from its own scenes and from the icons that CREDITS.md names. No other picture was used.
- Lines: the preprocessors that ship, with values that vary; then thicker, shaky, incomplete or faint by chance.
- Training: `shoreline train control`, {steps} steps of {batch} pictures at {rate:g}, the UNet frozen, many timesteps
  with much noise; errors along lines weigh {line_weight:g} times as much, {dropout:.0%} of the captions are left out,
  {windows:.0%} of the steps see windows of pictures, {inpainting:.0%} of the whole pictures are lessons of inpainting;
  averaged weights, written {gain:g} times as loud as they were learned. A run that was stopped goes on.
{notes}
## How well it keeps to lines

{table}

{count} renders of combinations that training never saw, in each row. Their lines are the control layer, at strength 1;
the lines of what is drawn are found in the same way. A pixel of a line counts as met when one of the other picture
lies within {reach:g} pixels; the F-score is the harmonic mean of the shares met in both directions. Without lines:
the same words and seed. Ceiling: the renders as the autoencoder keeps them. The words for a whole render tell much of
where things stand, as the model knows its scenes; of a part of one, 60 to 85% of its side, only the lines tell.
`shoreline train control --only-measure` measures it again.

## Limits

- It was made for one small model: it knows what that model can draw, and no more.
- Lines that the words do not explain are drawn as something that the words allow, or left out: a cat that sits is
  none of the cats that the model knows.
- It learned lines of 1 to 6 pixels in 256. After broader ones the outline is right about where they are, no closer.
- With 20 steps and full guidance pictures are a little mottled; in four steps less, and closer to the lines.

## Licence

Apache-2.0, as Shoreline itself. The drawings of the things are Fluent Emoji, copyright Microsoft Corporation, under
the MIT licence (`resources/training/LICENSE-fluent-emoji.txt`).
"""
