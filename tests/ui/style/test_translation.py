"""The Chinese interface is complete."""

from __future__ import annotations

import importlib.util
import re
import shutil
import xml.etree.ElementTree as ElementTree
from pathlib import Path
from types import ModuleType

import pytest
from PySide6.QtCore import QLocale

from studio.app import Studio
from studio.engine.models.library import ModelLibrary, kept_verdicts
from studio.errors import EngineError, ModelError
from studio.paths import default_paths
from studio.ui.style.translation import resolved_language
from studio.ui.widgets.notice_bar import error_text
from studio.ui.widgets.readable import message_text
from tests.engine.checkpoint_files import write_sparse

FOLDER = default_paths().resources / "translations"
TS = FOLDER / "shoreline_zh_CN.ts"
Text = tuple[str, str]


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    """The script that developers run to bring translations up to date."""
    path = default_paths().resources.parent / "packaging" / "translations.py"
    spec = importlib.util.spec_from_file_location("translation_tool", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def texts(path: Path, *, finished: bool) -> set[Text]:
    found: set[Text] = set()
    for context in ElementTree.parse(path).getroot().iter("context"):
        for message in context.iter("message"):
            translation = message.find("translation")
            done = translation is not None and translation.get("type") is None and bool(translation.text)
            if done or not finished:
                found.add((context.findtext("name", ""), message.findtext("source", "")))
    return found


def test_every_text_of_the_window_and_the_plugins_is_translated(tool: ModuleType, tmp_path: Path) -> None:
    fresh = tmp_path / TS.name
    shutil.copy(TS, fresh)
    tool.collect(fresh)
    missing = texts(fresh, finished=False) - texts(TS, finished=True)
    assert missing == set(), "run packaging/translations.py and translate what is new"


def test_the_compiled_file_is_that_of_the_source(tool: ModuleType, tmp_path: Path) -> None:
    tool.release(TS, tmp_path / "fresh.qm")
    assert (tmp_path / "fresh.qm").read_bytes() == TS.with_suffix(".qm").read_bytes()


def test_placeholders_and_mnemonics_survive_translation() -> None:
    for message in ElementTree.parse(TS).getroot().iter("message"):
        source, translation = message.findtext("source", ""), message.findtext("translation", "")
        assert _fields(source) == _fields(translation), source
        assert ("&" in source) == ("&" in translation), source


def test_the_window_speaks_chinese(chinese: Studio) -> None:
    menus = [action.text() for action in chinese.window.menuBar().actions()]
    assert menus[0] == "文件(&F)"
    assert chinese.window.actions_by_id["file.save"].text() == "保存(&S)"
    assert [layer.name for layer in chinese.session.document.layers] == ["背景", "图层 1"]
    assert chinese.window.docks.generate.bar.button.text() == "生成"


@pytest.mark.parametrize("language", ["studio", "chinese"])
def test_mnemonics_are_unique_in_each_menu(request: pytest.FixtureRequest, language: str) -> None:
    studio: Studio = request.getfixturevalue(language)
    for entry in studio.window.menuBar().actions():
        letters = [_mnemonic(action.text()) for action in entry.menu().actions() if action.text()]
        letters = [letter for letter in letters if letter]
        assert len(letters) == len(set(letters)), (entry.text(), letters)


def test_the_system_language_is_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    for system, wanted in (("zh_CN", "zh_CN"), ("de_DE", "en"), ("en_GB", "en")):
        monkeypatch.setattr(QLocale, "system", staticmethod(lambda name=system: QLocale(name)))
        assert resolved_language("system") == wanted
    assert resolved_language("zh_CN") == "zh_CN"


def _fields(text: str) -> list[str]:
    return sorted(re.findall(r"\{[^}]*\}", text))


def _mnemonic(text: str) -> str:
    found = re.search(r"&(\w)", text)
    return found.group(1).casefold() if found else ""


def test_what_is_wrong_with_a_file_is_said_in_chinese(chinese: Studio, tmp_path: Path) -> None:
    lora = write_sparse(tmp_path / "wide.safetensors", {"lora_unet_double_blocks_0_a.lora_down.weight": (4, 8)})
    torn = write_sparse(tmp_path / "torn.safetensors", {"strange": (2, 2)}, missing_bytes=3)
    kept = kept_verdicts(tmp_path / "cache")
    for verdicts in (kept, kept_verdicts(tmp_path / "cache")):  # and once more by what was kept
        models = {model.path: model for model in ModelLibrary([tmp_path], verdicts).scan()}
        assert message_text(models[lora].what) == "LoRA，用于 Flux.1（kohya）"
        problem = message_text(models[torn].problem or "")
        assert problem == f"模型文件 {torn} 已损坏：末尾缺少 3 字节。请重新下载或复制。"
        assert models[torn].problem == f"The model file {torn} is damaged: 3 bytes are missing at its end. " + (
            "Download or copy it again."
        )


def test_an_error_within_an_error_is_said_in_chinese(chinese: Studio) -> None:
    inner = ModelError("{path} is missing.", "Download or copy the model again.", path="a.json")
    error = EngineError("Something failed while {doing}: {reason}", "Try again later.", doing="x", reason=inner)
    assert error_text(error) == "x时出错：缺少 a.json。请重新下载或复制模型。请稍后重试。"
