"""Commands that show or draw the real main window."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from studio.cli.desktop_entry import install_desktop_entry, remove_desktop_entry
from studio.cli.generation import draw_to_file
from studio.cli.options import AsJson
from studio.cli.output import keep_stdout_for_answers, parse_size, print_facts, say
from studio.cli.window_libraries import require_window_libraries
from studio.errors import SettingError
from studio.generation.first_picture import FIRST_PROMPTS, FIRST_SEED


def register(app: typer.Typer) -> None:
    app.command("run")(run)
    app.command("screenshot")(screenshot)
    app.command("desktop-entry")(desktop_entry)


def has_display() -> bool:
    """Whether a window can be shown to somebody."""
    if os.environ.get("QT_QPA_PLATFORM") in ("offscreen", "minimal"):
        return False
    if sys.platform.startswith("linux"):
        return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
    return True


def run(
    files: Annotated[list[Path] | None, typer.Argument(help="Pictures to open.")] = None,
    folder: Annotated[Path, typer.Option(help="Where pictures go when there is no display.")] = Path("output"),
) -> int:
    """Open the window; without a display draw a first picture and a screenshot of the window instead."""
    if has_display():
        require_window_libraries()
        from studio.app import main as open_window

        return open_window([str(path) for path in files or []])
    folder.mkdir(parents=True, exist_ok=True)
    picture = (folder / "beautiful-beach.png").resolve()
    shot = (folder / "main-window.png").resolve()
    prompt = FIRST_PROMPTS["zh_CN"]
    say(f"There is no display here. Drawing “{prompt}” with the model that ships ...")
    draw_to_file(prompt, picture, seed=FIRST_SEED)
    _take_screenshot(shot, picture, "dark", "en", (1280, 800))
    say(f"Picture:    {picture}\nScreenshot: {shot}")
    return 0


def screenshot(
    output: Annotated[Path, typer.Option("-o", "--output", help="The PNG file to write.")],
    open_file: Annotated[Path | None, typer.Option("--open", help="A picture to show in the window.")] = None,
    theme: Annotated[str, typer.Option(help="dark or light")] = "dark",
    language: Annotated[str, typer.Option(help="en or zh_CN")] = "en",
    size: Annotated[str, typer.Option(help="Width x height of the window.")] = "1280x800",
    as_json: AsJson = False,
) -> None:
    """Draw the real main window to a file, without a display."""
    _require("theme", theme, ("dark", "light"))
    _require("language", language, ("en", "zh_CN"))
    width, height = parse_size(size)
    _take_screenshot(output, open_file, theme, language, (width, height))
    print_facts({"path": str(output.resolve()), "size": [width, height]}, as_json=as_json, text=str(output.resolve()))


def desktop_entry(
    install: Annotated[bool, typer.Option("--install", help="Add Shoreline to the application menu.")] = False,
    remove: Annotated[bool, typer.Option("--remove", help="Take it out again.")] = False,
) -> None:
    """Add a launcher with an icon to the application menu (Linux)."""
    if install == remove:
        raise SettingError("Say what to do with the launcher.", "Use --install or --remove.")
    for path in install_desktop_entry() if install else remove_desktop_entry():
        say(path)


def _require(name: str, value: str, allowed: tuple[str, ...]) -> None:
    if value not in allowed:
        raise SettingError(f"There is no {name} {value!r}.", f"Choose one of: {', '.join(allowed)}.")


def _take_screenshot(output: Path, open_file: Path | None, theme: str, language: str, size: tuple[int, int]) -> None:
    if has_display():
        require_window_libraries()
    else:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from studio.app import screenshot_window

    keep_stdout_for_answers()
    screenshot_window(output, open_file=open_file, theme=theme, language=language, size=size)
