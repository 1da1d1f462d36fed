"""The list of LoRAs in the Generate panel: add by search, switch, weigh, remove, trigger words, other families."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from studio.engine.models.library import ModelInfo
from studio.engine.models.lora_facts import lora_facts
from studio.generation import GenerationSettings, LoraUse
from studio.session import Session
from studio.ui.panels.generate.generate_panel import GeneratePanel
from studio.ui.panels.generate.lora_picker import LoraPicker
from tests.fake_worker import FakeWorker
from tests.ui.panels.panel_commands import Commands
from tests.ui.panels.panel_fakes import SCHEDULERS, TOOLS, FakeInstallation


def lora_file(path: Path, **metadata: str) -> Path:
    header = json.dumps({"__metadata__": metadata}).encode()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(len(header).to_bytes(8, "little") + header)
    return path


def info(path: Path, family: str, kind: Any = "lora", problem: str | None = None) -> ModelInfo:
    return ModelInfo(
        id=path.stem, name=path.stem.title(), path=path, family=family, format="single_file", size=1, kind=kind,
        what=f"LoRA for {family}", problem=problem,
    )  # fmt: skip


@pytest.fixture
def library(tmp_path: Path) -> list[ModelInfo]:
    ink = lora_file(tmp_path / "ink.safetensors", ss_tag_frequency='{"4_ink_style": {"ink": 3}}')
    oil = lora_file(tmp_path / "oil.safetensors", **{"modelspec.trigger_phrase": "oil paint, thick"})
    (tmp_path / "oil.json").write_text('{"preferred weight": 0.6, "activation text": "impasto"}', "utf-8")
    image = QImage(400, 200, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    image.save(str(tmp_path / "oil.preview.png"))
    return [
        info(tmp_path / "beach", "sd1", "model"),
        info(tmp_path / "large", "sdxl", "model"),
        info(ink, "sd1"),
        info(oil, "sd1"),
        info(lora_file(tmp_path / "wide.safetensors"), "sdxl"),
        info(tmp_path / "torn.safetensors", "sd1", problem="torn.safetensors is damaged."),
    ]


@pytest.fixture
def panel(qtbot: QtBot, session: Session, commands: Commands, library: list[ModelInfo]) -> GeneratePanel:
    made = GeneratePanel(
        session,
        commands.actions,
        tools=lambda: TOOLS,
        schedulers=lambda: SCHEDULERS,
        models=lambda: [model for model in library if model.kind == "model"],
        library=lambda: library,
        initial=GenerationSettings(prompt="a boat", model="beach", scheduler=next(iter(SCHEDULERS))),
        native_side=lambda _model: 512,
        engine=FakeInstallation(),
    )
    qtbot.addWidget(made)
    made.resize(300, 700)
    made.show()
    qtbot.waitExposed(made)
    return made


def picker_of(panel: GeneratePanel, qtbot: QtBot) -> LoraPicker:
    qtbot.mouseClick(panel.loras.add_button, Qt.MouseButton.LeftButton)
    picker = panel.loras.findChild(LoraPicker)
    assert picker is not None
    return picker


def names(picker: LoraPicker) -> list[str]:
    return [picker.list.item(row).text() for row in range(picker.list.count())]


def add(panel: GeneratePanel, qtbot: QtBot, text: str) -> None:
    picker = picker_of(panel, qtbot)
    qtbot.keyClicks(picker.search, text)
    qtbot.mouseClick(picker.add_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not panel.loras.findChildren(LoraPicker))


def test_one_is_found_by_letters_and_added_with_its_words_and_weight(panel: GeneratePanel, qtbot: QtBot) -> None:
    add(panel, qtbot, "oil")
    assert panel.settings().loras == (LoraUse("oil", 0.6),)
    assert panel.settings().prompt == "a boat, impasto, oil paint, thick"
    assert [row.name() for row in panel.loras.rows] == ["oil"]
    assert panel.loras.rows[0].label.text() == "Oil"


def test_the_picker_shows_a_picture_and_says_why_some_cannot_be_used(panel: GeneratePanel, qtbot: QtBot) -> None:
    picker = picker_of(panel, qtbot)
    assert names(picker) == ["Ink", "Oil", "Torn", "Wide"]
    assert picker.picture.pixmap().isNull()
    picker.list.setCurrentRow(1)
    shown = picker.picture.pixmap()
    assert shown.width() == 2 * shown.height() > 0
    assert "impasto" in picker.facts.text()
    top = picker.facts.mapTo(picker, QPoint(0, 0)).y()
    assert top >= picker.picture.geometry().bottom(), "the text lies below the picture, not over it"
    picker.list.setCurrentRow(3)
    assert not picker.add_button.isEnabled()
    assert "Stable Diffusion XL" in picker.facts.text()
    picker.accept()
    assert panel.loras.rows == []
    qtbot.keyClicks(picker.search, "zzz")
    assert picker.nothing.isVisible()
    assert not picker.add_button.isEnabled()
    picker.reject()
    qtbot.waitUntil(lambda: not panel.loras.findChildren(LoraPicker))


def test_words_are_left_alone_where_that_is_switched_off(panel: GeneratePanel, qtbot: QtBot) -> None:
    picker = picker_of(panel, qtbot)
    picker.words_switch.setChecked(False)
    qtbot.mouseClick(picker.add_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not panel.loras.findChildren(LoraPicker))
    assert panel.settings().loras == (LoraUse("ink", 1.0),)
    assert panel.settings().prompt == "a boat"
    row = panel.loras.rows[0]
    row._menu.aboutToShow.emit()
    (word,) = row._menu.actions()
    word.trigger()
    assert panel.settings().prompt == "a boat, ink style"


def test_switch_weight_and_remove_change_the_settings(panel: GeneratePanel, qtbot: QtBot) -> None:
    add(panel, qtbot, "ink")
    add(panel, qtbot, "oil")
    told: list[tuple[LoraUse, ...]] = []
    panel.settings_changed.connect(lambda settings: told.append(settings.loras))
    ink, oil = panel.loras.rows
    ink.weight.setValue(-0.35)
    oil.switch.click()
    assert told == [(LoraUse("ink", -0.35), LoraUse("oil", 0.6)), (LoraUse("ink", -0.35),)]
    oil.switch.click()
    qtbot.mouseClick(oil.remove_button, Qt.MouseButton.LeftButton)
    assert panel.settings().loras == (LoraUse("ink", -0.35),)
    assert panel.settings().prompt == "a boat, ink style", "the words that came with it go with it"


def test_settings_are_shown_and_used_again(panel: GeneratePanel, qtbot: QtBot) -> None:
    add(panel, qtbot, "ink")
    wanted = GenerationSettings(model="beach", loras=(LoraUse("oil", 1.5, 0.5), LoraUse("gone", 1.0)))
    panel.set_settings(wanted)
    assert panel.settings().loras == wanted.loras
    assert [(row.name(), row.is_on()) for row in panel.loras.rows] == [("ink", False), ("oil", True), ("gone", True)]
    assert "gone" in panel.loras.problem()


def test_one_of_another_family_is_marked_and_keeps_the_request_back(
    panel: GeneratePanel, qtbot: QtBot, worker: FakeWorker
) -> None:
    add(panel, qtbot, "ink")
    panel.sampling.model.set_value("large")
    panel.sampling.model.value_changed.emit("large")
    (row,) = panel.loras.rows
    assert row.warning.isVisible()
    panel.generate()
    assert "Ink" in panel.notice.text()
    assert "Stable Diffusion 1" in panel.notice.text()
    assert not worker.submitted
    row.switch.click()
    panel.generate()
    assert len(worker.submitted) == 1


def test_facts_come_from_the_file_and_from_beside_it(tmp_path: Path) -> None:
    path = lora_file(tmp_path / "a.v1.safetensors", ss_tag_frequency='{"10_my_cat": {}, "5_dog": {}}')
    assert lora_facts(path).trigger_words == ("my cat", "dog")
    (tmp_path / "a.v1.civitai.info").write_text('{"trainedWords": ["one, two", 5, ""]}', "utf-8")
    assert lora_facts(path).trigger_words == ("one", "two", "my cat", "dog")
    (tmp_path / "a.v1.json").write_text('{"preferred weight": 99}', "utf-8")
    assert lora_facts(path).weight is None
    (tmp_path / "a.v1.json").write_text("[[[", "utf-8")
    path.write_bytes(b"no file of tensors")
    assert lora_facts(path).trigger_words == ("one", "two")
    assert lora_facts(tmp_path / "nowhere.safetensors") == lora_facts(tmp_path / "nothing.safetensors")
