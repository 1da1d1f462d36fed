"""Changes of the whole picture, off the window's thread."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QCoreApplication

from studio.document import Document
from studio.errors import Cancelled
from studio.history import StepKind
from studio.session import OpenDocument
from studio.ui.background.background import Run, RunProgress
from studio.ui.commands.context import Context
from studio.ui.widgets.notice_bar import NoticeAction, NoticeBar

_PATIENCE: Final = 0.4
"""Seconds after which it is said how far a change is."""
_KEY: Final = "image-work"

translate = QCoreApplication.translate


def change_picture(
    context: Context,
    kind: StepKind,
    change: Callable[[Document], Document],
    target: OpenDocument | None = None,
    done: Callable[[], object] | None = None,
) -> None:
    """Change the whole picture in the background, because a large one takes a while; then make one step of history.

    ``target`` is the picture that is shown now, if none is given; ``done`` is called after the step. If the picture is
    changed meanwhile, that is kept.
    """
    change_slowly(context, kind, lambda picture, _watch: change(picture), target, done)


def change_slowly(
    context: Context,
    kind: StepKind,
    change: Callable[[Document, Callable[[float], object]], Document],
    target: OpenDocument | None = None,
    done: Callable[[], object] | None = None,
) -> None:
    """The same for a change that tells ``watch`` its share of what is done: that is shown, and it can be cancelled."""
    target, notices = target or context.session.current, context.notices
    before, telling = target.document, _Telling(notices)

    def apply(after: Document) -> None:
        notices.clear(_KEY)
        if telling.run is not None and telling.run.is_cancelled:
            return
        if target.document is before:
            target.apply(kind, after)
            if done is not None:
                done()
        else:
            text = translate("ImageMenu", "The picture was changed meanwhile, so it was left as it is. Try again.")
            notices.show_notice(text, "warning", key="image")

    def failed(error: Exception) -> None:
        notices.clear(_KEY)
        if not isinstance(error, Cancelled):
            notices.show_error(error, key="image")

    telling.run = context.tasks.start(
        lambda run: change(before, lambda share: _tell(run, share)), apply, failed, telling.show
    )


def _tell(run: Run, share: float) -> None:
    run.token.raise_if_cancelled()
    run.report(share)


class _Telling:
    """Says how far a change is, in tenths, once it takes long."""

    def __init__(self, notices: NoticeBar) -> None:
        self._notices = notices
        self._begun = time.monotonic()
        self._tenths = 0
        self.run: Run | None = None

    def show(self, progress: RunProgress) -> None:
        tenths = int(progress.fraction * 10)
        if self.run is None or tenths <= self._tenths or time.monotonic() - self._begun < _PATIENCE:
            return
        self._tenths = tenths
        text = translate("ImageMenu", "The picture is being changed: {percent} %").format(percent=10 * tenths)
        cancel = NoticeAction(translate("ImageMenu", "Cancel"), self.run.cancel)
        self._notices.show_notice(text, actions=(cancel,), key=_KEY)
