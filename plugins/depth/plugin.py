"""Depth and normals of any picture, by a model that tells how far away things are."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from studio.api import (
    CancelToken,
    FilterSpec,
    FloatParameter,
    ModelError,
    Pixels,
    hookimpl,
    opaque,
    over_ground,
    picture_model,
    premultiplied,
)

# torch, transformers and OpenCV are imported where they are used; at the top they would delay every start.

Report = Callable[[float, str], None]
Values = Mapping[str, Any]
Depth = NDArray[np.float32]

LONGEST = 4
"""How many times its short side a picture may be long that is looked at as it is."""
METRIC = ("glpn",)
"""Models that tell a distance, which is large for what is far; others tell what is large for what is near."""


@hookimpl
def shoreline_filters() -> Sequence[FilterSpec]:
    return [
        FilterSpec(
            id="guide_depth",
            name="Depth",
            run=depth,
            description="What is near becomes light, what is far dark. A depth model is needed.",
            model="depth",
        ),
        FilterSpec(
            id="guide_normals",
            name="Normals",
            run=normals,
            description="Which way surfaces face, as colours. A depth model is needed.",
            model="depth",
            parameters=(
                FloatParameter(
                    id="strength",
                    label="Strength",
                    help="How steep slopes are taken to be.",
                    default=1.0,
                    minimum=0.1,
                    maximum=4.0,
                    step=0.05,
                ),
            ),
        ),
    ]


def depth(pixels: Pixels, _values: Values, cancel: CancelToken, report: Report) -> Pixels:
    near = (nearness(pixels, cancel, report) * 255.0).round().astype(np.uint8)
    return opaque(np.repeat(near[..., None], 3, axis=2))


def normals(pixels: Pixels, values: Values, cancel: CancelToken, report: Report) -> Pixels:
    """The slope of the depth: to the right in red, down in green, towards who looks in blue."""
    import cv2

    near = nearness(pixels, cancel, report)
    size = float(max(near.shape))
    across, down = (cv2.Sobel(near, cv2.CV_32F, *axis, ksize=3) * size / 8.0 for axis in ((1, 0), (0, 1)))
    facing = np.stack([across * values["strength"], down * values["strength"], np.ones_like(near)], axis=2)
    facing /= np.linalg.norm(facing, axis=2, keepdims=True)
    return opaque(((facing + 1.0) * 127.5).round().astype(np.uint8))


def nearness(pixels: Pixels, cancel: CancelToken, report: Report) -> Depth:
    """How near things are: float32 (h, w), 1 for what is nearest and 0 for what is farthest."""
    import torch

    cancel.raise_if_cancelled()
    folder = picture_model("depth")
    report(0.1, "")
    processor, network = loaded(folder, (folder / "config.json").stat().st_mtime_ns)
    cancel.raise_if_cancelled()
    report(0.4, "")
    rgb = over_ground(premultiplied(pixels))
    given = processor(images=not_too_long(rgb), return_tensors="pt", input_data_format="channels_last")
    with torch.inference_mode(), stopping(network, cancel):
        told = network(**given).predicted_depth[None].float()
    told = torch.nn.functional.interpolate(told, rgb.shape[:2], mode="bicubic", align_corners=False)[0, 0]
    report(0.9, "")
    found = told.nan_to_num(0.0, 0.0, 0.0)
    low, high = float(found.min()), float(found.max())
    share: Depth = ((found - low) / ((high - low) or 1.0)).numpy().astype(np.float32)
    return 1.0 - share if is_metric(network.config) else share


def not_too_long(rgb: Pixels) -> Pixels:
    """The picture, stretched where its short side would vanish at the size at which models look."""
    import cv2

    height, width = rgb.shape[:2]
    least = -(-max(height, width) // LONGEST)
    if min(height, width) >= least:
        return rgb
    return np.asarray(cv2.resize(rgb, (max(width, least), max(height, least))), np.uint8)


def is_metric(config: Any) -> bool:
    return config.model_type in METRIC or getattr(config, "depth_estimation_type", "") == "metric"


@lru_cache(maxsize=1)
def loaded(folder: Path, _changed: int) -> tuple[Any, Any]:
    """What prepares pictures for a model, and the model, on the processor; the last one is kept."""
    transformers: Any = importlib.import_module("transformers")
    try:
        processor = transformers.AutoImageProcessor.from_pretrained(folder, local_files_only=True)
        network = transformers.AutoModelForDepthEstimation.from_pretrained(
            folder, local_files_only=True, use_safetensors=True
        )
    except MemoryError:
        raise
    except Exception as error:  # whatever a damaged folder makes the library raise
        reason = str(error).strip().splitlines() or [type(error).__name__]
        raise ModelError(
            f"The depth model in {folder} cannot be loaded: {reason[0]}", "Download it again, or remove it."
        ) from error
    return processor, network.float().eval()


@contextmanager
def stopping(network: Any, cancel: CancelToken) -> Iterator[None]:
    """While this is entered, a cancel ends the network within a layer."""

    def look(*_given: Any) -> None:
        cancel.raise_if_cancelled()

    with ExitStack() as hooks:
        for module in network.modules():
            hooks.callback(module.register_forward_pre_hook(look).remove)
        yield
