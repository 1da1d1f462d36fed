"""The layers that pictures are drawn after: a button in line with the fields around it, and below it the list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QMenu, QPushButton, QVBoxLayout, QWidget

from studio.document import Document, Guide, region_of
from studio.editing import guides
from studio.errors import SettingError
from studio.session import Session
from studio.ui.panels.generate.guide_choice import GuideParts, GuideQuestion
from studio.ui.panels.generate.guide_row import GuideRow
from studio.ui.panels.generate.list_layout import lay_out_list
from studio.ui.style.theme import GRID
from studio.ui.widgets.following import follow
from studio.ui.widgets.notice_bar import error_text
from studio.ui.widgets.parameter_form import plugin_text

if TYPE_CHECKING:
    from studio.api import GuideSpec


class GuideSection(QWidget):
    """A row for each guide of the document that is shown. What is changed here is a step of its history.

    Signals: ``network_wanted(str)`` with the name of the well-known network that is missing;
    ``values_wanted(Guide)`` for what its row does not show; ``refused(str)`` why something cannot be done.
    """

    network_wanted = Signal(str)
    values_wanted = Signal(object)
    refused = Signal(str)

    def __init__(self, session: Session, parts: GuideParts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._parts = parts
        self._drags = 0
        self.rows: list[GuideRow] = []
        self.label = QLabel(self.tr("Control"), self)
        self.add_button = QPushButton(self.tr("Add Control Layer"), self)
        self._menu = QMenu(self.add_button)
        self._list = QVBoxLayout()
        self._arrange()
        self._menu.aboutToShow.connect(self._fill_menu)
        follow(self, session.document_changed, self._follow)
        self.refresh()

    def refresh(self) -> None:
        """Show the guides of the document, and what can be chosen for them now."""
        document = self._session.document
        self._fit_rows(document.guides)
        kinds = [(kind, plugin_text(spec.name)) for kind, spec in self._parts.kinds().items()]
        problems = self._parts.problems(document)
        for row, guide, problem in zip(self.rows, document.guides, problems, strict=True):
            row.show_guide(guide, kinds, _named_layers(document), problem)

    def problem(self) -> str:
        """Why the first of those that are switched on cannot be felt; empty where all can."""
        document = self._session.document
        pairs = zip(document.guides, self._parts.problems(document), strict=True)
        return next((problem.text for guide, problem in pairs if guide.acts and problem is not None), "")

    def _follow(self, old: Document, new: Document) -> None:
        if old.guides != new.guides or (new.guides and _named_layers(old) != _named_layers(new)):
            self.refresh()

    def _fit_rows(self, shown: tuple[Guide, ...]) -> None:
        """As many rows as there are guides."""
        while len(self.rows) > len(shown):
            row = self.rows.pop()
            self._list.removeWidget(row)
            row.hide()
            row.deleteLater()
        for guide in shown[len(self.rows) :]:
            self._append(guide)

    def _append(self, guide: Guide) -> None:
        row = GuideRow(guide, self)
        row.switched.connect(lambda is_on: guides.switch(self._session, row.guide.id, is_on=is_on))
        row.changed.connect(self._dragged)
        row.removed.connect(lambda: guides.remove(self._session, row.guide.id))
        row.values_wanted.connect(lambda: self.values_wanted.emit(row.guide))
        row.network_wanted.connect(self.network_wanted)
        row.slider.pressed_at.connect(self._new_drag)
        self.rows.append(row)
        self._list.addWidget(row)

    def change(self, guide: Guide) -> None:
        """Give a guide of the document other values."""
        guides.change(self._session, guide)

    def _dragged(self, guide: Guide, is_drag: bool) -> None:
        guides.change(self._session, guide, f"guide:{guide.id}:{self._drags}" if is_drag else None)

    def _new_drag(self) -> None:
        self._drags += 1

    def question(self, guide: Guide) -> GuideQuestion | None:
        """What can be asked about a guide; ``None`` for one of a kind that is not there."""
        spec = self._parts.kinds().get(guide.kind)
        if spec is None:
            return None
        document = self._session.document
        return GuideQuestion(
            guide,
            spec,
            self._parts.filters().get(spec.preprocessor),
            self._parts.networks(spec),
            [(layer, name) for layer, name in _named_layers(document) if region_of(document, layer) is not None],
        )

    def _fill_menu(self) -> None:
        self._menu.clear()
        specs = self._parts.kinds().values()
        controls, references = ([spec for spec in specs if bool(spec.reference) == each] for each in (False, True))
        self._offer(controls)
        if controls and references:
            self._menu.addSeparator()
        self._offer(references)
        if self._menu.isEmpty():
            self._menu.addAction(self.tr("No plugin that is enabled has a kind of control")).setEnabled(False)

    def _offer(self, specs: Sequence[GuideSpec]) -> None:
        for spec in specs:
            action = self._menu.addAction(plugin_text(spec.name))
            action.setToolTip(plugin_text(spec.description))
            action.triggered.connect(lambda _checked=False, chosen=spec.id: self.add(chosen))

    def add_first(self) -> None:
        """Draw after the active layer, as the first kind that there is."""
        kind = next(iter(self._parts.kinds()), None)
        if kind is None:
            self.refused.emit(self.tr("No plugin that is enabled has a kind of control"))
        else:
            self.add(kind)

    def add(self, kind: str) -> None:
        """Draw after the active layer."""
        try:
            guides.add(self._session, self._session.document.active_id or "", kind)
        except SettingError as error:
            self.refused.emit(error_text(error))

    def _arrange(self) -> None:
        self.add_button.setMenu(self._menu)
        self.add_button.setToolTip(self.tr("Draw after the active layer: its lines, depth, pose, colours or style"))
        self._menu.setToolTipsVisible(True)
        self._list.setSpacing(2 * GRID)
        lay_out_list(self, self.label, self.add_button, self._list)


def _named_layers(document: Document) -> list[tuple[str, str]]:
    """The layers that can be drawn after, from the top."""
    return [(layer.id, layer.name) for layer in reversed(tuple(document.walk()))]
