"""What a person chose for the application itself, kept in one JSON file."""

from __future__ import annotations

import contextlib
import os
import tempfile
import threading
import time
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from studio.errors import FileError
from studio.system.private_files import keep_private, make_private_folder
from studio.text.json_text import json_text
from studio.text.untrusted import parse_json

MAX_RECENT = 12
MAX_ONION_FRAMES = 5
"""So many frames are shown before, and as many after, the current one."""


_ASIDE_PREFIX = ".settings-"
_SAVE_SECONDS = 60.0
_SHARES = ("hardness", "opacity", "flow", "smoothing")


class OnionSkinSettings(BaseModel):
    """How neighbouring frames are shown on the canvas: how many of them, their opacity 0..1, colours ``#rrggbb``.

    ``on_top`` draws them over the current frame, else below it.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    enabled: bool = False
    before: int = Field(default=1, ge=0, le=MAX_ONION_FRAMES)
    after: int = Field(default=1, ge=0, le=MAX_ONION_FRAMES)
    opacity: float = Field(default=0.4, gt=0.0, le=1.0)
    tint_before: str = Field(default="#e0483e", pattern="^#[0-9a-fA-F]{6}$")
    tint_after: str = Field(default="#2f7de1", pattern="^#[0-9a-fA-F]{6}$")
    on_top: bool = False


class FileDialogSettings(BaseModel):
    """Qt's file dialog as it was last left: width and height in pixels, and its columns as base64 of what Qt saves."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    size: tuple[int, int] | None = None
    columns: str = ""


class EngineSource(BaseModel):
    """Where an engine was fetched from last: the internet, a mirror's address, or a folder of wheels."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    kind: Literal["index", "mirror", "wheels"] = "index"
    mirror: str = ""
    wheels: str = ""


class AppSettings(BaseModel):
    """Every setting with its default. ``language`` is "system", "en" or "zh_CN".

    ``generation`` holds the last used generation settings as plain JSON; ``prompts`` those asked for, oldest first;
    ``adds_trigger_words`` says that LoRAs bring theirs into the prompt;
    ``tool_options`` is what the options of canvas tools differ from their defaults by: group id to option to value;
    ``shortcuts`` maps action ids to key sequences that differ from the defaults; ``window_geometry`` and
    ``window_state`` are base64 of what Qt saves. ``plugin_settings`` is what plugins' pages hold: plugin id to page id
    to values; ``panel_values`` what their panels do: panel id to values. ``device`` is "auto", "cpu", "cuda", "cuda:1",
    "mps" ...; ``precision`` and ``memory_use`` are as `studio.engine.device.wish.Wish` says.
    ``wildcard_folder`` holds the wildcards of prompts; "" is the person's own folder for them.
    ``updates_checked`` is when a newer version was asked for last, in seconds since 1970; ``update_told`` the one that
    the person was told of.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    theme: Literal["system", "dark", "light"] = "dark"
    language: str = "system"
    device: str = "auto"
    precision: Literal["auto", "float32", "bfloat16", "float16"] = "auto"
    memory_use: Literal["auto", "whole", "less", "least"] = "auto"
    color: tuple[int, int, int] = (32, 32, 32)
    history_megabytes: int = Field(default=2048, ge=64, le=262144)
    recent_files: tuple[str, ...] = ()
    disabled_plugins: tuple[str, ...] = ()
    model_folders: tuple[str, ...] = ()
    wildcard_folder: str = ""
    shortcuts: dict[str, str] = Field(default_factory=dict)
    tool_options: dict[str, dict[str, Any]] = Field(default_factory=dict)
    prompts: tuple[str, ...] = ()
    adds_trigger_words: bool = True
    generation: dict[str, Any] = Field(default_factory=dict)
    onion_skin: OnionSkinSettings = Field(default_factory=OnionSkinSettings)
    file_dialog: FileDialogSettings = Field(default_factory=FileDialogSettings)
    engine_source: EngineSource = Field(default_factory=EngineSource)
    plugin_settings: dict[str, Any] = Field(default_factory=dict)
    panel_values: dict[str, Any] = Field(default_factory=dict)
    welcomed: bool = False
    check_updates: bool = False
    updates_checked: float = 0.0
    update_told: str = ""
    window_geometry: str = ""
    window_state: str = ""

    @model_validator(mode="before")
    @classmethod
    def _read_brushes(cls, data: Any) -> Any:
        """Versions before had ``brushes``, with 0..1 for what is percent now."""
        if not isinstance(data, dict) or "tool_options" in data or not isinstance(data.get("brushes"), dict):
            return data
        brushes = {key: brush for key, brush in data["brushes"].items() if isinstance(brush, dict)}
        return {**data, "tool_options": {key: _in_percent(brush) for key, brush in brushes.items()}}

    def with_recent(self, path: Path) -> AppSettings:
        """A copy with ``path`` first among the recent files."""
        text = str(path)
        recent = (text, *(item for item in self.recent_files if item != text))[:MAX_RECENT]
        return self.model_copy(update={"recent_files": recent})


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

        Raises ``ValidationError`` for values out of range, and `FileError` when the file cannot be written; the
        changed settings are in force until the program ends all the same.
        """
        self.change(**changes)
        self.save()
        return self.current

    def change(self, **changes: Any) -> None:
        """Change some settings, to be saved later. Raises ``ValidationError`` for values out of range."""
        self.current = AppSettings.model_validate({**self.current.model_dump(), **changes})

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
                f"The settings could not be saved in {self.path}: {error.strerror or error}.",
                "Free some disk space, or check that you may write there. Until then they are lost at the end.",
            ) from error

    def _write(self) -> None:
        make_private_folder(self.path.parent)
        handle, name = tempfile.mkstemp(dir=self.path.parent, prefix=_ASIDE_PREFIX, suffix=".json")
        aside = Path(name)
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(json_text(self.current.model_dump(), indent=2))
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
            return AppSettings.model_validate(parse_json(self.path.read_bytes()))
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
    if isinstance(error, ValidationError):
        first = error.errors()[0]
        return f"{'.'.join(str(part) for part in first['loc'])}: {first['msg']}"
    if isinstance(error, OSError):
        return error.strerror or type(error).__name__
    return "it is damaged"
