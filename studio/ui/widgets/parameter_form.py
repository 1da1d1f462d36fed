"""A form built from declared parameters: those of a plugin, one below the other, or a canvas tool's in one line."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QSizePolicy, QToolButton, QVBoxLayout, QWidget, QWidgetAction

from studio.api.parameters import Parameter
from studio.errors import SettingError
from studio.ui.style.icons import icon
from studio.ui.style.theme import GRID
from studio.ui.widgets.collapsible import CollapsibleSection
from studio.ui.widgets.overflow_row import OverflowRow
from studio.ui.widgets.parameter_fields import Field, FieldMaker
from studio.ui.widgets.slider_row import SliderRow, align_labels, align_spins

_POPUP_WIDTH: Final = 65 * GRID


def plugin_text(text: str) -> str:
    """The translation of an English text that a plugin declares; other plugins' texts come back as they are."""
    return QCoreApplication.translate("Plugins", text) if text else ""


class ParameterForm(QWidget):
    """One control a parameter; advanced ones are folded away. Signal: ``changed()`` on every change.

    ``in_line`` puts the controls side by side; there the advanced ones, and those without room, are in the menu of a
    button with ``more_icon``. ``text`` translates what the parameters declare.
    """

    changed = Signal()

    def __init__(
        self,
        parameters: tuple[Parameter, ...],
        parent: QWidget | None = None,
        *,
        in_line: bool = False,
        text: Callable[[str], str] = plugin_text,
        more_icon: str = "sliders",
    ) -> None:
        super().__init__(parent)
        self.advanced: CollapsibleSection | None = None
        self.row: OverflowRow | None = None
        maker = FieldMaker(self, self.changed, text, in_line)
        self._fields = {parameter.id: maker.make(parameter) for parameter in parameters}
        if in_line:
            self._arrange_line(text, more_icon)
        else:
            self._arrange_column()

    def values(self) -> dict[str, Any]:
        """The value of every parameter, by id."""
        return {key: field.read() for key, field in self._fields.items()}

    def set_values(self, values: Mapping[str, Any]) -> None:
        """Show values; a parameter without a valid value gets its default. Unknown ids are ignored."""
        for key, field in self._fields.items():
            value = values.get(key, field.parameter.default)
            try:
                field.show(field.parameter.validated(value))
            except SettingError:
                field.show(field.parameter.default)

    def widget_of(self, parameter_id: str) -> QWidget:
        """The control of a parameter; ``KeyError`` if there is none."""
        return self._fields[parameter_id].widget

    def labels(self) -> list[QLabel]:
        """Labels to be lined up with those of other rows; folded rows line up among themselves."""
        return _labels(self._shown())

    def sliders(self) -> list[SliderRow]:
        """The rows with a slider, to be lined up with others."""
        return _sliders(list(self._fields.values()))

    @property
    def has_slider(self) -> bool:
        """Whether it shows a control that is better the wider it is."""
        return any(not row.slider.isHidden() for row in _sliders(self._shown()))

    def _shown(self) -> list[Field]:
        return [field for field in self._fields.values() if not field.parameter.advanced]

    def _folded(self) -> list[Field]:
        return [field for field in self._fields.values() if field.parameter.advanced]

    # --- one below the other ----------------------------------------------------------------------

    def _arrange_column(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * GRID)
        for field in self._shown():
            column.addWidget(field.widget)
        if self._folded():
            self.advanced = CollapsibleSection(self.tr("Advanced"), self)
            self.advanced.body.setSpacing(2 * GRID)
            self.advanced.toggled.connect(lambda: align_labels(_labels(self._folded())))
            for field in self._folded():
                self.advanced.body.addWidget(field.widget)
            column.addWidget(self.advanced)

    # --- side by side -----------------------------------------------------------------------------

    def _arrange_line(self, text: Callable[[str], str], more_icon: str) -> None:
        more = QToolButton(self)
        more.setIcon(icon(more_icon))
        more.setAccessibleName(self.tr("More options"))
        more.setToolTip(self.tr("More options"))
        if self._folded():
            names = ", ".join(text(field.parameter.label) for field in self._folded())
            more.setToolTip(self.tr("More options: {names}").format(names=names))
            more.setMenu(self._popup(more))
        self.row = OverflowRow(more, spacing=2 * GRID, always=bool(self._folded()), parent=self)
        for place, field in enumerate(self._shown()):
            is_slider = isinstance(field.widget, SliderRow)
            self.row.add(field.widget, int(is_slider), stays=place == 0 or not self.has_slider)
        if not self.has_slider:
            self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.row)

    def _popup(self, button: QToolButton) -> QMenu:
        menu = QMenu(button)
        holder = QWidget(menu)
        holder.setMinimumWidth(_POPUP_WIDTH)
        column = QVBoxLayout(holder)
        column.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        column.setSpacing(2 * GRID)
        for field in self._folded():
            column.addWidget(field.widget)
        align_labels(_labels(self._folded()))
        align_spins(_sliders(self._folded()))
        action = QWidgetAction(menu)
        action.setDefaultWidget(holder)
        menu.addAction(action)
        return menu


def _labels(fields: list[Field]) -> list[QLabel]:
    return [field.label for field in fields if field.label is not None]


def _sliders(fields: list[Field]) -> list[SliderRow]:
    return [field.widget for field in fields if isinstance(field.widget, SliderRow)]
