"""The Filter menu: what plugins offer to do with the pixels of a layer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QCoreApplication, QObject, QPoint
from PySide6.QtWidgets import QMenu, QWidget

from studio.document import Document
from studio.editing import filters
from studio.editing.filters import LayerWork
from studio.errors import Cancelled, SettingError
from studio.history import StepKind
from studio.session import Session
from studio.ui.background.background import Background, Run, RunProgress
from studio.ui.background.catalogue import Catalogue
from studio.ui.background.filter_preview import FilterPreview
from studio.ui.canvas.targets import layer_pixels
from studio.ui.commands import menu
from studio.ui.commands.context import WindowCommand
from studio.ui.style.theme import GRID
from studio.ui.widgets.actions import Actions, Section
from studio.ui.widgets.command import Command
from studio.ui.widgets.dialog_opening import open_dialog
from studio.ui.widgets.notice_bar import NoticeBar, error_text
from studio.ui.widgets.parameter_form import plugin_text

if TYPE_CHECKING:
    from studio.api import FilterSpec
    from studio.ui.dialogs.filter import FilterDialog

FILTER: Final = StepKind("filter", "Filter", "sliders")


@dataclass(frozen=True, kw_only=True, eq=False)
class _Filtering:
    """One filter at work on one layer."""

    spec: FilterSpec
    dialog: FilterDialog
    work: LayerWork


class FilterMenu(QObject):
    """Makes commands of the filters of all plugins, asks for their parameters, and runs them in the background.

    A result goes into the layer as one step; if the layer was changed meanwhile it is dropped, and the notices say so.
    """

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
        self._background = Background("filter", self)
        self._filtering: _Filtering | None = None
        self._run: Run | None = None
        self.menu = QMenu(menu.FILTER.shown_title, window)
        catalogue.changed.connect(self._list_filters)
        app = QCoreApplication.instance()
        if app is not None:
            app.aboutToQuit.connect(self._stop)
        self._list_filters()

    def ask(self, filter_id: str) -> FilterDialog | None:
        """Open the form of a filter; ``None`` when the active layer cannot be filtered, which the notices say."""
        self._finish_stroke()
        shown, document = self._session.current, self._session.document
        spec = self._catalogue.filters().get(filter_id)
        target = layer_pixels(document)
        if isinstance(target, str):
            self._notices.show_remark(target, key="filter")
            return None
        if spec is None:
            return None
        from studio.ui.dialogs import filter as filter_dialog  # not needed for the first window

        dialog = filter_dialog.FilterDialog(
            spec,
            self._values.get(filter_id, {}),
            in_selection=document.edit_limit is not None,
            parent=self._window,
        )
        work = filters.begin(shown, target.layer_id)
        dialog.applied.connect(lambda values: self._start(spec, values, dialog, work))
        dialog.cancelled.connect(self._stop)
        self._offer_preview(spec, work, dialog)
        open_dialog(dialog)
        dialog.move(self._window.mapToGlobal(QPoint(self._window.width() - dialog.width() - 4 * GRID, 14 * GRID)))
        return dialog

    def _offer_preview(self, spec: FilterSpec, work: LayerWork, dialog: FilterDialog) -> None:
        preview = FilterPreview(spec, work.document, work.layer_id, self)

        def ask(values: dict[str, Any] | None, is_split: bool) -> None:
            if values is None:
                preview.stop()
                self._show_preview(None)
            else:
                preview.ask(values, is_split=is_split)

        def show(after: Document) -> None:
            self._show_preview(work.shown(after) if work.target is self._session.current else None)

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
        commands = tuple(self._command(spec) for spec in self._catalogue.filters().values())
        self.menu.clear()
        section = Section(id=menu.FILTER.id, title=menu.FILTER.plain_title, commands=commands)
        self.menu.addActions(self._actions.offer(section))
        if self.menu.isEmpty():
            self.menu.addAction(self.tr("No plugin that is enabled has a filter")).setEnabled(False)

    def _command(self, spec: FilterSpec) -> WindowCommand:
        return Command(
            id=f"filter.{spec.id}",
            text=plugin_text(spec.name).replace("&", "&&") + "…",
            tip=plugin_text(spec.description),
            run=lambda _context: self.ask(spec.id),
            domain="",
        )

    def _start(self, spec: FilterSpec, values: dict[str, Any], dialog: FilterDialog, asked: LayerWork) -> None:
        """Filter the layer that the form was opened for, as it is now."""
        try:
            work = filters.begin(asked.target, asked.layer_id)
        except SettingError as error:
            dialog.finish()
            self._notices.show_error(error, key="filter")
            return
        self._values[spec.id] = values
        self._filtering = _Filtering(spec=spec, dialog=dialog, work=work)
        self._run = self._background.start(
            lambda run: work.filtered(spec, values, cancel=run.token, report=run.report),
            self._finish,
            self._fail,
            self._show_progress,
        )

    def _show_progress(self, progress: RunProgress) -> None:
        if self._filtering is not None:
            self._filtering.dialog.show_progress(progress.fraction, progress.message, progress.seconds_left)

    def _finish(self, after: Document) -> None:
        ended = self._end()
        if ended is None:
            return
        ended.dialog.finish()
        try:
            ended.work.finish(after, FILTER.named(ended.spec.name))
        except SettingError as error:
            self._notices.show_notice(error_text(error), "warning", key="filter")

    def _fail(self, error: Exception) -> None:
        ended = self._end()
        if ended is not None and isinstance(error, Cancelled):
            ended.dialog.finish()
        elif ended is not None:
            ended.dialog.fail(error_text(error))
        self._catalogue.announce()  # the plugin may have been switched off by this

    def _stop(self) -> None:
        if self._run is not None:
            self._run.cancel()

    def _end(self) -> _Filtering | None:
        ended, self._filtering, self._run = self._filtering, None, None
        return ended
