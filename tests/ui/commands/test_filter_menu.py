"""Filters in the window: from the menu over the form to one step of the history."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator

import numpy as np
import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from studio.api import FilterSpec, FloatParameter
from studio.app import Studio
from studio.document import Document, PaintLayer, Raster, Rect, add_layer, filled_mask, replace_layer
from studio.history import StepKind
from studio.raster import filtering
from studio.raster.compose import compose
from studio.ui.background import filter_preview
from studio.ui.background.filter_preview import reduced_lengths
from studio.ui.dialogs.filter import FilterDialog

SLOW = """
import threading
from studio.api import FilterSpec, hookimpl

entered = threading.Event()

def slow(pixels, parameters, cancel, report):
    entered.set()
    report(0.5, "Half way")
    while True:
        cancel.raise_if_cancelled()

def broken(pixels, parameters, cancel, report):
    raise LookupError("lost")

@hookimpl
def shoreline_filters():
    return [
        FilterSpec(id="slow", name="Slow & sure", run=slow),
        FilterSpec(id="broken", name="Broken", run=broken),
    ]
"""


@pytest.fixture
def plugin(paths) -> Iterator[None]:
    folder = paths.user_plugins / "slow"
    folder.mkdir(parents=True)
    (folder / "plugin.toml").write_text('id = "slow"\nname = "Slow"\nversion = "1"\napi_version = 1\n')
    (folder / "plugin.py").write_text(SLOW)
    yield
    sys.modules.pop("shoreline_plugin_slow", None)


@pytest.fixture
def painted(studio: Studio) -> Studio:
    """A window whose active layer has coloured noise."""
    document = studio.session.document
    pixels = np.random.default_rng(0).integers(0, 256, (document.height, document.width, 4), dtype=np.uint8)
    pixels[..., 3] = 255
    layer = document.active_paint_layer
    assert layer is not None
    studio.session.apply(StepKind("test", "Paint"), replace_layer(document, layer.id, raster=Raster.from_array(pixels)))
    return studio


def shown(studio: Studio) -> np.ndarray:
    return compose(studio.session.document, studio.session.document.canvas).astype(int)


def choose(studio: Studio, filter_id: str) -> FilterDialog:
    (entry,) = [a for a in studio.window.filters.menu.actions() if a.objectName() == f"filter.{filter_id}"]
    entry.trigger()
    (dialog,) = [d for d in studio.window.findChildren(FilterDialog) if d.isVisible()]
    return dialog


def apply(qtbot: QtBot, dialog: FilterDialog) -> None:
    with qtbot.waitSignal(dialog.finished, timeout=20_000):
        dialog.accept_button.click()


def test_the_menu_lists_the_filters_and_follows_the_plugins(studio: Studio) -> None:
    menu = studio.window.filters.menu
    assert "Gaussian blur…" in [action.text() for action in menu.actions()]
    assert menu.menuAction() in studio.window.menuBar().actions()
    for plugin in ("filters", "guides", "depth", "games"):
        studio.catalogue.host.disable(plugin)
    studio.catalogue.announce()
    (only,) = menu.actions()
    assert not only.isEnabled()


def test_a_filter_makes_one_step_and_undo_brings_the_layer_back(qtbot: QtBot, painted: Studio) -> None:
    before, steps = shown(painted), len(painted.session.history.steps)
    dialog = choose(painted, "levels")
    dialog.parameters.set_values({"gamma": 2.0})
    apply(qtbot, dialog)
    assert shown(painted)[..., :3].mean() > before[..., :3].mean() + 20
    assert len(painted.session.history.steps) == steps + 1
    assert painted.session.history.steps[-1].kind.name == "Levels"
    painted.session.undo()
    assert np.array_equal(shown(painted), before)


def test_inside_the_selection_only_and_the_values_are_kept_for_the_next_time(qtbot: QtBot, painted: Studio) -> None:
    document = painted.session.document
    painted.session.apply(StepKind("test", "Mask"), document.with_selection(filled_mask(Rect(10, 10, 40, 30))))
    before = shown(painted)
    dialog = choose(painted, "gaussian_blur")
    assert "inside the selection" in dialog.about.text()
    dialog.parameters.set_values({"radius": 7.0})
    apply(qtbot, dialog)
    changed = (shown(painted) != before).any(axis=2)
    assert changed[10:40, 10:50].mean() > 0.95
    changed[10:40, 10:50] = False
    assert not changed.any()
    again = choose(painted, "gaussian_blur")
    assert again.parameters.values()["radius"] == pytest.approx(7.0)
    again.reject()


def test_a_cancel_stops_the_filter_and_leaves_the_layer(qtbot: QtBot, plugin: None, painted: Studio) -> None:
    before = painted.session.document
    dialog = choose(painted, "slow")
    assert dialog.windowTitle() == "Slow & sure"
    dialog.accept_button.click()
    qtbot.waitUntil(lambda: dialog.about.text() == "Half way", timeout=20_000)
    assert dialog.progress.value() == 500
    with qtbot.waitSignal(dialog.finished, timeout=20_000):
        dialog.reject()
    assert painted.session.document is before
    assert painted.window.notices.texts() == []


def test_a_filter_that_raises_says_so_and_is_gone_after_the_third_time(
    qtbot: QtBot, plugin: None, painted: Studio
) -> None:
    before = painted.session.document
    dialog = choose(painted, "broken")
    for _ in range(3):
        qtbot.waitUntil(dialog.accept_button.isEnabled, timeout=20_000)
        dialog.accept_button.click()
    qtbot.waitUntil(lambda: "broken" not in painted.catalogue.specs(FilterSpec), timeout=20_000)
    qtbot.waitUntil(lambda: not dialog.problem.isHidden(), timeout=20_000)
    assert "The plugin Slow failed in the filter broken: LookupError" in dialog.problem.text()
    dialog.reject()
    assert painted.session.document is before
    assert "broken" not in painted.catalogue.specs(FilterSpec)
    assert "filter.broken" not in [action.objectName() for action in painted.window.filters.menu.actions()]


def seen(studio: Studio) -> np.ndarray:
    """What the canvas draws, from its own image of it."""
    canvas = studio.window.canvas
    canvas.settle()
    image = canvas.grab().toImage().convertToFormat(QImage.Format.Format_RGBA8888)
    return np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4).astype(int)


def test_the_preview_is_on_the_picture_and_never_in_the_document(qtbot: QtBot, painted: Studio) -> None:
    document, steps, before = painted.session.document, len(painted.session.history.steps), seen(painted)
    dialog = choose(painted, "levels")
    dialog.parameters.set_values({"gamma": 4.0})
    qtbot.waitUntil(lambda: seen(painted).mean() > before.mean() + 5, timeout=20_000)
    whole = seen(painted)
    dialog.split_box.click()
    qtbot.waitUntil(lambda: before.mean() + 1 < seen(painted).mean() < whole.mean() - 1, timeout=20_000)
    middle = before.shape[1] // 2
    assert np.array_equal(seen(painted)[:, : middle - 8], before[:, : middle - 8])
    dialog.preview_box.click()
    assert np.array_equal(seen(painted), before)
    dialog.preview_box.click()
    qtbot.waitUntil(lambda: not np.array_equal(seen(painted), before), timeout=20_000)
    assert painted.session.document is document
    dialog.reject()
    assert np.array_equal(seen(painted), before)
    assert len(painted.session.history.steps) == steps


def test_the_preview_follows_values_that_never_rest(qtbot: QtBot, painted: Studio) -> None:
    dialog = choose(painted, "levels")
    shades: list[float] = []

    def moves_on() -> bool:
        dialog.parameters.set_values({"gamma": 1.0 + len(shades) / 50})
        shades.append(float(seen(painted).mean()))
        return len(set(shades)) >= 4

    qtbot.waitUntil(moves_on, timeout=20_000)
    dialog.reject()


def test_a_layer_that_arrives_meanwhile_stays_in_sight(qtbot: QtBot, painted: Studio) -> None:
    before = seen(painted)
    dialog = choose(painted, "levels")
    black = np.zeros((20, painted.session.document.width, 4), np.uint8)
    black[..., 3] = 255
    arrived = PaintLayer(name="Arrived", raster=Raster.from_array(black))
    document = painted.session.document
    painted.session.apply(StepKind("test", "Generate"), add_layer(document, arrived).with_active(document.active_id))
    with_layer = seen(painted).mean()
    assert with_layer < before.mean()
    dialog.parameters.set_values({"gamma": 4.0})
    qtbot.waitUntil(lambda: seen(painted).mean() > with_layer + 5, timeout=20_000)
    x, y = (
        before.shape[1] // 2,
        next(row for row in range(0, before.shape[0]) if (seen(painted)[row] != before[row]).any()),
    )
    assert seen(painted)[y + 8, x, :3].max() < 40
    dialog.reject()


def test_a_preview_that_raises_says_so_in_the_dialog(qtbot: QtBot, plugin: None, painted: Studio) -> None:
    dialog = choose(painted, "broken")
    qtbot.waitUntil(lambda: not dialog.problem.isHidden(), timeout=20_000)
    assert "failed in the filter broken: LookupError" in dialog.problem.text()
    dialog.reject()


def test_a_preview_that_does_not_end_is_stopped_by_the_next_values_and_by_closing(
    qtbot: QtBot, plugin: None, painted: Studio
) -> None:
    dialog = choose(painted, "slow")
    entered = sys.modules["shoreline_plugin_slow"].entered
    qtbot.waitUntil(entered.is_set, timeout=20_000)
    entered.clear()
    dialog.ask_preview()
    qtbot.waitUntil(entered.is_set, timeout=20_000)  # only once the one before has ended
    dialog.reject()
    assert painted.window.notices.texts() == []


def test_a_preview_that_takes_too_long_is_given_up(
    qtbot: QtBot, plugin: None, painted: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(filter_preview, "PATIENCE_MS", 50)
    dialog = choose(painted, "slow")
    qtbot.waitUntil(lambda: not dialog.problem.isHidden(), timeout=20_000)
    assert "The preview takes too long." in dialog.problem.text()
    assert dialog.accept_button.isEnabled()
    dialog.reject()


def test_a_large_picture_is_tried_on_a_smaller_one_with_shorter_lengths(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filtering, "PREVIEW_PIXELS", 1000)
    pixels = np.full((100, 90, 4), 255, np.uint8)
    layer = PaintLayer(name="White", raster=Raster.from_array(pixels))
    document = Document(width=90, height=100, layers=(layer,), active_id=layer.id)
    given = filtering.preview_input(document, layer.id)
    assert given is not None
    assert (given.factor, given.pixels.shape) == (3, (33, 30, 4))
    dark = np.zeros_like(given.pixels)
    dark[..., 3] = 255
    after = compose(filtering.with_preview(document, layer.id, given, dark, is_split=True), document.canvas)
    assert (after[:, :45, 0] == 255).all()
    assert (after[:, 45:, 0] == 0).all()
    radius = FloatParameter(id="r", label="Radius", default=9.0, minimum=2.0, maximum=90.0, suffix=" px")
    amount = FloatParameter(id="a", label="Amount", default=9.0, minimum=0.0, maximum=90.0)
    assert reduced_lengths((radius, amount), {"r": 9.0, "a": 9.0}, 3) == {"r": 3.0, "a": 9.0}
    assert reduced_lengths((radius, amount), {"r": 3.0, "a": 9.0}, 3)["r"] == 2.0


def test_a_layer_changed_meanwhile_is_left_as_it_is(qtbot: QtBot, painted: Studio, monkeypatch) -> None:
    dialog = choose(painted, "levels")
    dialog.parameters.set_values({"gamma": 2.0})
    layer = painted.session.document.active_paint_layer
    assert isinstance(layer, PaintLayer)
    entered, go = threading.Event(), threading.Event()
    _hold(monkeypatch, entered, go)
    dialog.accept_button.click()
    qtbot.waitUntil(entered.is_set, timeout=20_000)
    painted.session.apply(StepKind("test", "Paint"), replace_layer(painted.session.document, layer.id, raster=Raster()))
    with qtbot.waitSignal(dialog.finished, timeout=20_000):
        go.set()
    assert painted.session.history.steps[-1].kind.label == "Paint"
    assert any("changed meanwhile" in text for text in painted.window.notices.texts())


def _hold(monkeypatch: pytest.MonkeyPatch, entered: threading.Event, go: threading.Event) -> None:
    """Let a filter's way through the document wait."""
    from studio.raster import filtering

    real: Callable = filtering.filter_layer

    def waiting(*arguments):
        entered.set()
        go.wait(20)
        return real(*arguments)

    monkeypatch.setattr(filtering, "filter_layer", waiting)


def test_a_locked_layer_is_refused_with_the_way_out(painted: Studio) -> None:
    layer = painted.session.document.active_paint_layer
    assert layer is not None
    painted.session.apply(StepKind("test", "Lock"), replace_layer(painted.session.document, layer.id, locked=True))
    assert painted.window.filters.ask("levels") is None
    assert any("is locked" in text for text in painted.window.notices.texts())


def test_a_running_filter_says_how_much_time_is_left(qtbot: QtBot) -> None:
    spec = FilterSpec(id="slow", name="Slow", run=lambda pixels, _values, _cancel, _report: pixels)
    dialog = FilterDialog(spec, {}, in_selection=False)
    qtbot.addWidget(dialog)
    dialog.show_progress(0.25, "Looking", 75.0)
    assert dialog.about.text() == "Looking, 1 min 15 s left"
    dialog.show_progress(0.5, "", None)
    assert dialog.about.text() == "Looking, 1 min 15 s left", "nothing new is said"
