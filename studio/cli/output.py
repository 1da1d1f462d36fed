"""How commands print: text for people, or one JSON object."""

from __future__ import annotations

import sys
from typing import Any

import typer

from studio.errors import SettingError, ShorelineError
from studio.generation import Progress
from studio.json_text import json_text


def error_text(error: ShorelineError) -> str:
    """An error on one or two lines."""
    return f"shoreline: {error.message}" + (f"\n{error.advice}" if error.advice else "")


def print_facts(facts: dict[str, Any], *, as_json: bool, text: str) -> None:
    """Print ``facts`` as one JSON object, or ``text``."""
    typer.echo(json_text(facts, indent=2) if as_json else text)


def parse_size(text: str) -> tuple[int, int]:
    """ "640x480" as (640, 480). Raises `SettingError`."""
    width, separator, height = text.lower().replace("×", "x").partition("x")
    if separator and width.strip().isdecimal() and height.strip().isdecimal():
        return int(width), int(height)
    raise SettingError(f"{text!r} is not a size.", "Write width x height in pixels, for example 512x512.")


class ProgressLine:
    """One line on stderr that shows how far a job is; silent when stderr is not a terminal."""

    def __init__(self, *, quiet: bool) -> None:
        self._show = not quiet and sys.stderr.isatty()

    def __call__(self, progress: Progress) -> None:
        if not self._show:
            return
        left = "" if progress.seconds_left is None else f", {progress.seconds_left:.0f} s left"
        steps = f" {progress.step}/{progress.total_steps}" if progress.total_steps else ""
        if progress.stage == "upscaling":
            steps = f" {progress.fraction:.0%}"
        print(f"\r\x1b[K{progress.stage}{steps}{left}", end="", file=sys.stderr, flush=True)  # noqa: T201

    def done(self) -> None:
        if self._show:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)  # noqa: T201
