"""Ready tools as commands of the window."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from studio.app import Studio
from studio.document import Rect, filled_mask
from studio.history import StepKind


def test_a_ready_tool_is_a_command_that_draws_at_once(qtbot: QtBot, studio: Studio) -> None:
    actions, session = studio.window.actions_by_id, studio.session
    assert not actions["ready.remove_object"].isEnabled(), "there is no mask"
    assert actions["ready.expand"].isEnabled()
    masked = session.document.with_generation_mask(filled_mask(Rect(10, 10, 30, 30)))
    session.apply(StepKind("test", "Mask"), masked)
    actions["ready.remove_object"].trigger()
    qtbot.waitUntil(lambda: any(job.is_over for job in session.queue.jobs), timeout=5000)
    assert session.queue.jobs[0].request.settings.tool == "remove_object"
    assert studio.window.docks.generate.tool.value() == "remove_object"


def test_the_menu_follows_the_plugins(studio: Studio) -> None:
    ids = [name for name in studio.window.actions_by_id if name.startswith("ready.")]
    assert ids == ["ready.expand", "ready.remove_object", "ready.replace_background"]
    studio.catalogue.host.disable("ready_tools")
    studio.catalogue.announce()
    assert not [name for name in studio.window.actions_by_id if name.startswith("ready.")]
