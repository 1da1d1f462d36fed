"""The welcome page: over the empty picture at the first start, and from the Help menu. It stops nobody."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from studio.engine.models.found_folders import FoundFolder
from studio.settings import AppSettings
from studio.ui.background.engine_installation import EngineInstallation, Offer
from studio.ui.style.icons import icon
from studio.ui.style.theme import GRID
from studio.ui.style.translation import LANGUAGES
from studio.ui.widgets.actions import tell_keys
from studio.ui.widgets.engine_texts import backend_text, engine_words
from studio.ui.widgets.readable import sentences
from studio.ui.widgets.wrapped_label import wrapped_label

_WIDTH: Final = 150 * GRID
_MARGIN: Final = 4 * GRID


@dataclass(frozen=True, kw_only=True)
class WelcomeDeeds:
    """What the buttons do. ``change(fields)`` changes settings, ``try_prompt`` draws, ``add_folder`` adds models."""

    change: Callable[[dict[str, object]], object]
    try_prompt: Callable[[], object]
    take_mask_brush: Callable[[], object]
    show_timeline: Callable[[], object]
    show_models: Callable[[], object]
    show_engine: Callable[[], object]
    show_help: Callable[[], object]
    add_folder: Callable[[Path], object]


class Welcome(QFrame):
    """A card in the middle of the canvas. ``start`` is the action that draws. Signal: ``left()`` when it was closed."""

    left = Signal()

    def __init__(
        self, installation: EngineInstallation, deeds: WelcomeDeeds, start: QAction, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._installation = installation
        self._deeds = deeds
        self._first_step = wrapped_label()
        text = self.tr("1. Type what you want to see, in English or Chinese, and press {keys}.")
        tell_keys(start, text, self._first_step.setText)
        self.setProperty("role", "card")
        self.setAccessibleName(self.tr("Welcome"))
        self.language = QComboBox()
        self.theme = QComboBox()
        self.updates = QCheckBox(self.tr("Look for a newer version once a day; nothing else is sent"))
        self.device = wrapped_label()
        self.engine = wrapped_label()
        self.install = QPushButton()
        self.install.setProperty("role", "primary")
        self.close_button = QToolButton()
        self.close_button.setIcon(icon("close"))
        self.close_button.setAutoRaise(True)
        self.close_button.setToolTip(self.tr("Close (Esc); the Help menu shows it again"))
        self.steps = [
            QPushButton(self.tr("Draw a beautiful beach")),
            QPushButton(self.tr("Take the mask brush")),
            QPushButton(self.tr("Open the timeline")),
        ]
        self.models = QPushButton(icon("model"), self.tr("Get a model…"))
        self.help = QPushButton(icon("help"), self.tr("Read the help"))
        self._folders = QVBoxLayout()
        self._arrange()
        self._connect()
        self.setFixedWidth(_WIDTH)
        self.hide()

    # --- building ---------------------------------------------------------------------------------

    def _arrange(self) -> None:
        title = QLabel(self.tr("Welcome to Shoreline"))
        title.setProperty("role", "title")
        head = QHBoxLayout()
        head.addWidget(title, 1)
        head.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 2 * GRID, 0)
        column.setSpacing(3 * GRID)
        column.addLayout(self._choices())
        column.addWidget(_separator())
        column.addWidget(self.device)
        column.addWidget(self.engine)
        column.addWidget(self.install, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(_separator())
        for step, button in zip((self._first_step, *self._later_steps()), self.steps, strict=True):
            column.addLayout(_row(step, button))
        column.addWidget(_separator())
        text = self.tr("The model that ships is for trying things out. For final art, get one that is larger:")
        column.addLayout(_row(wrapped_label(text), self.models))
        column.addLayout(self._folders)
        column.addWidget(self.help, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch()
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(body)
        self._body = body
        whole = QVBoxLayout(self)
        whole.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        whole.setSpacing(3 * GRID)
        whole.addLayout(head)
        whole.addWidget(area, 1)

    def _choices(self) -> QFormLayout:
        self.language.addItem(self.tr("As the system"), "system")
        for code, name in LANGUAGES.items():
            self.language.addItem(name, code)
        for name, text in (
            ("system", self.tr("As the system")),
            ("dark", self.tr("Dark")),
            ("light", self.tr("Light")),
        ):
            self.theme.addItem(text, name)
        form = QFormLayout()
        form.setHorizontalSpacing(4 * GRID)
        form.setVerticalSpacing(2 * GRID)
        form.addRow(self.tr("Language"), self.language)
        form.addRow(self.tr("Theme"), self.theme)
        form.addRow("", self.updates)
        return form

    def _later_steps(self) -> tuple[QLabel, QLabel]:
        return (
            wrapped_label(self.tr("2. Paint a mask over a part, choose Inpaint, and type what should be there.")),
            wrapped_label(self.tr("3. Animate: draw frame by frame, or let prompts turn into each other.")),
        )

    def _connect(self) -> None:
        deeds = self._deeds
        self.language.activated.connect(lambda _: deeds.change({"language": self.language.currentData()}))
        self.theme.activated.connect(lambda _: deeds.change({"theme": self.theme.currentData()}))
        self.updates.clicked.connect(lambda is_on: deeds.change({"check_updates": is_on}))
        self.close_button.clicked.connect(self.leave)
        self.install.clicked.connect(deeds.show_engine)
        self.models.clicked.connect(deeds.show_models)
        self.help.clicked.connect(deeds.show_help)
        for button, deed in zip(
            self.steps, (deeds.try_prompt, deeds.take_mask_brush, deeds.show_timeline), strict=True
        ):
            button.clicked.connect(partial(self._do, deed))
        self._installation.offered.connect(self._show_device)
        self._installation.status_changed.connect(self._show_engine)

    # --- showing ----------------------------------------------------------------------------------

    def welcome(self, settings: AppSettings) -> None:
        """Show the page, with the settings as they are. See `show_folders`."""
        self.language.setCurrentIndex(max(0, self.language.findData(settings.language)))
        self.theme.setCurrentIndex(max(0, self.theme.findData(settings.theme)))
        self.updates.setChecked(settings.check_updates)
        self._show_engine()
        self.show_folders(())
        self.device.setText(self.tr("Looking for a graphics card…"))
        self._installation.look()
        self.show()
        self.raise_()

    def leave(self) -> None:
        """Close the page."""
        self.hide()
        self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        """As high as it must be for nothing to scroll."""
        inside = self._body.layout()
        assert inside is not None
        height = inside.totalHeightForWidth(_WIDTH - 2 * _MARGIN - 2 * GRID)
        return QSize(_WIDTH, height + 2 * _MARGIN + 15 * GRID)

    def _do(self, deed: Callable[[], object]) -> None:
        self.leave()
        deed()

    def _show_device(self, offer: Offer) -> None:
        if offer.best.id == "cpu":
            text = self.tr("Pictures are drawn by the processor, which takes longer.")
            self.device.setText(sentences(backend_text(offer.why.template).format(**offer.why.values), text))
        else:
            card = offer.why.values.get("card", "")
            self.device.setText(self.tr("Graphics card: {name}. It draws the pictures.").format(name=card))

    def _show_engine(self) -> None:
        words = engine_words(self._installation.status())
        self.install.setVisible(words is not None)
        if words is None:
            self.engine.setText(self.tr("Everything that draws is installed."))
        else:
            self.engine.setText(words.text)
            self.install.setText(words.action)

    def show_folders(self, folders: tuple[FoundFolder, ...]) -> None:
        """Offer the folders of other programs that were found."""
        while self._folders.count():
            item = self._folders.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.deleteLater()
        for found in folders:
            text = self.tr("{program} keeps models in {folder}.").format(program=found.program, folder=found.folder)
            button = QPushButton(self.tr("Use them"))
            row = QWidget()
            row.setLayout(_row(wrapped_label(text), button))
            button.clicked.connect(partial(self._add_folder, found.folder, row))
            self._folders.addWidget(row)

    def _add_folder(self, folder: Path, row: QWidget) -> None:
        self._deeds.add_folder(folder)
        row.setEnabled(False)


def _row(text: QLabel, button: QPushButton) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(4 * GRID)
    row.addWidget(text, 1)
    button.setMinimumWidth(48 * GRID)
    row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
    return row


def _separator() -> QFrame:
    line = QFrame()
    line.setProperty("role", "separator")
    return line
