"""The keyboard of the curves: what each key does there."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from studio.editing.animation import KeyPlace
from studio.ui.animation.curves import Act, Curves
from studio.ui.animation.key_edits import KeyEdits

_ACROSS: Final[dict[int, int]] = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_UP: Final[dict[int, int]] = {Qt.Key.Key_Down: -1, Qt.Key.Key_Up: 1}


class CurveKeys:
    """Arrows go and, with Alt, move; keys that the window's commands have are theirs."""

    def __init__(self, curves: Curves, edits: KeyEdits) -> None:
        self._curves = curves
        self._edits = edits
        self._plain: dict[int, Act] = {
            Qt.Key.Key_Backspace: edits.delete,
            Qt.Key.Key_Insert: edits.add,
            Qt.Key.Key_Home: lambda: curves.go_to(0),
            Qt.Key.Key_End: lambda: curves.go_to(curves.last_frame),
            Qt.Key.Key_Return: self.edit_chosen,
            Qt.Key.Key_Enter: self.edit_chosen,
        }

    def choose_all(self) -> None:
        """Choose every keyframe of the track that is worked on."""
        self._curves.choose(frozenset(self._mine(self._curves.places())))

    def edit_chosen(self) -> None:
        """Let the value of the first chosen keyframe of the track be typed."""
        mine = self._mine(list(self._curves.chosen))
        if mine:
            self._curves.edit_in_place(mine[0])

    def press(self, event: QKeyEvent) -> bool:
        """Do what a key stands for. Returns whether it stands for anything."""
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        act = self._arrow(event.key(), alt=alt, control=control) or self._other(event.key(), alt=alt, control=control)
        if act is not None:
            self._curves.attempt(act)
        return act is not None

    def _arrow(self, key: int, *, alt: bool, control: bool) -> Act | None:
        curves = self._curves
        across, up = _ACROSS.get(key, 0), _UP.get(key, 0)
        if not across and not up:
            return None
        if alt:
            step = curves.track.step if curves.track is not None else 0.0
            return lambda: self._edits.move(across, up * step)
        if up:
            return lambda: self._step_track(-up)
        return lambda: self._step_keys(across) if control else curves.go_to(curves.playhead + across)

    def _other(self, key: int, *, alt: bool, control: bool) -> Act | None:
        curves = self._curves
        if key == Qt.Key.Key_Escape and curves.is_dragging:
            return curves.drop_drag
        return None if control or alt else self._plain.get(key)

    def _mine(self, places: list[KeyPlace]) -> list[KeyPlace]:
        """Those of the track that is worked on, in order."""
        track = self._curves.track
        return sorted(place for place in places if track is not None and place.track == track.id)

    def _step_keys(self, way: int) -> None:
        """Go to the next keyframe of the track on one side, and choose it."""
        further = [
            place for place in self._mine(self._curves.places()) if (place.frame - self._curves.playhead) * way > 0
        ]
        if further:
            place = further[0] if way > 0 else further[-1]
            self._curves.choose(frozenset({place}))
            self._curves.go_to(place.frame)

    def _step_track(self, by: int) -> None:
        order, track = list(self._curves.tracks), self._curves.track
        if track is not None and track.id in order:
            self._curves.choose_track(order[min(max(order.index(track.id) + by, 0), len(order) - 1)])
