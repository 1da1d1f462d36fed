"""Texts with signs that are no Unicode, as names of files and files from strangers hold."""

from __future__ import annotations

import json

import pytest

from studio.text.json_text import json_text, printable


@pytest.mark.parametrize("text", ["\ud800", "a\udbffb", "x\udfff", "caf\udce9 \ud800", "plain 猫 🐈"])
def test_what_is_printable_can_be_written_as_bytes(text: str) -> None:
    printable(text).encode("utf-8", "surrogateescape")
    assert json.loads(json_text(text)) == text


def test_names_of_files_and_all_that_is_unicode_stay() -> None:
    assert printable("caf\udce9.png 猫 🐈") == "caf\udce9.png 猫 🐈"
    assert printable("\ud800x") == "\\ud800x"
