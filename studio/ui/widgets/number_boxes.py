"""Spin boxes that read numbers as people write them: with a point or a comma before the decimals, in any language."""

from __future__ import annotations

import math
import unicodedata
from types import MappingProxyType
from typing import Final

from PySide6.QtGui import QValidator
from PySide6.QtWidgets import QDoubleSpinBox, QSpinBox

_SIGNS: Final = MappingProxyType(
    str.maketrans({"。": ".", "、": ",", "٫": ",", "−": "-", "\u200e": "", "\u200f": "", "\u061c": ""})
)
"""Other signs before decimals, another minus, and the marks of direction that some languages put in front of these."""
_WRITTEN: Final = frozenset("0123456789.,-+")


def typed_number(text: str) -> float | None:
    """The number that a text means, or ``None``. A point or a comma stands before decimals, never between thousands.

    Where both stand in it, the last one does.
    """
    plain = _plain(text)
    if "." in plain and "," in plain:
        plain = plain.replace("," if plain.rindex(".") > plain.rindex(",") else ".", "")
    try:
        number = float(plain.replace(",", ".")) if set(plain) <= _WRITTEN else math.nan
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def may_become_number(text: str) -> bool:
    """Whether a text is nothing but signs that numbers are written with."""
    return set(_plain(text)) <= _WRITTEN


def _plain(text: str) -> str:
    """The text with the digits and signs of ASCII in place of full-width ones and those of other scripts."""
    text = unicodedata.normalize("NFKC", text).strip().translate(_SIGNS)
    return "".join(str(unicodedata.decimal(sign, sign)) for sign in text)


class DecimalBox(QDoubleSpinBox):
    """A spin box for a number with decimals.

    What cannot be taken, also for being out of range, stays while it is typed, and becomes the nearest number that can
    be when the box is left.
    """

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        return _state(self, text), text, position

    def valueFromText(self, text: str) -> float:
        number = typed_number(_bare(self, text))
        if number is None:
            return self.minimum()
        return round(number, self.decimals()) if self.decimals() else nearest_whole(number)

    def fixup(self, text: str) -> str:
        number = typed_number(_bare(self, text))
        if number is None:
            return text
        nearest = min(self.maximum(), max(self.minimum(), number))
        return self.prefix() + self.textFromValue(nearest) + self.suffix()


class WholeBox(QSpinBox):
    """A spin box for a whole number, as `DecimalBox`; a number with decimals becomes the nearest whole one."""

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        return _state(self, text), text, position

    def valueFromText(self, text: str) -> int:
        number = typed_number(_bare(self, text))
        return self.minimum() if number is None else nearest_whole(number)

    def fixup(self, text: str) -> str:
        number = typed_number(_bare(self, text))
        if number is None:
            return text
        nearest = min(self.maximum(), max(self.minimum(), nearest_whole(number)))
        return self.prefix() + self.textFromValue(nearest) + self.suffix()


def nearest_whole(number: float) -> int:
    """Halves go up."""
    return math.floor(number + 0.5)


def _bare(box: DecimalBox | WholeBox, text: str) -> str:
    """The text between prefix and suffix."""
    return text.removeprefix(box.prefix()).removesuffix(box.suffix()).strip()


def _state(box: DecimalBox | WholeBox, text: str) -> QValidator.State:
    bare = _bare(box, text)
    number = typed_number(bare)
    is_special = bool(bare) and bare == box.specialValueText()
    if is_special or (number is not None and box.minimum() <= number <= box.maximum()):
        return QValidator.State.Acceptable
    return QValidator.State.Intermediate if may_become_number(bare) else QValidator.State.Invalid
