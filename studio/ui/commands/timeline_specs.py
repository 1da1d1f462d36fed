"""The actions of the Animation menu, as data."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP

from studio.ui.style.actions import ActionSpec

TIMELINE: Final = (
    ActionSpec(
        id="timeline.make",
        text=str(QT_TRANSLATE_NOOP("Actions", "&Make Timeline")),
        tip=str(QT_TRANSLATE_NOOP("Actions", "Make frames of the selected layers, or of what a group holds")),
        icon="timeline",
    ),
    ActionSpec(
        id="timeline.remove",
        text=str(QT_TRANSLATE_NOOP("Actions", "Remo&ve Timeline")),
        tip=str(QT_TRANSLATE_NOOP("Actions", "Make an ordinary group of the frames again; no frame is lost")),
    ),
    ActionSpec(
        id="animation.project",
        text=str(QT_TRANSLATE_NOOP("Actions", "&Keyframe Animation")),
        tip=str(QT_TRANSLATE_NOOP("Actions", "Make and render an animation with keyframes, curves and formulas")),
        icon="keyframe",
    ),
    ActionSpec(
        id="animation.open",
        text=str(QT_TRANSLATE_NOOP("Actions", "Open Animation Pro&ject…")),
        tip=str(QT_TRANSLATE_NOOP("Actions", "Open a project file, as “shoreline animate” draws it")),
        icon="open",
    ),
    ActionSpec(
        id="timeline.export",
        text=str(QT_TRANSLATE_NOOP("Actions", "Export &Animation…")),
        tip=str(QT_TRANSLATE_NOOP("Actions", "Write the frames as a film, an animated picture or a sprite sheet")),
        icon="export",
    ),
    ActionSpec(
        id="timeline.add",
        text=str(QT_TRANSLATE_NOOP("Actions", "&New Frame")),
        tip=str(QT_TRANSLATE_NOOP("Actions", "Add an empty frame after this one")),
        icon="frame-add",
        shortcut="N",
    ),
    ActionSpec(
        id="timeline.duplicate",
        text=str(QT_TRANSLATE_NOOP("Actions", "&Duplicate Frames")),
        tip=str(QT_TRANSLATE_NOOP("Actions", "Add copies of the selected frames after them")),
        icon="frame-duplicate",
        shortcut="Shift+N",
    ),
    ActionSpec(
        id="timeline.cut",
        text=str(QT_TRANSLATE_NOOP("Actions", "Cu&t Frames")),
        tip=str(QT_TRANSLATE_NOOP("Actions", "Take the selected frames out, to paste them elsewhere")),
        icon="cut",
    ),
    ActionSpec(
        id="timeline.copy",
        text=str(QT_TRANSLATE_NOOP("Actions", "&Copy Frames")),
        tip=str(QT_TRANSLATE_NOOP("Actions", "Remember the selected frames, to paste them elsewhere")),
        icon="copy",
    ),
    ActionSpec(
        id="timeline.paste",
        text=str(QT_TRANSLATE_NOOP("Actions", "Pa&ste Frames")),
        tip=str(QT_TRANSLATE_NOOP("Actions", "Put the frames that were cut or copied after this one")),
        icon="paste",
    ),
    ActionSpec(
        id="timeline.delete",
        text=str(QT_TRANSLATE_NOOP("Actions", "D&elete Frames")),
        tip=str(QT_TRANSLATE_NOOP("Actions", "Delete the selected frames")),
        icon="trash",
    ),
    ActionSpec(
        id="timeline.reverse",
        text=str(QT_TRANSLATE_NOOP("Actions", "&Reverse Frames")),
        tip=str(QT_TRANSLATE_NOOP("Actions", "Turn the order of the selected frames round; of all, if only one is")),
        icon="frame-reverse",
    ),
    ActionSpec(
        id="timeline.play",
        text=str(QT_TRANSLATE_NOOP("Actions", "&Play")),
        tip=str(QT_TRANSLATE_NOOP("Actions", "Play the frames, or stop; any change of the picture stops it too")),
        icon="play",
        shortcut="P",
        checkable=True,
    ),
    ActionSpec(
        id="timeline.first",
        text=str(QT_TRANSLATE_NOOP("Actions", "&First Frame")),
        tip=str(QT_TRANSLATE_NOOP("Actions", "Show the first frame")),
        icon="frame-first",
        shortcut="Ctrl+Home",
    ),
    ActionSpec(
        id="timeline.previous",
        text=str(QT_TRANSLATE_NOOP("Actions", "Prev&ious Frame")),
        tip=str(QT_TRANSLATE_NOOP("Actions", "Show the frame before this one; before the first comes the last")),
        icon="frame-previous",
        shortcut=",",
    ),
    ActionSpec(
        id="timeline.next",
        text=str(QT_TRANSLATE_NOOP("Actions", "Ne&xt Frame")),
        tip=str(QT_TRANSLATE_NOOP("Actions", "Show the frame after this one; after the last comes the first")),
        icon="frame-next",
        shortcut=".",
    ),
    ActionSpec(
        id="timeline.last",
        text=str(QT_TRANSLATE_NOOP("Actions", "&Last Frame")),
        tip=str(QT_TRANSLATE_NOOP("Actions", "Show the last frame")),
        icon="frame-last",
        shortcut="Ctrl+End",
    ),
    ActionSpec(
        id="timeline.onion_skin",
        text=str(QT_TRANSLATE_NOOP("Actions", "&Onion Skin")),
        tip=str(QT_TRANSLATE_NOOP("Actions", "Show the frames before and after this one, tinted and translucent")),
        icon="onion-skin",
        shortcut="O",
        checkable=True,
    ),
)
