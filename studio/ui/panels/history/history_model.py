"""The steps of a history as a Qt list model that changes only where the history did."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Final

from PySide6.QtCore import QAbstractListModel, QCoreApplication, QModelIndex, QObject, QPersistentModelIndex, Qt

from studio.document import Layer
from studio.generation import GenerationSettings
from studio.history import History, Step
from studio.ui.widgets.parameter_form import plugin_text

STEP_ROLE: Final = int(Qt.ItemDataRole.UserRole)
"""The `Step` of a row."""
STATE_ROLE: Final = STEP_ROLE + 1
"""-1 for a step in the past, 0 for the current one, 1 for one that was undone."""

_Index = QModelIndex | QPersistentModelIndex


def step_title(step: Step[Any]) -> str:
    """The translated label of a step."""
    kind = step.kind
    return plugin_text(kind.name) if kind.name else QCoreApplication.translate("History", kind.label)


def step_settings(step: Step[Any]) -> GenerationSettings | None:
    """The generation settings that made a step, if any that can be read."""
    return None if step.settings is None else _parsed(step.settings)


def settings_of_layer(layer: Layer | None) -> GenerationSettings | None:
    """The generation settings that made a layer, if any that can be read."""
    return None if layer is None or layer.settings is None else _parsed(layer.settings)


@lru_cache(maxsize=1024)
def _parsed(text: str) -> GenerationSettings | None:
    """Rows are drawn often; reading JSON each time would be felt."""
    try:
        return GenerationSettings.read_json(text)
    except ValueError:
        return None


class HistoryModel(QAbstractListModel):
    """One row a step, oldest first."""

    def __init__(self, history: History[Any], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._steps = history.steps
        self._current = history.index

    def sync(self, history: History[Any]) -> None:
        """Show ``history``."""
        new, old = history.steps, self._steps
        start = _common(old, new)
        end = _common(old[start:][::-1], new[start:][::-1])
        gone, come = len(old) - start - end, len(new) - start - end
        kept = min(gone, come)
        if gone > kept:
            self.beginRemoveRows(QModelIndex(), start + kept, start + gone - 1)
            self._steps = (*old[: start + kept], *old[start + gone :])
            self.endRemoveRows()
        elif come > kept:
            self.beginInsertRows(QModelIndex(), start + kept, start + come - 1)
            self._steps = (*old[: start + kept], *new[start + kept : start + come], *old[start + kept :])
            self.endInsertRows()
        self._steps = new
        self._announce(start, start + kept - 1)
        self._move_current(history.index)

    def step_at(self, row: int) -> Step[Any] | None:
        return self._steps[row] if 0 <= row < len(self._steps) else None

    @property
    def current(self) -> int:
        """The row of the current step."""
        return self._current

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._steps)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        step = self.step_at(index.row())
        if step is None:
            return None
        if role == STEP_ROLE:
            return step
        if role == STATE_ROLE:
            return (index.row() > self._current) - (index.row() < self._current)
        if role == Qt.ItemDataRole.DisplayRole:
            return step_title(step)
        if role == Qt.ItemDataRole.ToolTipRole:
            settings = step_settings(step)
            return settings.prompt if settings is not None else step_title(step)
        return None

    def _move_current(self, current: int) -> None:
        before, self._current = self._current, current
        if before != current:
            self._announce(min(before, current), max(before, current))

    def _announce(self, first: int, last: int) -> None:
        last = min(last, len(self._steps) - 1)
        if first <= last:
            self.dataChanged.emit(self.index(first), self.index(last))


def _common(one: tuple[Step[Any], ...], other: tuple[Step[Any], ...]) -> int:
    """How many steps at the start are the same objects."""
    count = 0
    for mine, theirs in zip(one, other, strict=False):
        if mine is not theirs:
            break
        count += 1
    return count
