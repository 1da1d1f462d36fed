"""The commands of the window for a panel that stands alone."""

from __future__ import annotations

from dataclasses import dataclass
from types import SimpleNamespace

from PySide6.QtWidgets import QWidget

from studio.session import Session
from studio.ui.commands.context import State
from studio.ui.commands.registry import sections
from studio.ui.panels.history.history_model import step_settings
from studio.ui.widgets.actions import Actions, Link


@dataclass
class FakeCanvas:
    """As far as commands of the panels ask it."""

    is_mask_alone: bool = False

    def show_mask_alone(self, shown: bool) -> None:
        self.is_mask_alone = shown

    def finish_stroke(self) -> None:
        pass


class Commands:
    """The commands of the window without a window. A test puts into ``panels`` what those that it runs ask of it."""

    def __init__(self, session: Session, window: QWidget) -> None:
        self.session = session
        self.panels = SimpleNamespace(copied_frames=None)
        self.canvas = FakeCanvas()
        self.refused: list[str] = []
        self.actions = Actions(sections(), {}, window)
        context = SimpleNamespace(session=session, panels=self.panels, canvas=self.canvas)
        link = Link(context=context, state=self.state, refused=lambda _command, error: self.refused.append(str(error)))
        self.actions.connect_to(link)
        for signal in (session.document_changed, session.history_changed, session.queue.jobs_changed):
            signal.connect(self.actions.refresh)

    def state(self) -> State:
        history = self.session.history
        return State(
            document=self.session.document,
            can_undo=history.can_undo,
            can_redo=history.can_redo,
            is_drawing=self.session.queue.running_job is not None,
            has_jobs=any(not job.is_over for job in self.session.queue.jobs),
            has_ended_jobs=any(job.is_over for job in self.session.queue.jobs),
            has_settings=step_settings(history.steps[history.index]) is not None,
            has_copied_frames=self.panels.copied_frames is not None,
            is_mask_alone=self.canvas.is_mask_alone,
        )
