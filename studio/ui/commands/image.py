"""The Image menu."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP

from studio.document import Document, Raster, Rect
from studio.editing import picture as pictures
from studio.history import StepKind
from studio.ui.commands.canvas_edges import APPLY_EDGES, CANCEL_EDGES, FILL_EDGES
from studio.ui.commands.changing import change_picture, change_slowly
from studio.ui.commands.conditions import MASK, SELECTION
from studio.ui.commands.context import Context
from studio.ui.commands.menu import SEPARATOR, Menu
from studio.ui.widgets.command import Command
from studio.ui.widgets.dialog_opening import open_dialog


def _ask_size(context: Context) -> None:
    from studio.ui.dialogs.picture_size import ResizeDialog

    target, document = context.session.current, context.session.document
    dialog = ResizeDialog(document.width, document.height, context.window)

    def change(width: int, height: int) -> None:
        change_slowly(
            context, pictures.RESIZE, lambda picture, watch: pictures.resized(picture, width, height, watch), target
        )

    dialog.chosen.connect(change)
    open_dialog(dialog)


def _ask_canvas(context: Context) -> None:
    from studio.ui.dialogs.picture_size import CanvasSizeDialog

    target, document = context.session.current, context.session.document
    dialog = CanvasSizeDialog(document.width, document.height, context.window)

    def change(rect: Rect) -> None:
        change_picture(
            context, pictures.CANVAS_SIZE, lambda picture: pictures.cropped(picture, rect, keep_outside=True), target
        )

    dialog.chosen.connect(change)
    open_dialog(dialog)


def _crop_to(kind: StepKind, area: Callable[[Document], Raster]) -> Callable[[Context], None]:
    def crop(context: Context) -> None:
        document = context.session.document
        rect = area(document).bounds().intersected(document.canvas)
        if not rect.is_empty:
            change_picture(context, kind, lambda picture: pictures.cropped(picture, rect))

    return crop


IMAGE: Final = Menu(
    id="image",
    title=str(QT_TRANSLATE_NOOP("Menus", "&Image")),
    entries=(
        Command(
            id="image.resize",
            text=str(QT_TRANSLATE_NOOP("Actions", "&Resize Image…")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Scale the picture with all its layers")),
            icon="resize",
            shortcut="Ctrl+Alt+I",
            run=_ask_size,
        ),
        Command(
            id="image.upscale",
            text=str(QT_TRANSLATE_NOOP("Actions", "&Upscale…")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Enlarge the picture, a layer or the masked part with more detail")),
            icon="upscale",
            shortcut="Ctrl+Alt+U",
            run=lambda context: context.upscaling.show_dialog(),
        ),
        Command(
            id="image.canvas_size",
            text=str(QT_TRANSLATE_NOOP("Actions", "&Canvas Size…")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Add or cut away room around the picture")),
            icon="canvas-size",
            shortcut="Ctrl+Alt+C",
            run=_ask_canvas,
        ),
        Command(
            id="image.crop_to_mask",
            text=str(QT_TRANSLATE_NOOP("Actions", "Crop to &Mask")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Cut the picture to the box around the mask")),
            icon="crop",
            needs=(MASK,),
            run=_crop_to(pictures.CROP_TO_MASK, lambda document: document.generation_mask),
        ),
        Command(
            id="image.crop_to_selection",
            text=str(QT_TRANSLATE_NOOP("Actions", "Crop to &Selection")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Cut the picture to the box around what is selected")),
            icon="crop",
            needs=(SELECTION,),
            run=_crop_to(pictures.CROP_TO_SELECTION, lambda document: document.selection),
        ),
        SEPARATOR,
        APPLY_EDGES,
        FILL_EDGES,
        CANCEL_EDGES,
        SEPARATOR,
        Command(
            id="image.flip_horizontal",
            text=str(QT_TRANSLATE_NOOP("Actions", "Flip &Horizontally")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Mirror the picture left to right")),
            icon="flip-horizontal",
            run=lambda context: change_picture(context, pictures.FLIP_HORIZONTAL, pictures.flipped_horizontally),
        ),
        Command(
            id="image.flip_vertical",
            text=str(QT_TRANSLATE_NOOP("Actions", "Flip &Vertically")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Mirror the picture top to bottom")),
            icon="flip-vertical",
            run=lambda context: change_picture(context, pictures.FLIP_VERTICAL, pictures.flipped_vertically),
        ),
        SEPARATOR,
        Command(
            id="image.rotate_right",
            text=str(QT_TRANSLATE_NOOP("Actions", "Rotate 90° R&ight")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Turn the picture clockwise")),
            icon="rotate-right",
            run=lambda context: change_picture(
                context, pictures.ROTATE_RIGHT, lambda picture: pictures.rotated(picture, 1)
            ),
        ),
        Command(
            id="image.rotate_left",
            text=str(QT_TRANSLATE_NOOP("Actions", "Rotate 90° &Left")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Turn the picture counter-clockwise")),
            icon="rotate-left",
            run=lambda context: change_picture(
                context, pictures.ROTATE_LEFT, lambda picture: pictures.rotated(picture, 3)
            ),
        ),
        Command(
            id="image.rotate_half",
            text=str(QT_TRANSLATE_NOOP("Actions", "Rotate &180°")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Turn the picture upside down")),
            icon="rotate-half",
            run=lambda context: change_picture(
                context, pictures.ROTATE_HALF, lambda picture: pictures.rotated(picture, 2)
            ),
        ),
    ),
)
