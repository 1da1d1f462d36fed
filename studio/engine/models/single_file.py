"""One-file checkpoints in the original key layout, through diffusers with bundled configs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import torch

from studio.engine.models.download import download_files
from studio.engine.models.library import ModelInfo
from studio.engine.models.settings_files import read_json
from studio.errors import ModelError
from studio.generation import CancelToken
from studio.system.parts import engine_part

TOKENIZER_REPOSITORY: Final = "openai/clip-vit-large-patch14"
_TOKENIZER_FILES: Final = ("vocab.json", "merges.txt", "tokenizer_config.json", "special_tokens_map.json")
_PIPELINES: Final = {
    "sd1": "StableDiffusionPipeline",
    "sd2": "StableDiffusionPipeline",
    "sdxl": "StableDiffusionXLPipeline",
}


@dataclass(frozen=True, eq=False)
class SingleFileParts:
    """What one file holds; tokenizers come from the Hugging Face cache."""

    encoders: tuple[tuple[Any, Any], ...]
    unet: Any
    vae: Any
    scheduler_config: Mapping[str, Any]


def load_single_file(info: ModelInfo, configs: Path, dtype: torch.dtype, cancel: CancelToken) -> SingleFileParts:
    """Load a checkpoint of family "sd1", "sd2" or "sdxl".

    Raises `ModelError` when the tokenizer cannot be had, `Cancelled` when its download was cancelled.
    """
    diffusers = engine_part("diffusers")
    given: dict[str, Any] = {"tokenizer": clip_tokenizer("<|endoftext|>", cancel)}
    if info.family == "sd2":
        given["tokenizer"] = clip_tokenizer("!", cancel)
    if info.family == "sdxl":
        given["tokenizer_2"] = clip_tokenizer("!", cancel)
    else:
        given |= {"safety_checker": None, "feature_extractor": None}
    pipeline = getattr(diffusers, _PIPELINES[info.family]).from_single_file(
        str(info.path), config=str(configs), local_files_only=True, torch_dtype=dtype, **given
    )
    encoders = [(given["tokenizer"], pipeline.text_encoder)]
    if info.family == "sdxl":
        encoders.append((given["tokenizer_2"], pipeline.text_encoder_2))
    return SingleFileParts(tuple(encoders), pipeline.unet, pipeline.vae, _scheduler_config(info, configs))


def clip_tokenizer(padding: str, cancel: CancelToken) -> Any:
    """OpenAI's CLIP tokenizer, from the Hugging Face cache or, the first time, from its repository (about 1.5 MB).

    Raises `ModelError` when it is neither cached nor reachable, `Cancelled` when its download was cancelled.
    """
    transformers = engine_part("transformers")
    try:
        folder = _tokenizer_folder(cancel)
    except (ModelError, OSError) as error:
        raise ModelError(
            f"The first checkpoint file needs the CLIP tokenizer ({TOKENIZER_REPOSITORY}, about 1.5 MB), "
            "which could not be downloaded.",
            "Go online once and load the model again, or use a diffusers model folder, which brings its own tokenizer.",
        ) from error
    tokenizer = transformers.CLIPTokenizer.from_pretrained(folder, local_files_only=True)
    tokenizer.pad_token = padding
    return tokenizer


def _tokenizer_folder(cancel: CancelToken) -> Path:
    """Where the tokenizer's files are: in the Hugging Face cache, or beside it once they were downloaded."""
    hub = engine_part("huggingface_hub")
    cached = [hub.try_to_load_from_cache(TOKENIZER_REPOSITORY, name) for name in _TOKENIZER_FILES]
    folders = {Path(path).parent if isinstance(path, str) else None for path in cached}
    if len(folders) == 1 and (folder := folders.pop()) is not None:
        return folder
    own = Path(engine_part("huggingface_hub.constants").HF_HOME) / "shoreline" / TOKENIZER_REPOSITORY.replace("/", "--")
    if not all((own / name).is_file() for name in _TOKENIZER_FILES):
        download_files(TOKENIZER_REPOSITORY, _TOKENIZER_FILES, own, cancel)
    return own


def _scheduler_config(info: ModelInfo, configs: Path) -> dict[str, Any]:
    """The bundled config; Stable Diffusion 2 "base" (512) models predict noise, the others velocity, and only the
    file's name tells which it is."""
    config = read_json(configs / "scheduler" / "scheduler_config.json")
    if info.family == "sd2" and any(word in info.path.stem.lower() for word in ("base", "512")):
        config["prediction_type"] = "epsilon"
    return config
