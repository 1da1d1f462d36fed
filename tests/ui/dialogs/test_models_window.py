"""The Models window, as a painter uses it: looking, searching, mending, getting more."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from studio.app import Studio
from studio.engine.models.arrivals import Fetched
from studio.engine.models.identity.families import drawn
from studio.engine.models.known_models import known_models
from studio.engine.models.library import ModelInfo, ModelLibrary
from studio.engine.models.offer import Choice, Offer
from studio.engine.models.overrides import Override, read_override
from studio.errors import Cancelled, ModelError
from studio.generation import CancelToken
from studio.paths import default_paths
from studio.system.kept_token import KeptToken
from studio.ui.background.catalogue import Catalogue
from studio.ui.dialogs.models import deeds as deeds_module
from studio.ui.dialogs.models.folders_page import FoldersPage
from studio.ui.dialogs.models.get_page import PURPOSES, GetPage
from studio.ui.dialogs.models.model_folders import ModelFolders
from studio.ui.dialogs.models.models_dialog import FOLDERS, GET, ModelsDialog, ModelsParts
from studio.ui.dialogs.models.token_dialog import TokenDialog
from studio.ui.dialogs.models.treat_as import TreatAsDialog
from studio.ui.dialogs.models.use import ModelUse
from tests.engine.checkpoint_files import checkpoint, write_sparse

KNOWN = known_models(default_paths().resources / "models")
LORA = {"lora_unet_down_blocks_0_attentions_0_a.lora_down.weight": (4, 320)}


@dataclass
class Hub:
    """A hub with one repository; a download goes on until it is let go or cancelled."""

    go: threading.Event = field(default_factory=threading.Event)
    problem: str = ""
    asked: list[object] = field(default_factory=list)

    def look(self, address: str, _cancel: CancelToken) -> Offer:
        self.asked.append(address)
        if "/" not in address:
            raise ModelError(f"{address!r} is no name of a repository.", "Give owner/name.")
        choices = (Choice(file="", size=100), Choice(file="a.safetensors", size=60))
        return Offer(address="owner/model", choices=choices, refused=2)

    def fetch(
        self,
        name: str,
        files: Sequence[str],
        report: Callable[[int, int], None],
        cancel: CancelToken,
    ) -> Fetched:
        self.asked.append((name, tuple(files)))
        report(50, 100)
        while not self.go.wait(0.005):
            cancel.raise_if_cancelled()
        if cancel.is_cancelled:
            raise Cancelled
        return Fetched(place=Path("models") / name.replace("/", "--"), problem=self.problem)


@dataclass
class Desk:
    """The main window, as far as this one knows it."""

    chosen: str = ""
    color: str = "#3060c0"

    def use(self) -> ModelUse:
        return ModelUse(chosen=lambda: self.chosen, choose=self.choose, picture=lambda: self.picture)

    def choose(self, model_id: str) -> None:
        self.chosen = model_id

    def picture(self) -> QImage:
        image = QImage(64, 32, QImage.Format.Format_RGB32)
        image.fill(QColor(self.color))
        return image


@pytest.fixture
def hub() -> Hub:
    return Hub()


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def models(tmp_path: Path) -> Path:
    folder = tmp_path / "models"
    (folder / "in").mkdir(parents=True)
    write_sparse(folder / "ink.safetensors", LORA, metadata={"modelspec.trigger_phrase": "ink style, wash"})
    write_sparse(folder / "whole.safetensors", checkpoint("sd1"))
    tensors = {name: shape for name, shape in checkpoint("sdxl").items() if not name.startswith("first_stage_model")}
    write_sparse(folder / "in" / "no vae.safetensors", tensors)
    write_sparse(folder / "riddle.safetensors", {"strange": (2, 2)})
    write_sparse(folder / "sharp.safetensors", {"model.0.weight": (8, 3, 3, 3), "model.1.sub.0.weight": (8, 8)})
    return folder


@pytest.fixture
def dialog(qtbot: QtBot, hub: Hub, desk: Desk, models: Path, tmp_path: Path) -> Iterator[ModelsDialog]:
    library, folders = ModelLibrary([models]), [str(tmp_path / "more")]
    parts = ModelsParts(
        models=library.scan,
        folders=ModelFolders(
            own=models,
            added=lambda: tuple(folders),
            add=lambda folder: folders.append(str(folder)),
            remove=lambda folder: folders.remove(str(folder)),
        ),
        upscalers=tmp_path / "upscalers",
        shipped=tmp_path / "shipped",
        home=tmp_path,
        look=hub.look,
        fetch=hub.fetch,
        known=lambda: KNOWN,
        token=KeptToken(tmp_path / "tokens" / "civitai"),
        use=desk.use(),
    )
    made = ModelsDialog(parts)
    made.search_wanted.connect(made.refresh)
    qtbot.addWidget(made)
    made.show()
    made.refresh()
    yield made
    hub.go.set()
    made.reject()
    qtbot.waitUntil(lambda: not _threads("model") and not _threads("download"))


def listed(dialog: ModelsDialog) -> list[str]:
    rows = dialog.installed.rows
    return [rows.model_at(row).name for row in range(rows.rowCount())]


def choose(dialog: ModelsDialog, name: str) -> ModelInfo:
    dialog.installed.choose(name)
    model = dialog.installed.current()
    assert model is not None
    assert model.id == name
    return model


def _threads(name: str) -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name.startswith(f"shoreline-{name}")]


# --- looking ---------------------------------------------------------------------------------------


def test_kinds_are_tabs_and_empty_ones_are_not_there(dialog: ModelsDialog) -> None:
    page = dialog.installed
    assert listed(dialog) == ["Ink", "Whole", "No vae", "Riddle", "Sharp"], "what can be used stands first"
    shown = [page.tabs.tabText(index) for index in range(page.tabs.count()) if page.tabs.isTabVisible(index)]
    assert shown == ["All 5", "Models 2", "LoRA 1", "Upscalers 1", "Other 1", "Not usable 3"]
    page.show_tab("lora")
    assert listed(dialog) == ["Ink"]


@pytest.mark.parametrize(
    ("query", "found"), [("ink", ["Ink"]), ("xl", ["No vae"]), ("LORA", ["Ink"]), ("in vae", ["No vae"]), ("zz", [])]
)
def test_search_finds_names_families_kinds_and_folders(dialog: ModelsDialog, query: str, found: list[str]) -> None:
    dialog.installed.search.setText(query)
    assert listed(dialog)[: max(1, len(found))] == found
    assert dialog.installed.empty.isVisible() == (not found)


def test_the_arrow_keys_walk_the_list_while_one_types_and_enter_draws_with_it(dialog: ModelsDialog, desk: Desk) -> None:
    page = dialog.installed
    QTest.keyClick(page.search, Qt.Key.Key_Down)
    assert page.current().name == "Whole"
    QTest.keyClick(page.search, Qt.Key.Key_Return)
    assert desk.chosen == "whole"
    assert not page.details.use_button.isEnabled()


def test_only_a_sound_model_can_be_drawn_with(dialog: ModelsDialog, desk: Desk) -> None:
    page = dialog.installed
    for name in ("ink", "riddle", "in/no vae"):
        choose(dialog, name)
        assert not page.details.use_button.isVisible()
        page.list.activated.emit(page.list.currentIndex())
    assert desk.chosen == ""


def test_trigger_words_are_copied(qtbot: QtBot, dialog: ModelsDialog) -> None:
    choose(dialog, "ink")
    words = dialog.installed.details.words
    qtbot.waitUntil(words.isVisible)
    assert [button.text() for button in words.buttons()] == ["ink style", "wash"]
    words.buttons()[1].click()
    assert QGuiApplication.clipboard().text() == "wash"
    words.all_button.click()
    assert QGuiApplication.clipboard().text() == "ink style, wash"
    choose(dialog, "whole")
    assert not words.isVisible()


def test_a_model_keeps_its_place_when_others_come(dialog: ModelsDialog, models: Path) -> None:
    choose(dialog, "whole")
    write_sparse(models / "early.safetensors", LORA)
    dialog.refresh()
    assert len(listed(dialog)) == 6
    assert dialog.installed.current().name == "Whole"


def test_motion_adapters_are_listed_but_not_offered_to_draw_with(dialog: ModelsDialog, models: Path) -> None:
    folder = models / "moves"
    folder.mkdir()
    (folder / "config.json").write_text('{"_class_name": "MotionAdapter"}')
    (folder / "diffusion_pytorch_model.safetensors").write_bytes(b"\2" + bytes(7) + b"{}")
    catalogue = Catalogue()
    catalogue.use_models(ModelLibrary([folder.parent]).scan())
    assert {model.kind for model in catalogue.models_and_adapters()} > {"motion adapter", "lora", "model"}
    assert {model.kind for model in catalogue.models()} == {"model"}
    dialog.refresh()
    assert choose(dialog, "moves").kind == "motion adapter"
    assert "Motion adapter" in dialog.installed.details.summary.text()
    assert not dialog.installed.details.use_button.isVisible()


# --- mending and changing --------------------------------------------------------------------------


def test_what_a_model_lacks_is_a_click_away(dialog: ModelsDialog) -> None:
    choose(dialog, "in/no vae")
    details = dialog.installed.details
    assert "VAE" in details.problem.text.text()
    details.problem.buttons["get parts"].click()
    assert dialog.switch.value() == GET
    assert dialog.get.address.text() == "madebyollin/sdxl-vae-fp16-fix"


def test_what_is_not_known_is_said_beside_the_file_and_taken_back(qtbot: QtBot, dialog: ModelsDialog) -> None:
    model = choose(dialog, "riddle")
    details = dialog.installed.details
    details.problem.buttons["say what it is"].click()
    (asked,) = dialog.installed.findChildren(TreatAsDialog)
    assert not asked.reset_button.isEnabled()
    asked.kind.setCurrentIndex(asked.kind.findData("embedding"))
    asked.family.setCurrentIndex(asked.family.findData("sdxl"))
    asked.accept()
    qtbot.waitUntil(lambda: dialog.installed.current().kind == "embedding")
    assert read_override(model.path) == Override(kind="embedding", family="sdxl")
    assert not details.problem.isVisible()
    details.treat_button.click()
    asked = dialog.installed.findChildren(TreatAsDialog)[-1]
    asked.reset_button.click()
    qtbot.waitUntil(lambda: dialog.installed.current().kind == "other")
    assert not model.path.with_name("riddle.safetensors.shoreline.json").exists()


def test_words_that_cannot_be_read_are_replaced(
    qtbot: QtBot, dialog: ModelsDialog, models: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = models / "whole.safetensors.shoreline.json"
    file.write_text("{")
    monkeypatch.setattr(deeds_module, "trash", Path.unlink)
    dialog.refresh()
    choose(dialog, "whole")
    dialog.installed.details.problem.buttons["reset"].click()
    qtbot.waitUntil(lambda: dialog.installed.current().problem is None)
    assert not file.exists()


def test_an_upscaler_is_put_where_it_belongs(qtbot: QtBot, dialog: ModelsDialog, models: Path, tmp_path: Path) -> None:
    choose(dialog, "sharp")
    dialog.installed.details.problem.buttons["move"].click()
    qtbot.waitUntil(lambda: "Sharp" not in listed(dialog))
    assert (tmp_path / "upscalers" / "sharp.safetensors").is_file()
    assert not (models / "sharp.safetensors").exists()


def test_the_open_picture_becomes_that_of_a_model(qtbot: QtBot, dialog: ModelsDialog, models: Path) -> None:
    choose(dialog, "whole")
    details = dialog.installed.details
    details.wanted.emit("picture")
    qtbot.waitUntil(details.picture.isVisible)
    kept = QImage(str(models / "whole.preview.png"))
    assert (kept.width(), kept.height(), kept.pixelColor(1, 1).name()) == (64, 32, "#3060c0")
    details.wanted.emit("no picture")
    qtbot.waitUntil(lambda: not details.picture.isVisible())
    assert not (models / "whole.preview.png").exists()


def test_a_file_that_is_no_picture_is_refused(qtbot: QtBot, dialog: ModelsDialog, models: Path) -> None:
    model = choose(dialog, "whole")
    dialog.give_picture(model, models / "ink.safetensors")
    qtbot.waitUntil(lambda: "cannot be read as a picture" in dialog.status.text())


def test_deleting_asks_and_takes_along_what_belongs_to_it(
    qtbot: QtBot, dialog: ModelsDialog, models: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone: list[str] = []

    def to_trash(path: Path) -> None:
        gone.append(path.name)
        path.unlink()

    monkeypatch.setattr(deeds_module, "trash", to_trash)
    (models / "ink.png").touch()
    choose(dialog, "ink")
    dialog.installed.details.delete_button.click()
    (box,) = dialog.findChildren(QMessageBox)
    assert str(models / "ink.safetensors") in box.informativeText()
    assert gone == []
    box.accept()
    qtbot.waitUntil(lambda: "Ink" not in listed(dialog))
    assert gone == ["ink.safetensors", "ink.png"]


def test_without_a_trash_nothing_is_deleted(
    qtbot: QtBot, dialog: ModelsDialog, models: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deeds_module, "trash", lambda _path: "there is none")
    choose(dialog, "ink")
    dialog.installed.details.delete_button.click()
    dialog.findChildren(QMessageBox)[0].accept()
    qtbot.waitUntil(lambda: "could not be put into the trash" in dialog.status.text())
    assert (models / "ink.safetensors").is_file()


def test_what_ships_with_the_program_is_not_changed(studio: Studio) -> None:
    dialog = studio.window.services.show_models()
    assert studio.window.services.show_models() is dialog, "the one that is open"
    dialog.refresh()
    dialog.installed.choose("starter")
    assert not dialog.installed.details.delete_button.isVisible()
    assert not dialog.installed.details.treat_button.isVisible()
    dialog.reject()


def test_a_model_that_is_chosen_here_is_the_one_to_draw_with(qtbot: QtBot, studio: Studio) -> None:
    if not studio.catalogue.has_sound_model("starter/few_steps"):
        pytest.skip("the starter model is not in this checkout")
    dialog = studio.window.services.show_models()
    dialog.refresh()
    dialog.installed.choose("starter/few_steps")
    dialog.installed.details.use_button.click()
    settings = studio.window.docks.generate.settings()
    assert (settings.model, settings.steps) == ("starter/few_steps", 4)
    dialog.reject()


# --- folders ---------------------------------------------------------------------------------------


def test_folders_are_counted_found_added_and_removed(qtbot: QtBot, dialog: ModelsDialog, tmp_path: Path) -> None:
    checkpoints = tmp_path / "ComfyUI" / "models" / "checkpoints"
    checkpoints.mkdir(parents=True)
    (checkpoints / "a.safetensors").touch()
    page = dialog.folders
    dialog.show_page(FOLDERS)
    qtbot.waitUntil(lambda: any("ComfyUI was found" in text for text in page.texts()))
    assert any("Your models folder" in text and "5" in text for text in page.texts())
    page.button(tmp_path / "ComfyUI").click()
    qtbot.waitUntil(lambda: not any("was found" in text for text in page.texts()))
    page.button(tmp_path / "more").click()
    qtbot.waitUntil(lambda: page.folders() == [str(tmp_path / "models"), str(tmp_path / "ComfyUI")])


def test_a_folder_that_was_added_can_be_removed(studio: Studio, tmp_path: Path) -> None:
    services = studio.window.services
    services.add_model_folder(tmp_path)
    assert studio.store.current.model_folders == (str(tmp_path),)
    services.remove_model_folder(tmp_path)
    assert studio.store.current.model_folders == ()


# --- getting more ----------------------------------------------------------------------------------


def test_a_well_known_model_is_downloaded_with_its_terms_in_sight(qtbot: QtBot, dialog: ModelsDialog, hub: Hub) -> None:
    hub.go.set()
    for row, model in enumerate(KNOWN):
        dialog.get.known.setCurrentRow(row)
        assert model.licence in dialog.get.facts.text()
        assert dialog.get.address.text() == model.repository
    with qtbot.waitSignal(dialog.search_wanted):
        dialog.get.button.click()
    assert hub.asked == [(KNOWN[-1].repository, KNOWN[-1].files)]


def test_what_is_said_of_well_known_models_can_be_translated() -> None:
    assert {model.purpose for model in KNOWN} == set(PURPOSES)
    assert {model.family for model in KNOWN} <= {*drawn(), ""}
    assert {model.kind for model in KNOWN if not model.family} == {"part", "upscaler"}


def test_well_known_files_are_in_tabs_by_their_kinds(dialog: ModelsDialog) -> None:
    page = dialog.get
    tabs = {str(page.tabs.tabData(index)): page.tabs.tabText(index) for index in range(page.tabs.count())}
    assert list(tabs) == ["all", "model", "lora", "embedding", "control", "vae", "upscaler", "other"]
    assert tabs["all"] == f"All {len(KNOWN)}"
    page.tabs.setCurrentIndex(list(tabs).index("upscaler"))
    shown = [page.known.item(row).text() for row in range(page.known.count())]
    assert shown == [model.name for model in KNOWN if model.kind == "upscaler"]
    page.known.setCurrentRow(0)
    assert "Upscaler, about 64 MB." in page.facts.text()
    page.show_known(KNOWN[0])
    assert page.known.currentItem().text() == KNOWN[0].name


def test_files_of_a_repository_are_chosen_and_downloaded_with_progress(
    qtbot: QtBot, dialog: ModelsDialog, hub: Hub
) -> None:
    page = dialog.get
    dialog.show_page(GET)
    page.address.setText("owner/model")
    assert not page.button.isEnabled()
    page.look_button.click()
    qtbot.waitUntil(page.files.isVisible)
    assert "run code: 2" in page.facts.text()
    page.files.item(0).setCheckState(Qt.CheckState.Unchecked)
    assert not page.button.isEnabled()
    page.files.item(1).setCheckState(Qt.CheckState.Checked)
    page.button.click()
    qtbot.waitUntil(lambda: page.progress.value() == 500)
    assert page.button.text() == "Cancel"
    hub.problem = "It is of a kind that is not known."
    with qtbot.waitSignal(page.downloaded):
        hub.go.set()
    assert page.status.text().startswith(f"Downloaded to {Path('models', 'owner--model')}.")
    assert page.status.text().endswith("not known."), "why it cannot be used is said too"
    assert hub.asked == ["owner/model", ("owner/model", ("a.safetensors",))]


def test_a_download_is_cancelled(qtbot: QtBot, dialog: ModelsDialog) -> None:
    dialog.get.known.setCurrentRow(0)
    dialog.get.button.click()
    qtbot.waitUntil(lambda: dialog.get.progress.value() == 500)
    dialog.get.button.click()
    qtbot.waitUntil(lambda: "Stopped" in dialog.get.status.text())
    assert dialog.get.address.isEnabled()


def test_a_token_of_civitai_is_kept_for_its_owner_alone(qtbot: QtBot, dialog: ModelsDialog, tmp_path: Path) -> None:
    page, kept = dialog.get, KeptToken(tmp_path / "tokens" / "civitai")
    dialog.show_page(GET)
    page.address.setText("owner/model")
    assert not page.token_button.isVisible()
    page.address.setText("https://civitai.com/models/5")
    assert page.token_button.isVisible()
    page.token_button.click()
    asked = page.findChild(TokenDialog)
    assert not asked.accept_button.isEnabled()
    qtbot.keyClicks(asked.edit, " secret ")
    asked.accept_button.click()
    assert kept.read() == "secret"
    if sys.platform != "win32":
        assert kept.path.stat().st_mode & 0o777 == 0o600
        assert kept.path.parent.stat().st_mode & 0o777 == 0o700
    again = TokenDialog(kept, page)
    qtbot.addWidget(again)
    assert "secret" not in again.edit.text() + again.edit.placeholderText()
    again.forget_button.click()
    assert kept.read() == ""
    assert not kept.path.exists()


def test_a_token_that_cannot_be_kept_says_why(qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "tokens").write_bytes(b"a file is in the way")
    asked = TokenDialog(KeptToken(tmp_path / "tokens" / "civitai"))
    qtbot.addWidget(asked)
    asked.show()
    asked.edit.setText("secret")
    asked.accept_button.click()
    assert "could not be written" in asked.problem.text()
    assert asked.isVisible()


def test_a_look_that_fails_says_why(qtbot: QtBot, dialog: ModelsDialog) -> None:
    dialog.get.look_at("nonsense")
    qtbot.waitUntil(lambda: "Give owner/name." in dialog.get.status.text())


def test_closing_ends_a_download(qtbot: QtBot, dialog: ModelsDialog, hub: Hub) -> None:
    dialog.get.known.setCurrentRow(0)
    dialog.get.button.click()
    qtbot.waitUntil(lambda: bool(hub.asked))
    dialog.reject()
    qtbot.waitUntil(lambda: not _threads("download"))


def test_closing_does_not_wait_for_a_download_that_does_not_listen(
    qtbot: QtBot, dialog: ModelsDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its thread ends after the window is closed, and has nobody to report to."""
    started, go = threading.Event(), threading.Event()

    def deaf(_name: str, _files: object, report: Callable[[int, int], None], _cancel: object) -> Fetched:
        started.set()
        assert go.wait(30)
        report(1, 2)
        return Fetched(place=Path("models"))

    monkeypatch.setattr(dialog.get, "_fetch", deaf)
    dialog.get.known.setCurrentRow(0)
    dialog.get.button.click()
    assert started.wait(30)
    dialog.reject()
    assert _threads("download")
    go.set()
    qtbot.waitUntil(lambda: not _threads("download"))


def test_pages_that_are_not_looked_at_are_not_made(dialog: ModelsDialog) -> None:
    assert not dialog.findChildren(GetPage)
    assert not dialog.findChildren(FoldersPage)
    dialog.show_page(GET)
    dialog.show_page(FOLDERS)
    assert dialog.findChildren(GetPage) == [dialog.get]
    assert dialog.findChildren(FoldersPage) == [dialog.folders]
    assert dialog.folders.texts()[0].endswith("5 found"), "also what was listed before the page was there"
