"""What is known of one model, or of another file in the models folders."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from studio.api import ModelLimits
from studio.engine.models.few_steps import FewSteps
from studio.engine.models.identity.families import Kind
from studio.engine.models.identity.referring import Referring, Sight
from studio.engine.models.identity.sampling import Taught
from studio.engine.models.identity.steering import Steering
from studio.text.kept_messages import KeptText, KeptTextOrNone


@dataclass(frozen=True, kw_only=True)
class ModelInfo:
    """One model on disk, or something that goes with models, or that was put there.

    ``family`` is an id of `studio.engine.models.identity.families.FAMILIES`, or "" when unknown; ``format`` is "folder"
    (diffusers layout) or "single_file"; ``size`` is in bytes. ``what`` says for a person what it is. ``problem`` says
    why it cannot be used, or is ``None``; ``is_passing`` that this may change without a change to the files.

    For what draws: ``few_steps`` are weights that are merged in, or what the name proposes, and how to draw with them,
    ``None`` for a usual model. ``limits`` are the sizes it works at, where it can be used. ``parts`` are the networks
    that it holds, ``missing`` those that it lacks; ``borrowed`` are those that are taken from other files or folders
    of models, as (part, path). ``taught`` says how it predicts, ``None`` for folders, whose configs say so.
    ``steering`` is what a control network is like, ``referring`` an IP-Adapter, and ``sight`` an image encoder, also
    one in the folder of a model; ``None`` where it is none that Shoreline draws with. ``tells`` is what a model of
    transformers says of pictures, such as "depth", or "".
    ``is_changed`` says that a person set something beside the file; see `studio.engine.models.overrides`.
    """

    id: str
    name: str
    path: Path
    family: str
    format: str
    size: int
    problem: KeptTextOrNone = None
    few_steps: FewSteps | None = None
    kind: Kind = "model"
    limits: ModelLimits | None = None
    what: KeptText = ""
    parts: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    borrowed: tuple[tuple[str, Path], ...] = ()
    taught: Taught | None = None
    is_inpainting: bool = False
    is_passing: bool = False
    is_changed: bool = False
    steering: Steering | None = None
    referring: Referring | None = None
    sight: Sight | None = None
    tells: str = ""
