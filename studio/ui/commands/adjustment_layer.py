"""The commands of adjustment layers, in the Layer menu."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QPoint

from studio.editing import adjustments
from studio.editing.adjustments import AdjustmentEdit
from studio.ui.commands import conditions
from studio.ui.commands.context import Context, State
from studio.ui.commands.menu import Menu
from studio.ui.panels.layers.adjustment_names import adjustment_name
from studio.ui.style.theme import GRID
from studio.ui.widgets.command import Command
from studio.ui.widgets.dialog_opening import open_dialog

if TYPE_CHECKING:
    from studio.raster.histogram import Histogram


def _add(kind: str, context: Context) -> None:
    context.canvas.finish_stroke()
    _ask(context, adjustments.add(context.session.current, kind, f"{adjustment_name(kind)} {{number}}"))


def _edit(context: Context) -> None:
    layer = context.session.document.active_layer
    if layer is not None:
        context.canvas.finish_stroke()
        _ask(context, adjustments.begin(context.session.current, layer.id))


def _ask(context: Context, edit: AdjustmentEdit) -> None:
    """Let an adjustment be set in a dialog; the picture follows."""
    from studio.raster.histogram import histogram_beneath  # not needed for the first window
    from studio.ui.dialogs.adjustments.dialog import AdjustmentDialog

    document, window = context.session.document, context.window
    dialog = AdjustmentDialog(edit.adjustment.kind, edit.adjustment.values(), window)
    dialog.wanted.connect(partial(AdjustmentEdit.set, edit))  # a method of it would not keep the edit alive
    dialog.rejected.connect(partial(AdjustmentEdit.cancel, edit))
    open_dialog(dialog)
    dialog.move(window.mapToGlobal(QPoint(window.width() - dialog.width() - 4 * GRID, 14 * GRID)))
    waiting = [dialog.editor.show_histogram]
    dialog.finished.connect(lambda _result: waiting.clear())

    def show(histogram: Histogram) -> None:
        for wanted in waiting:
            wanted(histogram)

    context.tasks.run(lambda: histogram_beneath(document, edit.layer_id), show, lambda _error: None)


def _new(kind: str, text: str, tip: str, shortcut: str = "") -> Command[State, Context]:
    return Command(
        id=f"layer.adjust_{kind}",
        text=text,
        tip=tip,
        icon="adjustment",
        shortcut=shortcut,
        run=partial(_add, kind),
    )


NEW: Final = Menu(
    id="adjustment",
    title=str(QT_TRANSLATE_NOOP("Menus", "New Ad&justment Layer")),
    entries=(
        _new(
            "levels",
            str(QT_TRANSLATE_NOOP("Actions", "&Levels…")),
            str(QT_TRANSLATE_NOOP("Actions", "Add a layer that sets black, white and gamma of what lies below")),
        ),
        _new(
            "curves",
            str(QT_TRANSLATE_NOOP("Actions", "&Curves…")),
            str(QT_TRANSLATE_NOOP("Actions", "Add a layer that bends the tones of what lies below")),
            "Ctrl+Alt+M",
        ),
        _new(
            "brightness_contrast",
            str(QT_TRANSLATE_NOOP("Actions", "&Brightness and Contrast…")),
            str(QT_TRANSLATE_NOOP("Actions", "Add a layer that makes what lies below lighter or starker")),
        ),
        _new(
            "hue_saturation",
            str(QT_TRANSLATE_NOOP("Actions", "&Hue and Saturation…")),
            str(QT_TRANSLATE_NOOP("Actions", "Add a layer that turns and strengthens the colours of what lies below")),
        ),
        _new(
            "color_balance",
            str(QT_TRANSLATE_NOOP("Actions", "C&olour Balance…")),
            str(QT_TRANSLATE_NOOP("Actions", "Add a layer that shifts shadows, midtones and highlights below")),
        ),
        _new(
            "gradient_map",
            str(QT_TRANSLATE_NOOP("Actions", "&Gradient Map…")),
            str(QT_TRANSLATE_NOOP("Actions", "Add a layer that colours what lies below by how light it is")),
        ),
        _new(
            "blur",
            str(QT_TRANSLATE_NOOP("Actions", "Bl&ur…")),
            str(QT_TRANSLATE_NOOP("Actions", "Add a layer that blurs what lies below")),
        ),
        _new(
            "sharpen",
            str(QT_TRANSLATE_NOOP("Actions", "&Sharpen…")),
            str(QT_TRANSLATE_NOOP("Actions", "Add a layer that sharpens what lies below")),
        ),
    ),
)
EDIT: Final[Command[State, Context]] = Command(
    id="layer.edit_adjustment",
    text=str(QT_TRANSLATE_NOOP("Actions", "Set Adjustment…")),
    tip=str(QT_TRANSLATE_NOOP("Actions", "Change what this adjustment layer does to the layers below")),
    icon="adjustment",
    needs=(conditions.LAYER, conditions.ADJUSTMENT_LAYER),
    run=_edit,
)
