"""One axis in the dialog for grids: which parameter, and its values as they are typed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QToolButton,
    QVBoxLayout,
    QWidget,
    QWidgetAction,
)

from studio.errors import SettingError
from studio.generation.grids import GridAxis
from studio.jobs.grids.axis_kind import AxisKind
from studio.ui.style.icons import icon
from studio.ui.style.theme import GRID
from studio.ui.widgets.choice_box import Choice, ChoiceBox
from studio.ui.widgets.notice import Notice
from studio.ui.widgets.notice_bar import error_text

_LIST_WIDTH: Final = 70 * GRID
_MOST_ROWS: Final = 12
_ROW_HEIGHT: Final = 6 * GRID


class AxisRow(QWidget):
    """A choice of a parameter beside a field for its values, with what is wrong with them below.

    Signal: ``changed()`` on every change.
    """

    changed = Signal()

    def __init__(self, title: str, kinds: Mapping[str, AxisKind], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kinds = kinds
        self._typed: dict[str, str] = {}
        self._shown = ""
        self.parameter = ChoiceBox(title, self)
        self.values = QLineEdit(self)
        self.pick_button = QToolButton(self)
        self.notice = Notice(self)
        nothing = Choice(id="", name=self.tr("Nothing"))
        self.parameter.set_choices([nothing, *(Choice(id=kind.id, name=kind.name) for kind in kinds.values())])
        self._arrange(title)
        self.parameter.value_changed.connect(self._chosen)
        self.values.textChanged.connect(self._edited)
        self.pick_button.clicked.connect(self._pick)
        self._show_kind()

    @property
    def kind(self) -> AxisKind | None:
        """What changes along the axis, if anything does."""
        return self._kinds.get(self.parameter.value())

    @property
    def is_empty(self) -> bool:
        """Whether a parameter is chosen that has no values yet."""
        return self.kind is not None and not self.values.text().strip()

    def show_axis(self, parameter: str, typed: str) -> None:
        """Choose a parameter with its values; one that is not there is left out."""
        if parameter in self._kinds:
            self._typed[parameter] = typed
            self.parameter.set_value(parameter)
            self._show_kind()

    def asked(self) -> str:
        """What `show_axis` shows again, as ``parameter=typed``; "" for nothing."""
        kind = self.kind
        return "" if kind is None else f"{kind.id}={self.values.text()}"

    def axis(self) -> GridAxis | None:
        """The axis, ``None`` for nothing; what is wrong with the values is shown below them and raised again."""
        kind = self.kind
        self.notice.clear()
        if kind is None or self.is_empty:
            return None
        try:
            return kind.axis(self.values.text())
        except SettingError as error:
            self.notice.show_text(error_text(error))
            raise

    # --- building ---------------------------------------------------------------------------------

    def _arrange(self, title: str) -> None:
        self.values.setAccessibleName(self.tr("Values: {axis}").format(axis=title))
        self.values.setMaxLength(100_000)
        self.pick_button.setIcon(icon("chevron-down"))
        self.pick_button.setToolTip(self.tr("Choose from a list"))
        self.pick_button.setAccessibleName(self.tr("Choose from a list"))
        policy = self.pick_button.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.pick_button.setSizePolicy(policy)
        row = QHBoxLayout()
        row.setSpacing(2 * GRID)
        row.addWidget(self.parameter, 5)
        row.addWidget(self.values, 6)
        row.addWidget(self.pick_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addLayout(row)
        column.addWidget(self.notice)

    # --- following --------------------------------------------------------------------------------

    def _chosen(self) -> None:
        self._show_kind()
        if self.kind is not None:
            self.values.setFocus()
        self.changed.emit()

    def _show_kind(self) -> None:
        kind = self.kind
        self._shown = "" if kind is None else kind.id
        self.values.setText(self._typed.get(self._shown, ""))
        self.values.setEnabled(kind is not None)
        self.values.setPlaceholderText("" if kind is None else kind.example)
        self.pick_button.setVisible(kind is not None and bool(kind.choices))
        self.notice.clear()

    def _edited(self, text: str) -> None:
        self._typed[self._shown] = text
        self.changed.emit()

    def _pick(self) -> None:
        """Show the choices with a check each, for as long as it takes."""
        kind = self.kind
        if kind is None:
            return
        menu = QMenu(self)
        choices = _choices(kind, self._chosen_values(kind), menu)
        choices.itemChanged.connect(lambda: self._take(choices))
        action = QWidgetAction(menu)
        action.setDefaultWidget(choices)
        menu.addAction(action)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.values.mapToGlobal(self.values.rect().bottomLeft()))
        choices.setFocus()

    def _chosen_values(self, kind: AxisKind) -> tuple[str, ...]:
        try:
            return kind.read(self.values.text())
        except SettingError:
            return ()

    def _take(self, choices: QListWidget) -> None:
        items = (choices.item(row) for row in range(choices.count()))
        names = [item.text() for item in items if item.checkState() is Qt.CheckState.Checked]
        self.values.setText(", ".join(_quoted(name) for name in names))


def _choices(kind: AxisKind, chosen: tuple[str, ...], parent: QWidget) -> QListWidget:
    made = QListWidget(parent)
    for value, name in kind.choices:
        item = QListWidgetItem(name, made)
        item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsSelectable)
        item.setCheckState(Qt.CheckState.Checked if value in chosen else Qt.CheckState.Unchecked)
    rows = min(len(kind.choices), _MOST_ROWS)
    made.setFixedSize(_LIST_WIDTH, max(rows, 1) * max(_ROW_HEIGHT, made.sizeHintForRow(0)) + 2 * GRID)
    made.setAccessibleName(kind.name)
    return made


def _quoted(name: str) -> str:
    """A name as a list of texts has it."""
    return f'"{name}"' if any(sign in name for sign in ",，\n") and '"' not in name else name
