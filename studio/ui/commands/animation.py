"""The Animation menu."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP

from studio.editing import timeline
from studio.ui.commands import conditions
from studio.ui.commands.context import Context
from studio.ui.commands.menu import SEPARATOR, Menu
from studio.ui.style.translation import layer_names
from studio.ui.widgets.command import Command


def _make(context: Context) -> None:
    timeline.make(context.session, context.panels.selected_layers(), layer_names())
    context.panels.show_timeline()


def _cut(context: Context) -> None:
    context.panels.keep_frames(timeline.cut(context.session, context.panels.chosen_frames(), layer_names()))


def _copy(context: Context) -> None:
    context.panels.keep_frames(timeline.copy(context.session, context.panels.chosen_frames()))


def _paste(context: Context) -> None:
    copied = context.panels.copied_frames
    if copied is not None:
        timeline.paste(context.session, copied)


ANIMATION: Final = Menu(
    id="animation",
    title=str(QT_TRANSLATE_NOOP("Menus", "&Animation")),
    entries=(
        Command(
            id="timeline.make",
            text=str(QT_TRANSLATE_NOOP("Actions", "&Make Timeline")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Make frames of the selected layers, or of what a group holds")),
            icon="timeline",
            needs=(conditions.NO_FRAMES,),
            run=_make,
        ),
        Command(
            id="timeline.remove",
            text=str(QT_TRANSLATE_NOOP("Actions", "Remo&ve Timeline")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Make an ordinary group of the frames again; no frame is lost")),
            needs=(conditions.FRAMES,),
            run=lambda context: timeline.remove(context.session),
        ),
        SEPARATOR,
        Command(
            id="timeline.play",
            text=str(QT_TRANSLATE_NOOP("Actions", "&Play")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Play the frames, or stop; any change of the picture stops it too")),
            icon="play",
            shortcut="P",
            needs=(conditions.SEVERAL_FRAMES,),
            run=lambda context: context.panels.player.toggle(),
            checked=lambda state: state.is_playing,
        ),
        Command(
            id="timeline.first",
            text=str(QT_TRANSLATE_NOOP("Actions", "&First Frame")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Show the first frame")),
            icon="frame-first",
            shortcut="Ctrl+Home",
            needs=(conditions.SEVERAL_FRAMES,),
            run=lambda context: timeline.show_end(context.session, last=False),
        ),
        Command(
            id="timeline.previous",
            text=str(QT_TRANSLATE_NOOP("Actions", "Prev&ious Frame")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Show the frame before this one; before the first comes the last")),
            icon="frame-previous",
            shortcut=",",
            needs=(conditions.SEVERAL_FRAMES,),
            run=lambda context: timeline.step(context.session, -1),
        ),
        Command(
            id="timeline.next",
            text=str(QT_TRANSLATE_NOOP("Actions", "Ne&xt Frame")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Show the frame after this one; after the last comes the first")),
            icon="frame-next",
            shortcut=".",
            needs=(conditions.SEVERAL_FRAMES,),
            run=lambda context: timeline.step(context.session, 1),
        ),
        Command(
            id="timeline.last",
            text=str(QT_TRANSLATE_NOOP("Actions", "&Last Frame")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Show the last frame")),
            icon="frame-last",
            shortcut="Ctrl+End",
            needs=(conditions.SEVERAL_FRAMES,),
            run=lambda context: timeline.show_end(context.session, last=True),
        ),
        SEPARATOR,
        Command(
            id="timeline.add",
            text=str(QT_TRANSLATE_NOOP("Actions", "&New Frame")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Add an empty frame after this one")),
            icon="frame-add",
            shortcut="N",
            needs=(conditions.FRAMES,),
            run=lambda context: timeline.add(context.session, layer_names()),
        ),
        Command(
            id="timeline.duplicate",
            text=str(QT_TRANSLATE_NOOP("Actions", "&Duplicate Frames")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Add copies of the selected frames after them")),
            icon="frame-duplicate",
            shortcut="Shift+N",
            needs=(conditions.FRAMES,),
            run=lambda context: timeline.duplicate(context.session, context.panels.chosen_frames()),
        ),
        Command(
            id="timeline.cut",
            text=str(QT_TRANSLATE_NOOP("Actions", "Cu&t Frames")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Take the selected frames out, to paste them elsewhere")),
            icon="cut",
            needs=(conditions.FRAMES,),
            run=_cut,
        ),
        Command(
            id="timeline.copy",
            text=str(QT_TRANSLATE_NOOP("Actions", "&Copy Frames")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Remember the selected frames, to paste them elsewhere")),
            icon="copy",
            needs=(conditions.FRAMES,),
            run=_copy,
        ),
        Command(
            id="timeline.paste",
            text=str(QT_TRANSLATE_NOOP("Actions", "Pa&ste Frames")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Put the frames that were cut or copied after this one")),
            icon="paste",
            needs=(
                conditions.FRAMES,
                conditions.COPIED_FRAMES,
            ),
            run=_paste,
        ),
        Command(
            id="timeline.delete",
            text=str(QT_TRANSLATE_NOOP("Actions", "D&elete Frames")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Delete the selected frames")),
            icon="trash",
            needs=(conditions.FRAMES,),
            run=lambda context: timeline.delete(context.session, context.panels.chosen_frames(), layer_names()),
        ),
        Command(
            id="timeline.reverse",
            text=str(QT_TRANSLATE_NOOP("Actions", "&Reverse Frames")),
            tip=str(
                QT_TRANSLATE_NOOP("Actions", "Turn the order of the selected frames round; of all, if only one is")
            ),
            icon="frame-reverse",
            needs=(conditions.SEVERAL_FRAMES,),
            run=lambda context: timeline.reverse(context.session, context.panels.chosen_frames()),
        ),
        SEPARATOR,
        Command(
            id="timeline.onion_skin",
            text=str(QT_TRANSLATE_NOOP("Actions", "&Onion Skin")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Show the frames before and after this one, tinted and translucent")),
            icon="onion-skin",
            shortcut="O",
            needs=(conditions.FRAMES,),
            run=lambda context: context.panels.show_onion_skin(not context.panels.has_onion_skin),
            checked=lambda state: state.has_onion_skin,
        ),
        SEPARATOR,
        Command(
            id="animation.project",
            text=str(QT_TRANSLATE_NOOP("Actions", "&Keyframe Animation")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Make and render an animation with keyframes, curves and formulas")),
            icon="keyframe",
            run=lambda context: context.projects.show(),
        ),
        Command(
            id="animation.open",
            text=str(QT_TRANSLATE_NOOP("Actions", "Open Animation Pro&ject…")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Open a project file, as “shoreline animate” draws it")),
            icon="open",
            run=lambda context: context.projects.ask_open(),
        ),
        SEPARATOR,
        Command(
            id="timeline.export",
            text=str(QT_TRANSLATE_NOOP("Actions", "Export &Animation…")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Write the frames as a film, an animated picture or a sprite sheet")),
            icon="export",
            needs=(conditions.FRAMES,),
            run=lambda context: context.exporting.animation.ask(),
        ),
    ),
)
