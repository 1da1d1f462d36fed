"""Guides: what a layer may be to the model, beside the prompt, and how it becomes the picture that a network reads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, kw_only=True)
class GuideSpec:
    """A kind of guide, offered under the prompt and on the command line: a control, which networks read spot by spot
    (``--control``), or a reference, a picture to resemble (``--reference``).

    A control names what ``reads`` it: kinds of control networks, the best first, out of
    `studio.generation.conditioning.CONTROL_MODES`: "canny", "scribble", "lineart", "softedge", "depth", "normal",
    "pose", "segmentation", "tile" and "stencil". ``preprocessor`` is the id of a `FilterSpec` that makes such a picture
    of any other; empty where there is none. A layer of ``is_lines`` becomes light lines on black, whether they were
    painted dark on light or light on dark.

    A ``reference`` says what of the picture is looked at: "whole", "style", "composition" or "face".

    An ``influence`` is the id of an `InfluenceSpec` that takes part in sampling with the layer's picture, and with the
    network that reads it where there is one: that is found in the models folders, and loaded with the model. Without an
    ``influence`` it is "control" or "reference".

    ``ground``, "#rrggbb", lies below what is transparent.
    """

    id: str
    name: str
    reads: tuple[str, ...] = ()
    reference: Literal["", "whole", "style", "composition", "face"] = ""
    influence: str = ""
    description: str = ""
    preprocessor: str = ""
    ground: str = "#000000"
    is_lines: bool = False

    @property
    def ground_color(self) -> tuple[int, int, int]:
        """Red, green and blue, 0..255."""
        red, green, blue = bytes.fromhex(self.ground.removeprefix("#"))
        return red, green, blue
