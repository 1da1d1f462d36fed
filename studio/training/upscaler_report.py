"""How good an upscaler is: PSNR and SSIM on held-out renders, beside Lanczos; and its card."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image

from studio.training.networks.libraries import ImageModel, ModelLoader
from studio.training.scenes.data import Pictures
from studio.training.scenes.degradation import compressed, reduced

_CARD = """---
license: apache-2.0
library_name: spandrel
pipeline_tag: image-to-image
---

# Shoreline upscaler, x{scale}

A small network that enlarges pictures {scale} times. It ships with Shoreline, so that upscaling works at once, on any
computer. It was made for flat, illustrated pictures like those of the starter model; on photographs it sharpens edges
and invents no texture.

Architecture: SRVGGNetCompact, {features} features, {convolutions} convolutions, {parameters:,} parameters, one
safetensors file of {kibibytes:.0f} KiB. Programs built on spandrel load it as "RealESRGAN Compact". RGB in [0, 1].

## How it was made

- Data: the first {pictures} renders of the starter model's recipe, {side}x{side} pixels, drawn by
  `studio/training` from its own scenes and from the icons that CREDITS.md names. No other picture was used.
- Pairs: crops of {crop} pixels, mirrored or not, reduced by area, bicubically or by Lanczos; 35% are blurred before
  and 40% are JPEGs of quality 60 to 95 after.
- Training: `shoreline train upscaler`, mean absolute error, AdamW at {rate:g} with warm-up and a cosine, {steps} steps
  of {batch} crops, averaged weights. Equal seeds give equal batches; a run that was stopped goes on.
{notes}
## How good it is

{table}

{count} pictures of combinations that training never saw. PSNR in decibels over RGB, SSIM of the luma with a Gaussian
window of 11 pixels; more is better in both.

Licence: Apache-2.0, as the whole of Shoreline.
"""


def measure_upscaler(path: Path, pictures: Pictures) -> dict[str, Any]:
    """PSNR and SSIM of the model in ``path`` and of Lanczos; ``pictures`` is uint8 ``(n, 3, side, side)``.

    Twice: the small pictures are reduced bicubically, and also compressed as JPEGs of quality 80.
    """
    model = ModelLoader().load_from_file(path)
    parameters = sum(value.numel() for value in model.model.parameters())
    sharp = [np.ascontiguousarray(picture.transpose(1, 2, 0)) for picture in pictures]
    small = [reduced(picture, model.scale) for picture in sharp]
    conditions = {"clean": small, "jpeg": [compressed(picture, 80) for picture in small]}
    figures: dict[str, Any] = {
        "scale": model.scale,
        "pictures": len(sharp),
        "parameters": parameters,
        "bytes": path.stat().st_size,
    }
    for name, inputs in conditions.items():
        figures[name] = {
            "upscaler": _quality([upscaled(model, each) for each in inputs], sharp),
            "lanczos": _quality([lanczos(each, model.scale) for each in inputs], sharp),
        }
    return figures


def write_report(folder: Path, figures: dict[str, Any], recipe: dict[str, Any], notes: str = "") -> None:
    """Write ``evaluation.json`` and the card ``README.md`` beside a model.

    ``notes`` say how this copy departs from the recipe.
    """
    (folder / "evaluation.json").write_text(json.dumps(figures, indent=2) + "\n", "utf-8")
    card = _CARD.format(
        **recipe,
        table=quality_table(figures),
        count=figures["pictures"],
        parameters=figures["parameters"],
        kibibytes=figures["bytes"] / 1024,
        notes=f"- {notes}\n" if notes else "",
    )
    (folder / "README.md").write_text(card, "utf-8")


def quality_table(figures: dict[str, Any]) -> str:
    """The measurements as a table in Markdown."""
    lines = ["| small picture | | PSNR, dB | SSIM |", "| --- | --- | --- | --- |"]
    names = {"clean": "reduced bicubically", "jpeg": "and a JPEG of quality 80"}
    for condition, text in names.items():
        for method, label in (("upscaler", "this upscaler"), ("lanczos", "Lanczos")):
            measured = figures[condition][method]
            lines.append(f"| {text} | {label} | {measured['psnr']:.2f} | {measured['ssim']:.4f} |")
    return "\n".join(lines)


def upscaled(model: ImageModel, picture: Pictures) -> Pictures:
    """A picture ``(h, w, 3)`` through a model, uint8."""
    given = torch.from_numpy(picture).permute(2, 0, 1)[None].float() / 255
    drawn = model(given)[0].permute(1, 2, 0).numpy()
    return np.asarray((drawn * 255).round().clip(0, 255), np.uint8)


def lanczos(picture: Pictures, scale: int) -> Pictures:
    """A picture ``(h, w, 3)`` enlarged by Pillow's Lanczos filter, uint8."""
    size = (picture.shape[1] * scale, picture.shape[0] * scale)
    return np.asarray(Image.fromarray(picture).resize(size, Image.Resampling.LANCZOS))


def psnr(first: Pictures, second: Pictures) -> float:
    """Peak signal-to-noise ratio of two uint8 pictures, in decibels; 100 for equal ones."""
    error = float(np.square(first.astype(np.float64) - second).mean())
    return 100.0 if error == 0 else float(10 * np.log10(255**2 / error))


def ssim(first: Pictures, second: Pictures) -> float:
    """Mean structural similarity of the luma of two uint8 pictures ``(h, w, 3)``.

    Wang and others, "Image Quality Assessment: From Error Visibility to Structural Similarity", 2004: a Gaussian
    window of 11 pixels and sigma 1.5, K1 = 0.01, K2 = 0.03; borders where the window leaves the picture are left out.
    """
    x, y = _luma(first), _luma(second)
    mean_x, mean_y = _windowed(x), _windowed(y)
    var_x, var_y = _windowed(x * x) - mean_x**2, _windowed(y * y) - mean_y**2
    covariance = _windowed(x * y) - mean_x * mean_y
    c1, c2 = (0.01 * 255) ** 2, (0.03 * 255) ** 2
    similar = (2 * mean_x * mean_y + c1) * (2 * covariance + c2)
    return float((similar / ((mean_x**2 + mean_y**2 + c1) * (var_x + var_y + c2))).mean())


def _quality(drawn: list[Pictures], sharp: list[Pictures]) -> dict[str, float]:
    pairs = list(zip(drawn, sharp, strict=True))
    return {
        "psnr": round(float(np.mean([psnr(*pair) for pair in pairs])), 3),
        "ssim": round(float(np.mean([ssim(*pair) for pair in pairs])), 5),
    }


def _luma(picture: Pictures) -> NDArray[np.float64]:
    luma: NDArray[np.float64] = picture @ np.array([0.299, 0.587, 0.114])
    return luma


def _windowed(values: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(cv2.GaussianBlur(values, (11, 11), 1.5), np.float64)[5:-5, 5:-5]
