"""An animation from an empty window to the timeline, and the same file on the command line."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from studio.composition import build_services
from studio.document import PaintLayer, frames
from studio.editing.animation import KeyPlace
from studio.files.animation.project import read_project
from studio.files.animation.work import read_frame
from studio.generation import CancelToken
from studio.jobs.animation import AnimationRunner

LEFT = Qt.MouseButton.LeftButton
JOB_MS = 240_000


def test_make_drag_render_send_to_the_timeline_save_and_run_the_file(painter, tmp_path: Path) -> None:
    session, window = painter.studio.session, painter.studio.window.projects.show()
    painter.qtbot.waitExposed(window)
    QTest.mouseClick(window.empty.buttons["example"], LEFT)
    painter.wait(lambda: window.editor.project is not None)
    form, view = window.form, window.tracks.view
    form.frames.setValue(4)
    form.width_spin.setValue(64)
    form.height_spin.setValue(64)
    form.steps.setValue(2)

    window.tracks.choose_track("seed")
    start = view.place_of(KeyPlace("seed", 2))
    QTest.mousePress(view, LEFT, Qt.KeyboardModifier.NoModifier, start)
    QTest.mouseMove(view, start + QPoint(round(view.scale.step), 0))
    QTest.mouseRelease(view, LEFT, Qt.KeyboardModifier.NoModifier, start + QPoint(round(view.scale.step), 0))
    project = window.editor.project
    assert [key.frame for key in project.seed] == [0, 3]

    painter.wait(window.strip.render_button.isEnabled)
    QTest.mouseClick(window.strip.render_button, LEFT)
    assert window.rendering.is_running
    painter.wait(lambda: not window.rendering.is_running, JOB_MS)
    assert window.notices.texts() == []
    painter.wait(window.strip.timeline_button.isEnabled)
    render = window.rendering.render
    drawn = [read_frame(render.folder, index) for index in range(4)]
    assert min(picture[..., :3].std() for picture in drawn) > 5
    assert np.abs(drawn[0].astype(int) - drawn[3]).mean() > 2, "noon and night"

    steps = len(session.history.steps)
    QTest.mouseClick(window.strip.timeline_button, LEFT)
    painter.wait(lambda: len(frames(session.document)) == 4)
    assert len(session.history.steps) == steps + 1
    first = frames(session.document)[0]
    assert isinstance(first, PaintLayer)
    placed = first.raster.read(first.raster.bounds())
    assert (placed == drawn[0]).all(), "every pixel as it was rendered"

    window.files.save()
    painter.wait(lambda: window.editor.path is not None)
    saved = read_project(window.editor.path)
    assert saved.project == project
    services = build_services(painter.studio.paths)
    runner = AnimationRunner(services.host, services.runner)
    done = runner.run(saved, tmp_path / "again", CancelToken(), lambda progress: None)
    done.work.release()
    again = [done.work.read(index) for index in range(4)]
    # Not every build of the mathematics library rounds alike twice: a level is allowed.
    assert max(np.abs(one.astype(int) - other).max() for one, other in zip(drawn, again, strict=True)) <= 1
