"""What stands in the way of a request, found before it is sent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from studio.document import Document
from studio.generation import GenerationSettings
from studio.jobs.requirements import lacking_mask
from studio.ui.widgets.notice_bar import error_text
from studio.ui.widgets.size_box import valid_side

if TYPE_CHECKING:
    from studio.api import ToolSpec


@dataclass(frozen=True)
class Problem:
    """A text, and the control that it belongs to: "size", "model", "scheduler", "mask" or "" for the panel."""

    control: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Check:
    """Settings with what is known about the things they name. ``tool`` is ``None`` when its plugin is missing."""

    settings: GenerationSettings
    tool: ToolSpec | None
    document: Document
    scheduler_exists: bool
    model_problem: str
    lora_problem: str = ""
    guide_problem: str = ""


def first_problem(check: Check) -> Problem | None:
    """The first thing that a person must mend, or ``None``."""
    settings, tool = check.settings, check.tool
    if tool is None:
        text = QCoreApplication.translate(
            "GenerateCheck", "The tool {name} is not there. Choose another one, or enable its plugin."
        )
        return Problem("", text.format(name=repr(settings.tool)))
    no_mask = lacking_mask(tool, check.document)
    if no_mask is not None:
        return Problem("mask", error_text(no_mask))
    if check.model_problem:
        return Problem("model", check.model_problem)
    if check.lora_problem or check.guide_problem:
        return Problem("", check.lora_problem or check.guide_problem)
    if not check.scheduler_exists:
        text = QCoreApplication.translate("GenerateCheck", "The scheduler {name} is not there. Choose another one.")
        return Problem("scheduler", text.format(name=repr(settings.scheduler)))
    takes_size = not (tool.needs_image or tool.needs_mask)
    if takes_size and any(side != valid_side(side) for side in (settings.width, settings.height)):
        return Problem("size", QCoreApplication.translate("GenerateCheck", "Width and height must be multiples of 8."))
    return None
