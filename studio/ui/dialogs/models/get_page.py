"""Getting models: well-known ones, or any by its name on the hub or its address, with a choice of its files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from studio.engine.models.identity.families import family_name
from studio.errors import Cancelled
from studio.ui.background.background import Background, Run
from studio.ui.dialogs.models.kind_tabs import kind_tabs
from studio.ui.dialogs.models.token_dialog import TokenDialog
from studio.ui.dialogs.models.words import ALL, ICONS, KINDS, TABS, tab_of, word
from studio.ui.style.icons import icon
from studio.ui.style.theme import GRID
from studio.ui.widgets.dialog_opening import open_dialog
from studio.ui.widgets.notice_bar import error_text
from studio.ui.widgets.readable import bytes_text, message_text, sentences, with_time_left
from studio.ui.widgets.wrapped_label import wrapped_label

if TYPE_CHECKING:
    from studio.engine.models.arrivals import Fetched
    from studio.engine.models.known_models import KnownModel
    from studio.engine.models.offer import Offer
    from studio.engine.models.offers import Fetch, Look
    from studio.system.kept_token import KeptToken

PURPOSES: Final = (
    QT_TRANSLATE_NOOP("KnownModels", "The plain model that most LoRAs were made for."),
    QT_TRANSLATE_NOOP("KnownModels", "Paintings, portraits and fantasy; light enough for 4 GB of graphics memory."),
    QT_TRANSLATE_NOOP("KnownModels", "Only for masks: sees what lies around them."),
    QT_TRANSLATE_NOOP("KnownModels", "Only for masks, in the manner of DreamShaper."),
    QT_TRANSLATE_NOOP("KnownModels", "Larger pictures and better hands; wants 8 GB of graphics memory."),
    QT_TRANSLATE_NOOP("KnownModels", "Pictures that look like photographs; wants 8 GB of graphics memory."),
    QT_TRANSLATE_NOOP("KnownModels", "Photographs and film scenes; wants 8 GB of graphics memory."),
    QT_TRANSLATE_NOOP("KnownModels", "Only for masks, at larger sizes; wants 8 GB of graphics memory."),
    QT_TRANSLATE_NOOP("KnownModels", "Anime figures in soft light."),
    QT_TRANSLATE_NOOP("KnownModels", "Anime at larger sizes; wants 8 GB of graphics memory."),
    QT_TRANSLATE_NOOP("KnownModels", "Anime by tags; many other models were made of it."),
    QT_TRANSLATE_NOOP("KnownModels", "Anime by tags, with deeper darks and brighter lights."),
    QT_TRANSLATE_NOOP("KnownModels", "For models that come without a VAE: smoother faces and eyes."),
    QT_TRANSLATE_NOOP("KnownModels", "For XL models that come without a VAE."),
    QT_TRANSLATE_NOOP("KnownModels", "For models that come without a text encoder."),
    QT_TRANSLATE_NOOP("KnownModels", "A motion adapter: makes frames that belong together."),
    QT_TRANSLATE_NOOP("KnownModels", "Shows pictures of Stable Diffusion 1 and 2 in detail while they are drawn."),
    QT_TRANSLATE_NOOP("KnownModels", "Shows pictures of XL in detail while they are drawn."),
    QT_TRANSLATE_NOOP("KnownModels", "Shows pictures of Flux.1, Chroma and Z-Image in detail while they are drawn."),
    QT_TRANSLATE_NOOP("KnownModels", "Follows thin edges."),
    QT_TRANSLATE_NOOP("KnownModels", "Colours in a clean drawing."),
    QT_TRANSLATE_NOOP("KnownModels", "Works a rough sketch up into a picture."),
    QT_TRANSLATE_NOOP("KnownModels", "Follows broad contours and leaves details free."),
    QT_TRANSLATE_NOOP("KnownModels", "Keeps what is near and what is far."),
    QT_TRANSLATE_NOOP("KnownModels", "Places figures as a stick figure stands."),
    QT_TRANSLATE_NOOP("KnownModels", "Draws details anew and keeps colours and shapes."),
    QT_TRANSLATE_NOOP("KnownModels", "Edges, lines, sketches, depth, poses and tiles in one network."),
    QT_TRANSLATE_NOOP("KnownModels", "Shows mood and subject of a picture, loosely."),
    QT_TRANSLATE_NOOP("KnownModels", "Shows a picture, and stays close to it."),
    QT_TRANSLATE_NOOP("KnownModels", "Shows the face on a picture."),
    QT_TRANSLATE_NOOP("KnownModels", "Looks at pictures for the IP-Adapters of this list."),
    QT_TRANSLATE_NOOP("KnownModels", "Looks at pictures for the first IP-Adapter for XL."),
    QT_TRANSLATE_NOOP("KnownModels", "Reads edges, lines, scribbles, depth and poses."),
    QT_TRANSLATE_NOOP("KnownModels", "Tells how far away things on a picture are."),
    QT_TRANSLATE_NOOP("KnownModels", "Tells how people on a picture stand."),
    QT_TRANSLATE_NOOP("KnownModels", "Finds people on a picture, so that the pose of each is told."),
    QT_TRANSLATE_NOOP("KnownModels", "Photographs and readable lettering, in nine steps."),
    QT_TRANSLATE_NOOP("KnownModels", "Draws in four steps and reads long prompts."),
    QT_TRANSLATE_NOOP("KnownModels", "Slower than the other Klein and more varied: 50 steps."),
    QT_TRANSLATE_NOOP("KnownModels", "A free relation of Flux.1 with negative prompts: 40 steps."),
    QT_TRANSLATE_NOOP("KnownModels", "Draws in four steps and reads long prompts; its terms are to be accepted first."),
    QT_TRANSLATE_NOOP("KnownModels", "For models of Flux.1, Chroma and Z-Image that come without a VAE."),
    QT_TRANSLATE_NOOP("KnownModels", "For models of Flux.1 and Chroma that come without it."),
    QT_TRANSLATE_NOOP("KnownModels", "For models of Z-Image and Flux.2 Klein that come without it."),
    QT_TRANSLATE_NOOP("KnownModels", "The network that draws; wants Qwen3-4B and the VAE of Flux.1 beside it."),
    QT_TRANSLATE_NOOP("KnownModels", "Draws in four to eight steps: scheduler LCM, guidance 1 to 2."),
    QT_TRANSLATE_NOOP("KnownModels", "Draws in eight steps, with negative prompts: scheduler DDIM, guidance 3 to 7."),
    QT_TRANSLATE_NOOP("KnownModels", "Draws in exactly four steps: scheduler Euler, guidance 1."),
    QT_TRANSLATE_NOOP("KnownModels", "Draws in four crisp steps: scheduler LCM, guidance 1."),
    QT_TRANSLATE_NOOP("KnownModels", "One word for the negative prompt that stands for many; made for anime."),
    QT_TRANSLATE_NOOP("KnownModels", "Photographs, four times as large."),
    QT_TRANSLATE_NOOP("KnownModels", "Drawings in flat colours, four times as large."),
    QT_TRANSLATE_NOOP("KnownModels", "Photographs from the web, four times as large, without their noise and blocks."),
    QT_TRANSLATE_NOOP("KnownModels", "Any picture, four times as large: slow and careful."),
    QT_TRANSLATE_NOOP("KnownModels", "Any picture, twice as large: tiny and quick."),
    QT_TRANSLATE_NOOP("KnownModels", "Any picture, four times as large, and sharper."),
)
"""What the list of well-known models says of them; a test holds the two together."""

_DATA: Final = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, kw_only=True)
class _Arrived:
    """How many bytes of a download are here."""

    done: int
    total: int
    seconds_left: float | None

    @property
    def fraction(self) -> float:
        return _share(self.done, self.total)


def _tell(run: Run, done: int, total: int) -> None:
    run.tell(_Arrived(done=done, total=total, seconds_left=run.seconds_left(_share(done, total))))


def _share(done: int, total: int) -> float:
    return min(1.0, done / total) if total else 0.0


class GetPage(QWidget):
    """Looks at one repository or address at a time and fetches from it, with progress and cancel. ``token`` is the
    person's own for Civitai. Signal: ``downloaded()``."""

    downloaded = Signal()

    def __init__(
        self,
        look: Look,
        fetch: Fetch,
        known: Sequence[KnownModel] = (),
        token: KeptToken | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._token = token
        self._look, self._fetch = look, fetch
        self._known = tuple(known)
        self._background = Background("download", self)
        self._run: Run | None = None
        self._offer: Offer | None = None
        self._wanted: tuple[str, ...] = ()
        self.address = QLineEdit()
        self.address.setPlaceholderText(self.tr("owner/name on the hub, or an address: there, on Civitai, of a file"))
        self.address.setClearButtonEnabled(True)
        self.look_button = QPushButton(icon("search"), self.tr("Look"))
        self.token_button = QPushButton(icon("lock"), self.tr("Token…"))
        self.token_button.setToolTip(self.tr("Your API token of Civitai, for files that are not given to everyone"))
        self.tabs = kind_tabs()
        self.known = QListWidget()
        self.facts = wrapped_label()
        self.files = QListWidget()
        self.button = QPushButton()
        self.button.setProperty("role", "primary")
        self.progress = QProgressBar()
        self.status = wrapped_label(self.tr("Only weights that cannot run code are offered."), "muted")
        self._arrange()
        self._fill_tabs()
        self.known.ensurePolished()  # rows keep the height that they have when they come
        self._fill_known()
        self._connect()
        self._show_state()

    def show_known(self, model: KnownModel) -> None:
        """Choose one of the well-known models."""
        self.tabs.setCurrentIndex(0)
        self.known.setCurrentRow(self._known.index(model))

    def look_at(self, address: str) -> None:
        """Ask what there is at an address."""
        self.address.setText(address)
        self._start_look()

    def stop(self) -> None:
        """Cancel a running download. Its thread ends soon; nobody waits for it."""
        self._background.stop()

    # --- building ---------------------------------------------------------------------------------

    def _arrange(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(2 * GRID)
        row.addWidget(self.address, 1)
        row.addWidget(self.look_button)
        row.addWidget(self.token_button)
        right = QVBoxLayout()
        right.setSpacing(2 * GRID)
        right.addWidget(self.facts)
        right.addWidget(self.files, 1)
        right.addStretch()
        middle = QHBoxLayout()
        middle.setSpacing(3 * GRID)
        left = QVBoxLayout()
        left.setSpacing(2 * GRID)
        left.addWidget(self.known, 1)
        middle.addLayout(left, 4)
        middle.addLayout(right, 5)
        bottom = QHBoxLayout()
        bottom.setSpacing(3 * GRID)
        bottom.addWidget(self.status, 1)
        bottom.addWidget(self.button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * GRID)
        column.addLayout(row)
        column.addWidget(self.tabs)
        column.addLayout(middle, 1)
        column.addWidget(self.progress)
        column.addLayout(bottom)
        self.progress.hide()
        self.files.hide()
        self.known.setIconSize(QSize(4 * GRID, 4 * GRID))
        self.known.setAccessibleName(self.tr("Well-known models"))
        self.files.setAccessibleName(self.tr("Files to download"))
        for button in (self.look_button, self.token_button, self.button):
            button.setAutoDefault(False)

    def _fill_tabs(self) -> None:
        """A tab for all well-known models, and one for each kind that is among them."""
        counts = Counter(tab_of(model.kind) for model in self._known)
        for tab in (ALL, *(tab for tab in TABS if counts[tab])):
            count = len(self._known) if tab == ALL else counts[tab]
            self.tabs.setTabData(self.tabs.addTab(f"{word(TABS[tab])} {count}"), tab)

    def _listed(self) -> list[KnownModel]:
        """The well-known models of the tab."""
        tab = self.tabs.tabData(self.tabs.currentIndex())
        return [model for model in self._known if tab in (ALL, tab_of(model.kind))]

    def _fill_known(self) -> None:
        self.known.clear()
        for model in self._listed():
            item = QListWidgetItem(icon(ICONS[model.kind], "accent"), message_text(model.name))
            item.setToolTip(model.repository)
            self.known.addItem(item)

    def _connect(self) -> None:
        self.tabs.currentChanged.connect(self._fill_known)
        self.known.currentRowChanged.connect(self._take_known)
        self.look_button.clicked.connect(self._start_look)
        self.token_button.clicked.connect(self._ask_token)
        self.address.returnPressed.connect(self._start_look)
        self.address.textChanged.connect(self._address_changed)
        self.files.itemChanged.connect(self._show_state)
        self.button.clicked.connect(self._start_or_cancel)
        app = QCoreApplication.instance()
        if app is not None:
            app.aboutToQuit.connect(self.stop)

    # --- what is offered --------------------------------------------------------------------------

    def _take_known(self, row: int) -> None:
        """A well-known model was chosen: say what it is and may be used for; it needs no look."""
        if row < 0:
            return
        model = self._listed()[row]
        self.address.setText(model.repository)
        self._wanted = model.files or ("",)
        self.facts.setText(self._known_text(model))
        self._show_state()

    def _known_text(self, model: KnownModel) -> str:
        """What a well-known model is, its size, and its licence."""
        terms = {
            "yes": self.tr("commercial use allowed within its rules"),
            "no": self.tr("no commercial use"),
            "unknown": self.tr("read it before commercial use"),
        }[model.commercial]
        what = self.tr("{kind} for {family}, about {size}.") if model.family else self.tr("{kind}, about {size}.")
        size = bytes_text(round(model.gigabytes * (1 << 30)))
        what = what.format(kind=word(KINDS[model.kind]), family=family_name(model.family), size=size)
        side = self.tr("Pictures of about {side} pixels.").format(side=model.side) if model.side else ""
        licence = self.tr("Licence: {licence}; {terms}.").format(licence=message_text(model.licence), terms=terms)
        purpose = QCoreApplication.translate("KnownModels", model.purpose)
        return f"{sentences(purpose, what, side)}\n\n{licence}"

    def _address_changed(self) -> None:
        self._offer, self._wanted = None, ()
        self.facts.clear()
        self.files.hide()
        self._show_state()

    def _start_look(self) -> None:
        address = self.address.text().strip()
        if self._run is not None or not address:
            return
        self._show_asking()
        look = self._look
        self._run = self._background.start(lambda run: look(address, run.token), self._take_offer, self._failed)
        self._show_state()

    def _take_offer(self, offer: Offer) -> None:
        self.known.setCurrentRow(-1)
        self.address.setText(offer.address)
        self._offer = offer
        self._fill_files(offer)
        refused = self.tr("Left out, since they can run code: {count}.").format(count=offer.refused)
        self.facts.setText(
            sentences(
                self.tr("Choose what to download."), message_text(offer.why_no_folder), refused if offer.refused else ""
            )
        )
        self.files.show()
        self._end(self.tr("Only weights that cannot run code are offered."))

    def _fill_files(self, offer: Offer) -> None:
        self.files.clear()
        for choice in offer.choices:
            name = self.tr("The whole model folder") if choice.is_folder else choice.file
            item = QListWidgetItem(f"{name} · {bytes_text(choice.size)}")
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            is_chosen = choice.file == offer.asked if offer.asked else len(offer.choices) == 1 or choice.is_folder
            item.setCheckState(Qt.CheckState.Checked if is_chosen else Qt.CheckState.Unchecked)
            item.setData(_DATA, choice.file)
            self.files.addItem(item)

    def _chosen(self) -> tuple[str, ...]:
        if self._offer is None:
            return self._wanted
        items = (self.files.item(row) for row in range(self.files.count()))
        return tuple(str(item.data(_DATA)) for item in items if item.checkState() == Qt.CheckState.Checked)

    # --- downloading ------------------------------------------------------------------------------

    def _start_or_cancel(self) -> None:
        if self._run is not None:
            self._run.cancel()
            self.status.setText(self.tr("Stopping…"))
        elif self._chosen():
            self._start_download(self.address.text().strip(), self._chosen())

    def _start_download(self, address: str, files: tuple[str, ...]) -> None:
        self._show_asking()
        fetch = self._fetch

        def work(run: Run) -> Fetched:
            return fetch(address, files, lambda done, total: _tell(run, done, total), run.token)

        self._run = self._background.start(work, self._done, self._failed, self._show_progress)
        self._show_state()

    def _show_asking(self) -> None:
        self.status.setText(self.tr("Asking what is there…"))
        self.progress.setRange(0, 0)
        self.progress.show()

    def _done(self, fetched: Fetched) -> None:
        self._end(
            sentences(self.tr("Downloaded to {folder}.").format(folder=fetched.place), message_text(fetched.problem))
        )
        self.downloaded.emit()

    def _ask_token(self) -> None:
        if self._token is not None:
            open_dialog(TokenDialog(self._token, self))

    def _failed(self, error: Exception) -> None:
        stopped = self.tr("Stopped. It goes on from there when you start it again.")
        self._end(stopped if isinstance(error, Cancelled) else error_text(error))

    def _end(self, text: str) -> None:
        self._run = None
        self.progress.hide()
        self.status.setText(text)
        self._show_state()

    def _show_progress(self, fetched: _Arrived) -> None:
        self.progress.setRange(0, 1000)
        self.progress.setValue(round(1000 * fetched.fraction))
        done, total = bytes_text(fetched.done), bytes_text(fetched.total)
        amount = self.tr("{done} of {total}").format(done=done, total=total)
        self.status.setText(with_time_left(amount, fetched.seconds_left))

    def _show_state(self) -> None:
        is_running = self._run is not None
        self.button.setText(self.tr("Cancel") if is_running else self.tr("Download"))
        self.button.setIcon(icon("cancel" if is_running else "download", "on_accent"))
        self.button.setEnabled(is_running or bool(self._chosen()))
        self.look_button.setEnabled(not is_running and bool(self.address.text().strip()))
        self.token_button.setVisible(self._token is not None and "civitai.com" in self.address.text())
        for field in (self.address, self.tabs, self.known, self.files):
            field.setEnabled(not is_running)
