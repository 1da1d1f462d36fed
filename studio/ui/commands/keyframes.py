"""The menus of the window of keyframe animations."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from studio.animation import Interpolation
from studio.ui.commands import keyframe_conditions as conditions
from studio.ui.commands.keyframe_context import KeyframeContext, KeyframeState
from studio.ui.commands.menu import SEPARATOR, Menu
from studio.ui.widgets.actions import Section
from studio.ui.widgets.command import Command

KeyframeCommand = Command[KeyframeState, KeyframeContext]

_WAYS: Final[tuple[tuple[Interpolation, str, str], ...]] = (
    (
        "step",
        str(QT_TRANSLATE_NOOP("Actions", "&Step")),
        str(QT_TRANSLATE_NOOP("Actions", "Hold the values of the chosen keyframes until the next ones")),
    ),
    (
        "linear",
        str(QT_TRANSLATE_NOOP("Actions", "&Linear")),
        str(QT_TRANSLATE_NOOP("Actions", "Go straight from the chosen keyframes to the next ones")),
    ),
    (
        "cubic",
        str(QT_TRANSLATE_NOOP("Actions", "C&ubic")),
        str(QT_TRANSLATE_NOOP("Actions", "Go through the chosen keyframes in a smooth curve")),
    ),
    (
        "ease",
        str(QT_TRANSLATE_NOOP("Actions", "&Ease")),
        str(QT_TRANSLATE_NOOP("Actions", "Leave the chosen keyframes slowly and reach the next ones slowly")),
    ),
)


def _interpolation(way: Interpolation, text: str, tip: str) -> KeyframeCommand:
    return Command(
        id=f"keyframes/key.{way}",
        text=text,
        tip=tip,
        needs=(conditions.CHOSEN,),
        run=lambda context: context.edits.interpolate(way),
        checked=lambda state: state.ways == {way},
    )


PROJECT: Final = Menu(
    id="keyframes/project",
    title=str(QT_TRANSLATE_NOOP("Menus", "&Project")),
    entries=(
        Command(
            id="keyframes/project.new",
            text=str(QT_TRANSLATE_NOOP("Actions", "&New Project")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Begin a project with what the Generate panel asks for")),
            icon="new",
            shortcut="Ctrl+N",
            run=lambda context: context.files.new(),
        ),
        Command(
            id="keyframes/project.example",
            text=str(QT_TRANSLATE_NOOP("Actions", "New Project from the &Example")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Begin with a copy of the project that ships")),
            icon="images",
            run=lambda context: context.files.new_from_example(),
        ),
        Command(
            id="keyframes/project.open",
            text=str(QT_TRANSLATE_NOOP("Actions", "&Open Project…")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Open a project file, as “shoreline animate” draws it")),
            icon="open",
            shortcut="Ctrl+O",
            run=lambda context: context.files.ask_open(),
        ),
        SEPARATOR,
        Command(
            id="keyframes/project.save",
            text=str(QT_TRANSLATE_NOOP("Actions", "&Save Project")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Save the project to its file")),
            icon="save",
            shortcut="Ctrl+S",
            needs=(
                conditions.PROJECT,
                conditions.UNSAVED,
            ),
            run=lambda context: context.files.save(),
        ),
        Command(
            id="keyframes/project.save_as",
            text=str(QT_TRANSLATE_NOOP("Actions", "Save Project &As…")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Save the project to another file")),
            icon="save-as",
            shortcut="Ctrl+Shift+S",
            needs=(conditions.PROJECT,),
            run=lambda context: context.files.save_as(),
        ),
        SEPARATOR,
        Command(
            id="keyframes/project.close",
            text=str(QT_TRANSLATE_NOOP("Actions", "&Close Window")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Hide this window; the project stays, and what is drawn goes on")),
            icon="close",
            shortcut="Ctrl+W",
            run=lambda context: context.frames.close(),
        ),
    ),
)
EDIT: Final = Menu(
    id="keyframes/edit",
    title=str(QT_TRANSLATE_NOOP("Menus", "&Edit")),
    entries=(
        Command(
            id="keyframes/edit.undo",
            text=str(QT_TRANSLATE_NOOP("Actions", "&Undo")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Go one step back")),
            icon="undo",
            shortcut="Ctrl+Z",
            needs=(conditions.UNDO,),
            run=lambda context: context.editor.undo(),
        ),
        Command(
            id="keyframes/edit.redo",
            text=str(QT_TRANSLATE_NOOP("Actions", "&Redo")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Go one step forward")),
            icon="redo",
            shortcut="Ctrl+Shift+Z",
            needs=(conditions.REDO,),
            run=lambda context: context.editor.redo(),
        ),
    ),
)
KEYFRAME: Final = Menu(
    id="keyframes/keyframe",
    title=str(QT_TRANSLATE_NOOP("Menus", "&Keyframe")),
    entries=(
        Command(
            id="keyframes/key.add",
            text=str(QT_TRANSLATE_NOOP("Actions", "&Add Keyframe")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Add a keyframe to this track at the current frame")),
            icon="keyframe-on",
            shortcut="K",
            needs=(conditions.PROJECT,),
            run=lambda context: context.edits.add(),
        ),
        Command(
            id="keyframes/key.edit",
            text=str(QT_TRANSLATE_NOOP("Actions", "Edit &Value…")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Type another value for the chosen keyframe")),
            shortcut="F2",
            needs=(conditions.CHOSEN,),
            run=lambda context: context.curves.edit_chosen(),
        ),
        Command(
            id="keyframes/key.delete",
            text=str(QT_TRANSLATE_NOOP("Actions", "&Delete Keyframes")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Delete the chosen keyframes")),
            icon="trash",
            shortcut="Del",
            needs=(conditions.CHOSEN,),
            run=lambda context: context.edits.delete(),
        ),
        SEPARATOR,
        Command(
            id="keyframes/key.choose_all",
            text=str(QT_TRANSLATE_NOOP("Actions", "&Choose All of the Track")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Choose every keyframe of this track")),
            shortcut="Ctrl+A",
            needs=(conditions.PROJECT,),
            run=lambda context: context.curves.choose_all(),
        ),
        Command(
            id="keyframes/key.one_value",
            text=str(QT_TRANSLATE_NOOP("Actions", "&One Value for All Frames")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Give this track the value of the current frame, without keyframes")),
            needs=(
                conditions.PROJECT,
                conditions.CURVE,
            ),
            run=lambda context: context.edits.make_one_value(context.playhead()),
        ),
        SEPARATOR,
        *(_interpolation(way, text, tip) for way, text, tip in _WAYS),
    ),
)
FRAMES: Final = Menu(
    id="keyframes/frames",
    title=str(QT_TRANSLATE_NOOP("Menus", "&Frames")),
    entries=(
        Command(
            id="keyframes/frames.play",
            text=str(QT_TRANSLATE_NOOP("Actions", "&Play")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Play the frames that are drawn, or stop")),
            icon="play",
            shortcut="P",
            needs=(
                conditions.PROJECT,
                conditions.FRAMES,
            ),
            run=lambda context: context.frames.toggle_playing(),
            checked=lambda state: state.is_playing,
        ),
        SEPARATOR,
        Command(
            id="keyframes/frames.render",
            text=str(QT_TRANSLATE_NOOP("Actions", "&Render")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Draw the frames that are not there yet")),
            icon="generate",
            shortcut="Ctrl+Return",
            needs=(
                conditions.PROJECT,
                conditions.PLUGINS,
                conditions.NOT_RENDERING,
                conditions.NOT_WHOLE,
            ),
            run=lambda context: context.frames.start(),
        ),
        Command(
            id="keyframes/frames.cancel",
            text=str(QT_TRANSLATE_NOOP("Actions", "&Cancel")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Stop within a step; finished frames stay")),
            icon="cancel",
            shortcut="Ctrl+.",
            needs=(conditions.RENDERING,),
            run=lambda context: context.cancel(),
        ),
        SEPARATOR,
        Command(
            id="keyframes/frames.to_timeline",
            text=str(QT_TRANSLATE_NOOP("Actions", "To &Timeline")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Put all frames on the timeline of the picture, in one step")),
            icon="timeline",
            needs=(
                conditions.PROJECT,
                conditions.WHOLE,
            ),
            run=lambda context: context.frames.to_timeline(),
        ),
        Command(
            id="keyframes/frames.as_picture",
            text=str(QT_TRANSLATE_NOOP("Actions", "As P&icture")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Open the frames as a new picture of their size")),
            icon="new",
            needs=(
                conditions.PROJECT,
                conditions.WHOLE,
            ),
            run=lambda context: context.frames.as_picture(),
        ),
        Command(
            id="keyframes/frames.export",
            text=str(QT_TRANSLATE_NOOP("Actions", "&Export…")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Write the frames as a film, an animated picture or a sprite sheet")),
            icon="export",
            needs=(
                conditions.PROJECT,
                conditions.WHOLE,
            ),
            run=lambda context: context.frames.export(),
        ),
    ),
)
HELP: Final = Menu(
    id="keyframes/help",
    title=str(QT_TRANSLATE_NOOP("Menus", "&Help")),
    entries=(
        Command(
            id="keyframes/help.contents",
            text=str(QT_TRANSLATE_NOOP("Actions", "&Help")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Read how Shoreline works")),
            icon="help",
            shortcut="F1",
            run=lambda context: context.show_help(),
        ),
        Command(
            id="keyframes/help.find",
            text=str(QT_TRANSLATE_NOOP("Actions", "&Find a Command…")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Search everything that this window can do, by name or by key")),
            icon="search",
            shortcut="Ctrl+Shift+P",
            run=lambda context: context.find_command(),
        ),
    ),
)
MENUS: Final = (PROJECT, EDIT, KEYFRAME, FRAMES, HELP)
"""In the order of the menu bar."""


def keyframe_sections() -> tuple[Section, ...]:
    """Every command of the window; titles are translated now."""
    window = QCoreApplication.translate("Menus", "Keyframe animation")
    return tuple(
        Section(id=menu.id, title=menu.plain_title, commands=tuple(menu.commands()), window=window) for menu in MENUS
    )
