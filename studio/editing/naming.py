"""What new layers are called: a frozen value, so that names come in the language of whoever asks for them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, kw_only=True)
class Naming:
    """Names of new layers. ``{number}`` stands for the next free number, ``{name}`` for that of another layer."""

    layer: str = "Layer {number}"
    group: str = "Group {number}"
    fill: str = "Fill {number}"
    frame: str = "Frame {number}"
    copy: str = "{name} copy"
    background: str = "Background"
    visible: str = "Visible"
    frames: str = "Frames"


ENGLISH: Final = Naming()
