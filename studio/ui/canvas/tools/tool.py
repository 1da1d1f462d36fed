"""What every canvas tool is, and what it may ask of the canvas."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QPainter

from studio.document import Document, Raster, Rect
from studio.history import StepKind
from studio.ui.canvas.view.pointer import Pointer
from studio.ui.canvas.view.view_transform import ViewTransform

if TYPE_CHECKING:
    from studio.raster.masks import MaskMode
    from studio.session import Session
    from studio.settings import BrushSettings
    from studio.ui.canvas.targets import EditTarget
    from studio.ui.canvas.tools.fill_tool import FillOptions


@dataclass(frozen=True, kw_only=True, eq=False)
class Unfinished:
    """The step that an action under way would make if it ended now.

    ``document`` makes the document of the step, on any thread.
    """

    kind: StepKind
    document: Callable[[], Document]


class ToolContext(Protocol):
    """What a tool sees of the canvas it works on."""

    @property
    def session(self) -> Session: ...

    @property
    def view(self) -> ViewTransform: ...

    @property
    def color(self) -> QColor:
        """The painting colour."""
        ...

    @property
    def shape_mode(self) -> MaskMode:
        """How a new mask shape meets the mask that is there, unless modifier keys say otherwise."""
        ...

    @property
    def edit_target(self) -> EditTarget:
        """What brush, eraser and fill change of the active layer."""
        ...

    @property
    def fill_options(self) -> FillOptions: ...

    @property
    def paint_clip(self) -> Raster | None:
        """The generation mask, where brush, eraser and fill were asked to stay inside it; else ``None``."""
        ...

    def set_view(self, view: ViewTransform) -> None: ...

    def brush(self, tool_id: str) -> BrushSettings: ...

    def change_brush(self, tool_id: str, settings: BrushSettings) -> None:
        """Change a brush from inside the canvas and tell the panels."""
        ...

    def show(self, document: Document, near: Rect | None = None) -> None:
        """Show ``document`` without making it current; what changed is painted soon.

        ``near``, if given, promises that every change since what was shown before lies within it.
        """
        ...

    def commit(self, kind: StepKind, document: Document, *, merge_key: str | None = None) -> None:
        """Make ``document`` the current one, as a step of history."""
        ...

    def pick(self, pointer: Pointer) -> None:
        """Take the colour under the pointer from the picture."""
        ...

    def say(self, text: str) -> None:
        """Show a translated message to the person."""
        ...

    def redraw(self, area: QRect | None = None) -> None:
        """Paint a part of the view again (all of it by default)."""
        ...


class Tool:
    """A canvas tool. It gets pointers and keys; between press and release it is active.

    Whatever ends an action early calls `cancel` (drop it) or `finish` (keep what is there).
    """

    def __init__(self, tool_id: str, context: ToolContext) -> None:
        self.id = tool_id
        self.context = context

    @property
    def is_active(self) -> bool:
        """Whether an action is under way."""
        return False

    def press(self, pointer: Pointer) -> None:
        """A button or the pen tip went down."""

    def move(self, pointer: Pointer) -> None:
        """The pointer moved while pressed."""

    def release(self, pointer: Pointer) -> None:
        """The button or pen tip went up; ends the action."""

    def key(self, key: int, modifiers: Qt.KeyboardModifier) -> bool:
        """A key went down (or repeats); returns whether the tool used it."""
        del key, modifiers
        return False

    def cancel(self) -> None:
        """Drop the action; the document stays as it was."""

    def finish(self) -> None:
        """End the action where it is and keep it; tools that change nothing just end."""
        self.cancel()

    def so_far(self) -> Unfinished | None:
        """What `finish` would keep now, for a crash; ``None`` if that is nothing. Must cost the window no time."""
        return None

    def document_changed(self, document: Document) -> None:
        """The session's document became ``document`` by another hand while the action is under way.

        It is on screen already. An action that no longer fits it ends here.
        """

    def before_paint(self) -> None:
        """A frame is about to be painted; show what waited for it."""

    def paint(self, painter: QPainter) -> None:
        """Draw what the tool shows over the picture; ``painter`` is in view coordinates."""

    def brush_diameter(self) -> float | None:
        """Diameter of the brush outline in document pixels, or ``None`` for a tool without one."""
        return None

    def cursor(self) -> Qt.CursorShape:
        """The mouse pointer of a tool without brush outline."""
        return Qt.CursorShape.CrossCursor
