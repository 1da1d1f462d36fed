"""Durations and amounts as people read them."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale


def duration_text(seconds: float) -> str:
    """ "12 s" or "3 min 5 s"."""
    whole = max(0, round(seconds))
    if whole < 60:
        return QCoreApplication.translate("Duration", "{seconds} s").format(seconds=whole)
    return QCoreApplication.translate("Duration", "{minutes} min {seconds} s").format(
        minutes=whole // 60, seconds=whole % 60
    )


def bytes_text(count: int) -> str:
    """ "38 MB", with decimal prefixes as file managers show them."""
    return QLocale().formattedDataSize(count, 0, QLocale.DataSizeFormat.DataSizeTraditionalFormat)
