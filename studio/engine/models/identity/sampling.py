"""How a model wants to be drawn with: what its tensors say of it, and what the name of its file proposes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from studio.engine.models.families.table import FAMILIES
from studio.engine.models.few_steps import FewSteps
from studio.engine.models.identity.samples import sampled_values
from studio.engine.models.identity.subject import Subject

Prediction = Literal["epsilon", "v_prediction"]
PREDICTIONS: Final[tuple[Prediction, ...]] = ("epsilon", "v_prediction")

_TELLING: Final = "output_blocks.11.1.transformer_blocks.0.norm1.bias"
_TELLING_HERE: Final = "up_blocks.3.attentions.2.transformer_blocks.0.norm1.bias"
_SPREAD_OF_VELOCITY: Final = 0.09
"""The deviation of that bias: larger in those models of Stable Diffusion 2 that predict velocity."""
_STEPS: Final = re.compile(r"(?<!\d)(\d{1,2})[ _-]?steps?", re.IGNORECASE)
_VELOCITY_NAMED: Final = re.compile(r"(?<![a-z])v[ _-]?pred", re.IGNORECASE)
_MOST_STEPS: Final = 50
_MEDIUM: Final = ("base", "512")


@dataclass(frozen=True)
class Taught:
    """What a model predicts, ``None`` for what is usual in its family; whether it begins at nothing but noise; and the
    side in pixels that it was taught at."""

    prediction: Prediction | None = None
    zero_snr: bool = False
    side: int = 512


def taught(subject: Subject, family: str) -> Taught:
    """How the model in a file was taught. Raises `ModelError` if the file cannot be read."""
    tensors = subject.header.tensors
    zero_snr = "ztsnr" in tensors
    if family == "sd2":
        prediction = _sd2_prediction(subject)
        return Taught(prediction, zero_snr, 768 if prediction == "v_prediction" else 512)
    says_velocity = "v_pred" in tensors or subject.header.metadata.get("modelspec.prediction_type") == "v"
    if says_velocity or _VELOCITY_NAMED.search(subject.path.stem):
        return Taught("v_prediction", zero_snr, _side(subject, family))
    return Taught(None, zero_snr, _side(subject, family))


def _side(subject: Subject, family: str) -> int:
    """512 for the one XL that was taught at it."""
    is_turbo = family == "sdxl" and re.search(r"xl[ _-]?turbo[ _-]?1", subject.path.stem, re.IGNORECASE)
    return 512 if is_turbo else FAMILIES[family].side


def _sd2_prediction(subject: Subject) -> Prediction:
    """By the spread of one bias, as all models of the family have the same names and shapes; by the file's name where
    that is all zeros. Inpainting models predict noise."""
    if subject.shape("input_blocks.0.0.weight")[1:2] == (9,):
        return "epsilon"
    for name in (_TELLING, _TELLING_HERE):
        entry = subject.header.tensors.get(subject.around + name) or subject.header.tensors.get(name)
        if entry is not None and entry.dtype in ("F16", "BF16", "F32"):
            spread = float(np.std(sampled_values(subject.path, entry, 4096)))
            if spread > 0.0:
                return "v_prediction" if spread > _SPREAD_OF_VELOCITY else "epsilon"
    stem = subject.path.stem.lower()
    return "epsilon" if any(word in stem for word in _MEDIUM) else "v_prediction"


_WORDS: Final = re.compile(r"[a-z]+\d?|\d+", re.IGNORECASE)
_JOINED: Final = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=XL)(?=[A-Z][a-z])")


def proposed_sampling(name: str, family: str, *, is_guided: bool = False) -> FewSteps | None:
    """How a model of a family is drawn with, by the name of its file; ``None`` for the usual way.

    ``is_guided`` says that the network is shown the guidance scale. A number of steps in the name goes before that of
    the family.
    """
    words = frozenset(word.lower() for word in _WORDS.findall(_JOINED.sub(" ", name)))
    preset = FAMILIES[family].preset(words, is_guided)
    if preset is None:
        return None
    named = _STEPS.search(name)
    steps = min(_MOST_STEPS, max(1, int(named[1]))) if named else preset.steps
    return FewSteps(weights=None, scheduler=preset.scheduler, steps=steps, guidance_scale=preset.guidance_scale)


def wants_trailing_steps(sampling: FewSteps | None) -> bool:
    """Whether a few-step model's steps are counted back from pure noise, as its few were taught."""
    return sampling is not None and sampling.weights is None and sampling.scheduler in ("euler", "euler_a")
