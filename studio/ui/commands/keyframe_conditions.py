"""What commands of the window of keyframe animations need. Each reason is written once, here."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP

from studio.ui.commands.keyframe_context import KeyframeState
from studio.ui.widgets.command import Condition

PROJECT: Final = Condition[KeyframeState](
    lambda state: state.has_project, str(QT_TRANSLATE_NOOP("Conditions", "No project is open."))
)
UNSAVED: Final = Condition[KeyframeState](
    lambda state: state.is_unsaved, str(QT_TRANSLATE_NOOP("Conditions", "Everything is saved."))
)
UNDO: Final = Condition[KeyframeState](
    lambda state: state.can_undo, str(QT_TRANSLATE_NOOP("Conditions", "There is nothing to undo."))
)
REDO: Final = Condition[KeyframeState](
    lambda state: state.can_redo, str(QT_TRANSLATE_NOOP("Conditions", "There is nothing to redo."))
)
CHOSEN: Final = Condition[KeyframeState](
    lambda state: bool(state.ways), str(QT_TRANSLATE_NOOP("Conditions", "No keyframe is chosen."))
)
CURVE: Final = Condition[KeyframeState](
    lambda state: state.has_curve, str(QT_TRANSLATE_NOOP("Conditions", "The track has one value already."))
)
PLUGINS: Final = Condition[KeyframeState](
    lambda state: state.has_plugins, str(QT_TRANSLATE_NOOP("Conditions", "The plugins are still being loaded."))
)
FRAMES: Final = Condition[KeyframeState](
    lambda state: state.has_frames, str(QT_TRANSLATE_NOOP("Conditions", "No frame is drawn yet."))
)
WHOLE: Final = Condition[KeyframeState](
    lambda state: state.is_whole, str(QT_TRANSLATE_NOOP("Conditions", "Not all frames are drawn yet."))
)
NOT_WHOLE: Final = Condition[KeyframeState](
    lambda state: not state.is_whole, str(QT_TRANSLATE_NOOP("Conditions", "All frames are drawn already."))
)
RENDERING: Final = Condition[KeyframeState](
    lambda state: state.is_rendering and not state.is_stopping,
    str(QT_TRANSLATE_NOOP("Conditions", "Nothing is being drawn.")),
)
NOT_RENDERING: Final = Condition[KeyframeState](
    lambda state: not state.is_rendering, str(QT_TRANSLATE_NOOP("Conditions", "The frames are being drawn already."))
)
