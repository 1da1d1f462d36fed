"""The models that were found, folders to look in, and downloads from the hub."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QLocale, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from studio.errors import Cancelled
from studio.generation import CancelToken
from studio.ui.background.background import Background, Run
from studio.ui.style.icons import icon
from studio.ui.style.theme import GRID
from studio.ui.widgets.notice_bar import error_text
from studio.ui.widgets.readable import bytes_text, with_time_left
from studio.ui.widgets.wrapped_label import wrapped_label

if TYPE_CHECKING:
    from studio.engine.models.known_models import KnownModel
    from studio.engine.models.library import ModelInfo

Download = Callable[[str, Path, Callable[[int, int], None], CancelToken], Path]
"""``download(repository, folder, report(bytes_done, bytes_total), cancel)``; see `studio.engine.models.download`."""


PURPOSES: Final = (
    QT_TRANSLATE_NOOP("KnownModels", "The plain model that most LoRAs were made for."),
    QT_TRANSLATE_NOOP("KnownModels", "Paintings, portraits and fantasy; light enough for 4 GB of graphics memory."),
    QT_TRANSLATE_NOOP("KnownModels", "Only for masks: sees what lies around them."),
    QT_TRANSLATE_NOOP("KnownModels", "Only for masks, in the manner of DreamShaper."),
    QT_TRANSLATE_NOOP("KnownModels", "Larger pictures and better hands; wants 8 GB of graphics memory."),
    QT_TRANSLATE_NOOP("KnownModels", "Pictures that look like photographs; wants 8 GB of graphics memory."),
    QT_TRANSLATE_NOOP("KnownModels", "Photographs and film scenes; wants 8 GB of graphics memory."),
    QT_TRANSLATE_NOOP("KnownModels", "Only for masks, at larger sizes; wants 8 GB of graphics memory."),
)
"""What the list of well-known models says of them; a test holds the two together."""


class ModelsDialog(QDialog):
    """Lists models. Signals: ``folder_wanted()`` to look for models in another one; ``downloaded(Path)``."""

    folder_wanted = Signal()
    downloaded = Signal(object)

    def __init__(
        self,
        models: Callable[[], Sequence[ModelInfo]],
        target: Path,
        download: Download,
        known: Sequence[KnownModel] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Models"))
        self._models = models
        self.tree = QTreeWidget()
        self.tree.setRootIsDecorated(False)
        self.tree.setHeaderLabels([self.tr("Model"), self.tr("Kind"), self.tr("Size")])
        self.details = wrapped_label(selectable=True)
        self.add_folder = QPushButton(icon("folder-add"), self.tr("Add Folder…"))
        self.download = HubDownload(target, download, known, self)
        self.download.downloaded.connect(self.downloaded)
        self._arrange()
        self.tree.currentItemChanged.connect(self._show_current)
        self.add_folder.clicked.connect(self.folder_wanted)
        self.refresh()
        self.resize(640, 480)

    def refresh(self) -> None:
        """List the models anew."""
        self.tree.clear()
        for model in self._models():
            kind = self.tr("Motion adapter") if model.kind == "motion adapter" else model.what or "?"
            item = QTreeWidgetItem([model.name, kind, bytes_text(model.size)])
            item.setIcon(0, icon("warning", "warning") if model.problem else icon("model", "accent"))
            facts = [str(model.path), self.tr("Identifier: {id}").format(id=model.id)]
            if model.problem:
                facts.insert(0, model.problem)
            item.setData(0, Qt.ItemDataRole.UserRole, "\n".join(facts))
            self.tree.addTopLevelItem(item)
        self.tree.ensurePolished()  # rows that are measured before the style is known stay too low
        self.tree.resizeColumnToContents(0)
        first = self.tree.topLevelItem(0)
        if first is not None:
            self.tree.setCurrentItem(first)
        else:
            self.details.setText(self.tr("There is no model yet. Add a folder that holds one, or download one below."))

    def done(self, code: int) -> None:
        """Closing stops a download; it can be taken up later."""
        self.download.stop()
        super().done(code)

    def _arrange(self) -> None:
        heading = QLabel(self.tr("Download from the Hugging Face hub"))
        heading.setProperty("role", "heading")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.button(QDialogButtonBox.StandardButton.Close).setText(self.tr("Close"))
        buttons.rejected.connect(self.reject)
        row = QHBoxLayout()
        row.addWidget(self.details, 1)
        row.addWidget(self.add_folder, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * GRID, 3 * GRID, 3 * GRID, 3 * GRID)
        column.setSpacing(3 * GRID)
        column.addWidget(self.tree, 1)
        column.addLayout(row)
        column.addWidget(heading)
        column.addWidget(self.download)
        column.addWidget(buttons)

    def _show_current(self, item: QTreeWidgetItem | None) -> None:
        if item is not None:
            self.details.setText(str(item.data(0, Qt.ItemDataRole.UserRole)))


@dataclass(frozen=True, kw_only=True)
class _Fetched:
    """How many bytes of a download are here."""

    done: int
    total: int
    seconds_left: float | None

    @property
    def fraction(self) -> float:
        return _share(self.done, self.total)


def _tell(run: Run, done: int, total: int) -> None:
    run.tell(_Fetched(done=done, total=total, seconds_left=run.seconds_left(_share(done, total))))


def _share(done: int, total: int) -> float:
    return min(1.0, done / total) if total else 0.0


class HubDownload(QWidget):
    """Fetches one model at a time, with progress and cancel. Signal: ``downloaded(Path)``."""

    downloaded = Signal(object)

    def __init__(
        self, target: Path, download: Download, known: Sequence[KnownModel] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._target = target
        self._download = download
        self._background = Background("download", self)
        self._run: Run | None = None
        self.name = QLineEdit()
        self.name.setPlaceholderText(self.tr("owner/name, such as stable-diffusion-v1-5/stable-diffusion-v1-5"))
        self.known = QComboBox()
        self.known.addItem(self.tr("A model by its name on the hub"))
        for model in known:
            self.known.addItem(model.name, model)
        self.facts = wrapped_label(role="muted")
        self.button = QPushButton()
        self.progress = QProgressBar()
        self.status = wrapped_label(self.tr("Only weights that cannot run code are fetched."), "muted")
        row = QHBoxLayout()
        row.addWidget(self.name, 1)
        row.addWidget(self.button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * GRID)
        column.addWidget(self.known)
        column.addWidget(self.facts)
        column.addLayout(row)
        column.addWidget(self.progress)
        column.addWidget(self.status)
        self.progress.hide()
        self.facts.hide()
        self.known.setVisible(bool(known))
        self.known.currentIndexChanged.connect(self._take_known)
        self.button.clicked.connect(self._start_or_cancel)
        self.name.returnPressed.connect(self._start)
        self.name.textChanged.connect(self._show_state)
        self._show_state()
        app = QCoreApplication.instance()
        if app is not None:
            app.aboutToQuit.connect(self.stop)

    def _take_known(self) -> None:
        """Put a well-known model into the field, and say what it is and may be used for."""
        model = self.known.currentData()
        self.facts.setVisible(model is not None)
        if model is None:
            self.name.clear()
            return
        self.name.setText(model.repository)
        family = {"sd1": "Stable Diffusion 1.x", "sdxl": "Stable Diffusion XL"}[model.family]
        terms = {
            "yes": self.tr("commercial use allowed within its rules"),
            "no": self.tr("no commercial use"),
            "unknown": self.tr("read it before commercial use"),
        }[model.commercial]
        facts = self.tr("{family}, {side} pixels, about {size} GB. Licence: {licence}; {terms}.").format(
            family=family,
            side=model.side,
            size=QLocale().toString(model.gigabytes, "f", 1),
            licence=model.licence,
            terms=terms,
        )
        self.facts.setText(f"{QCoreApplication.translate('KnownModels', model.purpose)} {facts}")

    def stop(self) -> None:
        """Cancel a running download. Its thread ends soon; nobody waits for it."""
        self._background.stop()

    def _start_or_cancel(self) -> None:
        if self._run is None:
            self._start()
        else:
            self._run.cancel()
            self.status.setText(self.tr("Stopping…"))

    def _start(self) -> None:
        repository = self.name.text().strip()
        if self._run is not None or not repository:
            return
        folder = self._target / repository.replace("/", "--")
        self.progress.setRange(0, 0)
        self.progress.show()
        self.status.setText(self.tr("Asking the hub…"))
        download = self._download

        def fetch(run: Run) -> Path:
            return download(repository, folder, lambda done, total: _tell(run, done, total), run.token)

        self._run = self._background.start(fetch, self._done, self._failed, self._show_progress)
        self._show_state()

    def _done(self, folder: Path) -> None:
        self._end(self.tr("Downloaded to {folder}.").format(folder=folder))
        self.name.clear()
        self.downloaded.emit(folder)

    def _failed(self, error: Exception) -> None:
        stopped = self.tr("Stopped. It goes on from there when you start it again.")
        self._end(stopped if isinstance(error, Cancelled) else error_text(error))

    def _end(self, text: str) -> None:
        self._run = None
        self.progress.hide()
        self.status.setText(text)
        self._show_state()

    def _show_progress(self, fetched: _Fetched) -> None:
        self.progress.setRange(0, 1000)
        self.progress.setValue(round(1000 * fetched.fraction))
        done, total = bytes_text(fetched.done), bytes_text(fetched.total)
        amount = self.tr("{done} of {total}").format(done=done, total=total)
        self.status.setText(with_time_left(amount, fetched.seconds_left))

    def _show_state(self) -> None:
        is_running = self._run is not None
        self.button.setText(self.tr("Cancel") if is_running else self.tr("Download"))
        self.button.setIcon(icon("cancel" if is_running else "download"))
        self.button.setEnabled(is_running or bool(self.name.text().strip()))
        self.name.setEnabled(not is_running)
        self.known.setEnabled(not is_running)
