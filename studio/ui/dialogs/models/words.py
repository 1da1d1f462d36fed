"""What the Models window calls things."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from studio.engine.models.identity.families import Kind, family_name
from studio.engine.models.model_info import ModelInfo
from studio.ui.widgets.readable import bytes_text

ALL: Final = "all"
UNUSABLE: Final = "unusable"
TABS: Final[Mapping[str, str]] = MappingProxyType(
    {
        ALL: str(QT_TRANSLATE_NOOP("ModelWords", "All")),
        "model": str(QT_TRANSLATE_NOOP("ModelWords", "Models")),
        "lora": str(QT_TRANSLATE_NOOP("ModelWords", "LoRA")),
        "embedding": str(QT_TRANSLATE_NOOP("ModelWords", "Embeddings")),
        "control": str(QT_TRANSLATE_NOOP("ModelWords", "Controls")),
        "vae": str(QT_TRANSLATE_NOOP("ModelWords", "VAE")),
        "upscaler": str(QT_TRANSLATE_NOOP("ModelWords", "Upscalers")),
        "other": str(QT_TRANSLATE_NOOP("ModelWords", "Other")),
        UNUSABLE: str(QT_TRANSLATE_NOOP("ModelWords", "Not usable")),
    }
)
"""The tabs of the list in their order, by id."""
KINDS: Final[Mapping[Kind, str]] = MappingProxyType(
    {
        "model": str(QT_TRANSLATE_NOOP("ModelWords", "Model")),
        "part": str(QT_TRANSLATE_NOOP("ModelWords", "Part of a model")),
        "lora": str(QT_TRANSLATE_NOOP("ModelWords", "LoRA")),
        "embedding": str(QT_TRANSLATE_NOOP("ModelWords", "Embedding")),
        "control": str(QT_TRANSLATE_NOOP("ModelWords", "ControlNet")),
        "reference": str(QT_TRANSLATE_NOOP("ModelWords", "Reference adapter")),
        "vae": str(QT_TRANSLATE_NOOP("ModelWords", "VAE")),
        "upscaler": str(QT_TRANSLATE_NOOP("ModelWords", "Upscaler")),
        "motion adapter": str(QT_TRANSLATE_NOOP("ModelWords", "Motion adapter")),
        "other": str(QT_TRANSLATE_NOOP("ModelWords", "Something else")),
    }
)
"""What the kinds of files are called."""
READINGS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "canny": str(QT_TRANSLATE_NOOP("ModelWords", "Canny edges")),
        "scribble": str(QT_TRANSLATE_NOOP("ModelWords", "Scribbles")),
        "lineart": str(QT_TRANSLATE_NOOP("ModelWords", "Line art")),
        "softedge": str(QT_TRANSLATE_NOOP("ModelWords", "Soft edges")),
        "depth": str(QT_TRANSLATE_NOOP("ModelWords", "Depth")),
        "normal": str(QT_TRANSLATE_NOOP("ModelWords", "Normals")),
        "pose": str(QT_TRANSLATE_NOOP("ModelWords", "Poses")),
        "segmentation": str(QT_TRANSLATE_NOOP("ModelWords", "Segmentation")),
        "tile": str(QT_TRANSLATE_NOOP("ModelWords", "Tiles")),
        "stencil": str(QT_TRANSLATE_NOOP("ModelWords", "Stencils")),
    }
)
"""What control networks read, by the kinds of `studio.generation.conditioning.CONTROL_MODES`."""
ICONS: Final[Mapping[Kind, str]] = MappingProxyType(
    {
        "model": "model",
        "part": "model",
        "lora": "style",
        "embedding": "prompt",
        "control": "sliders",
        "reference": "images",
        "vae": "image",
        "upscaler": "upscale",
        "motion adapter": "timeline",
        "other": "help",
    }
)
"""What is drawn where there is no picture."""

_CONTROLS: Final = ("control", "reference")


def word(text: str) -> str:
    """A text of this file in the language of the window."""
    return QCoreApplication.translate("ModelWords", text)


def tab_of(kind: Kind) -> str:
    """The tab under which files of a kind are listed."""
    if kind in _CONTROLS:
        return "control"
    return kind if kind in TABS else "other"


def is_in(model: ModelInfo, tab: str) -> bool:
    """Whether a tab lists a model."""
    return tab == ALL or (model.problem is not None if tab == UNUSABLE else tab_of(model.kind) == tab)


def summary(model: ModelInfo) -> str:
    """Kind, family and size on one line."""
    kind = QCoreApplication.translate("ModelWords", "Inpainting model") if _inpaints(model) else word(KINDS[model.kind])
    return " · ".join(text for text in (kind, family_name(model.family), bytes_text(model.size)) if text)


def _inpaints(model: ModelInfo) -> bool:
    return model.kind == "model" and model.is_inpainting
