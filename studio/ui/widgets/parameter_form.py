"""A form built from the parameters that a plugin declares."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from studio.api.parameters import (
    BoolParameter,
    ChoiceParameter,
    FloatParameter,
    IntParameter,
    Parameter,
    TextParameter,
)
from studio.errors import SettingError
from studio.ui.style.theme import GRID
from studio.ui.widgets.choice_box import Choice, ChoiceBox
from studio.ui.widgets.collapsible import CollapsibleSection
from studio.ui.widgets.prompt_edit import PromptEdit
from studio.ui.widgets.slider_row import Scale, SliderRow, align_labels


def plugin_text(text: str) -> str:
    """The translation of an English text that a plugin declares; other plugins' texts come back as they are."""
    return QCoreApplication.translate("Plugins", text) if text else ""


@dataclass(frozen=True)
class _Field:
    """One row: how its value is read and shown."""

    parameter: Parameter
    widget: QWidget
    read: Callable[[], Any]
    show: Callable[[Any], None]
    label: QLabel | None


class ParameterForm(QWidget):
    """One control a parameter; advanced ones are folded away. Signal: ``changed()`` on every change."""

    changed = Signal()

    def __init__(self, parameters: tuple[Parameter, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * GRID)
        self.advanced: CollapsibleSection | None = None
        self._fields: dict[str, _Field] = {}
        for parameter in parameters:
            field = self._field(parameter)
            self._fields[parameter.id] = field
            field.widget.setToolTip(plugin_text(parameter.help))
            (self._folded().body if parameter.advanced else column).addWidget(field.widget)
        if self.advanced is not None:
            column.addWidget(self.advanced)

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
        shown = [field for field in self._fields.values() if not field.parameter.advanced]
        return [field.label for field in shown if field.label is not None]

    def sliders(self) -> list[SliderRow]:
        """The rows with a slider, to be lined up with others."""
        return [field.widget for field in self._fields.values() if isinstance(field.widget, SliderRow)]

    def _folded(self) -> CollapsibleSection:
        if self.advanced is None:
            self.advanced = CollapsibleSection(self.tr("Advanced"), self)
            self.advanced.body.setSpacing(2 * GRID)
            self.advanced.toggled.connect(self._align_folded)
        return self.advanced

    def _align_folded(self) -> None:
        folded = [field.label for field in self._fields.values() if field.parameter.advanced]
        align_labels([label for label in folded if label is not None])

    def _field(self, parameter: Parameter) -> _Field:
        match parameter:
            case FloatParameter() | IntParameter():
                return self._number(parameter)
            case BoolParameter():
                return self._check(parameter)
            case ChoiceParameter():
                return self._choice(parameter)
            case TextParameter():
                return self._text(parameter)

    def _number(self, parameter: FloatParameter | IntParameter) -> _Field:
        scale = Scale(
            minimum=parameter.minimum,
            maximum=parameter.maximum,
            step=parameter.step,
            default=parameter.default,
            suffix=parameter.suffix,
            minimum_label=plugin_text(parameter.minimum_label) if isinstance(parameter, IntParameter) else "",
        )
        row = SliderRow(plugin_text(parameter.label), scale, self)
        row.value_changed.connect(self.changed)
        read = row.int_value if isinstance(parameter, IntParameter) else row.value
        return _Field(parameter, row, read, row.set_value, row.label)

    def _check(self, parameter: BoolParameter) -> _Field:
        box = QCheckBox(plugin_text(parameter.label), self)
        box.setChecked(parameter.default)
        box.toggled.connect(self.changed)
        return _Field(parameter, box, box.isChecked, box.setChecked, None)

    def _choice(self, parameter: ChoiceParameter) -> _Field:
        box = ChoiceBox(plugin_text(parameter.label), self)
        box.set_choices([Choice(id=value, name=plugin_text(label)) for value, label in parameter.choices])
        box.set_value(parameter.default)
        box.value_changed.connect(self.changed)
        return _Field(parameter, box, box.value, box.set_value, box.label)

    def _text(self, parameter: TextParameter) -> _Field:
        if parameter.multiline:
            return self._long_text(parameter)
        holder = QWidget(self)
        label = QLabel(plugin_text(parameter.label), holder)
        edit = QLineEdit(parameter.default, holder)
        edit.setAccessibleName(label.text())
        label.setBuddy(edit)
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2 * GRID)
        row.addWidget(label)
        row.addWidget(edit, 1)
        edit.textChanged.connect(self.changed)
        return _Field(parameter, holder, edit.text, edit.setText, label)

    def _long_text(self, parameter: TextParameter) -> _Field:
        holder = QWidget(self)
        label = QLabel(plugin_text(parameter.label), holder)
        edit = PromptEdit(2, 6, holder)
        edit.setAccessibleName(label.text())
        edit.set_text(parameter.default)
        label.setBuddy(edit)
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addWidget(label)
        column.addWidget(edit)
        edit.textChanged.connect(self.changed)
        return _Field(parameter, holder, edit.text, edit.set_text, None)
