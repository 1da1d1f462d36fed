"""The parts of the picture with words of their own: a button in line with the fields around it, and below it a list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from studio.document import Document, LayerId, Region
from studio.editing import regions
from studio.errors import SettingError
from studio.jobs.layer_pictures import layer_by_id
from studio.session import Session
from studio.ui.panels.generate.list_layout import lay_out_list
from studio.ui.panels.generate.lora_choice import LoraChoice, lora_choices
from studio.ui.panels.generate.region_cover import Cover, CoverMaker, CoverView, region_color
from studio.ui.panels.generate.region_row import RegionFacts, RegionRow
from studio.ui.panels.thumbnails import Thumbnails
from studio.ui.style.icons import icon
from studio.ui.style.theme import GRID
from studio.ui.widgets.dialog_opening import open_dialog
from studio.ui.widgets.following import follow
from studio.ui.widgets.notice_bar import error_text

if TYPE_CHECKING:
    from studio.engine.models.library import ModelInfo


class RegionSection(QWidget):
    """A row for each region of the document that is shown. What is changed here is a step of its history.

    ``library`` is everything in the models folders, ``model`` the id of the chosen model. Signal: ``refused(str)`` why
    something cannot be done.
    """

    refused = Signal(str)

    def __init__(
        self,
        session: Session,
        library: Callable[[], Sequence[ModelInfo]],
        model: Callable[[], str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._library, self._model = library, model
        self.rows: list[RegionRow] = []
        self.label = QLabel(self.tr("Regions"), self)
        self.add_button = QPushButton(self.tr("Make Region"), self)
        self.cover_button = QToolButton(self)
        self.cover_view = CoverView(self)
        self._cover: Cover | None = None
        self._covers = CoverMaker(self)
        self._thumbnails = Thumbnails(self)
        self._list = QVBoxLayout()
        self._arrange()
        self.add_button.clicked.connect(self.add)
        self.cover_button.toggled.connect(self._show_cover)
        self._covers.made.connect(self._take_cover)
        self._thumbnails.ready.connect(lambda _key: self._show_facts())
        follow(self, session.document_changed, self._follow)
        self.refresh()

    def refresh(self) -> None:
        """Show the regions of the document."""
        document = self._session.document
        self._fit_rows(document.regions)
        for place, (row, region) in enumerate(zip(self.rows, document.regions, strict=True)):
            row.show_region(region, self._facts(document, region, place))
        self._thumbnails.keep_only({region.layer_id for region in document.regions})
        self.cover_button.setVisible(bool(document.regions))
        if not document.regions:
            self.cover_button.setChecked(False)

    def problem(self) -> str:
        """Why the first of those that are switched on cannot be drawn in; empty where all can."""
        document = self._session.document
        lost = (region for region in document.regions if region.enabled and not _is_there(document, region))
        return next((_lost(region) for region in lost), "")

    def add(self) -> None:
        """Make a region of the active layer, and wait for its words."""
        layer_id = self._session.document.active_id or ""
        try:
            regions.add(self._session, layer_id)
        except SettingError as error:
            self.refused.emit(error_text(error))
            return
        row = next(row for row in self.rows if row.region.layer_id == layer_id)
        row.prompt.setFocus()

    def _follow(self, old: Document, new: Document) -> None:
        if old.regions != new.regions:
            self.refresh()
        elif new.regions and old.layers is not new.layers:
            self._show_facts()
        if self.cover_button.isChecked() and (old.regions, old.layers, old.canvas) != (
            new.regions,
            new.layers,
            new.canvas,
        ):
            self._covers.want(new)

    def _show_facts(self) -> None:
        document = self._session.document
        for place, (row, region) in enumerate(zip(self.rows, document.regions, strict=True)):
            row.show_facts(self._facts(document, region, place))

    def _facts(self, document: Document, region: Region, place: int) -> RegionFacts:
        layer = layer_by_id(document, region.layer_id)
        if layer is None:
            return RegionFacts(self.tr("Deleted layer"), problem=_lost(region))
        picture = self._thumbnails.pixmap(layer.id, layer, document.canvas)
        is_covered = self.cover_button.isChecked() and region.enabled
        return RegionFacts(
            layer.name,
            picture,
            share=self._share(region.layer_id) if is_covered else "",
            color=region_color(place) if is_covered else None,
        )

    def _share(self, layer_id: LayerId) -> str:
        """How much of the picture a region is."""
        cover = self._cover
        if cover is None or layer_id not in cover.shares:
            return ""
        share = cover.shares[layer_id]
        if share is None or cover.alone not in (None, layer_id):
            return self.tr("left out")
        return self.tr("all") if cover.alone == layer_id else f"{round(share * 100)} %"

    def _show_cover(self, is_shown: bool) -> None:
        self.cover_view.setVisible(is_shown)
        self._cover = None
        if is_shown:
            self._covers.want(self._session.document)
        else:
            self._covers.stop()
        self._show_facts()

    def _take_cover(self, cover: Cover) -> None:
        self._cover = cover
        self.cover_view.show_image(cover.image)
        self._show_facts()

    def _fit_rows(self, shown: tuple[Region, ...]) -> None:
        """As many rows as there are regions."""
        while len(self.rows) > len(shown):
            row = self.rows.pop()
            self._list.removeWidget(row)
            row.hide()
            row.deleteLater()
        for region in shown[len(self.rows) :]:
            self._append(region)

    def _append(self, region: Region) -> None:
        row = RegionRow(region, self)
        row.switched.connect(lambda is_on: regions.switch(self._session, row.region.layer_id, is_on=is_on))
        row.changed.connect(self._typed)
        row.removed.connect(lambda: regions.remove(self._session, row.region.layer_id))
        row.lora_wanted.connect(lambda: self._pick_lora(row))
        self.rows.append(row)
        self._list.addWidget(row)

    def _typed(self, region: Region, stay: int) -> None:
        regions.change(self._session, region, f"region:{region.layer_id}:{stay}")

    def _pick_lora(self, row: RegionRow) -> None:
        from studio.ui.panels.generate.lora_picker import LoraPicker

        picker = LoraPicker(lora_choices(self._library(), self._model()), self, adds_words=True)
        picker.chosen.connect(
            lambda choice: row.add_words(_words_of(choice, with_triggers=picker.words_switch.isChecked()))
        )
        open_dialog(picker)

    def _arrange(self) -> None:
        self.add_button.setToolTip(self.tr("Give the active layer or group a prompt of its own, where it is opaque"))
        text = self.tr("Show what the regions cover")
        self.cover_button.setIcon(icon("eye"))
        self.cover_button.setCheckable(True)
        self.cover_button.setToolTip(text)
        self.cover_button.setAccessibleName(text)
        self._list.setSpacing(2 * GRID)
        self.cover_view.hide()
        lay_out_list(self, self.label, self.add_button, self._list, beside=(self.cover_button, self.cover_view))


def _lost(region: Region) -> str:
    """Why a region cannot be drawn in whose layer is gone."""
    from studio.jobs.regions import lost_region  # not needed by the first window

    return error_text(lost_region(region))


def _is_there(document: Document, region: Region) -> bool:
    return layer_by_id(document, region.layer_id) is not None


def _words_of(choice: LoraChoice, *, with_triggers: bool) -> list[str]:
    """What a prompt says to draw with a LoRA, with the weight that its maker advises and the words it listens to."""
    from studio.engine.models.lora_facts import lora_facts

    facts = lora_facts(choice.path)
    weight = 1.0 if facts.weight is None else facts.weight
    return [f"<lora:{choice.id}:{weight:g}>", *(facts.trigger_words if with_triggers else ())]
