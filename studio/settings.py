"""What a person chose for the application itself, kept in one JSON file."""

from __future__ import annotations

import contextlib
import os
import tempfile
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal, Self

from studio.errors import FileError
from studio.system.private_files import keep_private, make_private_folder
from studio.system.records import (
    FieldError,
    Record,
    check_of,
    choice,
    flag,
    mapping,
    maybe,
    number,
    record,
    several,
    text,
    whole,
)
from studio.text.exceptions import reason_for

MAX_RECENT = 12
MAX_ONION_FRAMES = 5
"""So many frames are shown before, and as many after, the current one."""


_ASIDE_PREFIX = ".settings-"
_SAVE_SECONDS = 60.0
_SHARES = ("hardness", "opacity", "flow", "smoothing")


_HEX: Final = "#[0-9a-fA-F]{6}"
_TEXT: Final = check_of(text())
_BYTE: Final = check_of(whole(least=0, most=255))
_SIDE: Final = check_of(whole(least=0, most=100_000))
_PACE: Final = check_of(number(least=0.0, most=1e9))


@dataclass(frozen=True, kw_only=True)
class OnionSkinSettings(Record):
    """How neighbouring frames are shown on the canvas: how many of them, their opacity 0..1, colours ``#rrggbb``.

    ``on_top`` draws them over the current frame, else below it.
    """

    enabled: bool = flag(False)
    before: int = whole(1, least=0, most=MAX_ONION_FRAMES)
    after: int = whole(1, least=0, most=MAX_ONION_FRAMES)
    opacity: float = number(0.4, least=0.001, most=1.0)
    tint_before: str = text("#e0483e", pattern=_HEX)
    tint_after: str = text("#2f7de1", pattern=_HEX)
    on_top: bool = flag(False)


@dataclass(frozen=True, kw_only=True)
class FileDialogSettings(Record):
    """Qt's file dialog as it was last left: width and height in pixels, and its columns as base64 of what Qt saves."""

    size: tuple[int, int] | None = maybe(several(_SIDE, exactly=2))
    columns: str = text("")


@dataclass(frozen=True, kw_only=True)
class EngineSource(Record):
    """Where an engine was fetched from last: the internet, a mirror's address, or a folder of wheels."""

    kind: Literal["index", "mirror", "wheels"] = choice("index", "mirror", "wheels")
    mirror: str = text("")
    wheels: str = text("")


@dataclass(frozen=True, kw_only=True)
class LiveSettings(Record):
    """How live painting was left: strength 0..1, seed (``None``: none was chosen), and where its picture is shown."""

    strength: float = number(0.3, least=0.05, most=1.0)
    seed: int | None = maybe(whole(least=0, most=2**32 - 1))
    place: Literal["over", "beside", "window"] = choice("over", "beside", "window")


@dataclass(frozen=True, kw_only=True)
class AppSettings(Record):
    """Every setting with its default. ``language`` is "system", "en" or "zh_CN".

    ``generation`` holds the last used generation settings as plain JSON; ``prompts`` those asked for, oldest first;
    ``adds_trigger_words`` says that LoRAs bring theirs into the prompt;
    ``tool_options`` is what the options of canvas tools differ from their defaults by: group id to option to value;
    ``shortcuts`` maps action ids to key sequences that differ from the defaults; ``window_geometry`` and
    ``window_state`` are base64 of what Qt saves. ``plugin_settings`` is what plugins' pages hold: plugin id to page id
    to values; ``panel_values`` what their panels do: panel id to values. ``device`` is "auto", "cpu", "cuda", "cuda:1",
    "mps" ...; ``precision`` and ``memory_use`` are as `studio.engine.device.wish.Wish` says, ``previews``
    as `PreviewWish` there.
    ``results`` says whether what was drawn waits in the strip or becomes layers at once.
    ``keeps_drawn`` puts what is drawn into the gallery, whose files may take ``gallery_megabytes``.
    ``wildcard_folder`` holds the wildcards of prompts; "" is the person's own folder for them.
    ``grid_axes`` are the axes of the last grid, as ``parameter=what was typed``; ``paces`` says about how long models
    take, in seconds for a step of a million pixels, by their ids.
    ``updates_checked`` is when a newer version was asked for last, in seconds since 1970; ``update_told`` the one that
    the person was told of.
    """

    theme: Literal["system", "dark", "light"] = choice("dark", "light", "system")
    language: str = text("system")
    device: str = text("auto")
    precision: Literal["auto", "float32", "bfloat16", "float16"] = choice("auto", "float32", "bfloat16", "float16")
    previews: Literal["off", "fast", "detailed"] = choice("detailed", "off", "fast")
    memory_use: Literal["auto", "whole", "less", "least"] = choice("auto", "whole", "less", "least")
    results: Literal["strip", "layers"] = choice("strip", "layers")
    color: tuple[int, int, int] = several(_BYTE, exactly=3, default=(32, 32, 32))
    background_color: tuple[int, int, int] = several(_BYTE, exactly=3, default=(255, 255, 255))
    recent_colors: tuple[str, ...] = several(check_of(text(pattern=_HEX)), most=16)
    favourite_brushes: tuple[str, ...] = several(_TEXT)
    history_megabytes: int = whole(2048, least=64, most=262144)
    recent_files: tuple[str, ...] = several(_TEXT)
    disabled_plugins: tuple[str, ...] = several(_TEXT)
    model_folders: tuple[str, ...] = several(_TEXT)
    wildcard_folder: str = text("")
    shortcuts: dict[str, str] = mapping(_TEXT)
    tool_options: dict[str, dict[str, Any]] = mapping(check_of(mapping()))
    prompts: tuple[str, ...] = several(_TEXT)
    adds_trigger_words: bool = flag(True)
    keeps_drawn: bool = flag(True)
    gallery_megabytes: int = whole(4096, least=64, most=1048576)
    generation: dict[str, Any] = mapping()
    grid_axes: tuple[str, ...] = several(_TEXT, most=3)
    paces: dict[str, float] = mapping(_PACE)
    onion_skin: OnionSkinSettings = record(OnionSkinSettings)
    live: LiveSettings = record(LiveSettings)
    file_dialog: FileDialogSettings = record(FileDialogSettings)
    engine_source: EngineSource = record(EngineSource)
    plugin_settings: dict[str, Any] = mapping()
    panel_values: dict[str, Any] = mapping()
    welcomed: bool = flag(False)
    check_updates: bool = flag(False)
    updates_checked: float = number(0.0, least=0.0, most=1e12)
    update_told: str = text("")
    window_geometry: str = text("")
    window_state: str = text("")

    @classmethod
    def read(cls, values: object) -> Self:
        """As every record; versions before had ``brushes``, with 0..1 for what is percent now."""
        if isinstance(values, Mapping) and "tool_options" not in values and isinstance(values.get("brushes"), dict):
            brushes = {key: brush for key, brush in values["brushes"].items() if isinstance(brush, dict)}
            values = {**values, "tool_options": {key: _in_percent(brush) for key, brush in brushes.items()}}
        return super().read(values)

    def with_recent(self, path: Path) -> AppSettings:
        """A copy with ``path`` first among the recent files."""
        text = str(path)
        recent = (text, *(item for item in self.recent_files if item != text))[:MAX_RECENT]
        return self.with_changes(recent_files=recent)


def _in_percent(brush: dict[str, Any]) -> dict[str, Any]:
    shares = {key: brush[key] for key in _SHARES if isinstance(brush.get(key), int | float)}
    return {**brush, **{key: round(share * 100, 6) for key, share in shares.items()}}


class SettingsStore:
    """Loads and saves `AppSettings`. A damaged file is set aside, never overwritten, and `problem` says so."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.problem = ""
        self._saving = threading.Lock()
        self.current = self._load()

    def update(self, **changes: Any) -> AppSettings:
        """Change some settings and save.

        Raises `FieldError` for values out of range, and `FileError` when the file cannot be written; the
        changed settings are in force until the program ends all the same.
        """
        self.change(**changes)
        self.save()
        return self.current

    def change(self, **changes: Any) -> None:
        """Change some settings, to be saved later. Raises `FieldError` for values out of range."""
        self.current = self.current.with_changes(**changes)

    def replace(self, settings: AppSettings) -> None:
        """Take over and save a whole set of settings."""
        self.current = settings
        self.save()

    def save(self) -> None:
        """Write aside and rename, so that a full disk leaves the old file whole. Raises `FileError`.

        May be called on any thread; what was changed last is written last.
        """
        try:
            with self._saving:
                self._write()
        except OSError as error:
            raise FileError(
                "The settings could not be saved in {path}: {reason}.",
                "Free some disk space, or check that you may write there. Until then they are lost at the end.",
                path=self.path,
                reason=reason_for(error),
            ) from error

    def _write(self) -> None:
        make_private_folder(self.path.parent)
        handle, name = tempfile.mkstemp(dir=self.path.parent, prefix=_ASIDE_PREFIX, suffix=".json")
        aside = Path(name)
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(self.current.json(indent=2))
                file.flush()
                os.fsync(file.fileno())
            aside.replace(self.path)
        except BaseException:
            aside.unlink(missing_ok=True)
            raise

    def _load(self) -> AppSettings:
        keep_private(self.path.parent)
        self._remove_left_asides()
        try:
            return AppSettings.read_json(self.path.read_bytes())
        except FileNotFoundError:
            return AppSettings()
        except (OSError, ValueError, RecursionError) as error:
            self.problem = f"The settings in {self.path} could not be read ({_reason(error)}); defaults are used."
            self._set_aside()
            return AppSettings()

    def _remove_left_asides(self) -> None:
        """Remove what a process that was killed in the middle of a save has left; a save takes no minute."""
        with contextlib.suppress(OSError):
            for aside in self.path.parent.glob(f"{_ASIDE_PREFIX}*.json"):
                if time.time() - aside.stat().st_mtime > _SAVE_SECONDS:
                    aside.unlink()

    def _set_aside(self) -> None:
        names = (f".damaged{number}.json" for number in ("", *range(2, 100)))
        places = (self.path.with_suffix(name) for name in names)
        try:
            kept = self.path.rename(next(place for place in places if not place.exists()))
        except (OSError, StopIteration):
            self.problem += " The file could not be moved aside either."
        else:
            self.problem += f" The old file was kept as {kept.name}."


def _reason(error: Exception) -> str:
    """What is wrong with a settings file, in a few words: the setting, or what the system says."""
    if isinstance(error, FieldError):
        return str(error)
    if isinstance(error, OSError):
        return reason_for(error)
    return "it is damaged"
