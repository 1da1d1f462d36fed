"""What the right mouse button offers on the curves."""

from __future__ import annotations

from typing import get_args

from PySide6.QtWidgets import QMenu, QWidget

from studio.animation import Interpolation
from studio.ui.animation.curves import Curves
from studio.ui.animation.key_edits import KeyEdits
from studio.ui.widgets.actions import ActionTable


class EmptyPlaceMenu(QMenu):
    """At a frame of the track where there is no keyframe."""

    def __init__(self, curves: Curves, edits: KeyEdits, frame: int, parent: QWidget) -> None:
        super().__init__(parent)
        add = self.addAction(self.tr("Add Keyframe at Frame {frame}").format(frame=frame + 1))
        add.triggered.connect(lambda: curves.attempt(lambda: edits.add(frame)))
        one_value = self.addAction(self.tr("One Value for All Frames"))
        one_value.triggered.connect(lambda: curves.attempt(lambda: edits.make_one_value(frame)))
        one_value.setEnabled(edits.has_curve)


class KeyMenu(QMenu):
    """On a keyframe: what can be done with the chosen ones."""

    def __init__(self, actions: ActionTable, parent: QWidget) -> None:
        super().__init__(parent)
        self.addActions([actions[f"keyframes/key.{way}"] for way in get_args(Interpolation)])
        self.addSeparator()
        self.addActions([actions["keyframes/key.edit"], actions["keyframes/key.delete"]])
