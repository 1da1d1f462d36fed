"""How long the window is away while the Models window opens and is used, with 300 files in the models folders."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication

from studio.app import Studio
from studio.ui.dialogs.models.models_dialog import FOLDERS, GET, ModelsDialog
from tests.bench.bench_event_loop import Heartbeat
from tests.bench.measurement import Measurement
from tests.bench.open_window import open_window
from tests.engine.checkpoint_files import checkpoint, write_sparse

GOAL_MS = 50.0
FILES = 300
REST = 0.6
TURNS = 100
"""Seconds and turns of the event loop in which what an action began comes to its end."""


def run() -> list[Measurement]:
    """The longest block of the event loop's own work for each thing that a person does there."""
    with open_window(lambda paths: _fill(paths.user_models)) as (app, studio):
        return list(_measured(app, studio))


def _fill(folder: Path) -> None:
    """Models, LoRAs of several families with trigger words and pictures, and some that cannot be used."""
    lora = {"lora_unet_down_blocks_0_attentions_0_a.lora_down.weight": (4, 320)}
    picture = QImage(512, 640, QImage.Format.Format_RGB32)
    for number in range(FILES):
        place = folder / f"kind {number % 7}" / f"file {number:03}.safetensors"
        if number % 10 == 0:
            write_sparse(place, checkpoint("sd1"))
        elif number % 10 == 1:
            write_sparse(place, {"strange": (2, 2)})
        else:
            words = {"modelspec.trigger_phrase": "ink style, wash, old paper", "modelspec.license": "MIT"}
            write_sparse(place, lora, metadata=words)
        if number % 2:
            picture.fill(QColor.fromHsv(number, 160, 200))
            picture.save(str(place.with_suffix(".jpg")))


def _measured(app: QApplication, studio: Studio) -> Iterator[Measurement]:
    studio.window.resize(1280, 800)
    studio.window.show()
    studio.start()
    _wait(app, lambda: len(studio.catalogue.models_and_adapters()) >= FILES)
    _rest(app)
    heartbeat = Heartbeat(time.thread_time)
    for opening in ("first", "second"):
        shown: list[ModelsDialog] = []
        yield _longest(app, heartbeat, f"the {opening} opening", partial(_open, studio, shown))
        dialog = shown[0]
        for name, act in (
            ("another model", lambda page=dialog.installed: page.choose("kind 3/file 003")),
            ("a search", lambda page=dialog.installed: page.search.setText("file 1")),
            ("getting models", partial(dialog.show_page, GET)),
            ("folders", partial(dialog.show_page, FOLDERS)),
        ):
            yield _longest(app, heartbeat, f"{name}, {opening}", act)
        dialog.reject()
        _rest(app)


def _open(studio: Studio, shown: list[ModelsDialog]) -> None:
    shown.append(studio.window.services.show_models())


def _longest(app: QApplication, heartbeat: Heartbeat, name: str, act: Callable[[], object]) -> Measurement:
    heartbeat.start()
    QTimer.singleShot(0, act)
    _rest(app)
    blocks = heartbeat.stop()
    return Measurement(
        name=f"Models window's longest block: {name}",
        value=max(blocks),
        unit="ms",
        goal=GOAL_MS,
        ours=f"{sum(blocks):.0f} ms in all",
        note=f"processor time of the window's thread, {FILES} files",
    )


def _rest(app: QApplication) -> None:
    """Long enough also on a machine that is busy."""
    end, turns = time.monotonic() + REST, 0

    def is_over() -> bool:
        nonlocal turns
        turns += 1
        return turns > TURNS and time.monotonic() > end

    _wait(app, is_over)


def _wait(app: QApplication, done: Callable[[], bool]) -> None:
    while not done():
        app.processEvents()
        time.sleep(0.0005)
