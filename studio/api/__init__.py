"""The public module that plugins import. Nothing else of `studio` may be imported by a plugin.

Names are imported when they are used first: the first window needs few of them.
"""

from typing import TYPE_CHECKING

from studio.system.late_imports import late_names

if TYPE_CHECKING:
    from studio.animation import Blend
    from studio.api.animation import AnimationFrame, AnimationSpec, FrameContext, PictureStore
    from studio.api.families import FamilyContext, FamilyDenoiser, FamilyInput, FamilyNetwork, FamilySpec, JointSequence
    from studio.api.guides import GuideSpec
    from studio.api.hooks import API_VERSION, hookimpl
    from studio.api.influences import (
        AttentionLook,
        GuideNetwork,
        InfluenceContext,
        InfluenceGuide,
        InfluenceModel,
        InfluenceSpec,
        InfluenceStep,
        InfluenceWindow,
        SamplingInfluence,
    )
    from studio.api.network_input import NetworkInput
    from studio.api.panels import PanelAction, PanelContext, PanelResult, PanelSpec
    from studio.api.parameters import (
        BoolParameter,
        ChoiceParameter,
        ColorParameter,
        FloatParameter,
        IntParameter,
        Parameter,
        TextParameter,
    )
    from studio.api.picture_models import picture_model
    from studio.api.pictures import composed, opaque, over_ground, premultiplied, straight
    from studio.api.prompt_styles import PromptStyleSpec
    from studio.api.settings_pages import SettingsPageSpec, settings_of
    from studio.api.specs import (
        DenoiseJob,
        Engine,
        ExporterSpec,
        FilterSpec,
        ImportedPicture,
        ImporterSpec,
        MotionJob,
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
        LoraUse,
        ModelLimits,
        Progress,
        picture_seed,
    )
else:
    __getattr__ = late_names(
        __name__,
        {
            "studio.animation": ("Blend",),
            "studio.api.animation": ("AnimationFrame", "AnimationSpec", "FrameContext", "PictureStore"),
            "studio.api.families": (
                "FamilyContext",
                "FamilyDenoiser",
                "FamilyInput",
                "FamilyNetwork",
                "FamilySpec",
                "JointSequence",
            ),
            "studio.api.guides": ("GuideSpec",),
            "studio.api.hooks": ("API_VERSION", "hookimpl"),
            "studio.api.influences": (
                "AttentionLook",
                "GuideNetwork",
                "InfluenceContext",
                "InfluenceGuide",
                "InfluenceModel",
                "InfluenceSpec",
                "InfluenceStep",
                "InfluenceWindow",
                "SamplingInfluence",
            ),
            "studio.api.network_input": ("NetworkInput",),
            "studio.api.panels": ("PanelAction", "PanelContext", "PanelResult", "PanelSpec"),
            "studio.api.parameters": (
                "BoolParameter",
                "ChoiceParameter",
                "ColorParameter",
                "FloatParameter",
                "IntParameter",
                "Parameter",
                "TextParameter",
            ),
            "studio.api.picture_models": ("picture_model",),
            "studio.api.pictures": ("composed", "opaque", "over_ground", "premultiplied", "straight"),
            "studio.api.prompt_styles": ("PromptStyleSpec",),
            "studio.api.settings_pages": ("SettingsPageSpec", "settings_of"),
            "studio.api.specs": (
                "DenoiseJob",
                "Engine",
                "ExporterSpec",
                "FilterSpec",
                "ImportedPicture",
                "ImporterSpec",
                "MotionJob",
                "SchedulerSpec",
                "ToolContext",
                "ToolSpec",
                "UpscaleContext",
                "UpscalerSpec",
            ),
            "studio.document": ("Document", "Pixels", "Raster", "Rect"),
            "studio.errors": (
                "Cancelled",
                "EngineError",
                "ModelError",
                "OutOfMemoryError",
                "SettingError",
                "ShorelineError",
            ),
            "studio.generation": (
                "CancelToken",
                "GeneratedImage",
                "GenerationRequest",
                "GenerationResult",
                "GenerationSettings",
                "LoraUse",
                "ModelLimits",
                "Progress",
                "picture_seed",
            ),
        },
    )

__all__ = [
    "API_VERSION",
    "AnimationFrame",
    "AnimationSpec",
    "AttentionLook",
    "Blend",
    "BoolParameter",
    "CancelToken",
    "Cancelled",
    "ChoiceParameter",
    "ColorParameter",
    "DenoiseJob",
    "Document",
    "Engine",
    "EngineError",
    "ExporterSpec",
    "FamilyContext",
    "FamilyDenoiser",
    "FamilyInput",
    "FamilyNetwork",
    "FamilySpec",
    "FilterSpec",
    "FloatParameter",
    "FrameContext",
    "GeneratedImage",
    "GenerationRequest",
    "GenerationResult",
    "GenerationSettings",
    "GuideNetwork",
    "GuideSpec",
    "ImportedPicture",
    "ImporterSpec",
    "InfluenceContext",
    "InfluenceGuide",
    "InfluenceModel",
    "InfluenceSpec",
    "InfluenceStep",
    "InfluenceWindow",
    "IntParameter",
    "JointSequence",
    "LoraUse",
    "ModelError",
    "ModelLimits",
    "MotionJob",
    "NetworkInput",
    "OutOfMemoryError",
    "PanelAction",
    "PanelContext",
    "PanelResult",
    "PanelSpec",
    "Parameter",
    "PictureStore",
    "Pixels",
    "Progress",
    "PromptStyleSpec",
    "Raster",
    "Rect",
    "SamplingInfluence",
    "SchedulerSpec",
    "SettingError",
    "SettingsPageSpec",
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
    "picture_model",
    "picture_seed",
    "premultiplied",
    "settings_of",
    "straight",
]
