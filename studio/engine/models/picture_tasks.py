"""What a folder of transformers tells of pictures, by its config. Needs no torch."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from studio.api.picture_models import DEPTH, PEOPLE, POSE, SEGMENTATION
from studio.engine.models.settings_files import read_json
from studio.errors import ModelError
from studio.message import Message

_CLASSES: Final = {
    "DepthAnythingForDepthEstimation": DEPTH,
    "DPTForDepthEstimation": DEPTH,
    "GLPNForDepthEstimation": DEPTH,
    "VitPoseForPoseEstimation": POSE,
    "RTDetrForObjectDetection": PEOPLE,
    "RTDetrV2ForObjectDetection": PEOPLE,
    "DetrForObjectDetection": PEOPLE,
    "YolosForObjectDetection": PEOPLE,
    "SegformerForSemanticSegmentation": SEGMENTATION,
    "UperNetForSemanticSegmentation": SEGMENTATION,
    "BeitForSemanticSegmentation": SEGMENTATION,
    "DPTForSemanticSegmentation": SEGMENTATION,
    "MaskFormerForInstanceSegmentation": SEGMENTATION,
    "Mask2FormerForUniversalSegmentation": SEGMENTATION,
}
CALLED: Final = {
    DEPTH: Message("Depth model"),
    POSE: Message("Pose model"),
    PEOPLE: Message("Model that finds people"),
    SEGMENTATION: Message("Segmentation model"),
}
"""What people call them."""


def picture_task(folder: Path) -> str:
    """What a model in a folder tells of pictures, by its config; "" for what is no such model."""
    try:
        config = folder / "config.json"
        classes = read_json(config).get("architectures") if config.is_file() else None
    except (ModelError, OSError):
        return ""
    named = classes if isinstance(classes, list) else []
    return next((_CLASSES[each] for each in named if isinstance(each, str) and each in _CLASSES), "")
