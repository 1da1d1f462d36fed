"""Durations, amounts and sentences as people read them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import QCoreApplication, QLocale

from studio.message import SENTENCES, Message
from studio.text.amounts import scaled_bytes

MESSAGES: Final = "Messages"
"""The context of errors and messages in the translations."""


def duration_text(seconds: float, *, precise: bool = False) -> str:
    """Such as 12 s or 3 min 5 s; with ``precise`` tenths below ten seconds."""
    if precise and seconds < 9.95:
        short = QLocale().toString(seconds, "f", 1)
        return QCoreApplication.translate("Duration", "{seconds} s").format(seconds=short)
    whole = max(0, round(seconds))
    if whole < 60:
        return QCoreApplication.translate("Duration", "{seconds} s").format(seconds=whole)
    return QCoreApplication.translate("Duration", "{minutes} min {seconds} s").format(
        minutes=whole // 60, seconds=whole % 60
    )


def with_time_left(text: str, seconds: float | None) -> str:
    """A text about work that goes on, with the time that is left if it is known."""
    if seconds is None:
        return text
    left = QCoreApplication.translate("Duration", "{time} left").format(time=duration_text(seconds))
    return QCoreApplication.translate("Duration", "{text}, {left}").format(text=text, left=left) if text else left


def bytes_text(count: int) -> str:
    """`studio.text.amounts.bytes_text` in the language of the window."""
    value, digits, unit = scaled_bytes(count)
    if not unit:
        return QLocale().formattedDataSize(count, 0, QLocale.DataSizeFormat.DataSizeTraditionalFormat)
    return f"{QLocale().toString(value, 'f', digits)} {unit}"


def message_text(text: str) -> str:
    """A message in the language of the window, with the messages in it; any other text, too, where it is known."""
    if not isinstance(text, Message):
        return QCoreApplication.translate(MESSAGES, text) if text else text
    filled = {name: message_text(each) if isinstance(each, Message) else each for name, each in text.values.items()}
    if text.template == SENTENCES:
        return sentences(*map(str, filled.values()))
    translated = QCoreApplication.translate(MESSAGES, text.template)
    return translated.format(**filled) if filled else translated


def notes_text(notes: Iterable[str]) -> str:
    """What is to be told of some work, in the language of the window."""
    return sentences(*map(message_text, notes))


def sentences(*texts: str) -> str:
    """Texts one after the other; between Chinese sentences there is no space."""
    joined = ""
    for text in filter(None, texts):
        gap = "" if not joined or joined.endswith(("。", "！", "？")) else " "
        joined += f"{gap}{text}"
    return joined
