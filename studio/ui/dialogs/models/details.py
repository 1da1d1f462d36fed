"""All that is known of one model: its picture, what is wrong with it and the way out, its words, facts and deeds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QLabel,
    QLayout,
    QMenu,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from studio.engine.device.residency import Plan
from studio.engine.models.mending import Mend, mends
from studio.engine.models.model_info import ModelInfo
from studio.engine.models.model_notes import ModelNotes
from studio.ui.dialogs.models.trigger_words import TriggerWords
from studio.ui.dialogs.models.words import summary
from studio.ui.style.icons import icon
from studio.ui.style.theme import GRID
from studio.ui.widgets.flow_layout import FlowLayout
from studio.ui.widgets.readable import message_text
from studio.ui.widgets.wrapped_label import wrapped_label

DETAIL_SIDE: Final = 480
"""Longest side in pixels of the picture that is read for the details."""
_PICTURE_HEIGHT: Final = 44 * GRID
_LONGEST_ABOUT: Final = 400


class ModelDetails(QScrollArea):
    """Shows a model. Signals: ``wanted(str)`` a deed: "use", "treat", "picture", "picture file", "no picture",
    "folder", "page" or "delete"; ``mend_wanted(str)`` one of `Mend`."""

    wanted = Signal(str)
    mend_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.picture = QLabel()
        self.title = wrapped_label(role="title", selectable=True)
        self.summary = wrapped_label(role="muted")
        self.problem = ProblemBox()
        self.problem.chosen.connect(self.mend_wanted)
        self.words = TriggerWords()
        self.facts = Facts()
        self.use_button = self._button("check", self.tr("Draw with This Model"), "use")
        self.use_button.setProperty("role", "primary")
        self.use_button.setIcon(icon("check", "on_accent"))
        self.treat_button = self._button("sliders", self.tr("Treat as…"), "treat")
        self.picture_button = QPushButton(icon("image"), self.tr("Picture"))
        self.folder_button = self._button("folder", self.tr("Show in Folder"), "folder")
        self.page_button = self._button("link", self.tr("Show Its Page"), "page")
        self.delete_button = self._button("trash", self.tr("Delete…"), "delete")
        self._body = QWidget()
        self._column = QVBoxLayout(self._body)
        self._make_menu()
        self._arrange()

    def show_model(
        self,
        model: ModelInfo,
        notes: ModelNotes,
        picture: QPixmap,
        *,
        is_chosen: bool,
        is_own: bool,
        can_draw: bool,
        plan: Plan | None = None,
    ) -> None:
        """Show all of a model; ``is_chosen`` that it is the one to draw with, ``is_own`` that its files may be changed,
        ``can_draw`` that it may be chosen here, ``plan`` what it takes of the memory."""
        self.title.setText(model.name)
        self.summary.setText(summary(model))
        self.show_picture(picture)
        self.problem.show_problem(message_text(model.problem or ""), mends(model, notes.source))
        self.use_button.setVisible(model.kind == "model" and model.problem is None and can_draw)
        self.use_button.setEnabled(not is_chosen)
        self.use_button.setText(self.tr("Drawing with It") if is_chosen else self.tr("Draw with This Model"))
        self.treat_button.setVisible(is_own)
        self.picture_button.setVisible(is_own)
        self.delete_button.setVisible(is_own)
        self.page_button.setVisible(bool(notes.source))
        self._show_words(model, notes)
        self.facts.show_facts(self._facts(model, notes, plan))
        self._settle()

    def show_picture(self, picture: QPixmap) -> None:
        """Show the picture of the model, or that it has none."""
        self.picture.setVisible(not picture.isNull())
        if not picture.isNull():
            size = picture.size().scaled(self.width(), _PICTURE_HEIGHT, Qt.AspectRatioMode.KeepAspectRatio)
            ratio = self.devicePixelRatioF()
            scaled = picture.scaled(
                size.boundedTo(picture.size()) * ratio,
                Qt.AspectRatioMode.KeepAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
            scaled.setDevicePixelRatio(ratio)
            self.picture.setPixmap(scaled)
        self._settle()

    def _settle(self) -> None:
        """Give everything the height that it needs now, before it is painted in that of the last model."""
        for part in (self.problem, self.words, self.facts):  # from the inside to the outside
            _lay_out(part.layout())
        _lay_out(self._column)
        width = self.viewport().width()
        self._body.resize(width, max(self.viewport().height(), self._column.totalHeightForWidth(width)))

    # --- building ---------------------------------------------------------------------------------

    def _button(self, drawing: str, text: str, deed: str) -> QPushButton:
        button = QPushButton(icon(drawing), text)
        button.setAutoDefault(False)
        button.clicked.connect(lambda: self.wanted.emit(deed))
        return button

    def _make_menu(self) -> None:
        menu = QMenu(self.picture_button)
        for text, deed in (
            (self.tr("From the Picture That Is Open"), "picture"),
            (self.tr("From a File…"), "picture file"),
            (self.tr("None of Mine"), "no picture"),
        ):
            menu.addAction(text).triggered.connect(lambda _checked=False, deed=deed: self.wanted.emit(deed))
        self.picture_button.setAutoDefault(False)
        self.picture_button.setMenu(menu)

    def _arrange(self) -> None:
        deeds = QWidget()
        flow = FlowLayout(deeds, 2 * GRID)
        for button in (self.treat_button, self.picture_button, self.folder_button, self.page_button):
            flow.addWidget(button)
        flow.addWidget(self.delete_button)
        column = self._column
        column.setContentsMargins(4 * GRID, 2 * GRID, 3 * GRID, 2 * GRID)
        column.setSpacing(3 * GRID)
        for widget in (self.picture, self.title, self.summary, self.problem):
            column.addWidget(widget)
        column.addWidget(self.use_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.words)
        column.addWidget(self.facts)
        column.addWidget(deeds)
        column.addStretch()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(self._body)

    # --- showing ----------------------------------------------------------------------------------

    def _show_words(self, model: ModelInfo, notes: ModelNotes) -> None:
        if notes.words:
            self.words.show_words(self.tr("Trigger words"), notes.words)
        else:
            self.words.show_words(self.tr("Most used in its training"), notes.tags if model.kind == "lora" else ())

    def _facts(self, model: ModelInfo, notes: ModelNotes, plan: Plan | None) -> Iterator[tuple[str, str]]:
        about = notes.about if len(notes.about) <= _LONGEST_ABOUT else f"{notes.about[:_LONGEST_ABOUT]}…"
        yield self.tr("Title"), notes.title if notes.title != model.name else ""
        yield self.tr("By"), notes.author
        yield self.tr("Licence"), notes.licence
        yield self.tr("About"), about
        yield self.tr("In detail"), message_text(model.what)
        yield self.tr("Made for"), notes.made_for
        yield self.tr("Pictures"), self._sides(model)
        yield self.tr("Memory"), message_text(plan.text) if plan is not None else ""
        yield self.tr("Takes from others"), ", ".join(path.name for _part, path in model.borrowed)
        yield self.tr("Said by you"), self.tr("Yes, in a file beside it") if model.is_changed else ""
        yield self.tr("Source"), notes.source
        yield self.tr("Place"), str(model.path)
        yield self.tr("Identifier"), model.id

    def _sides(self, model: ModelInfo) -> str:
        if model.limits is None:
            return ""
        text = self.tr("about {side} pixels, at most {most}")
        return text.format(side=model.limits.native_side, most=model.limits.maximum_side)


class Facts(QWidget):
    """Names at the left, and what is known at the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(4 * GRID)
        self._grid.setVerticalSpacing(2 * GRID)
        self._grid.setColumnStretch(1, 1)
        self._rows: list[tuple[QLabel, QLabel]] = []

    def show_facts(self, facts: Iterator[tuple[str, str]]) -> None:
        """Show (name, text) pairs, but those without a text."""
        shown = [(name, text) for name, text in facts if text]
        while len(self._rows) < len(shown):
            self._add_row()
        for row, labels in enumerate(self._rows):
            for label in labels:
                label.setVisible(row < len(shown))
        for (name, text), (left, right) in zip(shown, self._rows, strict=False):
            left.setText(name)
            right.setText(_breakable(text))
            is_whole = right.text() == text
            flag = Qt.TextInteractionFlag
            right.setTextInteractionFlags(flag.TextSelectableByMouse if is_whole else flag.NoTextInteraction)

    def texts(self) -> dict[str, str]:
        """What is shown, by name."""
        return {left.text(): right.text().replace("\u200b", "") for left, right in self._rows if not left.isHidden()}

    def _add_row(self) -> None:
        left, right = QLabel(), wrapped_label()
        left.setProperty("role", "muted")
        self._grid.addWidget(left, len(self._rows), 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(right, len(self._rows), 1)
        self._rows.append((left, right))


class ProblemBox(QFrame):
    """What is wrong, and buttons for what can be done about it. Signal: ``chosen(str)``, one of `Mend`."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "notice")
        self.setProperty("kind", "warning")
        self.text = wrapped_label()
        self.buttons: dict[Mend, QPushButton] = {}
        texts: dict[Mend, Callable[[], str]] = {
            "look again": lambda: self.tr("Look Again"),
            "reset": lambda: self.tr("Go by the File Again"),
            "get parts": lambda: self.tr("Get What Is Missing…"),
            "say what it is": lambda: self.tr("Say What It Is…"),
            "move": lambda: self.tr("Put It with the Upscalers"),
            "get again": lambda: self.tr("Download Again…"),
        }
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        column.setSpacing(2 * GRID)
        column.addWidget(self.text)
        for mend, text in texts.items():
            button = QPushButton(text())
            button.setAutoDefault(False)
            button.clicked.connect(lambda _checked=False, mend=mend: self.chosen.emit(mend))
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
            self.buttons[mend] = button
        self.hide()

    def show_problem(self, text: str, ways: tuple[Mend, ...]) -> None:
        """Show what is wrong, and the ways out; nothing for a sound model."""
        self.text.setText(_breakable(text))
        for mend, button in self.buttons.items():
            button.setVisible(mend in ways)
        self.setVisible(bool(text))


def _lay_out(layout: QLayout | None) -> None:
    if layout is not None:
        layout.invalidate()
        layout.activate()


def _breakable(text: str) -> str:
    """The same, with places at which long paths may go on in the next line; not to be copied."""
    return text.replace("/", "/\u200b").replace("\\", "\\\u200b").replace("_", "_\u200b")
