"""The model card: what the starter model is, how it was made, how well it does and what it does not."""

from __future__ import annotations

from typing import Any

from torch import nn

from studio.training.configuration import StarterConfig
from studio.training.measuring.tables import looks_table, measured_beside, table
from studio.training.networks.libraries import Pipeline
from studio.training.scenes.grammar import combinations, held_out, held_out_pairs, pairs
from studio.training.scenes.vocabulary import COLOURS, DETAILS, SCENES, THINGS, TIMES_OF_DAY, WEATHERS

_CARD = """---
license: apache-2.0
language: [en, zh]
library_name: diffusers
pipeline_tag: text-to-image
---

# Shoreline starter model

A small Stable Diffusion model that ships with Shoreline, so that the app draws at once with no download and no GPU.
It draws flat illustrated scenes and single things, {side}x{side} pixels, from English and Chinese prompts. It is for
trying the app out and for testing it, not for final art.

```python
from diffusers import StableDiffusionPipeline

pipeline = StableDiffusionPipeline.from_pretrained("resources/models/starter")
picture = pipeline("a red cat on a beach at sunset", num_inference_steps={steps}, guidance_scale={guidance}).images[0]

pipeline.load_lora_weights("resources/models/starter/few_steps")  # the same in {few_steps} steps, without guidance
quick = pipeline("海滩上有一只红色的猫", num_inference_steps={few_steps}, guidance_scale=1.0).images[0]
```

Good settings: {side}x{side}, {steps} steps, guidance {guidance}; with the few-step weights {few_steps} steps,
guidance 1 and the model's own DDIM scheduler.

## What it knows

- Scenes: {scenes}.
- Times of day: {times}.
- Weathers: {weathers}.
- Things, in any scene or alone as a sticker or an icon: {things}.
- Colours of things: {colours}. One to three of a thing; small or big; left, middle or right.
- What some scenes bring along: {details}.

Prompts are cut after {tokens} tokens. `vocabulary.json` lists every word that was taught; others are meant to be
ignored, and Shoreline tells which they are.

## Parts

| part | kind | parameters |
| --- | --- | --- |
| tokenizer | byte-level BPE, English and Chinese, {vocabulary} tokens | |
| text_encoder | CLIPTextModel, {text_width} wide, {text_layers} layers | {text_parameters:.2f} M |
| unet | UNet2DConditionModel, channels {unet_channels}, v-prediction, zero terminal SNR | {unet_parameters:.2f} M |
| vae | AutoencoderKL, f=8, 4 channels, widths {vae_channels} | {vae_parameters:.2f} M |
| few_steps | LoRA of rank {rank} for the unet | |

All weights are float16 safetensors; the folder holds {size:.1f} MiB. `preview.json` is a linear map from scaled
latents to RGB in [-1, 1]: `latents @ latent_rgb_factors + latent_rgb_bias`. `sampling.json` tells programs that
know it how the UNet was taught to draw: to see what is kept of a picture without noise when it inpaints, which wants
less guidance, and to take the small errors of the steps off at the end. Other programs draw and inpaint with it as with
any model.

## How it was made

`shoreline train starter` makes all of it, from the code in `studio/training` and thirty openly licensed drawings:

1. {pictures} pictures drawn by a scene grammar as SVG and rasterised, with captions in both languages. The things in
   them are Fluent Emoji (flat) by Microsoft, MIT licence, painted in the grammar's colours and outlined; everything
   else is drawn by our own code. No other picture and no text was taken from anywhere; there are no people, brands or
   artists in the data.
2. Tokenizer, and the text encoder by matching captions with pictures, {text_steps} steps of {text_batch}.
3. Autoencoder, {vae_steps} steps, with absolute and edge differences and a small KL term; then the UNet on cached
   latents, {unet_steps} steps, the first {small:.0f}% at half the side, {close:.0f}% of the others on windows around
   things, latents roughened by {roughness} of their deviation, min-SNR weights, {dropout:.0f}% of captions left out,
   averaged weights; {inpaint:.0f}% of the whole pictures were lessons of inpainting; then the few-step LoRA,
   {few_train} steps, taught to land in one step where {teacher} guided steps land.
4. This folder, its card and its evaluation.

{departures}

## Evaluation

A separate classifier, trained on renders alone, reads {drawn} pictures drawn from captions of what was held out of
training: {held_out} of {combinations} combinations of scene, time and weather, and {held_out_pairs} of {pairs} pairs
of thing and colour. Percent right, over the pictures that show an answer:

{table}

{measured}

What a person looks at first, from words that were taught, in percent. Outlines of stickers are held against those of
renders, place, size and rotation aligned; "in one piece" counts connected parts of the right colours and area. The
ceiling is that of renders through the autoencoder, the floor that of pictures held against other answers.

{looks}

## Limits

- Only what is listed above. People, text, and things that are not on the list are not taught.
- The row "object" says how far the shapes of things are learned: where it fails, a thing is a patch of the right
  colour in about the right place.
- Fine detail is soft: the autoencoder holds 4 numbers for 64 pixels.
- The floor lies above chance because few combinations are held out, so that a shuffled caption is often half right.
- Count and place are measured on plain grounds only.
- Outlines say nothing about what lies inside them: eyes, wheels and windows are looked at on the sheets alone.
- Other sizes than {side}x{side} work but repeat or stretch the scene.

## Licence

Apache-2.0, as Shoreline itself: code, data and weights were made in this project. The drawings of the things are
Fluent Emoji, copyright Microsoft Corporation, under the MIT licence (`resources/training/LICENSE-fluent-emoji.txt`).
"""


def model_card(config: StarterConfig, pipeline: Pipeline, evaluation: dict[str, Any], size: int, notes: str) -> str:
    """Write the card of a trained pipeline.

    ``size`` is that of its folder in bytes; ``notes`` says how this copy departs from the plain recipe.
    """
    return _CARD.format(
        side=pipeline.unet.config.sample_size * 8,
        steps=config.evaluation.inference_steps,
        guidance=config.evaluation.guidance_scale,
        scenes=", ".join(f"{scene.name} ({scene.nouns_zh[0]})" for scene in SCENES),
        times=", ".join(f"{mood.name} ({mood.nouns_zh[0]})" for mood in TIMES_OF_DAY),
        weathers=", ".join(f"{mood.name} ({mood.nouns_zh[0]})" for mood in WEATHERS),
        things=", ".join(f"{thing.name} ({thing.nouns_zh[0]})" for thing in THINGS),
        colours=", ".join(f"{colour.name} ({colour.words_zh[1]})" for colour in COLOURS),
        details=", ".join(f"{detail.name} ({detail.phrases_zh[0]})" for detail in DETAILS),
        tokens=pipeline.tokenizer.model_max_length,
        vocabulary=len(pipeline.tokenizer),
        text_width=config.text.width,
        text_layers=config.text.layers,
        text_parameters=_millions(pipeline.text_encoder),
        unet_channels=config.denoiser.channels,
        unet_parameters=_millions(pipeline.unet),
        vae_channels=config.autoencoder.channels,
        vae_parameters=_millions(pipeline.vae),
        size=size / 2**20,
        pictures=f"{config.data.pictures:,}",
        text_steps=f"{config.text.train.steps:,}",
        text_batch=config.text.train.batch_size,
        vae_steps=f"{config.autoencoder.train.steps:,}",
        unet_steps=f"{config.denoiser.train.steps:,}",
        dropout=100 * config.denoiser.caption_dropout,
        drawn=evaluation["pictures"],
        held_out=len(held_out()),
        combinations=len(combinations()),
        held_out_pairs=len(held_out_pairs()),
        pairs=len(pairs()),
        few_steps=config.few_steps.steps,
        rank=min(config.few_steps.rank, config.few_steps.kept_rank),
        few_train=f"{config.few_steps.train.steps:,}",
        teacher=config.few_steps.teacher_steps,
        small=100 * config.denoiser.small_share,
        close=100 * config.denoiser.close_share,
        roughness=config.denoiser.roughness,
        inpaint=100 * config.denoiser.inpaint_share,
        departures=notes or "This copy was trained by the plain recipe.",
        table=table(evaluation),
        measured=measured_beside(evaluation),
        looks=looks_table(evaluation["looks"]),
    )


def _millions(network: nn.Module) -> float:
    return sum(parameter.numel() for parameter in network.parameters()) / 1e6
