"""Models in the layout of diffusers: which folders they need, and if those are whole."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from studio.engine.models.habits import read_habits
from studio.engine.models.headers import TensorEntry, damaged, read_header, refuse_pickle
from studio.engine.models.identity.checkpoints import FOLDER_PLACES, NAMES, VAE, part_config, slots_of
from studio.engine.models.identity.samples import broken_tensor
from studio.engine.models.layouts.slots import Slot, misfits
from studio.engine.models.settings_files import read_json
from studio.engine.models.vocabulary import read_vocabulary
from studio.errors import ModelError

_PIPELINES: Final = {
    "StableDiffusionPipeline": "sd1",
    "StableDiffusionImg2ImgPipeline": "sd1",
    "StableDiffusionInpaintPipeline": "sd1",
    "LatentConsistencyModelPipeline": "sd1",
    "StableDiffusionXLPipeline": "sdxl",
    "StableDiffusionXLImg2ImgPipeline": "sdxl",
    "StableDiffusionXLInpaintPipeline": "sdxl",
}
_COMPONENTS: Final = {
    "sd1": ("tokenizer", "text_encoder", "unet", "vae", "scheduler"),
    "sdxl": ("tokenizer_2", "text_encoder_2", "unet", "vae", "scheduler"),
}
_OPTIONAL: Final = {"sd1": (), "sdxl": ("tokenizer", "text_encoder")}
_MOTION_ADAPTER: Final = "MotionAdapter"
_CLASSES: Final = frozenset({"UNet2DConditionModel", "AutoencoderKL", "CLIPTextModel", "CLIPTextModelWithProjection"})
_CHANNELS: Final = (4, 9)
_OTHER_NOISE: Final = ("EDM", "FlowMatch")
CLIP_WORDS: Final = 49408
"""The words of CLIP's text encoders."""
_ALIKE: Final = {
    "text_encoder": ("hidden_size", "num_hidden_layers", "vocab_size"),
    "text_encoder_2": ("hidden_size", "num_hidden_layers", "vocab_size", "projection_dim"),
    VAE: ("block_out_channels", "latent_channels", "scaling_factor"),
}
"""What of a config must be as in the family's for other models to borrow the network."""

_WEIGHTS: Final = re.compile(
    r"(?P<stem>.+?)(?P<shard>-\d{5}-of-(?P<count>\d{5}))?(\.(?P<variant>[a-z0-9_]+))?"
    r"(?P<shard2>-\d{5}-of-(?P<count2>\d{5}))?\.safetensors"
)
_USUAL_STEMS: Final = ("diffusion_pytorch_model", "model")
_USUAL_VARIANTS: Final = ("", "fp16", "bf16")


def family_of_index(index: Mapping[str, Any], name: str) -> str:
    """ "sd1" (also for 2) or "sdxl" of what a ``model_index.json`` says. Raises `ModelError` for other models."""
    family = _PIPELINES.get(str(index.get("_class_name")))
    if family is None:
        raise ModelError(
            f"{name} is a {str(index.get('_class_name'))[:80]} model, which is not supported.",
            "Supported are Stable Diffusion 1, 2 and XL.",
        )
    return family


def wanted_components(index: Mapping[str, Any], family: str) -> tuple[str, ...]:
    """The folders that a model of this family needs, by its ``model_index.json``."""
    optional = (name for name in _OPTIONAL[family] if _is_named(index.get(name)))
    return (*_COMPONENTS[family], *optional)


def _is_named(component: object) -> bool:
    return isinstance(component, list) and any(component)


def inspect_folder(folder: Path) -> str:
    """The family of a sound model folder; "" for a motion adapter. Raises `ModelError` saying what is wrong."""
    if is_motion_adapter(folder):
        for weights in component_weights(folder):
            read_header(weights)
        return ""
    if not any(folder.iterdir()):
        raise ModelError(f"The folder {folder} is empty.", "Put a model into it, or remove it.")
    if not (folder / "model_index.json").is_file():
        raise ModelError(
            f"{folder} is not a model folder: model_index.json is missing.",
            "Put a diffusers model folder or a .safetensors checkpoint here.",
        )
    index = read_json(folder / "model_index.json")
    family = family_of_index(index, folder.name)
    _inspect_components(folder, index, family)
    width = read_json(folder / "unet" / "config.json").get("cross_attention_dim")
    return "sd2" if family == "sd1" and width == 1024 else family


def is_motion_adapter(folder: Path) -> bool:
    """Whether a folder is one of diffusers' motion adapters (AnimateDiff), by its ``config.json``."""
    try:
        config = folder / "config.json"
        return config.is_file() and read_json(config).get("_class_name") == _MOTION_ADAPTER
    except (ModelError, OSError):
        return False


def is_inpainting_folder(folder: Path) -> bool:
    """Whether the UNet of a sound model folder is shown the mask and what is kept."""
    return bool(read_json(folder / "unet" / "config.json").get("in_channels") == 9)


def lendable_parts(folder: Path, family: str, configs: Path) -> tuple[str, ...]:
    """The networks of a sound model folder that are built like those of its family, so that others can borrow them."""
    return tuple(part for part in _ALIKE if (folder / part).is_dir() and _is_alike(folder, family, part, configs))


def _is_alike(folder: Path, family: str, part: str, configs: Path) -> bool:
    if not (configs / family / part / "config.json").is_file():
        return False
    own, usual = read_json(folder / part / "config.json"), part_config(configs, family, part)
    return all(own.get(name, usual.get(name)) == usual.get(name) for name in _ALIKE[part])


def component_weights(folder: Path) -> tuple[Path, ...]:
    """The safetensors files of one component folder: one, or all shards of one; plain rather than in half precision.

    Raises `UnsafeModelError` when there are only pickles, `ModelError` when there is nothing or shards are missing.
    """
    sets = _weight_sets(folder)
    whole = [found for found in sets if len(found.files) == found.count]
    if whole:
        return min(whole, key=_WeightSet.rank).files
    if sets:
        best = min(sets, key=_WeightSet.rank)
        raise ModelError(
            f"{folder} is incomplete: of the {best.count} pieces of its weights {best.count - len(best.files)} are "
            "missing.",
            "Download the model again.",
        )
    for path in sorted(folder.glob("*")):
        refuse_pickle(path)
    raise ModelError(f"{folder} holds no weights.", "Download the model again; .safetensors files are needed.")


@dataclass(frozen=True)
class _WeightSet:
    """Files of the same weights; whole if there are ``count`` of them."""

    stem: str
    variant: str
    count: int
    files: tuple[Path, ...]

    def rank(self) -> tuple[int, int, str, str]:
        """Lower for what is rather taken."""
        stem = _USUAL_STEMS.index(self.stem) if self.stem in _USUAL_STEMS else len(_USUAL_STEMS)
        variant = _USUAL_VARIANTS.index(self.variant) if self.variant in _USUAL_VARIANTS else len(_USUAL_VARIANTS)
        return stem, variant, self.stem, self.variant


def _weight_sets(folder: Path) -> list[_WeightSet]:
    sets: defaultdict[tuple[str, str, int], list[Path]] = defaultdict(list)
    for path in sorted(folder.glob("*.safetensors")):
        found = _WEIGHTS.fullmatch(path.name)
        if found is not None:
            count = int(found["count"] or found["count2"] or 1)
            sets[found["stem"], found["variant"] or "", count].append(path)
    return [_WeightSet(*key, tuple(files)) for key, files in sets.items()]


def _inspect_components(folder: Path, index: Mapping[str, Any], family: str) -> None:
    for name in wanted_components(index, family):
        part = folder / name
        if not part.is_dir():
            raise ModelError(f"{folder} is incomplete: the folder {name!r} is missing.", "Download the model again.")
        if name in NAMES:
            _inspect_weights(part)
        elif name.startswith("tokenizer"):
            _inspect_tokenizer(part)
    channels = read_json(folder / "unet" / "config.json").get("in_channels", 4)
    if channels not in _CHANNELS:
        raise ModelError(
            f"{folder} is a model whose UNet takes {channels} channels, such as for depth or enlarging, which is not "
            "supported.",
            "Choose another.",
        )
    _inspect_scheduler(folder)
    read_habits(folder)
    read_vocabulary(folder)


def _inspect_scheduler(folder: Path) -> None:
    name = str(read_json(folder / "scheduler" / "scheduler_config.json").get("_class_name"))
    if name.startswith(_OTHER_NOISE):
        raise ModelError(
            f"{folder} was taught with another kind of noise ({name[:80]}), which is not supported.", "Choose another."
        )


def has_tokenizer(folder: Path) -> bool:
    """Whether the folder of a tokenizer holds one."""
    names = ({"tokenizer.json"}, {"vocab.json", "merges.txt"})
    return any(all((folder / name).is_file() for name in each) for each in names)


def _inspect_tokenizer(folder: Path) -> None:
    """An empty one is no loss beside a text encoder that reads CLIP's words, whose table ships with Shoreline."""
    encoder = folder.with_name(folder.name.replace("tokenizer", "text_encoder"))
    words = read_json(encoder / "config.json").get("vocab_size", CLIP_WORDS)
    if words != CLIP_WORDS and not has_tokenizer(folder):
        raise ModelError(f"{folder} holds no tokenizer.", "Download the model again.")


def _inspect_weights(part: Path) -> None:
    config = read_json(part / "config.json")
    tensors: dict[str, TensorEntry] = {}
    for weights in component_weights(part):
        header = read_header(weights)
        tensors |= header.tensors
        if (broken := broken_tensor(weights, header)) is not None:
            raise damaged(weights, f"the tensor {broken} has numbers that are none (NaN or infinite)")
    classes = {str(config.get("_class_name")), *map(str, config.get("architectures") or ())}
    slots = slots_of(part.name, config) if classes & _CLASSES else None
    wrong = _misfits(part.name, slots, tensors) if slots is not None else []
    if wrong:
        more = f" and {len(wrong) - 1} more do not fit" if len(wrong) > 1 else ""
        raise ModelError(f"The weights in {part} do not fit its config.json: {wrong[0]}{more}.", "Download it again.")


def _misfits(name: str, slots: Sequence[Slot], tensors: Mapping[str, TensorEntry]) -> list[str]:
    """What does not fit, under the naming that fits best."""
    return min((list(misfits(tuple(slots), place, tensors)) for place in FOLDER_PLACES[name]), key=len)
