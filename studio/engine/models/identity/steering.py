"""Control networks: of which form they are, for which models, and which kinds of pictures they read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

from studio.engine.models.identity.subject import Subject
from studio.generation.conditioning import CONTROL_MODES

Form = Literal["network", "union", "adapter", "transformer"]
FORMS: Final[dict[str, Form]] = {"ControlNet": "network", "ControlNet Union": "union", "T2I-Adapter": "adapter"}
"""The forms that steer UNets, by what the rules call them."""
_UNETS: Final = ("sd1", "sd2", "sdxl")
_Z_IMAGE: Final = "z-image"
STEERED: Final = (*_UNETS, _Z_IMAGE)
"""The families whose models they steer."""

UNION_MODES: Final = {
    "pose": 0,
    "depth": 1,
    "softedge": 2,
    "scribble": 2,
    "canny": 3,
    "lineart": 3,
    "normal": 4,
    "segmentation": 5,
    "tile": 6,
}
"""The places of a ControlNet Union for XL, by what they read."""

_WORDS: Final = (
    ("canny", r"canny"),
    ("scribble", r"scribble|sketch"),
    ("lineart", r"line[ _-]?art|(?<![a-z])lines?(?![a-z])"),
    ("softedge", r"soft[ _-]?edge|(?<![a-z])(hed|pidi|pidinet|teed)(?![a-z])"),
    ("depth", r"depth|midas|(?<![a-z])zoe"),
    ("normal", r"normal"),
    ("pose", r"pose"),
    ("segmentation", r"(?<![a-z])seg(?![a-z])|segment|ade20k"),
    ("tile", r"(?<![a-z])tile|(?<![a-z])(un)?blur"),
    ("stencil", r"(?<![a-z])qr|stencil|brightness|illumination"),
)
"""What the names of files say, in small letters."""

_FIRST: Final = ("input_blocks.0.0.weight", "conv_in.weight")
_ADAPTERS_FIRST: Final = ("conv_in.weight", "body.0.out_conv.weight")
_ADAPTERS_INPUT: Final = ("conv_in.weight", "body.0.in_conv.weight")
_IN_FRONT: Final = ("", "control_model.", "adapter.")
_Z_IMAGE_FIRST: Final = ("control_all_x_embedder.2-1.weight",)
_Z_IMAGE_MODES: Final = ("canny", "scribble", "lineart", "softedge", "depth", "pose")
"""What the networks for Z-Image read, each all of it but for those that are called after tiles."""
_OF_XL: Final = (768, 256)
"""What adapters for XL see at each of their spots: 16 x 16 pixels of three channels or of one."""


@dataclass(frozen=True)
class Steering:
    """What a control network is like.

    ``modes`` are the kinds of pictures that it reads, none where nothing tells. ``width`` is that of the first block of
    the models that it is for, and ``context`` that of their text, 0 where it sees none.
    """

    form: Form
    modes: tuple[str, ...]
    width: int
    context: int


def steering(subject: Subject, family: str, what: str) -> Steering | None:
    """What the control network in a file is like; ``None`` for those that are not drawn with."""
    if family == _Z_IMAGE:
        return _steering_z_image(subject)
    form = FORMS.get(what) if family in _UNETS else None
    if form is None:
        return None
    width = _shape(subject, _ADAPTERS_FIRST if form == "adapter" else _FIRST)[:1]
    modes = _union_modes(subject) if form == "union" else named_modes(subject)
    return Steering(form, modes, width[0] if width else 0, subject.last_side("attn2.to_k.weight"))


def _steering_z_image(subject: Subject) -> Steering:
    width = _shape(subject, _Z_IMAGE_FIRST)[:1]
    modes = ("tile",) if "tile" in named_modes(subject) else _Z_IMAGE_MODES
    return Steering("transformer", modes, width[0] if width else 0, 0)


def named_modes(subject: Subject) -> tuple[str, ...]:
    """What the name of a file says that it reads; that of its folder where its own says nothing."""
    for name in (subject.path.stem, subject.path.parent.name):
        said = name.lower()
        modes = tuple(mode for mode, pattern in _WORDS if re.search(pattern, said))
        if modes:
            return modes
    return ()


def is_for_xl(subject: Subject) -> bool:
    """Whether an adapter is made for XL, which only the size of its spots tells."""
    return _shape(subject, _ADAPTERS_INPUT)[1:2] in [(side,) for side in _OF_XL]


def _union_modes(subject: Subject) -> tuple[str, ...]:
    known = subject.shape("task_embedding")[:1]
    return tuple(mode for mode in CONTROL_MODES if known and UNION_MODES.get(mode, known[0]) < known[0])


def _shape(subject: Subject, names: tuple[str, ...]) -> tuple[int, ...]:
    """The shape of the first of some tensors that is there, whatever stands in front; empty without any."""
    found = (subject.shape(front + name) for name in names for front in _IN_FRONT)
    return next((shape for shape in found if shape), ())
