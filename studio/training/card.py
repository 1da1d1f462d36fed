"""The model card: what the starter model is, how it was made, how well it does and what it does not."""

from __future__ import annotations

from typing import Any

from torch import nn

from studio.training.configuration import StarterConfig
from studio.training.grammar import combinations, held_out
from studio.training.libraries import Pipeline
from studio.training.vocabulary import DETAILS, SCENES, TIMES_OF_DAY, WEATHERS

_CARD = """---
license: apache-2.0
language: [en, zh]
library_name: diffusers
pipeline_tag: text-to-image
---

# Shoreline starter model

A small Stable Diffusion model that ships with Shoreline, so that the app draws at once with no download and no GPU.
It draws flat illustrated landscapes of {side}x{side} pixels from English and Chinese prompts. It is for trying the
app out and for testing it, not for final art.

```python
from diffusers import StableDiffusionPipeline

pipeline = StableDiffusionPipeline.from_pretrained("resources/models/starter")
pipeline("a beautiful beach", num_inference_steps={steps}, guidance_scale={guidance}).images[0].save("beach.png")
```

Good settings: {side}x{side}, {steps} steps, guidance {guidance}.

## What it knows

- Scenes: {scenes}.
- Times of day: {times}.
- Weathers: {weathers}.
- Things in a scene: {details}.

Prompts are cut after {tokens} tokens. Unknown words are meant to be ignored.

## Parts

| part | kind | parameters |
| --- | --- | --- |
| tokenizer | byte-level BPE, English and Chinese, {vocabulary} tokens | |
| text_encoder | CLIPTextModel, {text_width} wide, {text_layers} layers | {text_parameters:.2f} M |
| unet | UNet2DConditionModel, channels {unet_channels}, v-prediction, zero terminal SNR | {unet_parameters:.2f} M |
| vae | AutoencoderKL, f=8, 4 channels, widths {vae_channels} | {vae_parameters:.2f} M |

All weights are float16 safetensors; the folder holds {size:.1f} MiB. `preview.json` is a linear map from scaled
latents to RGB in [-1, 1]: `latents @ latent_rgb_factors + latent_rgb_bias`.

## How it was made

`shoreline train starter` makes all of it, from nothing but the code in `studio/training`:

1. {pictures} pictures drawn by a scene grammar as SVG and rasterised, with captions in both languages. No picture and
   no text was taken from anywhere; there are no people, brands or artists in the data.
2. Tokenizer, and the text encoder by matching captions with pictures, {text_steps} steps of {text_batch}.
3. Autoencoder, {vae_steps} steps, with absolute and edge differences and a small KL term; then the UNet on cached
   latents, {unet_steps} steps of {unet_batch}, min-SNR weights, {dropout:.0f}% of captions left out, averaged weights.
4. This folder, its card and its evaluation.

## Evaluation

A separate classifier, trained on renders alone, reads {drawn} pictures drawn from captions of the {held_out} of
{combinations} combinations of scene, time and weather that were held out of training. Percent right:

{table}

A render that went through the autoencoder and back has {psnr:.1f} dB PSNR.

## Limits

- Landscapes only. Objects by name, colours, counts, places in the picture, people, animals and text are not taught;
  those rows of the evaluation are null.
- Fine detail is soft: the autoencoder holds 4 numbers for 64 pixels. Things in a scene, houses and trees above all,
  are often mere daubs; nothing measures them yet.
- The floor lies above chance because few combinations are held out, so that a shuffled caption is often half right.
- Chinese phrases that name the time last, such as 沙滩上的日落 and 海滩夜景, are not in the grammar: the scene
  comes out right, the time of day does not. 日落时的海滩 and 海边日落 work.
- Other sizes than {side}x{side} work but repeat or stretch the scene.

## Licence

Apache-2.0, as Shoreline itself: code, data and weights were made in this project.
"""


def model_card(config: StarterConfig, pipeline: Pipeline, table: str, evaluation: dict[str, Any], size: int) -> str:
    """Write the card of a trained pipeline. ``size`` is that of its folder in bytes."""
    return _CARD.format(
        side=pipeline.unet.config.sample_size * 8,
        steps=config.evaluation.inference_steps,
        guidance=config.evaluation.guidance_scale,
        scenes=", ".join(f"{scene.name} ({scene.nouns_zh[0]})" for scene in SCENES),
        times=", ".join(f"{mood.name} ({mood.nouns_zh[0]})" for mood in TIMES_OF_DAY),
        weathers=", ".join(f"{mood.name} ({mood.nouns_zh[0]})" for mood in WEATHERS),
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
        unet_batch=config.denoiser.train.batch_size,
        dropout=100 * config.denoiser.caption_dropout,
        drawn=evaluation["pictures"],
        held_out=len(held_out()),
        combinations=len(combinations()),
        table=table,
        psnr=evaluation["round_trip_psnr"],
    )


def _millions(network: nn.Module) -> float:
    return sum(parameter.numel() for parameter in network.parameters()) / 1e6
