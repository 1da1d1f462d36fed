"""The names of the presets that ship, in the language of the window."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from studio.files.brushes.presets import StoredPreset

BUNDLED_NAMES: Final = (
    QT_TRANSLATE_NOOP("Brushes", "Hard Round"),
    QT_TRANSLATE_NOOP("Brushes", "Soft Round"),
    QT_TRANSLATE_NOOP("Brushes", "Pencil"),
    QT_TRANSLATE_NOOP("Brushes", "Shading Pencil"),
    QT_TRANSLATE_NOOP("Brushes", "Ink Pen"),
    QT_TRANSLATE_NOOP("Brushes", "Calligraphy"),
    QT_TRANSLATE_NOOP("Brushes", "Brush Pen"),
    QT_TRANSLATE_NOOP("Brushes", "Airbrush"),
    QT_TRANSLATE_NOOP("Brushes", "Bristle"),
    QT_TRANSLATE_NOOP("Brushes", "Dry Bristle"),
    QT_TRANSLATE_NOOP("Brushes", "Oil"),
    QT_TRANSLATE_NOOP("Brushes", "Wash"),
    QT_TRANSLATE_NOOP("Brushes", "Chalk"),
    QT_TRANSLATE_NOOP("Brushes", "Charcoal"),
    QT_TRANSLATE_NOOP("Brushes", "Marker"),
    QT_TRANSLATE_NOOP("Brushes", "Flat"),
    QT_TRANSLATE_NOOP("Brushes", "Pixel"),
    QT_TRANSLATE_NOOP("Brushes", "Splatter"),
    QT_TRANSLATE_NOOP("Brushes", "Leaves"),
    QT_TRANSLATE_NOOP("Brushes", "Stars"),
    QT_TRANSLATE_NOOP("Brushes", "Eraser"),
    QT_TRANSLATE_NOOP("Brushes", "Soft Eraser"),
)


def shown_name(stored: StoredPreset) -> str:
    """The name of a preset; one that ships has a translation until the person gives it another."""
    name = stored.preset.name
    return QCoreApplication.translate("Brushes", name) if stored.is_bundled and name in BUNDLED_NAMES else name
