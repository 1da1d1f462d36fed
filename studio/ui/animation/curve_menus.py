"""What the right mouse button offers on the curves."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from PySide6.QtWidgets import QMenu, QWidget

from studio.animation import Interpolation
from studio.ui.animation.curve_keys import Curves
from studio.ui.animation.track_names import interpolation_name

if TYPE_CHECKING:
    from studio.editing.animation import Key, KeyPlace


class EmptyPlaceMenu(QMenu):
    """At a frame of the track where there is no keyframe."""

    def __init__(self, curves: Curves, frame: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.addAction(self.tr("Add Keyframe at Frame {frame}").format(frame=frame + 1), lambda: curves.add_key(frame))
        one_value = self.addAction(self.tr("One Value for All Frames"), lambda: curves.make_one_value(frame))
        track = curves.track
        one_value.setEnabled(sum(track is not None and each.track == track.id for each in curves.places()) > 1)


class KeyMenu(QMenu):
    """On a keyframe: what can be done with the chosen ones."""

    def __init__(self, curves: Curves, place: KeyPlace, key: Key | None, parent: QWidget) -> None:
        super().__init__(parent)
        for way in get_args(Interpolation):
            action = self.addAction(interpolation_name(way))
            action.setCheckable(True)
            action.setChecked(key is not None and key.interpolation == way)
            action.triggered.connect(lambda _checked=False, chosen=way: curves.interpolate_chosen(chosen))
        self.addSeparator()
        self.addAction(self.tr("Edit Value…"), lambda: curves.edit_in_place(place))
        self.addAction(self.tr("Delete"), curves.delete_chosen)
