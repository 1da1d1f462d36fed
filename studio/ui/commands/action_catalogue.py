"""Every action of the window, as data; texts are translated in the context Actions."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP

from studio.ui.canvas.tools.registry import TOOLS
from studio.ui.commands.picture_actions import IMAGE, LAYER, MASK
from studio.ui.commands.timeline_specs import TIMELINE
from studio.ui.style.actions import ActionSpec

FILE: Final = (
    ActionSpec(
        id="file.new",
        text=str(QT_TRANSLATE_NOOP("Actions", "&New…")),
        tip=str(QT_TRANSLATE_NOOP("Actions", "Start a new picture")),
        icon="new",
        shortcut="Ctrl+N",
    ),
    ActionSpec(
        id="file.open",
        text=str(QT_TRANSLATE_NOOP("Actions", "&Open…")),
        tip=str(QT_TRANSLATE_NOOP("Actions", "Open a picture")),
        icon="open",
        shortcut="Ctrl+O",
    ),
    ActionSpec(
        id="file.open_as_layers",
        text=str(QT_TRANSLATE_NOOP("Actions", "Open as &Layer…")),
        tip=str(QT_TRANSLATE_NOOP("Actions", "Put a picture file into this one as a layer")),
        icon="layer-add",
        shortcut="Ctrl+Shift+O",
    ),
    ActionSpec(
        id="file.save",
        text=str(QT_TRANSLATE_NOOP("Actions", "&Save")),
        tip=str(QT_TRANSLATE_NOOP("Actions", "Save the picture to its file")),
        icon="save",
        shortcut="Ctrl+S",
    ),
    ActionSpec(
        id="file.save_as",
        text=str(QT_TRANSLATE_NOOP("Actions", "Save &As…")),
        tip=str(QT_TRANSLATE_NOOP("Actions", "Save the picture to another file")),
        icon="save-as",
        shortcut="Ctrl+Shift+S",
    ),
    ActionSpec(
        id="file.export",
        text=str(QT_TRANSLATE_NOOP("Actions", "&Export…")),
        tip=str(QT_TRANSLATE_NOOP("Actions", "Write a flat copy of the picture; the picture keeps its own file")),
        icon="export",
        shortcut="Ctrl+Shift+E",
    ),
    ActionSpec(
        id="file.clear_recent",
        text=str(QT_TRANSLATE_NOOP("Actions", "&Clear This List")),
        tip=str(QT_TRANSLATE_NOOP("Actions", "Forget the recent files")),
    ),
    ActionSpec(
        id="file.quit",
        text=str(QT_TRANSLATE_NOOP("Actions", "&Quit")),
        tip=str(QT_TRANSLATE_NOOP("Actions", "Close Shoreline")),
        shortcut="Ctrl+Q",
    ),
)

EDIT: Final = (
    ActionSpec(
        id="edit.undo",
        text=str(QT_TRANSLATE_NOOP("Actions", "&Undo")),
        tip=str(QT_TRANSLATE_NOOP("Actions", "Go one step back")),
        icon="undo",
        shortcut="Ctrl+Z",
    ),
    ActionSpec(
        id="edit.redo",
        text=str(QT_TRANSLATE_NOOP("Actions", "&Redo")),
        tip=str(QT_TRANSLATE_NOOP("Actions", "Go one step forward")),
        icon="redo",
        shortcut="Ctrl+Shift+Z",
    ),
    ActionSpec(
        id="edit.cut",
        text=str(QT_TRANSLATE_NOOP("Actions", "Cu&t")),
        tip=str(
            QT_TRANSLATE_NOOP("Actions", "Move the layer's pixels (inside the mask, if there is one) to the clipboard")
        ),
        icon="cut",
        shortcut="Ctrl+X",
    ),
    ActionSpec(
        id="edit.copy",
        text=str(QT_TRANSLATE_NOOP("Actions", "&Copy")),
        tip=str(
            QT_TRANSLATE_NOOP("Actions", "Copy the layer's pixels (inside the mask, if there is one) to the clipboard")
        ),
        icon="copy",
        shortcut="Ctrl+C",
    ),
    ActionSpec(
        id="edit.copy_merged",
        text=str(QT_TRANSLATE_NOOP("Actions", "Copy &Merged")),
        tip=str(QT_TRANSLATE_NOOP("Actions", "Copy what is seen (inside the mask, if there is one) to the clipboard")),
        icon="images",
        shortcut="Ctrl+Shift+C",
    ),
    ActionSpec(
        id="edit.paste",
        text=str(QT_TRANSLATE_NOOP("Actions", "&Paste as Layer")),
        tip=str(QT_TRANSLATE_NOOP("Actions", "Put the picture on the clipboard into a new layer")),
        icon="paste",
        shortcut="Ctrl+V",
    ),
    ActionSpec(
        id="edit.clear",
        text=str(QT_TRANSLATE_NOOP("Actions", "C&lear")),
        tip=str(QT_TRANSLATE_NOOP("Actions", "Clear the layer's pixels (inside the mask, if there is one)")),
        shortcut="Delete",
    ),
    ActionSpec(
        id="edit.swap_colors",
        text=str(QT_TRANSLATE_NOOP("Actions", "&Swap Colours")),
        tip=str(QT_TRANSLATE_NOOP("Actions", "Paint with the other colour")),
        icon="swap",
        shortcut="X",
    ),
    ActionSpec(
        id="edit.preferences",
        text=str(QT_TRANSLATE_NOOP("Actions", "Pre&ferences…")),
        tip=str(QT_TRANSLATE_NOOP("Actions", "Theme, language, device, memory and shortcuts")),
        icon="settings",
        shortcut="Ctrl+,",
    ),
)

VIEW: Final = (
    ActionSpec(
        id="view.zoom_in",
        text=str(QT_TRANSLATE_NOOP("Actions", "Zoom &In")),
        tip=str(QT_TRANSLATE_NOOP("Actions", "Show the picture larger")),
        icon="zoom-in",
        shortcut="Ctrl++",
    ),
    ActionSpec(
        id="view.zoom_out",
        text=str(QT_TRANSLATE_NOOP("Actions", "Zoom &Out")),
        tip=str(QT_TRANSLATE_NOOP("Actions", "Show the picture smaller")),
        icon="zoom-out",
        shortcut="Ctrl+-",
    ),
    ActionSpec(
        id="view.fit",
        text=str(QT_TRANSLATE_NOOP("Actions", "&Fit in Window")),
        tip=str(QT_TRANSLATE_NOOP("Actions", "Show the whole picture")),
        icon="zoom-fit",
        shortcut="Ctrl+0",
    ),
    ActionSpec(
        id="view.actual_size",
        text=str(QT_TRANSLATE_NOOP("Actions", "&Actual Size")),
        tip=str(QT_TRANSLATE_NOOP("Actions", "Show one picture pixel as one screen pixel")),
        icon="zoom-actual",
        shortcut="Ctrl+1",
    ),
    ActionSpec(
        id="view.rotate_left",
        text=str(QT_TRANSLATE_NOOP("Actions", "Rotate &Left")),
        tip=str(QT_TRANSLATE_NOOP("Actions", "Turn the view to the left by 15°; the picture stays as it is")),
        icon="rotate-left",
        shortcut="Ctrl+[",
    ),
    ActionSpec(
        id="view.rotate_right",
        text=str(QT_TRANSLATE_NOOP("Actions", "Rotate &Right")),
        tip=str(QT_TRANSLATE_NOOP("Actions", "Turn the view to the right by 15°; the picture stays as it is")),
        icon="rotate-right",
        shortcut="Ctrl+]",
    ),
    ActionSpec(
        id="view.mirror",
        text=str(QT_TRANSLATE_NOOP("Actions", "&Mirror View")),
        tip=str(QT_TRANSLATE_NOOP("Actions", "Mirror the view; the picture stays as it is")),
        icon="mirror",
        shortcut="Ctrl+M",
        checkable=True,
    ),
    ActionSpec(
        id="view.reset",
        text=str(QT_TRANSLATE_NOOP("Actions", "Re&set View")),
        tip=str(QT_TRANSLATE_NOOP("Actions", "No rotation, no mirror, the whole picture")),
        icon="reset-view",
        shortcut="Ctrl+Shift+0",
    ),
    ActionSpec(
        id="view.mask",
        text=str(QT_TRANSLATE_NOOP("Actions", "Show Mas&k")),
        tip=str(QT_TRANSLATE_NOOP("Actions", "Show or hide the mask's colour over the picture")),
        icon="mask",
        shortcut="Ctrl+H",
        checkable=True,
    ),
    ActionSpec(
        id="view.preview_over",
        text=str(QT_TRANSLATE_NOOP("Actions", "Preview O&ver the Picture")),
        tip=str(
            QT_TRANSLATE_NOOP("Actions", "See what is being drawn on its place; painting moves it into the corner")
        ),
        icon="eye",
        shortcut="Ctrl+Alt+P",
        checkable=True,
    ),
    ActionSpec(
        id="view.full_screen",
        text=str(QT_TRANSLATE_NOOP("Actions", "F&ull Screen")),
        tip=str(QT_TRANSLATE_NOOP("Actions", "Fill the screen with the window")),
        shortcut="F11",
        checkable=True,
    ),
    ActionSpec(
        id="view.lock_panels",
        text=str(QT_TRANSLATE_NOOP("Actions", "Lock &Panels")),
        tip=str(
            QT_TRANSLATE_NOOP(
                "Actions", "Unlock to drag panels to other places or out of the window; their titles show then"
            )
        ),
        icon="lock",
        checkable=True,
    ),
    ActionSpec(
        id="view.dark",
        text=str(QT_TRANSLATE_NOOP("Actions", "&Dark Theme")),
        tip=str(QT_TRANSLATE_NOOP("Actions", "Change between the dark and the light theme")),
        icon="theme",
        checkable=True,
    ),
)

GENERATE: Final = (
    ActionSpec(
        id="generate.start",
        text=str(QT_TRANSLATE_NOOP("Actions", "&Generate")),
        tip=str(QT_TRANSLATE_NOOP("Actions", "Ask for a picture with the settings of the Generate panel")),
        icon="generate",
        shortcut="Ctrl+Return",
    ),
    ActionSpec(
        id="generate.cancel",
        text=str(QT_TRANSLATE_NOOP("Actions", "&Cancel")),
        tip=str(QT_TRANSLATE_NOOP("Actions", "Stop the picture in progress within one step")),
        icon="cancel",
        shortcut="Ctrl+.",
    ),
    ActionSpec(
        id="generate.cancel_all",
        text=str(QT_TRANSLATE_NOOP("Actions", "Cancel &All")),
        tip=str(QT_TRANSLATE_NOOP("Actions", "Stop the picture in progress and empty the queue")),
        icon="stop",
    ),
)

PLUGINS: Final = (
    ActionSpec(
        id="plugins.manage",
        text=str(QT_TRANSLATE_NOOP("Actions", "&Plugins…")),
        tip=str(QT_TRANSLATE_NOOP("Actions", "See what each plugin adds, and switch plugins on or off")),
        icon="plugin",
    ),
    ActionSpec(
        id="plugins.models",
        text=str(QT_TRANSLATE_NOOP("Actions", "&Models…")),
        tip=str(QT_TRANSLATE_NOOP("Actions", "See, add and download models")),
        icon="model",
    ),
    ActionSpec(
        id="plugins.engine",
        text=str(QT_TRANSLATE_NOOP("Actions", "&Engine…")),
        tip=str(QT_TRANSLATE_NOOP("Actions", "Install, change or repair what draws the pictures")),
        icon="device",
    ),
    ActionSpec(
        id="plugins.folder",
        text=str(QT_TRANSLATE_NOOP("Actions", "Open Plugin &Folder")),
        tip=str(QT_TRANSLATE_NOOP("Actions", "Show the folder for your own plugins")),
        icon="folder",
    ),
)

HELP: Final = (
    ActionSpec(
        id="help.contents",
        text=str(QT_TRANSLATE_NOOP("Actions", "&Help")),
        tip=str(QT_TRANSLATE_NOOP("Actions", "Read how Shoreline works")),
        icon="help",
        shortcut="F1",
    ),
    ActionSpec(
        id="help.welcome",
        text=str(QT_TRANSLATE_NOOP("Actions", "&Welcome")),
        tip=str(QT_TRANSLATE_NOOP("Actions", "Show the first steps, the language and the state of the engine")),
        icon="info",
    ),
    ActionSpec(
        id="help.log",
        text=str(QT_TRANSLATE_NOOP("Actions", "Open &Log Folder")),
        tip=str(QT_TRANSLATE_NOOP("Actions", "Show the folder with the log of problems")),
        icon="folder",
    ),
    ActionSpec(
        id="help.about",
        text=str(QT_TRANSLATE_NOOP("Actions", "&About Shoreline")),
        tip=str(QT_TRANSLATE_NOOP("Actions", "Version and credits")),
        icon="info",
    ),
)

TOOL_PREFIX: Final = "tool."

TOOL_ACTIONS: Final = tuple(
    ActionSpec(
        id=TOOL_PREFIX + tool.id,
        text=tool.name,
        tip=tool.hint,
        icon=tool.icon,
        shortcut=tool.shortcut,
        checkable=True,
        context="CanvasTools",
    )
    for tool in TOOLS
)

ALL_ACTIONS: Final = (*FILE, *EDIT, *VIEW, *LAYER, *MASK, *IMAGE, *TIMELINE, *GENERATE, *PLUGINS, *HELP, *TOOL_ACTIONS)
