"""The slim bar above the canvas: the options of the chosen tool."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSignalBlocker, QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget

from studio.document import Document
from studio.session import Session
from studio.ui.canvas.tools.options import ToolOptions, option_text
from studio.ui.canvas.tools.registry import DEFAULT_TOOL, tool_info
from studio.ui.canvas.tools.tool import CanvasTool, Section
from studio.ui.panels.mask_bar import MaskBar
from studio.ui.style.icons import icon
from studio.ui.style.theme import GRID
from studio.ui.widgets.actions import ActionTable, stand_for
from studio.ui.widgets.elided_label import ElidedLabel
from studio.ui.widgets.following import follow
from studio.ui.widgets.icon_label import IconLabel
from studio.ui.widgets.overflow_row import OverflowRow
from studio.ui.widgets.parameter_form import ParameterForm

_HEIGHT: Final = 10 * GRID
_WIDE: Final = 8
"""Stretch of what is better the wider it is."""


class ToolOptionsBar(QWidget):
    """Shows what the chosen tool declares, in a form a group, and the edits of the mask beside tools for the mask.

    Signal: ``shown(str)`` with the id of another tool.
    """

    shown = Signal(str)

    def __init__(
        self, session: Session, options: ToolOptions, actions: ActionTable, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._options = options
        self._tool = tool_info(DEFAULT_TOOL)
        self._forms: dict[str, ParameterForm] = {}
        self._actions = actions
        self._commands: dict[str, QWidget] = {}
        self.symbol = IconLabel(parent=self)
        self.title = QLabel(self)
        self.mask_bar = MaskBar(actions, self)
        self.hint = ElidedLabel(parent=self)
        self.overflow = QToolButton(self)
        self._arrange()
        options.changed.connect(self._show_values)
        follow(self, session.document_changed, self._document_changed)
        self.show_tool(DEFAULT_TOOL)

    @property
    def options(self) -> ToolOptions:
        """What is chosen for all tools."""
        return self._options

    def tool(self) -> str:
        return self._tool.id

    def show_tool(self, tool_id: str) -> None:
        """Show the options of another tool."""
        self._tool = tool_info(tool_id)
        self.symbol.set_icon(icon(self._tool.icon))
        self.title.setText(self._tool.title)
        self._make_forms(self._tool)
        self._show_commands(self._tool)
        masks = self._tool.section is Section.MASK
        self.mask_bar.setVisible(masks)
        self.hint.setVisible(not masks and not self._tool.options)
        self.hint.setText(option_text(self._tool.hint))
        self._show_offered(self._session.document)
        self.shown.emit(tool_id)

    def form(self, group_id: str) -> ParameterForm:
        """The form of a group of options; ``KeyError`` for an unknown id."""
        if group_id not in self._forms:
            self._forms[group_id] = self._made(group_id)
        return self._forms[group_id]

    def minimumSizeHint(self) -> QSize:
        """In a small window the options move into a menu; the bar does not keep it large."""
        return QSize(80 * GRID, _HEIGHT)

    # --- building ---------------------------------------------------------------------------------

    def _arrange(self) -> None:
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(_HEIGHT)
        self.title.setProperty("role", "heading")
        self.hint.setProperty("role", "muted")
        self.overflow.setIcon(icon("chevron-down"))
        self.overflow.setAccessibleName(self.tr("More options"))
        self.overflow.setToolTip(self.tr("More options, for which there is no room here"))
        row = self.row = OverflowRow(self.overflow, spacing=2 * GRID, parent=self)
        row.add(self.symbol, stays=True)
        row.add(self.title, stays=True)
        row.add(self.mask_bar)
        row.add(self.hint, _WIDE)
        column = QHBoxLayout(self)
        column.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        column.addWidget(row)

    def _make_forms(self, tool: CanvasTool) -> None:
        """Put the forms of a tool into the row, in its order."""
        before: QWidget = self.title
        for group in tool.options:
            form = self.form(group.id)
            if form.parentWidget() is None or form not in self.row:
                self.row.add(form, _WIDE if form.has_slider else 0, after=before)
            else:
                self.row.put(form, after=before)  # tools that share it may have it at other places
            before = form

    def _show_commands(self, tool: CanvasTool) -> None:
        """Put the commands of a tool behind its options."""
        if tool.commands and tool.id not in self._commands:
            self._commands[tool.id] = buttons = self._buttons(tool.commands)
            self.row.add(buttons, stays=True)
        for tool_id, buttons in self._commands.items():
            buttons.setVisible(tool_id == tool.id)

    def _buttons(self, commands: tuple[str, ...]) -> QWidget:
        holder = QWidget(self)
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID)
        for command_id in commands:
            row.addWidget(stand_for(QToolButton(holder), self._actions[command_id]))
        return holder

    def _made(self, group_id: str) -> ParameterForm:
        group = self._options.group(group_id)
        form = ParameterForm(group.parameters, self, in_line=True, text=option_text, more_icon=group.icon)
        form.set_values(self._options.values(group_id))
        form.changed.connect(lambda: self._options.set(group_id, **form.values()))
        return form

    # --- following --------------------------------------------------------------------------------

    def _show_values(self, group_id: str) -> None:
        form, values = self._forms.get(group_id), self._options.values(group_id)
        if form is not None and any(values[key] != value for key, value in form.values().items()):
            with QSignalBlocker(form):
                form.set_values(values)

    def _document_changed(self, _old: Document, new: Document) -> None:
        self._show_offered(new)

    def _show_offered(self, document: Document) -> None:
        for group_id, form in self._forms.items():
            group = self._options.group(group_id)
            form.setVisible(group in self._tool.options and group.offered(document))
