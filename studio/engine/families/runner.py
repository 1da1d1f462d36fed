"""What turns the loaded networks of a family into something that draws."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

from studio.api.families import FamilyContext
from studio.engine.codec import LatentCodec
from studio.engine.families.denoiser import Denoiser
from studio.engine.models.loading import Components
from studio.engine.prompts import TextCoder

DenoiserMaker: TypeAlias = Callable[[FamilyContext], Denoiser]
CoderMaker: TypeAlias = Callable[[Components, bool], TextCoder]


@dataclass(frozen=True, kw_only=True)
class Runner:
    """How a family is run.

    ``denoiser`` is made of what the ``run`` of a plugin's `FamilySpec` is given; ``coder`` of all components, and
    whether the model was taught few words on one window; ``codec`` of the VAE.
    """

    denoiser: DenoiserMaker
    coder: CoderMaker
    codec: Callable[[Any], LatentCodec] = LatentCodec
