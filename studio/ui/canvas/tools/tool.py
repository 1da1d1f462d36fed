"""What every canvas tool is: its declaration, what it does, and what it may ask of the canvas."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from studio.document import Document, LayerId, Rect
from studio.history import StepKind
from studio.ui.background.background import Background
from studio.ui.canvas.tools.options import OptionGroup, option_text
from studio.ui.canvas.tools.snapping import Snapping
from studio.ui.canvas.view.pointer import Pointer
from studio.ui.canvas.view.view_transform import ViewTransform

if TYPE_CHECKING:
    from studio.session import Session


ChosenLayers: TypeAlias = Callable[[], tuple[LayerId, ...]]


@dataclass(frozen=True, kw_only=True, eq=False)
class Unfinished:
    """The step that an action under way would make if it ended now.

    ``document`` makes the document of the step, on any thread; so does ``heeding`` for one that takes its time: it
    tells how far it is, 0..1, and ends with what that raises.
    """

    kind: StepKind
    document: Callable[[], Document]
    heeding: Callable[[Callable[[float], object]], Document] | None = None


class ToolContext(Protocol):
    """What a tool sees of the canvas it works on."""

    @property
    def session(self) -> Session: ...

    @property
    def view(self) -> ViewTransform: ...

    @property
    def around(self) -> Rect | None:
        """The part of the canvas at whose borders strokes go on at the other side, if they do."""
        ...

    @property
    def color(self) -> QColor:
        """The painting colour."""
        ...

    @property
    def other_color(self) -> QColor:
        """The background colour."""
        ...

    @property
    def snapping(self) -> Snapping:
        """What attracts what is dragged now: guide lines, the grid, borders and middles of the canvas."""
        ...

    @property
    def background(self) -> Background:
        """Runs what takes its time beside the window."""
        ...

    @property
    def chosen_layers(self) -> ChosenLayers:
        """Gives the layers that tools which work on several are for: the selected ones, else the active one."""
        ...

    def options(self, group: OptionGroup) -> Mapping[str, Any]:
        """What is chosen now, by option."""
        ...

    def choose(self, group: OptionGroup, **values: Any) -> None:
        """Choose some options of a group from inside the canvas. `SettingError` for a value that does not fit."""
        ...

    def set_view(self, view: ViewTransform) -> None: ...

    def show(self, document: Document, near: Rect | None = None) -> None:
        """Show ``document`` without making it current; what changed is painted soon.

        ``near``, if given, promises that every change since what was shown before lies within it.
        """
        ...

    def show_instead(self, image: QImage | None, area: Rect | None = None) -> None:
        """Show a picture of ``area`` in place of what the document shows there; ``None`` shows the document again."""
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

    def ask(self, command_id: str) -> None:
        """Have the window run a command."""
        ...


class Section(Enum):
    """What a tool is for; the tool bar keeps those of a section together."""

    PAINT = auto()
    SELECT = auto()
    MASK = auto()
    VIEW = auto()


@dataclass(frozen=True, kw_only=True, eq=False)
class CanvasTool:
    """The declaration of a canvas tool: all that the window knows of it.

    Parameters
    ----------
    id
        Names it in settings and in its action, and stays as it is.
    name, hint
        English texts of the context "CanvasTools"; show `title` and `tooltip`.
    icon
        A name for `studio.ui.style.icons.icon`.
    shortcut
        A key sequence, or "".
    make
        Makes what it does: a `Tool` of this declaration on a canvas.
    options
        What can be chosen for it, in the order in which it is shown; groups may be those of other tools too.
    alt_picks
        Whether Alt makes it the colour picker while it is held.
    uses_right_button
        Whether the right button does something of its own.
    pen_eraser
        The id of the tool that the eraser end of a pen is instead, or "".
    only_looks
        Whether it leaves the document alone.
    commands
        Ids of commands that stand as buttons behind its options.
    group
        Tools beside each other in the tool bar that name the same group share a button; "" has one of its own.
    """

    id: str
    name: str
    icon: str
    shortcut: str
    hint: str
    section: Section
    make: Callable[[CanvasTool, ToolContext], Tool]
    options: tuple[OptionGroup, ...] = ()
    alt_picks: bool = False
    uses_right_button: bool = False
    pen_eraser: str = ""
    only_looks: bool = False
    commands: tuple[str, ...] = ()
    group: str = ""

    @property
    def title(self) -> str:
        """The translated name."""
        return option_text(self.name)

    @property
    def tooltip(self) -> str:
        """ "Brush (B)" and, on a second line, what the tool does; translated."""
        title = f"{self.title} ({self.shortcut})" if self.shortcut else self.title
        return f"{title}\n{option_text(self.hint)}"


class Tool:
    """What a canvas tool does. It gets pointers and keys; between press and release it is active.

    Whatever ends an action early calls `cancel` (drop it) or `finish` (keep what is there).
    """

    spans_clicks = False
    """Whether an action goes on after the release until the tool itself ends it; what hovers comes to `move`."""

    def __init__(self, info: CanvasTool, context: ToolContext) -> None:
        self.info = info
        self.context = context

    @property
    def is_active(self) -> bool:
        """Whether an action is under way."""
        return False

    def chosen(self) -> None:
        """The person chose the tool."""

    def press(self, pointer: Pointer) -> None:
        """A button or the pen tip went down."""

    def move(self, pointer: Pointer) -> None:
        """The pointer moved while the action is under way."""

    def hover(self, pointer: Pointer) -> None:
        """The pointer moved while the tool is chosen and no action is under way."""

    def release(self, pointer: Pointer) -> None:
        """The button or pen tip went up; ends the action, unless it spans clicks."""

    def let_go(self) -> None:
        """The pointer was lost between press and release; an action that spans clicks goes on without it."""

    def key(self, key: int, modifiers: Qt.KeyboardModifier) -> bool:
        """A key went down (or repeats); returns whether the tool used it."""
        del key, modifiers
        return False

    def wants_key(self, key: int, modifiers: Qt.KeyboardModifier) -> bool:
        """Whether a key must not become a shortcut of the window; none does in the middle of an action."""
        del key, modifiers
        return self.is_active

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
        """A frame is about to be painted while the tool is chosen or acts; show what waited for it."""

    def paint(self, painter: QPainter) -> None:
        """Draw what the tool shows over the picture while it is chosen or acts; ``painter`` is in view coordinates."""

    def brush_diameter(self) -> float | None:
        """Diameter of the brush outline in document pixels, or ``None`` for a tool without one."""
        return None

    def cursor(self) -> Qt.CursorShape:
        """The mouse pointer of a tool without brush outline."""
        return Qt.CursorShape.CrossCursor
