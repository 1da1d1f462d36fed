"""The Brush menu."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP

from studio.ui.canvas.tools.brush_resize import step_size
from studio.ui.canvas.tools.registry import tool_info
from studio.ui.canvas.tools.symmetry_options import SYMMETRY
from studio.ui.commands.conditions import BRUSH_PRESET, BRUSH_TOOL, PAINT_LAYER, WHOLE_BRUSH
from studio.ui.commands.context import Context
from studio.ui.commands.menu import SEPARATOR, Menu
from studio.ui.widgets.command import Command

_TURNS: Final = 6
"""Around the middle, where nothing else was chosen yet."""


def _step(*, larger: bool) -> Callable[[Context], None]:
    return lambda context: step_size(context.canvas.options, tool_info(context.canvas.tool()), larger=larger)


def _toggle(option: str) -> Callable[[Context], None]:
    def run(context: Context) -> None:
        options = context.canvas.options
        options.set(SYMMETRY.id, **{option: not options.values(SYMMETRY.id)[option]})

    return run


def _toggle_turns(context: Context) -> None:
    options = context.canvas.options
    options.set(SYMMETRY.id, turns=_TURNS if options.values(SYMMETRY.id)["turns"] == 1 else 1)


BRUSH_MENU: Final = Menu(
    id="brush",
    title=str(QT_TRANSLATE_NOOP("Menus", "&Brush")),
    entries=(
        Command(
            id="brush.smaller",
            text=str(QT_TRANSLATE_NOOP("Actions", "&Smaller")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Make the brush smaller; Shift+drag on the canvas does so too")),
            icon="minus",
            shortcut="[",
            needs=(BRUSH_TOOL,),
            run=_step(larger=False),
        ),
        Command(
            id="brush.larger",
            text=str(QT_TRANSLATE_NOOP("Actions", "&Larger")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Make the brush larger; Shift+drag on the canvas does so too")),
            icon="plus",
            shortcut="]",
            needs=(BRUSH_TOOL,),
            run=_step(larger=True),
        ),
        SEPARATOR,
        Command(
            id="brush.presets",
            text=str(QT_TRANSLATE_NOOP("Actions", "Brush &Presets")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Show or hide the panel with all brushes")),
            icon="brushes",
            run=lambda context: context.brushes.toggle_panel(),
        ),
        Command(
            id="brush.edit",
            text=str(QT_TRANSLATE_NOOP("Actions", "&Edit Brush…")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Tip, pen, chance and surface of the brush, with a stroke of it")),
            icon="brush-edit",
            shortcut="Shift+B",
            needs=(WHOLE_BRUSH,),
            run=lambda context: context.brushes.edit(),
        ),
        Command(
            id="brush.reset",
            text=str(QT_TRANSLATE_NOOP("Actions", "&Reset Brush")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Make the brush what its preset is")),
            icon="undo",
            needs=(BRUSH_PRESET,),
            run=lambda context: context.brushes.reset(),
        ),
        Command(
            id="brush.save_as",
            text=str(QT_TRANSLATE_NOOP("Actions", "Save as &New Brush…")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Keep the brush as it is now among the presets")),
            icon="plus",
            needs=(WHOLE_BRUSH,),
            run=lambda context: context.brushes.save_as(),
        ),
        Command(
            id="brush.overwrite",
            text=str(QT_TRANSLATE_NOOP("Actions", "&Overwrite Preset")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Make the preset what the brush is now")),
            icon="save",
            needs=(BRUSH_PRESET,),
            run=lambda context: context.brushes.overwrite(),
        ),
        Command(
            id="brush.from_layer",
            text=str(QT_TRANSLATE_NOOP("Actions", "Brush from the La&yer")),
            tip=str(
                QT_TRANSLATE_NOOP(
                    "Actions", "Make a brush that prints what is painted on the layer, dark where it paints"
                )
            ),
            icon="layer",
            needs=(PAINT_LAYER,),
            run=lambda context: context.brushes.from_layer(),
        ),
        Command(
            id="brush.import",
            text=str(QT_TRANSLATE_NOOP("Actions", "&Import Brushes…")),
            tip=str(
                QT_TRANSLATE_NOOP("Actions", "Bring in brushes of MyPaint and Krita, and pictures, which become stamps")
            ),
            icon="open",
            run=lambda context: context.brushes.bring_in(),
        ),
        SEPARATOR,
        Command(
            id="brush.mirror_across",
            text=str(QT_TRANSLATE_NOOP("Actions", "&Mirror Strokes Left and Right")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Draw every stroke again, mirrored at the middle of the canvas")),
            icon="symmetry",
            run=_toggle("across"),
            checked=lambda state: bool(state.symmetry["across"]),
        ),
        Command(
            id="brush.mirror_down",
            text=str(QT_TRANSLATE_NOOP("Actions", "Mirror Strokes Top and &Bottom")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Draw every stroke again, mirrored at the middle of the canvas")),
            run=_toggle("down"),
            checked=lambda state: bool(state.symmetry["down"]),
        ),
        Command(
            id="brush.around",
            text=str(QT_TRANSLATE_NOOP("Actions", "Strokes &Around the Middle")),
            tip=str(
                QT_TRANSLATE_NOOP(
                    "Actions", "Draw every stroke six times around the middle of the canvas, or as often as chosen"
                )
            ),
            run=_toggle_turns,
            checked=lambda state: bool(state.symmetry["turns"] > 1),
        ),
    ),
)
