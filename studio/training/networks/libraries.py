"""Classes of diffusers, transformers and spandrel, typed as ``Any``: the types that they publish are incomplete.

The capitalised aliases at the end are for annotations and say which object is meant.
"""

from __future__ import annotations

import importlib
from typing import Any, TypeAlias

_diffusers: Any = importlib.import_module("diffusers")
_transformers: Any = importlib.import_module("transformers")
_spandrel: Any = importlib.import_module("spandrel")

AttnProcessor: Any = importlib.import_module("diffusers.models.attention_processor").AttnProcessor
AutoencoderKL: Any = _diffusers.AutoencoderKL
ControlNetModel: Any = _diffusers.ControlNetModel
DDIMScheduler: Any = _diffusers.DDIMScheduler
StableDiffusionControlNetPipeline: Any = _diffusers.StableDiffusionControlNetPipeline
StableDiffusionPipeline: Any = _diffusers.StableDiffusionPipeline
UNet2DConditionModel: Any = _diffusers.UNet2DConditionModel
Compact: Any = _spandrel.architectures.Compact.Compact
ModelLoader: Any = _spandrel.ModelLoader
CLIPTextConfig: Any = _transformers.CLIPTextConfig
CLIPTextModel: Any = _transformers.CLIPTextModel
CLIPTokenizer: Any = _transformers.CLIPTokenizer

Autoencoder: TypeAlias = Any
ControlNet: TypeAlias = Any
Denoiser: TypeAlias = Any
Pipeline: TypeAlias = Any
Scheduler: TypeAlias = Any
ImageModel: TypeAlias = Any
TextEncoder: TypeAlias = Any
Tokenizer: TypeAlias = Any
