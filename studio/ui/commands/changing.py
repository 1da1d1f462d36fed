"""Changes of the whole picture, off the window's thread."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication

from studio.document import Document
from studio.history import StepKind
from studio.session import OpenDocument
from studio.ui.commands.context import Context


def change_picture(
    context: Context,
    kind: StepKind,
    change: Callable[[Document], Document],
    target: OpenDocument | None = None,
    done: Callable[[], object] | None = None,
) -> None:
    """Change the whole picture in the background, because a large one takes a while; then make one step of history.

    ``target`` is the picture that is shown now, if none is given; ``done`` is called after the step.
    """
    target, notices = target or context.session.current, context.notices
    before = target.document

    def apply(after: Document) -> None:
        if target.document is before:
            target.apply(kind, after)
            if done is not None:
                done()
        else:
            text = QCoreApplication.translate(
                "ImageMenu", "The picture was changed meanwhile, so it was left as it is. Try again."
            )
            notices.show_notice(text, "warning", key="image")

    context.tasks.run(lambda: change(before), apply, lambda error: notices.show_error(error, key="image"))
