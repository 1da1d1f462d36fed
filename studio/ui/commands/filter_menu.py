"""The Filter menu: what plugins offer to do with the pixels of a layer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from PySide6.QtCore import QCoreApplication, QObject, QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu, QWidget

from studio.api import FilterSpec
from studio.api.parameters import validated_parameters
from studio.document import Document, LayerId, PaintLayer, Pixels, carried_over
from studio.errors import Cancelled
from studio.generation import CancelToken
from studio.history import StepKind
from studio.session import Session
from studio.ui.background.catalogue import Catalogue
from studio.ui.background.filter_preview import FilterPreview
from studio.ui.background.tasks import Tasks
from studio.ui.canvas.targets import layer_pixels
from studio.ui.commands import menu
from studio.ui.dialogs.filter import FilterDialog
from studio.ui.style.theme import GRID
from studio.ui.widgets.actions import Actions, Section
from studio.ui.widgets.command import Command
from studio.ui.widgets.dialog_opening import open_dialog
from studio.ui.widgets.notice_bar import NoticeBar, error_text
from studio.ui.widgets.parameter_form import plugin_text

FILTER: Final = StepKind("filter", "Filter", "sliders")


@dataclass(frozen=True, kw_only=True, eq=False)
class _Run:
    """One filter at work on one layer."""

    spec: FilterSpec
    dialog: FilterDialog
    document: Document
    layer: PaintLayer
    tasks: Tasks
    cancel: CancelToken = field(default_factory=CancelToken)


class FilterMenu(QObject):
    """Makes commands of the filters of all plugins, asks for their parameters, and runs them in the background.

    A result goes into the layer as one step; if the layer was changed meanwhile it is dropped, and the notices say so.
    """

    _progressed = Signal(float, str)

    def __init__(
        self,
        session: Session,
        catalogue: Catalogue,
        notices: NoticeBar,
        *,
        actions: Actions,
        finish_stroke: Callable[[], object],
        show_preview: Callable[[Document | None], object],
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._actions = actions
        self._show_preview = show_preview
        self._session = session
        self._catalogue = catalogue
        self._notices = notices
        self._finish_stroke = finish_stroke
        self._window = window
        self._values: dict[str, Mapping[str, Any]] = {}
        self._run: _Run | None = None
        self.menu = QMenu(menu.FILTER.shown_title, window)
        catalogue.changed.connect(self._list_filters)
        self._progressed.connect(self._show_progress, Qt.ConnectionType.QueuedConnection)
        app = QCoreApplication.instance()
        if app is not None:
            app.aboutToQuit.connect(self._stop)
        self._list_filters()

    def ask(self, filter_id: str) -> FilterDialog | None:
        """Open the form of a filter; ``None`` when the active layer cannot be filtered, which the notices say."""
        self._finish_stroke()
        document = self._session.document
        spec = self._catalogue.specs(FilterSpec).get(filter_id)
        target = layer_pixels(document)
        if isinstance(target, str):
            self._notices.show_remark(target, key="filter")
            return None
        if spec is None:
            return None
        has_mask = bool(document.selection.tiles)
        dialog = FilterDialog(spec, self._values.get(filter_id, {}), inside_mask=has_mask, parent=self._window)
        dialog.applied.connect(lambda values: self._start(spec, values, dialog))
        dialog.cancelled.connect(self._stop)
        self._offer_preview(spec, target.layer_id, dialog)
        open_dialog(dialog)
        dialog.move(self._window.mapToGlobal(QPoint(self._window.width() - dialog.width() - 4 * GRID, 14 * GRID)))
        return dialog

    def _offer_preview(self, spec: FilterSpec, layer_id: LayerId, dialog: FilterDialog) -> None:
        before = self._session.document
        preview = FilterPreview(spec, before, layer_id, self)

        def ask(values: dict[str, Any] | None, is_split: bool) -> None:
            if values is None:
                preview.stop()
                self._show_preview(None)
            else:
                preview.ask(values, is_split=is_split)

        def show(after: Document) -> None:
            self._show_preview(carried_over(before, after, self._session.document, layer_id))

        def end() -> None:
            preview.close()
            self._show_preview(None)

        def fail(error: Exception) -> None:
            self._show_preview(None)
            dialog.show_problem(error_text(error))
            self._catalogue.announce()  # the plugin may have been switched off by this

        dialog.preview_wanted.connect(ask)
        dialog.applied.connect(lambda _values: preview.stop())
        dialog.finished.connect(end)
        preview.ready.connect(show)
        preview.failed.connect(fail)
        dialog.ask_preview()

    def _list_filters(self) -> None:
        commands = tuple(self._command(spec) for spec in self._catalogue.specs(FilterSpec).values())
        self.menu.clear()
        section = Section(id=menu.FILTER.id, title=menu.FILTER.plain_title, commands=commands)
        self.menu.addActions(self._actions.offer(section))
        if self.menu.isEmpty():
            self.menu.addAction(self.tr("No plugin that is enabled has a filter")).setEnabled(False)

    def _command(self, spec: FilterSpec) -> menu.WindowCommand:
        return Command(
            id=f"filter.{spec.id}",
            text=plugin_text(spec.name).replace("&", "&&") + "…",
            tip=plugin_text(spec.description),
            run=lambda _context: self.ask(spec.id),
            domain="",
        )

    def _start(self, spec: FilterSpec, values: dict[str, Any], dialog: FilterDialog) -> None:
        document = self._session.document
        layer = document.active_paint_layer
        if layer is None:
            dialog.finish()
            return
        self._values[spec.id] = values
        run = _Run(spec=spec, dialog=dialog, document=document, layer=layer, tasks=Tasks("filter", self))
        self._run = run
        run.tasks.run(lambda: self._filtered(run, values), lambda after: self._finish(run, after), self._fail)

    def _filtered(self, run: _Run, values: dict[str, Any]) -> Document:
        """On the background thread; composition is imported there, so that the window opens before it is loaded."""
        from studio.raster.filtering import filter_layer

        parameters = validated_parameters(run.spec.parameters, values)

        def work(pixels: Pixels) -> Pixels:
            return run.spec.run(pixels, parameters, run.cancel, self._report)

        after = filter_layer(run.document, run.layer.id, work)
        run.cancel.raise_if_cancelled()
        return after

    def _report(self, fraction: float, message: str) -> None:
        self._progressed.emit(float(fraction), str(message))

    def _show_progress(self, fraction: float, message: str) -> None:
        if self._run is not None and not self._run.cancel.is_cancelled:
            self._run.dialog.show_progress(fraction, message)

    def _finish(self, run: _Run, after: Document) -> None:
        self._close()
        current = self._session.document
        changed = carried_over(run.document, after, current, run.layer.id)
        if changed is None:
            text = self.tr("The layer was changed meanwhile, so it was left as it is. Try again.")
            self._notices.show_notice(text, "warning", key="filter")
        else:
            self._session.apply(FILTER.named(run.spec.name), changed)

    def _fail(self, error: Exception) -> None:
        run, self._run = self._run, None
        if run is not None:
            _end(run)
            if isinstance(error, Cancelled):
                run.dialog.finish()
            else:
                run.dialog.fail(error_text(error))
        self._catalogue.announce()  # the plugin may have been switched off by this

    def _stop(self) -> None:
        if self._run is not None:
            self._run.cancel.cancel()

    def _close(self) -> None:
        run, self._run = self._run, None
        if run is not None:
            run.dialog.finish()
            _end(run)


def _end(run: _Run) -> None:
    run.tasks.close()
    run.tasks.deleteLater()
