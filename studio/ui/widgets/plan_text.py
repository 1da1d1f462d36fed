"""What a model takes of the memory, in the language of the window."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from studio.ui.widgets.readable import bytes_text, sentences

if TYPE_CHECKING:
    from studio.engine.device.residency import Plan

TEXTS: Final = (
    QT_TRANSLATE_NOOP("MemoryPlan", "The whole model stays in memory."),
    QT_TRANSLATE_NOOP("MemoryPlan", "The text encoder moves to the processor's memory after encoding."),
    QT_TRANSLATE_NOOP("MemoryPlan", "The text encoder is given back after encoding, and read again for other words."),
    QT_TRANSLATE_NOOP("MemoryPlan", "The text encoder works on the processor."),
    QT_TRANSLATE_NOOP(
        "MemoryPlan", "The text encoder and what draws take turns in memory; for other words both are read again."
    ),
    QT_TRANSLATE_NOOP("MemoryPlan", "What draws is kept in 8 bits, which changes pictures a little."),
    QT_TRANSLATE_NOOP(
        "MemoryPlan", "{size} of it wait in the processor's memory and come at each step, which is slower."
    ),
    QT_TRANSLATE_NOOP("MemoryPlan", "Pictures are decoded in tiles, which may show a little."),
    QT_TRANSLATE_NOOP("MemoryPlan", "About {used} of {room} are used at most."),
    QT_TRANSLATE_NOOP("MemoryPlan", "About {used} of {room} would be used: more than is free now."),
)
"""What `studio.engine.device.residency` says; a test holds them together."""


def plan_text(plan: Plan) -> str:
    """All sentences of a plan."""
    said = []
    for each in plan.sentences:
        values = {name: bytes_text(value) if isinstance(value, int) else value for name, value in each.values.items()}
        said.append(QCoreApplication.translate("MemoryPlan", each.template).format(**values))
    return sentences(*said)
