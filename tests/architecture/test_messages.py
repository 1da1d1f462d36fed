"""What errors and files say can be translated: it is made of templates, not of texts that are filled in already."""

from __future__ import annotations

import ast
import importlib.util
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

TOP = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    """The script that collects texts."""
    spec = importlib.util.spec_from_file_location("translation_tool", TOP / "packaging" / "translations.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def filled_texts(tool: ModuleType) -> Iterator[str]:
    names = tool.error_names(TOP / "studio") | {"Message", "damaged"}
    for path in tool._shown(TOP / "studio"):
        for call in tool._calls_in(ast.parse(path.read_text("utf-8"))):
            if call.func.id in names and any(isinstance(text, ast.JoinedStr) for text in call.args[:2]):
                yield f"{path.relative_to(TOP)}:{call.lineno}"


def test_no_error_is_given_a_text_that_is_filled_in_already(tool: ModuleType) -> None:
    assert list(filled_texts(tool)) == [], 'write ModelError("{file} is empty.", "Copy it again.", file=path.name)'


def test_the_texts_of_errors_and_files_are_collected(tool: ModuleType) -> None:
    found = tool.messages(TOP / "studio")
    for text in (
        "{path} cannot be read: {reason}.",  # an error
        "Start the download again.",  # a constant that stands for a text
        "{file} is a {what} that cannot be used: {reason}. Choose another, or download it again.",  # a file
        "second text encoder",  # a table of networks
        "Real-ESRGAN upscaler",  # a table of kinds
        "it is empty",  # why a file is damaged
    ):
        assert text in found
