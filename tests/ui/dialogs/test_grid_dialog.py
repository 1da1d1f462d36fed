"""Generate > Grid as a person uses it: the dialog, the job, the document, and a grid that a killed program left."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QMenu
from pytestqt.qtbot import QtBot

from studio.api.testing import FakeEngine
from studio.app import Studio
from studio.files.grids import keep_request, left_grids
from studio.generation import CancelToken, GenerationRequest, GenerationResult, Progress
from studio.jobs.runner import JobRunner
from studio.session import JobStatus
from studio.ui.dialogs.grid import GridDialog
from tests.ui.shell_fakes import FakeRunner


@pytest.fixture
def runner(request: pytest.FixtureRequest) -> FakeRunner:
    """Draws patterns with the tools of the real plugins."""

    class PatternRunner(FakeRunner):
        engine_of_patterns = FakeEngine()
        on_report: Callable[[Progress], object] = staticmethod(lambda _progress: None)

        def run(
            self, asked: GenerationRequest, cancel: CancelToken, report: Callable[[Progress], None]
        ) -> GenerationResult:
            host = request.getfixturevalue("studio").catalogue.host

            def tell(progress: Progress) -> None:
                report(progress)
                type(self).on_report(progress)

            return JobRunner(host, lambda: self.engine_of_patterns).run(asked, cancel, tell)

    return PatternRunner()


@pytest.fixture
def dialog(studio: Studio) -> GridDialog:
    panel = studio.window.docks.generate
    changes = {"prompt": "a red boat", "tool": "text_to_image", "steps": 2, "width": 128, "height": 128}
    panel.set_settings(panel.settings().with_changes(**changes))
    studio.window.actions_by_id["generate.grid"].trigger()
    (made,) = studio.window.findChildren(GridDialog)
    return made


def ask(dialog: GridDialog, *axes: tuple[str, str]) -> None:
    for row, (parameter, typed) in zip(dialog.rows, axes, strict=False):
        row.show_axis(parameter, typed)
    dialog.look()


def test_count_and_time_are_told_before_it_starts(studio: Studio, dialog: GridDialog) -> None:
    assert "4 pictures: 4 × 1" in dialog.outcome.text()
    assert "known once" in dialog.outcome.text()
    dialog._paces = {dialog._parts.settings.model: 100.0}
    ask(dialog, ("steps", "2, 4"), ("seed", "1-3"))
    assert "6 pictures: 2 × 3" in dialog.outcome.text()
    assert "about 29 s" in dialog.outcome.text(), "18 steps of 128 x 128 pixels"
    assert dialog.accept_button.isEnabled()


@pytest.mark.parametrize(
    ("parameter", "typed", "words"),
    [("steps", "0", "cannot be 0"), ("steps", "many", "no range"), ("replace", "green, blue", "does not contain")],
)
def test_what_cannot_be_is_said_below_its_field(dialog: GridDialog, parameter: str, typed: str, words: str) -> None:
    ask(dialog, ("seed", "1-2"), (parameter, typed))
    assert words in dialog.rows[1].notice.text()
    assert dialog.rows[0].notice.text() == ""
    assert not dialog.accept_button.isEnabled()
    dialog.accept()
    assert dialog.isVisible()
    ask(dialog, ("seed", "1-2"), ("steps", "3"))
    assert dialog.rows[1].notice.text() == ""
    assert dialog.accept_button.isEnabled()


def test_silly_counts_and_missing_values_are_told(dialog: GridDialog) -> None:
    ask(dialog, ("seed", "1-200"), ("steps", "1-200"))
    assert "40000 pictures is too large" in dialog.outcome.text()
    assert not dialog.accept_button.isEnabled()
    ask(dialog, ("seed", "1"), ("steps", ""))
    assert "Type values" in dialog.outcome.text()
    assert not dialog.accept_button.isEnabled()


def test_choices_are_ticked_in_a_list(qtbot: QtBot, dialog: GridDialog) -> None:
    row = dialog.rows[0]
    row.show_axis("scheduler", "")
    assert row.pick_button.isVisible()
    row.pick_button.click()
    (menu,) = [each for each in row.findChildren(QMenu) if each.isVisible()]
    choices = menu.findChild(QListWidget)
    assert choices is not None
    for index in (0, 2):
        choices.item(index).setCheckState(Qt.CheckState.Checked)
    menu.close()
    axis = row.axis()
    assert axis is not None
    assert axis.labels == (choices.item(0).text(), choices.item(2).text())


def test_a_grid_opens_as_its_own_document_and_its_cells_settings_come_back(
    qtbot: QtBot, studio: Studio, dialog: GridDialog
) -> None:
    before = len(studio.session.documents)
    ask(dialog, ("steps", "2, 3"), ("seed", "7, 8"))
    dialog.accept()
    queue = studio.session.queue
    qtbot.waitUntil(lambda: queue.jobs[-1].status is JobStatus.FINISHED)
    document = studio.session.document
    assert studio.session.is_modified
    assert len(studio.session.documents) == before, "the fresh picture makes room"
    layer = next(layer for layer in document.walk() if layer.name == "Steps: 3 · Seed: 8")
    studio.session.select_layer(layer.id)
    studio.window.docks.generate.sampling.steps.set_value(9)
    studio.window.actions_by_id["generate.reuse_layer"].trigger()
    settings = studio.window.docks.generate.settings()
    assert (settings.steps, settings.seed, settings.prompt) == (3, 8, "a red boat")
    assert queue.jobs[-1].result is not None
    assert queue.jobs[-1].result.grid is None, "the queue holds a second grid"
    assert queue.jobs[-1].request.grid is not None
    assert queue.jobs[-1].request.grid.cells == ()
    assert left_grids(studio.paths.cache / "grids") == ()
    studio.window.actions_by_id["generate.grid"].trigger()
    again = studio.window.findChildren(GridDialog)[-1]
    assert [row.asked() for row in again.rows] == ["steps=2, 3", "seed=7, 8", ""]
    again.reject()


def test_a_cancel_opens_what_was_drawn(qtbot: QtBot, studio: Studio, dialog: GridDialog, runner: FakeRunner) -> None:
    ask(dialog, ("seed", "1-5"))

    def cancel(progress: Progress) -> None:
        if progress.message.startswith("3 "):
            studio.session.queue._tokens[studio.session.queue.jobs[-1].id].cancel()

    type(runner).on_report = staticmethod(cancel)
    dialog.accept()
    qtbot.waitUntil(lambda: studio.session.queue.jobs[-1].status is JobStatus.CANCELLED)
    drawn = [layer for layer in studio.session.document.walk() if layer.settings is not None]
    assert len(drawn) == 2
    assert any("2 of 5 pictures were drawn" in text for text in studio.window.notices.texts())
    qtbot.waitUntil(lambda: left_grids(studio.paths.cache / "grids") == ())


def test_a_window_that_closes_leaves_its_grid_to_the_next_start(
    qtbot: QtBot, studio: Studio, dialog: GridDialog, runner: FakeRunner
) -> None:
    ask(dialog, ("seed", "1-5"))
    reached: list[str] = []

    def close(progress: Progress) -> None:
        if progress.message.startswith("3 ") and not reached:
            reached.append(progress.message)
            studio.worker.stop()

    type(runner).on_report = staticmethod(close)
    studio.window.setEnabled(False)
    dialog.accept()
    qtbot.waitUntil(lambda: studio.session.queue.jobs[-1].is_over)
    (left,) = left_grids(studio.paths.cache / "grids")
    assert (left.drawn, left.plan.count) == (2, 5)


def test_a_grid_that_a_killed_program_left_is_offered_and_goes_on(
    qtbot: QtBot, studio: Studio, dialog: GridDialog, runner: FakeRunner
) -> None:
    ask(dialog, ("seed", "1-4"))
    dialog.accept()
    queue = studio.session.queue
    qtbot.waitUntil(lambda: queue.jobs[-1].status is JobStatus.FINISHED)
    task = queue.jobs[-1].request.grid
    assert task is not None
    whole = studio.session.document
    for index in (2, 4):  # as if it had been killed in the middle, with these not drawn
        (task.folder / f"frame_{index:06d}.png").unlink()
    keep_request(task.folder, task.plan, None)
    grids = studio.window.actions_by_id._link.context.grids  # type: ignore[union-attr]
    grids._has_looked = False
    studio.catalogue.announce()
    qtbot.waitUntil(lambda: any("2 of 4 pictures are there" in text for text in studio.window.notices.texts()))
    drawn = len(runner.engine_of_patterns.jobs)  # type: ignore[attr-defined]
    (notice,) = [each for each in studio.window.notices.notices() if "2 of 4" in each.text()]
    notice.buttons[0].click()
    qtbot.waitUntil(lambda: len(queue.jobs) == 2 and queue.jobs[-1].status is JobStatus.FINISHED)
    assert len(runner.engine_of_patterns.jobs) == drawn + 2  # type: ignore[attr-defined]
    assert len(studio.session.documents) == 2
    from studio.raster.compose import compose

    assert np.array_equal(compose(studio.session.document), compose(whole))
    assert left_grids(studio.paths.cache / "grids") == ()


def test_the_pace_of_a_model_is_learned_from_pictures(qtbot: QtBot, studio: Studio) -> None:
    panel = studio.window.docks.generate
    panel.set_settings(panel.settings().with_changes(prompt="a boat", tool="text_to_image", width=64, height=64))
    studio.window.actions_by_id["generate.start"].trigger()
    qtbot.waitUntil(lambda: studio.session.queue.jobs[-1].is_over)
    assert studio.store.current.paces[panel.settings().model] >= 0.0
