"""The public module that plugins import. Nothing else of `studio` may be imported by a plugin."""

from studio.api.hooks import API_VERSION, hookimpl
from studio.api.parameters import (
    BoolParameter,
    ChoiceParameter,
    FloatParameter,
    IntParameter,
    Parameter,
    TextParameter,
)
from studio.api.pictures import composed, opaque, over_ground
from studio.api.specs import (
    AnimationSpec,
    DenoiseJob,
    Engine,
    SchedulerSpec,
    ToolContext,
    ToolSpec,
    UpscaleContext,
    UpscalerSpec,
)
from studio.document import Document, Pixels, Raster, Rect
from studio.errors import Cancelled, EngineError, ModelError, OutOfMemoryError, SettingError, ShorelineError
from studio.generation import (
    CancelToken,
    GeneratedImage,
    GenerationRequest,
    GenerationResult,
    GenerationSettings,
    ModelLimits,
    Progress,
    picture_seed,
)

__all__ = [
    "API_VERSION",
    "AnimationSpec",
    "BoolParameter",
    "CancelToken",
    "Cancelled",
    "ChoiceParameter",
    "DenoiseJob",
    "Document",
    "Engine",
    "EngineError",
    "FloatParameter",
    "GeneratedImage",
    "GenerationRequest",
    "GenerationResult",
    "GenerationSettings",
    "IntParameter",
    "ModelError",
    "ModelLimits",
    "OutOfMemoryError",
    "Parameter",
    "Pixels",
    "Progress",
    "Raster",
    "Rect",
    "SchedulerSpec",
    "SettingError",
    "ShorelineError",
    "TextParameter",
    "ToolContext",
    "ToolSpec",
    "UpscaleContext",
    "UpscalerSpec",
    "composed",
    "hookimpl",
    "opaque",
    "over_ground",
    "picture_seed",
]
