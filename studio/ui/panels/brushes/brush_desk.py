"""What can be done with presets of brushes: take one, keep what is in the hand, bring others in."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from studio.document import Raster
from studio.errors import SettingError, ShorelineError
from studio.files.brushes.importing import read_brush, stamp_of
from studio.files.brushes.presets import PresetShelf, StoredPreset
from studio.files.openraster.write import straight
from studio.raster.brushes.brush import Brush
from studio.raster.brushes.preset import BrushPreset
from studio.ui.canvas.tools.brush_options import brush_of, brush_options_of, values_of
from studio.ui.canvas.tools.options import OptionGroup, ToolOptions
from studio.ui.canvas.tools.registry import tool_info
from studio.ui.panels.brushes.brush_names import shown_name
from studio.ui.widgets.readable import message_text


class BrushDesk(QObject):
    """Signals: ``changed()`` when presets or favourites did; ``tool_wanted(str)`` for the tool of a preset;
    ``chosen()`` when another preset, or the brush in the hand, is another; ``failed(object)`` with an error;
    ``remark(str)`` with a text."""

    changed = Signal()
    tool_wanted = Signal(str)
    chosen = Signal()
    failed = Signal(object)
    remark = Signal(str)

    def __init__(
        self, shelf: PresetShelf, options: ToolOptions, favourites: Iterable[str], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._shelf = shelf
        self._options = options
        self._favourites = list(favourites)
        self._tool = "brush"
        self._presets = self._shelf.presets()
        options.changed.connect(self._option_changed)

    @property
    def presets(self) -> tuple[StoredPreset, ...]:
        return self._presets

    @property
    def problems(self) -> tuple[ShorelineError, ...]:
        """What could not be read."""
        return self._shelf.problems

    @property
    def favourites(self) -> tuple[str, ...]:
        return tuple(self._favourites)

    def find(self, preset_id: str) -> StoredPreset | None:
        return next((each for each in self._presets if each.id == preset_id), None)

    # --- the brush in the hand --------------------------------------------------------------------

    def show_tool(self, tool_id: str) -> None:
        """Another tool is in the hand."""
        self._tool = tool_id
        self.chosen.emit()

    @property
    def group(self) -> OptionGroup | None:
        """The options of the brush in the hand; ``None`` for a tool that has none."""
        return brush_options_of(tool_info(self._tool))

    def current(self) -> BrushPreset | None:
        """The brush in the hand as it is now, under the name of the preset that it came of."""
        group = self.group
        if group is None:
            return None
        values = self._options.values(group.id)
        stored = self.find(values["preset"])
        name = "" if stored is None else stored.preset.name
        tool = "eraser" if self._tool == "eraser" else "brush"
        return BrushPreset(name=name, tool=tool, brush=brush_of(values, (0, 0, 0, 255), eraser=False))

    @property
    def current_id(self) -> str:
        """The preset that the brush in the hand came of; "" for none."""
        group = self.group
        return "" if group is None else str(self._options.values(group.id)["preset"])

    @property
    def is_modified(self) -> bool:
        """Whether the brush in the hand is another than its preset."""
        stored, current = self.find(self.current_id), self.current()
        return stored is not None and current is not None and _core(current) != _core(stored.preset)

    def take(self, preset_id: str) -> None:
        """Take a preset into the hand, with its tool; a tool that retouches stays, and gets the brush."""
        stored = self.find(preset_id)
        if stored is None:
            return
        tool = stored.preset.tool
        if tool == "brush" and self.group is not None and self._tool != "eraser":
            tool = self._tool
        if tool != self._tool:
            self.tool_wanted.emit(tool)
        group = brush_options_of(tool_info(tool))
        if group is not None:
            self._options.set(group.id, **values_of(stored.preset.brush), preset=preset_id)

    def change(self, brush: Brush) -> None:
        """Give the brush in the hand other values; its preset stays."""
        group = self.group
        if group is not None:
            self._options.set(group.id, **values_of(brush))

    # --- keeping ----------------------------------------------------------------------------------

    def add(self, name: str) -> None:
        """Keep the brush in the hand as a new preset."""
        current, group = self.current(), self.group
        if current is not None and group is not None and name.strip():
            self._try(lambda: self._added(replace(current, name=name.strip()), group))

    def _added(self, preset: BrushPreset, group: OptionGroup) -> None:
        preset_id = self._shelf.add(preset)
        self._options.set(group.id, preset=preset_id)

    def overwrite(self) -> None:
        """Make the preset in the hand what the brush is now."""
        stored, current = self.find(self.current_id), self.current()
        if stored is not None and current is not None:
            self._try(lambda: self._shelf.save(stored.id, replace(current, name=stored.preset.name)))

    def rename(self, preset_id: str, name: str) -> None:
        stored = self.find(preset_id)
        if stored is not None and name.strip() != shown_name(stored):
            self._try(lambda: self._shelf.rename(stored, name))

    def remove(self, preset_id: str) -> None:
        """Take a preset of the person's own away, or make one that ships what it was."""
        self._try(lambda: self._shelf.remove(preset_id))

    def toggle_favourite(self, preset_id: str) -> None:
        if preset_id in self._favourites:
            self._favourites.remove(preset_id)
        else:
            self._favourites.append(preset_id)
        self.changed.emit()

    def add_stamp(self, raster: Raster, name: str) -> None:
        """Keep what is painted as a new preset that prints it, and take it into the hand."""
        area = raster.bounds()
        if area.is_empty:
            self.failed.emit(SettingError("There is nothing on this layer.", "Paint the tip of the brush first."))
            return
        preset = stamp_of(straight(raster.read(area)), name).preset
        self._try(lambda: self._take_new(preset))

    def _take_new(self, preset: BrushPreset) -> None:
        preset_id = self._shelf.add(preset)
        self._presets = self._shelf.presets()
        self.take(preset_id)

    def bring_in(self, paths: Iterable[Path]) -> None:
        """Make presets of files: ours, MyPaint's, Krita's, and pictures, which become stamps."""
        notes: list[str] = []
        for path in paths:
            self._try(partial(self._bring, path, notes))
        if notes:
            self.remark.emit("\n".join(notes))

    def _bring(self, path: Path, notes: list[str]) -> None:
        imported = read_brush(path)
        self._shelf.add(imported.preset)
        notes += [f"{path.name}: {message_text(note)}" for note in imported.notes]

    def _try(self, work: Callable[[], object]) -> None:
        try:
            work()
        except ShorelineError as error:
            self.failed.emit(error)
        self._presets = self._shelf.presets()
        self.changed.emit()
        self.chosen.emit()

    def _option_changed(self, group_id: str) -> None:
        group = self.group
        if group is not None and group.id == group_id:
            self.chosen.emit()


def _core(preset: BrushPreset) -> dict[str, object]:
    """What counts when a brush is compared with its preset."""
    values = preset.differences()["brush"]
    return {key: value for key, value in values.items() if key != "diameter"}
