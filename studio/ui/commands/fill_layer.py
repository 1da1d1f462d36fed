"""The commands of fill layers, in the Layer menu."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QColorDialog

from studio.document import LayerId, Rgb
from studio.editing import fill_layers
from studio.errors import SettingError
from studio.ui.commands import conditions
from studio.ui.commands.context import Context, State
from studio.ui.style.translation import layer_names
from studio.ui.widgets.command import Command
from studio.ui.widgets.dialog_opening import open_dialog


def _add(context: Context) -> None:
    fill_layers.add(context.session, _rgb(context.canvas.color()), layer_names())


def _ask_color(context: Context) -> None:
    """Start with the colour that the layer has, and set the one that is chosen."""
    layer = context.session.document.active_layer
    if layer is None or layer.color is None:
        return
    title = QCoreApplication.translate("FillLayer", "Colour of “{name}”").format(name=layer.name)
    dialog = QColorDialog(QColor(*layer.color), context.window)
    dialog.setWindowTitle(title)
    dialog.colorSelected.connect(lambda color: _set_color(context, layer.id, color))
    open_dialog(dialog)


def _set_color(context: Context, layer_id: LayerId, color: QColor) -> None:
    try:
        fill_layers.set_color(context.session, layer_id, _rgb(color))
    except KeyError:  # it was deleted while its colour was chosen
        return
    except SettingError as error:
        context.notices.show_error(error, key="layer")


def _rasterise(context: Context) -> None:
    layer = context.session.document.active_layer
    if layer is not None:
        fill_layers.rasterise(context.session, layer.id)


def _rgb(color: QColor) -> Rgb:
    return color.red(), color.green(), color.blue()


NEW: Final[Command[State, Context]] = Command(
    id="layer.add_fill",
    text=str(QT_TRANSLATE_NOOP("Actions", "New Fill &Layer")),
    tip=str(QT_TRANSLATE_NOOP("Actions", "Add a layer of the brush's colour that covers the whole canvas")),
    icon="fill-layer",
    run=_add,
)
COLOR: Final[Command[State, Context]] = Command(
    id="layer.fill_color",
    text=str(QT_TRANSLATE_NOOP("Actions", "Fill &Colour…")),
    tip=str(QT_TRANSLATE_NOOP("Actions", "Choose another colour for this fill layer")),
    icon="color",
    needs=(conditions.LAYER, conditions.FILL_LAYER),
    run=_ask_color,
)
RASTERISE: Final[Command[State, Context]] = Command(
    id="layer.rasterise",
    text=str(QT_TRANSLATE_NOOP("Actions", "Rasterise")),
    tip=str(QT_TRANSLATE_NOOP("Actions", "Make pixels of this fill layer, to paint on it")),
    icon="layer",
    needs=(conditions.LAYER, conditions.FILL_LAYER),
    run=_rasterise,
)
