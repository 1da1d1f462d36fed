"""The regions of a project as lines of text, as the command line has them: what a part is, and its words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from studio.files.animation.project import ProjectRegion

_ROWS = 3


class RegionLines(QPlainTextEdit):
    """Signal: ``changed(list)`` with the regions that were typed, when the field is left."""

    changed = Signal(list)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._regions: tuple[ProjectRegion, ...] = ()
        self._file: Path | None = None
        self.setPlaceholderText("scene.ora#Sky=…")
        self.setToolTip(
            self.tr(
                "Parts of the frames with prompts of their own, one a line: a picture beside the project that is white "
                "there, or a layer of a document, then = and the prompt. Their places have tracks below."
            )
        )
        self.setTabChangesFocus(True)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        margins = self.contentsMargins()
        around = margins.top() + margins.bottom() + round(2 * self.document().documentMargin())
        self._tall = _ROWS * self.fontMetrics().lineSpacing() + around
        self.setFixedHeight(self._tall)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._tall)  # the form makes its label as tall

    def show_regions(self, regions: Sequence[ProjectRegion], file: Path | None) -> None:
        """Show the regions of a project; while they are the same, what is typed stays, right or wrong."""
        if (tuple(regions), file) != (self._regions, self._file):
            self._regions, self._file = tuple(regions), file
            self.setPlainText("\n".join(map(_line, regions)))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        typed = list(_typed(self.toPlainText(), self._regions))
        if typed != list(self._regions):
            self.changed.emit(typed)


def _line(region: ProjectRegion) -> str:
    return f"{region.part}={' '.join(region.prompt.splitlines())}"


def _typed(text: str, before: Sequence[ProjectRegion]) -> Iterator[ProjectRegion | dict[str, Any]]:
    """The regions that lines name. Those of a part that was there keep how it moves, and what not to draw in it."""
    left = list(before)
    for line in filter(None, map(str.strip, text.splitlines())):
        part, _, prompt = (each.strip() for each in line.partition("="))
        same = next((region for region in left if _line(region) == line), None)
        kept = same or next((region for region in left if region.part == part), None)
        if kept is not None:
            left.remove(kept)
        if kept is None:
            yield {"part": part, "prompt": prompt}
        else:
            yield kept if same is not None else kept.model_copy(update={"prompt": prompt})
