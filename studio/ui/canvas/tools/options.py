"""What can be chosen for canvas tools: declared in groups that tools may share, and kept in one place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, Signal

from studio.api.parameters import Parameter
from studio.document import Document
from studio.errors import SettingError


def _always(_document: Document) -> bool:
    return True


@dataclass(frozen=True, kw_only=True)
class OptionGroup:
    """Options of one tool, or of several that share them.

    Their texts are English; show them through `option_text`. ``session_only`` names those that are at their default
    again the next time the application starts; ``offered`` tells whether the group means anything for a document;
    ``on_canvas`` that the canvas shows what is chosen. ``kept`` are values that no form shows: something else chooses
    them. ``icon`` is that of the button behind which the advanced ones are.
    """

    id: str
    parameters: tuple[Parameter, ...]
    session_only: frozenset[str] = frozenset()
    offered: Callable[[Document], bool] = _always
    kept: tuple[Parameter, ...] = ()
    icon: str = "sliders"
    on_canvas: bool = False

    @property
    def _all(self) -> tuple[Parameter, ...]:
        return self.parameters + self.kept

    def defaults(self) -> dict[str, Any]:
        return {parameter.id: parameter.default for parameter in self._all}

    def read(self, saved: Mapping[str, Any]) -> dict[str, Any]:
        """Complete values; a saved one that is unknown or does not fit counts for nothing."""
        return {parameter.id: _read(parameter, saved) for parameter in self._all}

    def validated(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """`SettingError` for a value that does not fit; ``KeyError`` for an option that there is not."""
        declared = {parameter.id: parameter for parameter in self._all}
        return {key: declared[key].validated(value) for key, value in values.items()}


class ToolOptions(QObject):
    """The options of all tools as they are now. Signal: ``changed(str group_id)``.

    ``saved`` is what `saved` gave before, also in another version of the application.
    """

    changed = Signal(str)

    def __init__(
        self,
        groups: Iterable[OptionGroup],
        saved: Mapping[str, Mapping[str, Any]] = MappingProxyType({}),
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._groups = {group.id: group for group in groups}
        self._values = {key: group.read(saved.get(key, {})) for key, group in self._groups.items()}

    def group(self, group_id: str) -> OptionGroup:
        """``KeyError`` for an unknown id."""
        return self._groups[group_id]

    def values(self, group_id: str) -> Mapping[str, Any]:
        """Every option of a group, by id; ``KeyError`` for an unknown group."""
        return MappingProxyType(self._values[group_id])

    def set(self, group_id: str, **values: Any) -> None:
        """Choose some options of a group. Raises `SettingError` for a value that does not fit."""
        before = self._values[group_id]
        after = {**before, **self._groups[group_id].validated(values)}
        if after != before:
            self._values[group_id] = after
            self.changed.emit(group_id)

    def saved(self) -> dict[str, dict[str, Any]]:
        """What differs from the defaults and outlives the session, by group."""
        chosen = {key: self._chosen(group) for key, group in self._groups.items()}
        return {key: values for key, values in chosen.items() if values}

    def _chosen(self, group: OptionGroup) -> dict[str, Any]:
        defaults, values = group.defaults(), self._values[group.id]
        kept = (key for key in values if key not in group.session_only)
        return {key: values[key] for key in kept if values[key] != defaults[key]}


def option_text(text: str) -> str:
    """The translation of a text that a canvas tool declares."""
    return QCoreApplication.translate("CanvasTools", text) if text else ""


def _read(parameter: Parameter, saved: Mapping[str, Any]) -> Any:
    try:
        return parameter.validated(saved.get(parameter.id, parameter.default))
    except SettingError:
        return parameter.default
