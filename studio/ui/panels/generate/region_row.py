"""One region of the list: switch, picture and name of its layer, its words, and what else there is to say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QColor, QPixmap
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from studio.document import Region
from studio.ui.style.icons import icon
from studio.ui.style.theme import GRID
from studio.ui.widgets.elided_label import ElidedLabel
from studio.ui.widgets.prompt_edit import PromptEdit
from studio.ui.widgets.wrapped_label import wrapped_label

_PICTURE = 6 * GRID


@dataclass(frozen=True)
class RegionFacts:
    """What a row shows of a region beside its words.

    ``name`` is that of its layer, ``problem`` why it cannot be drawn in, "" where it can; ``share`` how much of the
    picture it is, in words, and ``color`` its colour in the picture of what is covered: ``None`` while that is hidden.
    """

    name: str
    picture: QPixmap | None = None
    problem: str = ""
    share: str = ""
    color: QColor | None = None


class RegionRow(QWidget):
    """Signals: ``switched(bool)``; ``changed(Region, int)`` with other words, and the number of the stay in a field in
    which they were typed; ``removed()``; ``lora_wanted()``."""

    switched = Signal(bool)
    changed = Signal(Region, int)
    removed = Signal()
    lora_wanted = Signal()

    def __init__(self, region: Region, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.region = region
        self._stay = 0
        self.switch = QCheckBox(self)
        self.picture = QLabel(self)
        self.name = ElidedLabel("", self)
        self.share = QLabel(self)
        self.more_button, self.remove_button = QToolButton(self), QToolButton(self)
        self.prompt, self.negative = PromptEdit(1, 4, self), PromptEdit(1, 3, self)
        self.lora_button = QPushButton(self.tr("Add LoRA…"), self)
        self.more = QWidget(self)
        self.problem = wrapped_label(role="danger")
        self._arrange()
        self._connect()
        self.more_button.setChecked(bool(region.negative_prompt))

    def show_region(self, region: Region, facts: RegionFacts) -> None:
        """Show a region as it is now."""
        self.region = region
        self.switch.setChecked(region.enabled)
        for edit, text in ((self.prompt, region.prompt), (self.negative, region.negative_prompt)):
            if text != edit.text():
                edit.blockSignals(True)
                edit.set_text(text)
                edit.blockSignals(False)
            edit.setEnabled(region.enabled)
        self.show_facts(facts)

    def show_facts(self, facts: RegionFacts) -> None:
        """Show what may change without the region."""
        self.name.setText(facts.name)
        self.prompt.setAccessibleName(self.tr("Prompt of the region {name}").format(name=facts.name))
        self.negative.setAccessibleName(self.tr("Negative prompt of the region {name}").format(name=facts.name))
        self.switch.setAccessibleName(self.tr("Draw in the region {name}").format(name=facts.name))
        self.picture.setPixmap(_swatch(facts.color) if facts.color is not None else facts.picture or QPixmap())
        self.share.setText(facts.share)
        self.problem.setText(facts.problem)
        self.problem.setVisible(bool(facts.problem) and self.region.enabled)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn:
            self._stay += 1
        return super().eventFilter(watched, event)

    def add_words(self, words: Sequence[str]) -> None:
        """Put words behind the prompt."""
        self._stay += 1
        self.prompt.set_text(" ".join(filter(None, (self.prompt.text().strip(), *words))))

    def _typed(self) -> None:
        region = replace(self.region, prompt=self.prompt.text(), negative_prompt=self.negative.text())
        if region != self.region:
            self.changed.emit(region, self._stay)

    def _connect(self) -> None:
        self.switch.clicked.connect(self.switched)
        self.remove_button.clicked.connect(self.removed)
        self.more_button.toggled.connect(self.more.setVisible)
        self.lora_button.clicked.connect(self.lora_wanted)
        for edit in (self.prompt, self.negative):
            edit.textChanged.connect(self._typed)
            edit.installEventFilter(self)

    def _arrange(self) -> None:
        self.switch.setToolTip(self.tr("Draw in this region or without it"))
        self.prompt.setPlaceholderText(self.tr("What to draw here; the prompt of the picture follows"))
        self.negative.setPlaceholderText(self.tr("What not to draw here"))
        self.picture.setFixedSize(_PICTURE, _PICTURE)
        self.picture.setScaledContents(True)
        self.more_button.setCheckable(True)
        for button, name, text in (
            (self.more_button, "sliders", self.tr("Negative prompt and LoRAs of this region")),
            (self.remove_button, "close", self.tr("Remove the region; the layer stays")),
        ):
            button.setIcon(icon(name))
            button.setToolTip(text)
            button.setAccessibleName(text)
        self.lora_button.setToolTip(self.tr("Draw this region with a LoRA: slow, as each step is drawn once more"))
        top = QHBoxLayout()
        top.setSpacing(GRID)
        top.addWidget(self.switch)
        top.addWidget(self.picture)
        top.addWidget(self.name, 1)
        for widget in (self.share, self.more_button, self.remove_button):
            top.addWidget(widget)
        inner = QVBoxLayout(self.more)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(GRID)
        inner.addWidget(self.negative)
        inner.addWidget(self.lora_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.more.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addLayout(top)
        column.addWidget(self.prompt)
        column.addWidget(self.more)
        column.addWidget(self.problem)
        self.problem.hide()


def _swatch(color: QColor) -> QPixmap:
    pixmap = QPixmap(_PICTURE, _PICTURE)
    pixmap.fill(color)
    return pixmap
