"""What writes the picture into files other than its own, with progress."""

from __future__ import annotations

from collections.abc import Callable

from studio.ui.commands.animation_export import AnimationExport
from studio.ui.commands.file_desk import FileDesk
from studio.ui.commands.sprite_export import SpriteExport


class Exports:
    """``name`` says how the picture that is shown is called."""

    def __init__(self, desk: FileDesk, name: Callable[[], str]) -> None:
        self.animation = AnimationExport(desk, name)
        self.sprites = SpriteExport(desk, name)
