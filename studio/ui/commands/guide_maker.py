"""Makes guides of what is seen: asks which, shows it on the picture, and adds a layer with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QObject, QPoint
from PySide6.QtWidgets import QWidget

from studio.document import Document, PaintLayer, Pixels, Raster
from studio.editing import guides
from studio.errors import Cancelled, ShorelineError
from studio.session import OpenDocument, Session
from studio.ui.background.background import Background, Run
from studio.ui.background.catalogue import Catalogue
from studio.ui.background.filter_preview import FilterPreview
from studio.ui.style.theme import GRID
from studio.ui.widgets.dialog_opening import open_dialog
from studio.ui.widgets.notice_bar import NoticeBar, error_text
from studio.ui.widgets.parameter_form import plugin_text

if TYPE_CHECKING:
    from studio.api import FilterSpec, GuideSpec

    Kinds = Mapping[str, tuple[GuideSpec, FilterSpec]]
    from studio.ui.dialogs.make_guide import MakeGuideDialog


class GuideMaker(QObject):
    """``show_preview(document)`` shows a document in place of the one that is open, ``None`` that one again."""

    def __init__(
        self,
        session: Session,
        catalogue: Catalogue,
        notices: NoticeBar,
        *,
        finish_stroke: Callable[[], object],
        show_preview: Callable[[Document | None], object],
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._session = session
        self._catalogue = catalogue
        self._notices = notices
        self._finish_stroke = finish_stroke
        self._show_preview = show_preview
        self._window = window
        self._background = Background("guide", self)
        self._run: Run | None = None
        app = QCoreApplication.instance()
        if app is not None:
            app.aboutToQuit.connect(self._stop)

    def ask(self) -> MakeGuideDialog | None:
        """Open the form; ``None`` where no plugin can make a guide, which the notices say."""
        from studio.ui.dialogs.make_guide import MakeGuideDialog

        self._finish_stroke()
        kinds = self._kinds()
        if not kinds:
            self._notices.show_remark(self.tr("No plugin that is enabled can make a control layer."), key="guide")
            return None
        target, seen = self._session.current, _seen(self._session.document)
        dialog = MakeGuideDialog(kinds, self._window)
        dialog.applied.connect(lambda kind, values: self._start(dialog, kinds[kind], values, target, seen))
        dialog.finished.connect(self._stop)
        self._offer_preview(dialog, kinds, target, seen)
        open_dialog(dialog)
        dialog.move(self._window.mapToGlobal(QPoint(self._window.width() - dialog.width() - 4 * GRID, 14 * GRID)))
        return dialog

    def _kinds(self) -> Kinds:
        filters = self._catalogue.filters()
        specs = self._catalogue.guides().values()
        return {spec.id: (spec, filters[spec.preprocessor]) for spec in specs if spec.preprocessor in filters}

    def _offer_preview(self, dialog: MakeGuideDialog, kinds: Kinds, target: OpenDocument, seen: Pixels) -> None:
        document = _as_document(seen)
        previews: dict[str, FilterPreview] = {}

        def preview_of(kind: str) -> FilterPreview:
            if kind not in previews:
                previews[kind] = FilterPreview(kinds[kind][1], document, document.layers[0].id, self)
                previews[kind].ready.connect(show)
                previews[kind].failed.connect(lambda error: dialog.fail(error_text(error)))
            return previews[kind]

        def ask(kind: str, values: Mapping[str, Any] | None) -> None:
            for each in previews.values():
                each.stop()
            if values is None:
                self._show_preview(None)
            else:
                preview_of(kind).ask(values, is_split=False)

        def show(after: Document) -> None:
            self._show_preview(after if target is self._session.current else None)

        def end() -> None:
            for each in previews.values():
                each.close()
            self._show_preview(None)

        dialog.preview_wanted.connect(ask)
        dialog.finished.connect(end)
        dialog.ask_preview()

    def _start(
        self,
        dialog: MakeGuideDialog,
        kind: tuple[GuideSpec, FilterSpec],
        values: Mapping[str, Any],
        target: OpenDocument,
        seen: Pixels,
    ) -> None:
        spec, made_by = kind

        def work(run: Run) -> Pixels:
            from studio.jobs.guides import preprocessed

            return preprocessed(seen, made_by, values, run.token)

        def done(pixels: Pixels) -> None:
            self._run = None
            dialog.finish()
            try:
                guides.make(target, pixels, plugin_text(spec.name), spec.id)
            except ShorelineError as error:
                self._notices.show_error(error, key="guide")

        def failed(error: Exception) -> None:
            self._run = None
            if not isinstance(error, Cancelled):
                dialog.fail(error_text(error))

        self._run = self._background.start(work, done, failed)

    def _stop(self) -> None:
        if self._run is not None:
            self._run.cancel()


def _seen(document: Document) -> Pixels:
    from studio.raster.compose import compose

    return compose(document)


def _as_document(pixels: Pixels) -> Document:
    """What is seen, as one layer to try things on."""
    layer = PaintLayer(name="", raster=Raster.from_array(pixels))
    return Document(width=pixels.shape[1], height=pixels.shape[0], layers=(layer,), active_id=layer.id)
