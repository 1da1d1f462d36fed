"""Texts that windows show in their language: made of templates, kept as JSON, never anything but their English."""

from __future__ import annotations

import pickle
from dataclasses import dataclass

import pytest
from pydantic import TypeAdapter, ValidationError

from studio.errors import FileError, ModelError
from studio.message import Message, in_turn
from studio.text.kept_messages import KeptText, KeptTextOrNone

LORA = Message("{what} for {family}", what=Message("LoRA"), family="XL")


@dataclass(frozen=True)
class Kept:
    what: KeptText = ""
    problem: KeptTextOrNone = None


ADAPTER = TypeAdapter(Kept)


def test_a_message_is_its_english_text() -> None:
    assert LORA == "LoRA for XL"
    assert f"{LORA}." == "LoRA for XL."
    assert Message("{braces} stay") == "{braces} stay"
    assert in_turn("One.", "", "Two.") == "One. Two."
    assert in_turn("") == ""


def test_an_error_fills_in_both_texts_and_stands_for_all_that_it_says() -> None:
    inner = FileError("{file} is empty.", "Copy it again.", file="a.png")
    error = ModelError("It failed: {reason}", "See {file}.", reason=inner, file="log.txt")
    assert str(error) == "It failed: a.png is empty. Copy it again. See log.txt."
    assert error.message.template == "It failed: {reason}"
    assert str(ModelError("{braces} stay", "too {}")) == "{braces} stay too {}"


@pytest.mark.parametrize("text", ["plain", "", LORA, Message("{a!r} and {b:.1f}", a="x", b=0.25)])
def test_messages_are_messages_still_after_they_were_kept(text: str) -> None:
    again = ADAPTER.validate_json(ADAPTER.dump_json(Kept(text, text)))
    assert again == Kept(text, text)
    assert getattr(again.what, "template", None) == getattr(text, "template", None)
    assert pickle.loads(pickle.dumps(text)) == text


@pytest.mark.parametrize(
    "raw",
    ['{"what": 5}', '{"what": {"template": 5}}', '{"what": {"template": "{x}", "values": []}}',
     '{"what": {"template": "{x", "values": {"x": 1}}}', '{"what": {"template": "{y}", "values": {"x": 1}}}'],
)  # fmt: skip
def test_what_is_no_message_is_refused(raw: str) -> None:
    with pytest.raises(ValidationError):
        ADAPTER.validate_json(raw)
