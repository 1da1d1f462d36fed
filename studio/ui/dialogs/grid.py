"""Generate > Grid: what changes along two or three axes, and what comes of it before it starts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from studio.errors import SettingError
from studio.generation.grids import GridAxis, GridCell, GridPlan
from studio.jobs.grids.cells import seconds_for
from studio.jobs.grids.kinds import GridParts, axis_kinds
from studio.jobs.grids.planning import planned
from studio.ui.dialogs.form_dialog import FormDialog
from studio.ui.dialogs.grid_axis import AxisRow
from studio.ui.style.theme import GRID
from studio.ui.widgets.elided_label import ElidedLabel
from studio.ui.widgets.notice_bar import error_text
from studio.ui.widgets.readable import duration_text
from studio.ui.widgets.slider_row import align_labels
from studio.ui.widgets.styled import set_styled
from studio.ui.widgets.wrapped_label import wrapped_label

LOOK_DELAY_MS: Final = 250
_WIDTH: Final = 170 * GRID


class GridDialog(FormDialog):
    """``asked`` are axes to begin with, as ``parameter=typed``; ``paces`` say how long models take, by their ids.

    Signal: ``chosen(GridPlan, tuple[GridCell, ...])``.
    """

    chosen = Signal(object, object)

    def __init__(
        self, parts: GridParts, asked: Sequence[str], paces: Mapping[str, float], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Grid"))
        self._parts = parts
        self._kinds = axis_kinds(parts)
        self._paces = paces
        self._ready: tuple[GridPlan, tuple[GridCell, ...]] | None = None
        titles = (self.tr("Columns"), self.tr("Rows"), self.tr("Sheets"))
        self.rows = tuple(AxisRow(title, self._kinds, self) for title in titles)
        self.outcome = wrapped_label("", "muted")
        self._delay = QTimer(self)
        self._delay.setSingleShot(True)
        self._delay.setInterval(LOOK_DELAY_MS)
        self._delay.timeout.connect(self.look)
        self._arrange()
        for row, text in zip(self.rows, asked, strict=False):
            row.show_axis(*text.partition("=")[::2])
        for row in self.rows:
            row.changed.connect(self._changed)
        self.look()

    def asked(self) -> tuple[str, ...]:
        """The axes as they are now, to begin with another time."""
        return tuple(row.asked() for row in self.rows)

    def accept(self) -> None:
        self.look()
        if self._ready is not None:
            self.chosen.emit(*self._ready)
            super().accept()

    def done(self, code: int) -> None:
        self._delay.stop()
        super().done(code)

    def look(self) -> None:
        """See what comes of what is typed, and say it."""
        self._delay.stop()
        self._ready = None
        try:
            axes = self._axes()
            if axes is not None:
                plan = GridPlan(settings=self._parts.settings, axes=axes)
                self._ready = plan, planned(plan, self._parts, self._kinds)
        except SettingError as error:
            self._show_outcome(error_text(error), "danger")
        self.accept_button.setEnabled(self._ready is not None)
        if self._ready is not None:
            self._show_outcome(self._foretold(*self._ready), "muted")

    # --- looking ----------------------------------------------------------------------------------

    def _changed(self) -> None:
        self.accept_button.setEnabled(False)
        self._delay.start()

    def _axes(self) -> tuple[GridAxis, ...] | None:
        """The axes that something changes along; ``None``, with a word on it, while one is not there yet or wrong."""
        axes, is_wrong = [], False
        for row in self.rows:
            try:
                axis = row.axis()
            except SettingError:
                is_wrong = True
            else:
                axes += [axis] if axis is not None else []
        waiting = next((row for row in self.rows if row.is_empty), None)
        if is_wrong:
            self.outcome.clear()
        elif waiting is not None and waiting.kind is not None:
            self._show_outcome(self.tr("Type values: {name}").format(name=waiting.kind.name), "muted")
        elif not axes:
            self._show_outcome(self.tr("Choose what changes from column to column."), "muted")
        return None if is_wrong or waiting is not None or not axes else tuple(axes)

    def _foretold(self, plan: GridPlan, cells: tuple[GridCell, ...]) -> str:
        """How many pictures there will be, and about how long they take."""
        across, down, sheets = plan.shape
        count = self.tr("One picture") if plan.count == 1 else self.tr("{count} pictures").format(count=plan.count)
        shape = f"{across} × {down}" if sheets == 1 else f"{across} × {down} × {sheets}"
        seconds = seconds_for(cells, self._paces, self._parts.tool)
        if seconds is None:
            time = self.tr("how long it takes is known once this model has drawn a picture")
        else:
            time = self.tr("about {time}").format(time=duration_text(max(1.0, seconds)))
        return f"{count}: {shape} · {time}"

    def _show_outcome(self, text: str, role: str) -> None:
        set_styled(self.outcome, "role", role)
        self.outcome.setText(text)

    # --- building ---------------------------------------------------------------------------------

    def _arrange(self) -> None:
        settings = self._parts.settings
        heading = ElidedLabel(settings.prompt or self._parts.shown(self._parts.tool.name), self)
        what = wrapped_label(
            self.tr(
                "One picture for each pair of values, all else as in the Generate panel. Lists and ranges: 8, 12, 20 "
                "or 1-10 or 1-10 (+3) or 0-1 [5]. Words with a comma stand in quotes."
            ),
            "muted",
        )
        align_labels([row.parameter.label for row in self.rows])
        self.accept_button.setText(self.tr("Draw Grid"))
        for widget in (heading, what, *self.rows, self.outcome):
            self.form.addRow(widget)
        self.form.setVerticalSpacing(3 * GRID)
        self.setMinimumWidth(_WIDTH)
