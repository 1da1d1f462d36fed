"""How commands print: text for people, or one JSON object."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Final

import typer

from studio.errors import SettingError
from studio.generation import Progress
from studio.paths import default_paths
from studio.system.stray_output import StrayOutput
from studio.text.amounts import duration_text
from studio.text.json_text import json_text, printable

_STRAY: Final[ContextVar[StrayOutput | None]] = ContextVar("shoreline_stray_output", default=None)
"""Of the command that runs."""


def print_facts(facts: dict[str, Any], *, as_json: bool, text: str) -> None:
    """Print ``facts`` as one JSON object, or ``text``."""
    say(json_text(facts, indent=2) if as_json else text)


def say(text: object) -> None:
    """Print a line of a command's answer: to stdout, which nothing else gets while plugins run."""
    stray = _STRAY.get()
    typer.echo(printable(str(text)), file=None if stray is None else stray.answers)


@contextmanager
def answers_on_stdout(*, to_the_end: bool) -> Iterator[None]:
    """While a command runs, `keep_stdout_for_answers` works; ``to_the_end`` also of the process that runs it."""
    stray = StrayOutput(default_paths().logs)
    token = _STRAY.set(stray)
    try:
        yield
    finally:
        _STRAY.reset(token)
        if not to_the_end:
            stray.restore()


def keep_stdout_for_answers() -> None:
    """From now on only `say` reaches stdout; what plugins print goes to a log file."""
    stray = _STRAY.get()
    if stray is not None:
        stray.divert()


def print_notes(notes: list[str], *, as_json: bool) -> None:
    """Print remarks on stderr, where they do not mix with paths that a script reads; JSON holds them already."""
    for note in () if as_json else notes:
        typer.echo(note, err=True)


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
        left = "" if progress.seconds_left is None else f", {duration_text(progress.seconds_left)} left"
        steps = f" {progress.step}/{progress.total_steps}" if progress.total_steps else ""
        if progress.stage == "upscaling":
            steps = f" {progress.fraction:.0%}"
        elif progress.stage == "grid":
            steps = f" {progress.message}"
        print(f"\r\x1b[K{progress.stage}{steps}{left}", end="", file=sys.stderr, flush=True)  # noqa: T201

    def done(self) -> None:
        if self._show:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)  # noqa: T201
