"""A launcher for the application menu, as the freedesktop.org Desktop Entry Specification 1.5 describes it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from studio.errors import FileError, SettingError
from studio.paths import default_paths

ENTRY_ID = "shoreline-studio"

_ENTRY = """[Desktop Entry]
Type=Application
Version=1.5
Name=Shoreline
GenericName=Stable Diffusion Studio
GenericName[zh_CN]=Stable Diffusion 绘画工作室
Comment=Paint, mask and generate pictures with Stable Diffusion
Comment[zh_CN]=用 Stable Diffusion 绘画、遮罩与生成图片
Exec={command} %F
Icon={icon}
Terminal=false
Categories=Graphics;2DGraphics;RasterGraphics;Qt;
Keywords=stable diffusion;inpaint;paint;generate;
MimeType=image/openraster;image/png;image/jpeg;image/webp;image/vnd.adobe.photoshop;
StartupNotify=true
StartupWMClass=shoreline-studio
"""


def install_desktop_entry() -> list[Path]:
    """Write the launcher and its icon into the user's data folder. Returns the files written.

    Raises `SettingError` off Linux and `FileError` when a folder cannot be written.
    """
    entry, icon = _places()
    try:
        entry.parent.mkdir(parents=True, exist_ok=True)
        icon.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(default_paths().resources / "icons" / "shoreline.svg", icon)
        entry.write_text(_ENTRY.format(command=_command(), icon=ENTRY_ID), encoding="utf-8")
    except OSError as error:
        raise FileError(f"The launcher could not be written: {error}.", "Check the folder's permissions.") from error
    _refresh(entry.parent)
    return [entry, icon]


def remove_desktop_entry() -> list[Path]:
    """Remove what `install_desktop_entry` wrote. Returns the files removed."""
    entry, icon = _places()
    removed = [path for path in (entry, icon) if path.exists()]
    for path in removed:
        path.unlink()
    _refresh(entry.parent)
    return removed


def _places() -> tuple[Path, Path]:
    if not sys.platform.startswith("linux"):
        raise SettingError(
            "Launchers of this kind exist on Linux only.", "Use the installers described in packaging/README.md."
        )
    data = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    return (
        data / "applications" / f"{ENTRY_ID}.desktop",
        data / "icons" / "hicolor" / "scalable" / "apps" / f"{ENTRY_ID}.svg",
    )


def _command() -> str:
    """The command of this very installation, quoted as the specification asks."""
    script = Path(sys.executable).with_name("shoreline")
    parts = [str(script)] if script.exists() else [sys.executable, "-m", "studio"]
    return " ".join('"' + part.replace("\\", "\\\\").replace('"', '\\"') + '"' for part in parts)


def _refresh(folder: Path) -> None:
    """Tell the desktop at once where its tool is installed; menus find the file later without it."""
    tool = shutil.which("update-desktop-database")
    if tool and folder.is_dir():
        subprocess.run([tool, str(folder)], check=False, capture_output=True)
