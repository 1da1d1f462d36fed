"""Plugins that do nothing, and an engine that stands as it is told."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from studio.api import FloatParameter, IntParameter, SchedulerSpec, TextParameter, ToolContext, ToolSpec
from studio.generation import GeneratedImage
from studio.ui.background.engine_installation import EngineStatus


class FakeInstallation(QObject):
    """What the window knows of the engine, without one."""

    status_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._status = EngineStatus(kind="ready")

    def status(self) -> EngineStatus:
        return self._status

    def can_draw(self) -> bool:
        return self._status.kind == "ready"

    def show(self, status: EngineStatus) -> None:
        self._status = status
        self.status_changed.emit()


def run_nothing(context: ToolContext) -> tuple[GeneratedImage, ...]:
    return ()


TOOLS = {
    "text_to_image": ToolSpec(id="text_to_image", name="Text to image", run=run_nothing),
    "image_to_image": ToolSpec(
        id="image_to_image",
        name="Image to image",
        run=run_nothing,
        needs_image=True,
        uses_strength=True,
        default_strength=0.6,
    ),
    "inpaint": ToolSpec(
        id="inpaint",
        name="Inpaint",
        run=run_nothing,
        needs_image=True,
        needs_mask=True,
        uses_strength=True,
        default_strength=0.9,
        parameters=(
            IntParameter(id="padding", label="Padding", default=32, minimum=0, maximum=256, suffix=" px"),
            FloatParameter(id="blur", label="Blur", default=0.1, minimum=0.0, maximum=1.0, advanced=True),
            TextParameter(id="note", label="Note", advanced=True),
        ),
    ),
    "remove_object": ToolSpec(
        id="remove_object",
        name="Remove object",
        run=run_nothing,
        description="Fills the mask.",
        needs_image=True,
        needs_mask=True,
        prompt_optional=True,
    ),
    "expand": ToolSpec(id="expand", name="Expand", run=run_nothing, needs_image=True, prompt_optional=True),
}

SCHEDULERS = {
    key: SchedulerSpec(id=key, name=name, factory=lambda config: None)
    for key, name in (("dpmpp_2m", "DPM++ 2M"), ("euler", "Euler"), ("ddim", "DDIM"))
}
