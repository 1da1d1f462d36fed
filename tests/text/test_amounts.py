"""Amounts read the same in the window, in commands and in errors."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QLocale

from studio.text import amounts
from studio.ui.widgets import readable


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (0, "0 bytes"),
        (1023, "1023 bytes"),
        (1024, "1 kB"),
        (1_500_000, "1.4 MB"),
        (10 * 1024**2 - 1, "10 MB"),
        (38_400_000, "37 MB"),
        (38 * 1024**2, "38 MB"),
        (999 * 1024**2, "999 MB"),
        (1019 * 1024**2, "1.0 GB"),
        (1023 * 1024**2 + 1023 * 1024, "1.0 GB"),
        (2 * 1024**3, "2 GB"),
        (1_450_000_000, "1.4 GB"),
        (13_000_000_000, "12.1 GB"),
        (1010 * 1024**3, "1.0 TB"),
        (3 * 1024**4, "3 TB"),
    ],
)
def test_bytes_are_counted_in_1024s_everywhere(count: int, text: str) -> None:
    before = QLocale()
    locale = QLocale(QLocale.Language.English)
    locale.setNumberOptions(QLocale.NumberOption.OmitGroupSeparator)
    QLocale.setDefault(locale)
    try:
        assert (amounts.bytes_text(count), readable.bytes_text(count)) == (text, text)
    finally:
        QLocale.setDefault(before)


@pytest.mark.parametrize(("seconds", "text"), [(0.2, "0 s"), (12.4, "12 s"), (65, "1 min 5 s"), (-3, "0 s")])
def test_durations_agree(seconds: float, text: str) -> None:
    assert (amounts.duration_text(seconds), readable.duration_text(seconds)) == (text, text)
