"""Shoreline in the desktop: menu entry, file types, thumbnails, as freedesktop.org's specifications describe them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from studio.errors import FileError, SettingError
from studio.paths import DESKTOP_ID, default_paths

_TOOLS: Final = (("update-desktop-database", "applications"), ("update-mime-database", "mime"))
"""What tells the desktop at once, and for which folder; menus find the files later without."""


@dataclass(frozen=True)
class _Place:
    """A file of the resources' folder ``desktop`` or ``icons``, and where it goes below the data folder."""

    source: Path
    target: Path


def install_desktop_entry() -> list[Path]:
    """Write the launcher, its icon, the file types and the thumbnailer below the user's data folder.

    Returns the files written. Raises `SettingError` off Linux and `FileError` when a folder cannot be written.
    """
    data, command = _data_folder(), launch_command()
    places = _places(data)
    try:
        for place in places:
            place.target.parent.mkdir(parents=True, exist_ok=True)
            if place.source.suffix == ".svg":
                shutil.copyfile(place.source, place.target)
            else:
                place.target.write_text(filled(place.source.read_text("utf-8-sig"), command), encoding="utf-8")
    except OSError as error:
        raise FileError(f"The launcher could not be written: {error}.", "Check the folder's permissions.") from error
    _refresh(data)
    return [place.target for place in places]


def remove_desktop_entry() -> list[Path]:
    """Remove what `install_desktop_entry` wrote. Returns the files removed."""
    data = _data_folder()
    removed = [place.target for place in _places(data) if place.target.exists()]
    for path in removed:
        path.unlink()
    _refresh(data)
    return removed


def filled(template: str, command: list[str]) -> str:
    """A desktop file with the command that starts this very installation, quoted as the specification asks."""
    quoted = " ".join('"' + part.replace("\\", "\\\\").replace('"', '\\"') + '"' for part in command)
    return template.replace("@COMMAND@", quoted.replace("%", "%%")).replace("@PROGRAM@", command[0])


def launch_command() -> list[str]:
    """What starts this installation: an AppImage, an application folder, an installed script or a checkout."""
    appimage = os.environ.get("APPIMAGE")
    folder = Path(sys.prefix).parent
    if appimage and Path(appimage).is_file() and Path(sys.prefix).is_relative_to(os.environ.get("APPDIR", "/nowhere")):
        return [appimage]
    if (folder / "launch").is_file() and (folder / "python").samefile(sys.prefix):
        return [str(folder / "launch")]
    script = Path(sys.executable).with_name("shoreline")
    return [str(script)] if script.exists() else [sys.executable, "-m", "studio"]


def _data_folder() -> Path:
    if not sys.platform.startswith("linux"):
        raise SettingError(
            "Launchers of this kind exist on Linux only.", "Use the installers described in packaging/README.md."
        )
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")


def _places(data: Path) -> list[_Place]:
    resources = default_paths().resources
    desktop, icons = resources / "desktop", data / "icons" / "hicolor" / "scalable"
    drawing = resources / "icons" / "shoreline.svg"
    return [
        _Place(desktop / f"{DESKTOP_ID}.desktop", data / "applications" / f"{DESKTOP_ID}.desktop"),
        _Place(drawing, icons / "apps" / f"{DESKTOP_ID}.svg"),
        _Place(desktop / f"{DESKTOP_ID}-mime.xml", data / "mime" / "packages" / f"{DESKTOP_ID}.xml"),
        _Place(desktop / f"{DESKTOP_ID}.thumbnailer", data / "thumbnailers" / f"{DESKTOP_ID}.thumbnailer"),
    ]


def _refresh(data: Path) -> None:
    for name, folder in _TOOLS:
        tool = shutil.which(name)
        if tool and (data / folder).is_dir():
            subprocess.run([tool, str(data / folder)], check=False, capture_output=True)
