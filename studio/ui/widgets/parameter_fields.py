"""The control of one declared parameter, and how its value is read and shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QLineEdit, QToolButton, QVBoxLayout, QWidget

from studio.api.parameters import (
    BoolParameter,
    ChoiceParameter,
    ColorParameter,
    FloatParameter,
    IntParameter,
    Parameter,
    TextParameter,
)
from studio.ui.style.icons import icon
from studio.ui.style.theme import GRID
from studio.ui.widgets.choice_box import Choice, ChoiceBox
from studio.ui.widgets.color_choice import ColorChoice
from studio.ui.widgets.prompt_edit import PromptEdit
from studio.ui.widgets.segmented import SegmentedButtons
from studio.ui.widgets.slider_row import Scale, SliderRow


@dataclass(frozen=True)
class Field:
    """One control. ``widget`` stands in the form; ``label`` is the part of it to be lined up with others."""

    parameter: Parameter
    widget: QWidget
    read: Callable[[], Any]
    show: Callable[[Any], None]
    label: QLabel | None = None


@dataclass(frozen=True)
class FieldMaker:
    """Makes the controls of a form.

    ``text`` translates what parameters declare; ``changed`` is emitted on every change. With ``in_line`` the controls
    are those that stand side by side: switches with a drawing, and choices that are all in sight.
    """

    parent: QWidget
    changed: SignalInstance
    text: Callable[[str], str]
    in_line: bool

    def make(self, parameter: Parameter) -> Field:
        """The control, with the parameter's default."""
        field = self._made(parameter)
        if parameter.help:
            field.widget.setToolTip(self.text(parameter.help))
        return field

    def _made(self, parameter: Parameter) -> Field:
        match parameter:
            case FloatParameter() | IntParameter():
                return self._number(parameter)
            case BoolParameter():
                return self._toggle(parameter) if self.in_line and parameter.icon else self._check(parameter)
            case ChoiceParameter():
                return self._segments(parameter) if self.in_line else self._choice(parameter)
            case TextParameter():
                return self._long_text(parameter) if parameter.multiline else self._text(parameter)
            case ColorParameter():
                return self._color(parameter)

    def _number(self, parameter: FloatParameter | IntParameter) -> Field:
        scale = Scale(
            minimum=parameter.minimum,
            maximum=parameter.maximum,
            step=parameter.step,
            default=parameter.default,
            suffix=parameter.suffix,
            logarithmic=isinstance(parameter, FloatParameter) and parameter.logarithmic,
            minimum_label=self.text(parameter.minimum_label) if isinstance(parameter, IntParameter) else "",
        )
        row = SliderRow(self.text(parameter.label), scale, self.parent)
        row.value_changed.connect(self.changed)
        if not parameter.slider:
            row.slider.hide()
        read = row.int_value if isinstance(parameter, IntParameter) else row.value
        return Field(parameter, row, read, row.set_value, row.label)

    def _check(self, parameter: BoolParameter) -> Field:
        box = QCheckBox(self.text(parameter.label), self.parent)
        box.setChecked(parameter.default)
        box.toggled.connect(self.changed)
        return Field(parameter, box, box.isChecked, box.setChecked)

    def _toggle(self, parameter: BoolParameter) -> Field:
        button = QToolButton(self.parent)
        button.setCheckable(True)
        button.setAccessibleName(self.text(parameter.label))
        button.setToolTip(button.accessibleName())

        def draw(is_on: bool) -> None:
            button.setIcon(icon(parameter.icon if is_on or not parameter.off_icon else parameter.off_icon))

        draw(parameter.default)
        button.setChecked(parameter.default)
        button.toggled.connect(draw)
        button.toggled.connect(self.changed)
        return Field(parameter, button, button.isChecked, button.setChecked)

    def _choice(self, parameter: ChoiceParameter) -> Field:
        box = ChoiceBox(self.text(parameter.label), self.parent)
        hints = parameter.hints or ("",) * len(parameter.choices)
        box.set_choices(
            [
                Choice(id=value, name=self.text(label), help=self.text(hint))
                for (value, label), hint in zip(parameter.choices, hints, strict=True)
            ]
        )
        box.set_value(parameter.default)
        box.value_changed.connect(self.changed)
        return Field(parameter, box, box.value, box.set_value, box.label)

    def _segments(self, parameter: ChoiceParameter) -> Field:
        row = SegmentedButtons(self.parent)
        row.setAccessibleName(self.text(parameter.label))
        hints = parameter.hints or ("",) * len(parameter.choices)
        for (value, label), hint in zip(parameter.choices, hints, strict=True):
            row.add(value, self.text(label), tooltip=self.text(hint))
        row.set_value(parameter.default)
        row.value_changed.connect(self.changed)
        return Field(parameter, row, row.value, row.set_value)

    def _color(self, parameter: ColorParameter) -> Field:
        swatches = [(code, self.text(name)) for code, name in parameter.swatches]
        button = ColorChoice(parameter.default, swatches, has_alpha=parameter.has_alpha, parent=self.parent)
        button.setToolTip(self.text(parameter.label))
        button.color_changed.connect(self.changed)
        if self.in_line:
            return Field(parameter, button, button.value, button.set_value)
        holder, label = self._labelled(parameter, button)
        return Field(parameter, holder, button.value, button.set_value, label)

    def _text(self, parameter: TextParameter) -> Field:
        edit = QLineEdit(parameter.default)
        edit.textChanged.connect(self.changed)
        holder, label = self._labelled(parameter, edit)
        return Field(parameter, holder, edit.text, edit.setText, label)

    def _labelled(self, parameter: Parameter, control: QWidget) -> tuple[QWidget, QLabel]:
        """A label and a control in one line."""
        holder = QWidget(self.parent)
        label = QLabel(self.text(parameter.label), holder)
        label.setBuddy(control)
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2 * GRID)
        row.addWidget(label)
        if isinstance(control, QLineEdit):
            control.setAccessibleName(label.text())
            row.addWidget(control, 1)
        else:
            row.addWidget(control)
            row.addStretch(1)
        return holder, label

    def _long_text(self, parameter: TextParameter) -> Field:
        holder = QWidget(self.parent)
        label = QLabel(self.text(parameter.label), holder)
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
        return Field(parameter, holder, edit.text, edit.set_text)
