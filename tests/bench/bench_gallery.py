"""The gallery with 10,000 pictures: how long searches take, and how long the window is away while one looks on."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from studio.app import Studio
from studio.files.gallery.access import GalleryAccess, keep
from studio.files.gallery.gallery import Gallery
from studio.files.gallery.picture_files import write_drawn
from studio.files.gallery.values import Drawn, GalleryQuery
from studio.generation import GenerationSettings
from studio.ui.window.late_panel import OneByOne
from tests.bench.bench_event_loop import Heartbeat
from tests.bench.measurement import Measurement, seconds
from tests.bench.open_window import open_window

PICTURES = 10_000
GOAL_MS = 50.0
RUNS = 9
_THINGS = (
    "a red palm on a beach",
    "美丽的海滩，有棕榈树",
    "a sailing boat at dusk",
    "雪山上的小屋",
    "a cat in the snow",
)
_PLENTY = 1 << 40


def run() -> list[Measurement]:
    """Searches by themselves, then a person who opens the panel, types and scrolls."""
    with open_window(lambda paths: _fill(paths.gallery)) as (app, studio):
        return [*_searches(studio.paths.gallery), *_looking(app, studio)]


def _fill(folder: Path) -> None:
    """One real file a prompt; entries share their bytes, not their names."""
    with closing(Gallery.open(folder)) as gallery:
        files = [write_drawn(gallery.pictures, _drawn(thing, 512)) for thing in _THINGS]
        with gallery._writing():
            for number in range(PICTURES):
                file = files[number % len(files)]
                settings = _settings(f"{_THINGS[number % len(_THINGS)]}, variation {number}", number)
                name = file.file if number < len(files) else f"none/{number}.png"
                gallery._insert(replace(file, file=name, settings=settings, created=float(number)), number % 6, False)


def _settings(prompt: str, seed: int) -> GenerationSettings:
    return GenerationSettings(prompt=prompt, negative_prompt="blurry, low quality", seed=seed, width=512, height=512)


def _drawn(prompt: str, side: int) -> Drawn:
    pixels = np.random.default_rng(len(prompt)).integers(0, 255, (side, side, 4), np.uint8)
    pixels[..., 3] = 255
    return Drawn(pixels=pixels, settings=_settings(prompt, 1), created=time.time())


def _searches(folder: Path) -> Iterator[Measurement]:
    with closing(GalleryAccess(folder)) as access:
        for name, query in (
            ("everything", GalleryQuery()),
            ("a word", GalleryQuery(text="palm")),
            ("one Chinese character", GalleryQuery(text="滩")),
            ("three words with stars", GalleryQuery(text="cat snow variation", least_rating=3)),
            ("a sign that is no word", GalleryQuery(text="，")),
        ):
            times = seconds(lambda asked=query: access.use(lambda gallery: gallery.search(asked)), RUNS)  # type: ignore[misc]
            yield _milliseconds(f"gallery search: {name}", float(np.median(times)), f"median of {RUNS}")
        drawn = _drawn("one more", 512)
        times = seconds(lambda: keep(access, [drawn], _PLENTY), 5)
        yield _milliseconds("gallery: keeping a picture of 512x512", float(np.median(times)), "off the window's thread")


def _milliseconds(name: str, value: float, note: str) -> Measurement:
    return Measurement(name=name, value=1000 * value, unit="ms", note=f"{PICTURES} pictures, {note}")


def _looking(app: QApplication, studio: Studio) -> Iterator[Measurement]:
    studio.window.resize(1280, 800)
    studio.window.show()
    studio.start()
    _wait(app, lambda: studio.runner.join(0) and studio.window.findChild(OneByOne) is None)
    _wait(app, lambda: not studio.worker.is_busy)  # else torch is loaded meanwhile
    dock = studio.window.docks.gallery
    heartbeat = Heartbeat(time.thread_time)
    started = time.perf_counter()
    yield _longest(app, heartbeat, "opening it", dock.begin_search, lambda: _is_settled(studio))
    yield _milliseconds("gallery: until its first pictures are seen", time.perf_counter() - started, "by the clock")
    bar = dock.panel.view.verticalScrollBar()
    for name, place in (("to the middle", 0.5), ("to the end", 1.0), ("to the top", 0.0)):
        yield _longest(
            app,
            heartbeat,
            f"scrolling {name}",
            lambda to=place: bar.setValue(round(bar.maximum() * to)),  # type: ignore[misc]
            lambda: _is_settled(studio),
        )
    field = dock.panel.filters.search
    yield _longest(app, heartbeat, "typing a word", lambda: field.setText("palm"), lambda: _found(studio, "palm"))
    yield _longest(app, heartbeat, "clearing it", field.clear, lambda: _found(studio, ""))
    yield _longest(app, heartbeat, "selecting all", dock.panel.view.selectAll, lambda: True)


def _found(studio: Studio, text: str) -> bool:
    panel = studio.window.docks.gallery.panel
    rows = panel.model.rowCount()
    return _is_settled(studio) and (rows < PICTURES) == bool(text)


def _is_settled(studio: Studio) -> bool:
    """Whether everything that is in sight was read."""
    panel = studio.window.docks.gallery.panel
    view = panel.view
    corner = view.indexAt(view.viewport().rect().center())
    return not panel.is_searching and corner.isValid() and panel.model.entry_at(corner.row()) is not None


def _longest(
    app: QApplication, heartbeat: Heartbeat, name: str, act: Callable[[], object], is_done: Callable[[], bool]
) -> Measurement:
    done = [False]

    def begin() -> None:
        act()
        done[0] = True

    heartbeat.start()
    QTimer.singleShot(0, begin)
    _wait(app, lambda: done[0] and is_done())
    blocks = heartbeat.stop()
    return Measurement(
        name=f"gallery's longest block: {name}",
        value=max(blocks, default=0.0),
        unit="ms",
        goal=GOAL_MS,
        note=f"processor time of the window's thread, {PICTURES} pictures",
    )


def _wait(app: QApplication, done: Callable[[], bool]) -> None:
    while not done():
        app.processEvents()
        time.sleep(0.0005)
