"""What models tell of any picture: depth and normals, how people stand, and what lies where."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from studio.api import (
    CancelToken,
    FilterSpec,
    FloatParameter,
    Pixels,
    hookimpl,
    opaque,
    over_ground,
    picture_model,
    premultiplied,
)

from . import model, pose, segments
from .model import Report, Values

# torch and OpenCV are imported where they are used; at the top they would delay every start.

Depth = NDArray[np.float32]

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
        FilterSpec(
            id="guide_pose",
            name="Pose",
            run=pose.drawn,
            description="People as coloured sticks on black. A pose model is needed; with a model that finds people, "
            "too, each of several is drawn.",
            model="pose",
        ),
        FilterSpec(
            id="guide_segmentation",
            name="Segmentation",
            run=segments.drawn,
            description="What lies where, in the colours of the 150 kinds of things of ADE20K. A segmentation model is "
            "needed.",
            model="segmentation",
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
    processor, network = model.loaded(folder, "AutoModelForDepthEstimation")
    cancel.raise_if_cancelled()
    report(0.4, "")
    rgb = over_ground(premultiplied(pixels))
    given = processor(images=model.not_too_long(rgb), return_tensors="pt", input_data_format="channels_last")
    with torch.inference_mode(), model.stopping(network, cancel):
        told = network(**given).predicted_depth[None].float()
    told = torch.nn.functional.interpolate(told, rgb.shape[:2], mode="bicubic", align_corners=False)[0, 0]
    report(0.9, "")
    found = told.nan_to_num(0.0, 0.0, 0.0)
    low, high = float(found.min()), float(found.max())
    share: Depth = ((found - low) / ((high - low) or 1.0)).numpy().astype(np.float32)
    return 1.0 - share if is_metric(network.config) else share


def is_metric(config: Any) -> bool:
    return config.model_type in METRIC or getattr(config, "depth_estimation_type", "") == "metric"
