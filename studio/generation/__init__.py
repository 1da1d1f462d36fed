"""Requests, results and the geometry of inpainting. No Qt, no torch."""

from studio.generation.jobs import (
    CancelToken,
    GeneratedImage,
    GenerationRequest,
    GenerationResult,
    Progress,
    UpscaledDocument,
    UpscaleTask,
    settings_of,
)
from studio.generation.limits import ModelLimits
from studio.generation.loras import LoraUse
from studio.generation.settings import MAX_PROMPT, MAX_SEED, GenerationSettings, picture_seed

__all__ = [
    "MAX_PROMPT",
    "MAX_SEED",
    "CancelToken",
    "GeneratedImage",
    "GenerationRequest",
    "GenerationResult",
    "GenerationSettings",
    "LoraUse",
    "ModelLimits",
    "Progress",
    "UpscaleTask",
    "UpscaledDocument",
    "picture_seed",
    "settings_of",
]
