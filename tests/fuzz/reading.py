"""Reads files as the program does, one after another, and tells of each how it ended and what it took.

Run as a program of its own, so that a crash, a hang or a full memory ends nothing else: it takes file names from its
standard input and answers each with one line of JSON.
"""

from __future__ import annotations

import json
import logging
import sys
import time
import traceback
import warnings
from collections.abc import Callable
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

from studio.engine.models.identity.identify import identify
from studio.engine.models.library import ModelLibrary
from studio.errors import ModelError, PluginError, ShorelineError
from studio.files.animation.project import read_project
from studio.files.animation.read import open_frames
from studio.files.documents import open_document, read_frames
from studio.files.journal.recovery import find_leftovers, recover
from studio.paths import default_paths
from studio.plugin_host import PluginHost
from studio.plugin_host.files import PluginFiles
from studio.plugin_host.manifest import read_manifest
from studio.settings import SettingsStore

_MOST_FRAMES = 64


def _read_film(path: Path) -> None:
    source = open_frames(path)
    for _ in islice(source.frames(), _MOST_FRAMES):
        pass


def _read_picture(path: Path) -> None:
    open_document(path)


def _read_animation(path: Path) -> None:
    attempts: tuple[Callable[[Path], Any], ...] = (open_document, read_frames, _read_film)
    refusals = [refusal for attempt in attempts if (refusal := _refusal(attempt, path)) is not None]
    if refusals:
        raise refusals[0]


def _refusal(attempt: Callable[[Path], Any], path: Path) -> ShorelineError | None:
    try:
        attempt(path)
    except ShorelineError as error:
        return error
    return None


def _recover(path: Path) -> None:
    find_leftovers(path.parent)
    recover(path)


@cache
def _plugin_files() -> PluginFiles:
    return PluginFiles(PluginHost.load([default_paths().plugins], entry_points=False))


def _read_with_plugins(path: Path) -> None:
    """A plugin that ships does not fail: it says itself what is wrong with a file."""
    try:
        _plugin_files().open(path)
    except PluginError as error:
        raise AssertionError(str(error)) from error


def _identified(path: Path) -> None:
    problem = identify(path, ModelLibrary([]).configs).problem
    if problem is not None:
        raise ModelError(problem)


READERS: dict[str, Callable[[Path], Any]] = {
    **dict.fromkeys((".png", ".gif", ".webp"), _read_animation),
    **dict.fromkeys((".jpg", ".ora", ".psd"), _read_picture),
    **dict.fromkeys((".mp4", ".webm", ".avi", ".avif"), _read_film),
    **dict.fromkeys((".tif", ".bmp"), _read_with_plugins),
    ".journal": _recover,
    ".safetensors": _identified,
    ".json": SettingsStore,
    ".toml": lambda path: (read_manifest if path.name.startswith("plugin") else read_project)(path),
}


def read(path: Path) -> dict[str, Any]:
    """``outcome`` is "read", "refused" or "failed"; ``seconds`` of the processor, ``megabytes`` above the start."""
    with_peak = _reset_peak()
    before, started = _memory("VmRSS"), time.process_time()
    words = ""
    try:
        READERS[path.suffix](path)
        outcome = "read"
    except ShorelineError as error:
        outcome, words = "refused", str(error)
    except BaseException:  # noqa: BLE001 - the very thing that is looked for
        outcome, words = "failed", traceback.format_exc()
    megabytes = _memory("VmHWM") - before if with_peak else 0
    return {"outcome": outcome, "words": words, "seconds": time.process_time() - started, "megabytes": megabytes}


def _reset_peak() -> bool:
    """Let Linux count the highest memory anew; false elsewhere."""
    try:
        Path("/proc/self/clear_refs").write_text("5", "ascii")
    except OSError:
        return False
    return True


def _memory(key: str) -> float:
    """Megabytes of this process, by Linux's own count; 0 elsewhere."""
    try:
        lines = Path("/proc/self/status").read_text("ascii").splitlines()
    except OSError:
        return 0.0
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith(f"{key}:"))


def main() -> None:
    warnings.simplefilter("ignore")
    logging.disable()
    for line in sys.stdin:
        sys.stdout.write(json.dumps(read(Path(line.rstrip("\n")))) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
