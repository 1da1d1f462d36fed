"""The View menu."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP

from studio.ui.commands.conditions import SEVERAL_PICTURES
from studio.ui.commands.context import Context
from studio.ui.commands.menu import PANELS, SEPARATOR, Menu
from studio.ui.commands.ruling import RULING
from studio.ui.widgets.command import Command

TURN_DEGREES: Final = 15.0


def _mirror(context: Context) -> None:
    context.canvas.mirror_view(not context.canvas.view_transform().mirrored)


def _toggle_full_screen(context: Context) -> None:
    if context.window.isFullScreen():
        context.window.showNormal()
    else:
        context.window.showFullScreen()


PANELS_MENU: Final = Menu(
    id="panels",
    title=str(QT_TRANSLATE_NOOP("Menus", "&Panels")),
    entries=(
        PANELS,
        SEPARATOR,
        Command(
            id="view.lock_panels",
            text=str(QT_TRANSLATE_NOOP("Actions", "Lock &Panels")),
            tip=str(
                QT_TRANSLATE_NOOP(
                    "Actions", "Unlock to drag panels to other places or out of the window; their titles show then"
                )
            ),
            icon="lock",
            run=lambda context: context.panels.lock(not context.panels.is_locked),
            checked=lambda state: state.are_panels_locked,
        ),
        Command(
            id="view.reset_panels",
            text=str(QT_TRANSLATE_NOOP("Actions", "Reset Panel Layout")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Put all panels where they were when Shoreline was new")),
            run=lambda context: context.looks.reset_panels(),
        ),
    ),
)

VIEW: Final = Menu(
    id="view",
    title=str(QT_TRANSLATE_NOOP("Menus", "&View")),
    entries=(
        Command(
            id="view.zoom_in",
            text=str(QT_TRANSLATE_NOOP("Actions", "Zoom &In")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Show the picture larger")),
            icon="zoom-in",
            shortcut="Ctrl++",
            run=lambda context: context.canvas.zoom_in(),
        ),
        Command(
            id="view.zoom_out",
            text=str(QT_TRANSLATE_NOOP("Actions", "Zoom &Out")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Show the picture smaller")),
            icon="zoom-out",
            shortcut="Ctrl+-",
            run=lambda context: context.canvas.zoom_out(),
        ),
        Command(
            id="view.fit",
            text=str(QT_TRANSLATE_NOOP("Actions", "&Fit in Window")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Show the whole picture")),
            icon="zoom-fit",
            shortcut="Ctrl+0",
            run=lambda context: context.canvas.fit(),
        ),
        Command(
            id="view.actual_size",
            text=str(QT_TRANSLATE_NOOP("Actions", "&Actual Size")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Show one picture pixel as one screen pixel")),
            icon="zoom-actual",
            shortcut="Ctrl+1",
            run=lambda context: context.canvas.actual_size(),
        ),
        SEPARATOR,
        Command(
            id="view.rotate_left",
            text=str(QT_TRANSLATE_NOOP("Actions", "Rotate &Left")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Turn the view to the left by 15°; the picture stays as it is")),
            icon="rotate-left",
            shortcut="Ctrl+[",
            run=lambda context: context.canvas.rotate_view(-TURN_DEGREES),
        ),
        Command(
            id="view.rotate_right",
            text=str(QT_TRANSLATE_NOOP("Actions", "Rotate &Right")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Turn the view to the right by 15°; the picture stays as it is")),
            icon="rotate-right",
            shortcut="Ctrl+]",
            run=lambda context: context.canvas.rotate_view(TURN_DEGREES),
        ),
        Command(
            id="view.mirror",
            text=str(QT_TRANSLATE_NOOP("Actions", "&Mirror View")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Mirror the view; the picture stays as it is")),
            icon="mirror",
            shortcut="Ctrl+M",
            run=_mirror,
            checked=lambda state: state.is_mirrored,
        ),
        Command(
            id="view.wrap_around",
            text=str(QT_TRANSLATE_NOOP("Actions", "&Wrap Around")),
            tip=str(
                QT_TRANSLATE_NOOP(
                    "Actions", "Show the picture repeated around itself; strokes that leave it go on at its other side"
                )
            ),
            icon="wrap-around",
            shortcut="W",
            run=lambda context: context.canvas.wrap_around(not context.canvas.is_wrapped_around),
            checked=lambda state: state.is_wrapped_around,
        ),
        Command(
            id="view.reset",
            text=str(QT_TRANSLATE_NOOP("Actions", "Re&set View")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "No rotation, no mirror, the whole picture")),
            icon="reset-view",
            shortcut="Ctrl+Shift+0",
            run=lambda context: context.canvas.reset_view(),
        ),
        SEPARATOR,
        Command(
            id="view.next_picture",
            text=str(QT_TRANSLATE_NOOP("Actions", "&Next Picture")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Show the open picture to the right")),
            icon="chevron-right",
            shortcut="Ctrl+Tab",
            run=lambda context: context.session.show_next(1),
            needs=(SEVERAL_PICTURES,),
        ),
        Command(
            id="view.previous_picture",
            text=str(QT_TRANSLATE_NOOP("Actions", "Pr&evious Picture")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Show the open picture to the left")),
            icon="chevron-left",
            shortcut="Ctrl+Shift+Tab",
            run=lambda context: context.session.show_next(-1),
            needs=(SEVERAL_PICTURES,),
        ),
        SEPARATOR,
        Command(
            id="view.mask",
            text=str(QT_TRANSLATE_NOOP("Actions", "Show Mas&k")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Show or hide the mask's colour over the picture")),
            icon="mask",
            shortcut="Ctrl+H",
            run=lambda context: context.panels.show_mask(not context.panels.is_mask_shown),
            checked=lambda state: state.is_mask_shown,
        ),
        Command(
            id="view.preview_over",
            text=str(QT_TRANSLATE_NOOP("Actions", "Preview O&ver the Picture")),
            tip=str(
                QT_TRANSLATE_NOOP("Actions", "See what is being drawn on its place; painting moves it into the corner")
            ),
            icon="eye",
            shortcut="Ctrl+Alt+P",
            run=lambda context: context.previews.set_over(not context.previews.is_over),
            checked=lambda state: state.is_preview_over,
        ),
        SEPARATOR,
        RULING,
        PANELS_MENU,
        SEPARATOR,
        Command(
            id="view.dark",
            text=str(QT_TRANSLATE_NOOP("Actions", "&Dark Theme")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Change between the dark and the light theme")),
            icon="theme",
            run=lambda context: context.services.toggle_theme(),
            checked=lambda state: state.is_dark,
        ),
        Command(
            id="view.canvas_only",
            text=str(QT_TRANSLATE_NOOP("Actions", "&Canvas Only")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Put panels and bars away, and bring them back")),
            icon="canvas-only",
            shortcut="Tab",
            run=lambda context: context.looks.toggle_canvas_only(),
            checked=lambda state: state.is_canvas_only,
        ),
        Command(
            id="view.full_screen",
            text=str(QT_TRANSLATE_NOOP("Actions", "F&ull Screen")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Fill the screen with the window")),
            shortcut="F11",
            run=_toggle_full_screen,
            checked=lambda state: state.is_full_screen,
        ),
    ),
)
