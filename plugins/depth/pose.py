"""How people stand, by ViTPose: as the coloured sticks of OpenPose, which control networks for poses were taught with.

ViTPose tells 17 points of one person in a box (Xu et al. 2022); each is read from its heat map as by Xiao et al.,
"Simple Baselines for Human Pose Estimation", 2018. OpenPose has the same and the neck, between the shoulders.
"""

from __future__ import annotations

import colorsys
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from studio.api import (
    CancelToken,
    ModelError,
    Pixels,
    ShorelineError,
    opaque,
    over_ground,
    picture_model,
    premultiplied,
)

from . import model
from .model import Report, Values

Points = NDArray[np.float32]
Box = tuple[float, float, float, float]
"""Left, top, width and height in pixels."""

_MEAN, _SPREAD = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)
"""Of ImageNet's colours, where the model's own files do not say otherwise."""
_AROUND = 1.25
"""How much larger than a person the part is that is looked at, as these models were taught."""
_SURE_OF_POINT = 0.3
_SURE_OF_PERSON = 0.5
_MOST_PEOPLE = 20
_COCO_POINTS = 17
_NECK = 1
_FROM_COCO = (0, -1, 6, 8, 10, 5, 7, 9, 12, 14, 16, 11, 13, 15, 2, 1, 4, 3)
"""For each point of OpenPose that of COCO: nose, neck, right arm, left arm, right leg, left leg, eyes, ears."""
_SHOULDERS = (5, 6)
_STICKS = (
    *((1, 2), (1, 5), (2, 3), (3, 4), (5, 6), (6, 7), (1, 8), (8, 9), (9, 10)),
    *((1, 11), (11, 12), (12, 13), (1, 0), (0, 14), (14, 16), (0, 15), (15, 17)),
)
"""Pairs of points; each stick has the colour of its number."""
_COLOURS = tuple(
    tuple(round(255 * part) for part in colorsys.hsv_to_rgb(number / len(_FROM_COCO), 1.0, 1.0))
    for number in range(len(_FROM_COCO))
)
_DIMMED = 0.6
"""Sticks are darker than the points at their ends."""
_WIDTH = 4 / 512
"""Half the width of a stick, and the radius of a point, as a share of the picture's short side."""


def drawn(pixels: Pixels, _values: Values, cancel: CancelToken, report: Report) -> Pixels:
    """Everyone on straight RGBA as sticks on black. Raises `ShorelineError` without a pose model."""
    cancel.raise_if_cancelled()
    folder = picture_model("pose")
    report(0.05, "")
    rgb = over_ground(premultiplied(pixels))
    boxes = people(rgb, cancel)
    report(0.4, "")
    _, network = model.loaded(folder, "VitPoseForPoseEstimation", prepared=False)
    figures = []
    for number, box in enumerate(boxes):
        cancel.raise_if_cancelled()
        figures.append(points_of(rgb, box, folder, network, cancel))
        report(0.4 + 0.55 * (number + 1) / len(boxes), "")
    return opaque(sticks(figures, rgb.shape[0], rgb.shape[1]))


def people(rgb: Pixels, cancel: CancelToken) -> list[Box]:
    """Where people are, by a model that finds them; all of the picture where there is no such model or nobody."""
    height, width = rgb.shape[:2]
    whole = (0.0, 0.0, float(width), float(height))
    try:
        folder = picture_model("people")
    except ShorelineError:
        return [whole]
    return list(_found(rgb, folder, cancel)) or [whole]


def _found(rgb: Pixels, folder: Path, cancel: CancelToken) -> Iterator[Box]:
    import torch

    processor, network = model.loaded(folder, "AutoModelForObjectDetection")
    given = processor(images=model.not_too_long(rgb), return_tensors="pt", input_data_format="channels_last")
    with torch.inference_mode(), model.stopping(network, cancel):
        told = network(**given)
    (found,) = processor.post_process_object_detection(told, threshold=_SURE_OF_PERSON, target_sizes=[rgb.shape[:2]])
    names = network.config.id2label
    order = found["scores"].argsort(descending=True).tolist()
    people = [index for index in order if str(names.get(int(found["labels"][index]))).lower() == "person"]
    for left, top, right, bottom in found["boxes"][people[:_MOST_PEOPLE]].tolist():
        if right > left and bottom > top:
            yield left, top, right - left, bottom - top


def points_of(rgb: Pixels, box: Box, folder: Path, network: Any, cancel: CancelToken) -> Points:
    """The points of a person in a box: float32 (17, 3) of x, y in pixels and how sure it is."""
    import torch

    height, width = _input_size(network.config)
    shift, scale = _placed(box, width, height)
    part = looked_at(rgb, shift, scale, (width, height))
    mean, spread = _colours(folder)
    given = torch.from_numpy(((part / 255.0 - mean) / spread).astype(np.float32)).permute(2, 0, 1)[None]
    experts = {"dataset_index": torch.zeros(1, dtype=torch.long)} if _has_experts(network.config) else {}
    with torch.inference_mode(), model.stopping(network, cancel):
        maps = network(given, **experts).heatmaps[0].float().nan_to_num(0.0, 0.0, 0.0).numpy()
    if maps.shape[0] < _COCO_POINTS:
        raise ModelError(
            f"The pose model in {folder} tells {maps.shape[0]} points of a person, not the 17 of COCO.",
            "Choose another one.",
        )
    found = peaks(maps[:_COCO_POINTS])
    found[:, 0] = found[:, 0] * width / maps.shape[2] * scale + shift[0]
    found[:, 1] = found[:, 1] * height / maps.shape[1] * scale + shift[1]
    return found


def looked_at(rgb: Pixels, shift: tuple[float, float], scale: float, size: tuple[int, int]) -> Pixels:
    """A part of a picture at (width, height), ``scale`` times smaller; black beyond the picture."""
    import cv2

    height, width = rgb.shape[:2]
    small = (max(1, round(width / scale)), max(1, round(height / scale)))
    if scale > 1.0:  # by area, so that nothing falls between the pixels
        rgb = np.asarray(cv2.resize(rgb, small, interpolation=cv2.INTER_AREA), np.uint8)
    across, down = rgb.shape[1] / width, rgb.shape[0] / height
    ways = np.array([[scale * across, 0, shift[0] * across], [0, scale * down, shift[1] * down]], np.float32)
    found = cv2.warpAffine(rgb, ways, size, flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP)
    return np.asarray(found, np.uint8)


def peaks(maps: NDArray[np.float32]) -> Points:
    """The largest spot of each heat map (n, h, w): (n, 3) of x, y and its value. A quarter of a cell nearer to the
    larger neighbour, as the true place lies between cells."""
    count, height, width = maps.shape
    places = maps.reshape(count, -1).argmax(axis=1)
    out = np.zeros((count, 3), np.float32)
    for number, (y, x) in enumerate(zip(*np.divmod(places, width), strict=True)):
        heat = maps[number]
        right, left = heat[y, min(x + 1, width - 1)], heat[y, max(x - 1, 0)]
        below, above = heat[min(y + 1, height - 1), x], heat[max(y - 1, 0), x]
        out[number] = x + 0.25 * np.sign(right - left) + 0.5, y + 0.25 * np.sign(below - above) + 0.5, heat[y, x]
    return out


def sticks(figures: list[Points], height: int, width: int) -> Pixels:
    """Figures of COCO's points as OpenPose draws them: RGB ``(height, width, 3)``."""
    import cv2

    canvas = np.zeros((height, width, 3), np.uint8)
    radius = max(1, round(_WIDTH * min(height, width)))
    for figure in figures:
        points = _with_neck(figure)
        for number, (first, second) in enumerate(_STICKS):
            if min(points[first, 2], points[second, 2]) >= _SURE_OF_POINT:
                ends = tuple(map(int, points[first, :2])), tuple(map(int, points[second, :2]))
                colour = tuple(int(_DIMMED * part) for part in _COLOURS[number])
                cv2.line(canvas, *ends, colour, 2 * radius, cv2.LINE_AA)
        for number, (x, y, sure) in enumerate(points):
            if sure >= _SURE_OF_POINT:
                cv2.circle(canvas, (int(x), int(y)), radius, _COLOURS[number], -1, cv2.LINE_AA)
    return canvas


def _with_neck(figure: Points) -> Points:
    """COCO's points in the order of OpenPose, (18, 3)."""
    points = figure[list(_FROM_COCO)].copy()
    shoulders = figure[list(_SHOULDERS)]
    points[_NECK, :2] = shoulders[:, :2].mean(axis=0)
    points[_NECK, 2] = shoulders[:, 2].min()
    return points


def _placed(box: Box, width: int, height: int) -> tuple[tuple[float, float], float]:
    """Where the top left of what is looked at lies, and how many pixels one of its pixels is: the box in its middle."""
    left, top, wide, high = box
    scale = _AROUND * max(wide / width, high / height)
    return (left + wide / 2 - scale * width / 2, top + high / 2 - scale * height / 2), scale


def _input_size(config: Any) -> tuple[int, int]:
    """Height and width of what the model looks at."""
    size = config.backbone_config.image_size
    height, width = (size, size) if isinstance(size, int) else size
    return int(height), int(width)


def _has_experts(config: Any) -> bool:
    return int(getattr(config.backbone_config, "num_experts", 1)) > 1


def _colours(folder: Path) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Mean and spread of the colours that the model was taught with, 0..1."""
    try:
        said = json.loads((folder / "preprocessor_config.json").read_bytes())
        found = np.array([said["image_mean"], said["image_std"]], np.float32)
    except (OSError, ValueError, LookupError, TypeError):
        found = np.array([_MEAN, _SPREAD], np.float32)
    if found.shape != (2, 3) or not (np.isfinite(found).all() and (found[1] > 0).all()):
        found = np.array([_MEAN, _SPREAD], np.float32)
    return found[0], found[1]
