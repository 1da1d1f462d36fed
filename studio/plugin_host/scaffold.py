"""Writing a new plugin: a copy of the template that ships, under another name."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Final

from studio.errors import FileError, PluginError
from studio.plugin_host.discovery import TEMPLATE
from studio.text.exceptions import reason_for

_FILES: Final = ("plugin.toml", "plugin.py", "test_plugin.py")
_MAX_NAME: Final = 60


def new_plugin(name: str, parent: Path, bundled_plugins: Path) -> Path:
    """Make the folder ``parent/<id>`` with a working plugin called ``name`` and its test. Returns the folder.

    Raises `PluginError` for a name that gives no id, `FileError` when the folder is there or cannot be written.
    """
    plugin_id = plugin_id_of(name)
    folder = parent / plugin_id
    try:
        folder.mkdir(parents=True)
    except FileExistsError as error:
        raise FileError(
            "{folder} is there already.", "Choose another name or another folder.", folder=folder
        ) from error
    except OSError as error:
        raise _not_written(folder, error) from error
    try:
        for file in _FILES:
            text = (bundled_plugins / TEMPLATE / file).read_text("utf-8-sig")
            (folder / file).write_text(_renamed(text, plugin_id, name.strip()), "utf-8", newline="\n")
    except OSError as error:
        shutil.rmtree(folder, ignore_errors=True)
        raise _not_written(folder, error) from error
    return folder


def plugin_id_of(name: str) -> str:
    """The id that goes with a name: ``"Film grain 2"`` becomes ``film_grain_2``. `PluginError` if there is none."""
    plugin_id = re.sub(r"[^a-z0-9]+", "_", name.strip().lower()).strip("_")
    if not re.fullmatch(r"[a-z][a-z0-9_]+", plugin_id) or len(name) > _MAX_NAME:
        raise PluginError(
            "{name!r} gives no id for a plugin.",
            "Give a name of two to {max_name} characters that begins with a letter from a to z.",
            name=name,
            max_name=_MAX_NAME,
        )
    if plugin_id == TEMPLATE:
        raise PluginError("The template has that name.", "Give your plugin another one.")
    return plugin_id


def _renamed(text: str, plugin_id: str, name: str) -> str:
    # JSON's strings are also TOML's and Python's.
    return text.replace('"template"', json.dumps(plugin_id)).replace('"Template"', json.dumps(name))


def _not_written(folder: Path, error: OSError) -> FileError:
    return FileError(
        "{folder} could not be made: {reason}.",
        "Choose a folder you may write to.",
        folder=folder,
        reason=reason_for(error),
    )
