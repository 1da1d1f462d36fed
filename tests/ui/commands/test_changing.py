"""Changes of the whole picture in the background: they tell how far they are, and end where they are cancelled."""

from __future__ import annotations

import threading
from dataclasses import replace
from types import SimpleNamespace

import pytest
from pytestqt.qtbot import QtBot

from studio.document import new_document
from studio.history import StepKind
from studio.session import Session
from studio.ui.background.background import Background
from studio.ui.commands import changing
from studio.ui.widgets.notice_bar import NoticeBar
from tests.fake_worker import FakeWorker

KIND = StepKind("test", "Change")


@pytest.fixture
def context(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    monkeypatch.setattr(changing, "_PATIENCE", 0.0)
    notices = NoticeBar()
    qtbot.addWidget(notices)
    tasks = Background("test", notices)
    return SimpleNamespace(session=Session(new_document(8, 8), FakeWorker()), notices=notices, tasks=tasks)


def test_a_slow_change_tells_how_far_it_is_until_it_is_done(context: SimpleNamespace, qtbot: QtBot) -> None:
    seen_all = threading.Event()

    def change(picture, watch):
        for share in (0.25, 0.5):
            watch(share)
        assert seen_all.wait(10)
        return replace(picture, gamma=2.2)

    changing.change_slowly(context, KIND, change)
    qtbot.waitUntil(lambda: bool(context.notices.texts()))
    assert context.notices.texts()[0].endswith("0 %")
    seen_all.set()
    qtbot.waitUntil(lambda: context.session.document.gamma == 2.2)
    assert context.notices.texts() == []


def test_a_cancelled_change_leaves_the_picture_as_it_is(context: SimpleNamespace, qtbot: QtBot) -> None:
    def change(picture, watch):
        while True:
            watch(0.3)

    changing.change_slowly(context, KIND, change)
    qtbot.waitUntil(lambda: bool(context.notices.texts()))
    context.notices.notices()[0].buttons[0].click()
    qtbot.waitUntil(lambda: not context.tasks.is_busy)
    assert context.notices.texts() == []
    assert len(context.session.history.steps) == 1


def test_what_was_changed_meanwhile_is_kept(context: SimpleNamespace, qtbot: QtBot) -> None:
    context.session.apply(KIND, context.session.document)
    changing.change_slowly(context, KIND, lambda picture, watch: replace(picture, gamma=2.2))
    context.session.apply(KIND, replace(context.session.document, gamma=1.8))
    qtbot.waitUntil(lambda: bool(context.notices.texts()))
    assert "changed meanwhile" in context.notices.texts()[0]
    assert context.session.document.gamma == 1.8
