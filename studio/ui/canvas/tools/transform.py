"""The transform tool: moves, scales, turns, skews, pulls in perspective and warps layers and masks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QPainter

from studio.document import Document, LayerId
from studio.editing.transforming import TRANSFORM as STEP
from studio.editing.transforming import Heed, Subject, box_of, subject_of, transformed
from studio.errors import SettingError, ShorelineError
from studio.raster.free_transform import FreeTransform, Mesh, Point
from studio.ui.canvas.tools.nudging import ARROWS, nudge_of
from studio.ui.canvas.tools.tool import CanvasTool, Section, Tool, ToolContext, Unfinished
from studio.ui.canvas.tools.transform_frame import (
    NO_SNAPPING,
    Hold,
    Keys,
    Part,
    dragged,
    hold_at,
    unit,
)
from studio.ui.canvas.tools.transform_options import (
    FIELDS,
    PLACE,
    SIZE,
    TRANSFORM,
    TURN,
    WHAT,
    group_of,
    shown_values,
    typed_into,
)
from studio.ui.canvas.tools.transform_painting import paint_frame
from studio.ui.canvas.tools.transform_screen import TransformScreen
from studio.ui.canvas.view.pointer import Pointer
from studio.ui.widgets.notice_bar import error_text

APPLY: Final = "layer.apply_transform"
"""The command that makes the step."""
CANCEL: Final = "layer.cancel_transform"
FLIP_HORIZONTAL: Final = "layer.flip_horizontal"
FLIP_VERTICAL: Final = "layer.flip_vertical"

_REACH: Final = 8.0
"""Logical view pixels around a handle that count as on it."""
_ENTER: Final = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_CONTROL: Final = Qt.KeyboardModifier.ControlModifier
_SHIFT: Final = Qt.KeyboardModifier.ShiftModifier


@dataclass(frozen=True, eq=False)
class _Work:
    """What is transformed, and how so far; ``past`` and ``undone`` are what undo and redo go back to."""

    document: Document
    subject: Subject
    shape: FreeTransform
    past: tuple[FreeTransform, ...] = ()
    undone: tuple[FreeTransform, ...] = ()

    def changed(self, shape: FreeTransform) -> _Work:
        """One change further."""
        return replace(self, shape=shape, past=(*self.past, self.shape), undone=())


@dataclass(frozen=True, eq=False)
class _Drag:
    """What is held, since when."""

    hold: Hold
    begin: Point
    before: FreeTransform


class TransformTool(Tool):
    """Drags handles, the inside, the outside and the pivot of a frame around what is transformed.

    Nothing is in the document until Enter, or whatever ends the action and keeps it, makes one step of all that was
    done; Esc drops it. Ctrl+Z steps back inside. Place, size and angles lie in the options, so that they can be typed.
    """

    spans_clicks = True

    def __init__(self, info: CanvasTool, context: ToolContext) -> None:
        super().__init__(info, context)
        self._work: _Work | None = None
        self._drag: _Drag | None = None
        self._hovered: Hold | None = None
        self._looked: tuple[Document, str, tuple[LayerId, ...], _Work | None] | None = None
        self._shown: dict[str, Any] = {}
        self._framed: FreeTransform | None = None
        self._screen = TransformScreen(context)
        self._kept: tuple[_Work, str, Unfinished] | None = None

    @property
    def is_active(self) -> bool:
        return self._work is not None or bool(self._typed_values())

    # --- pointer and keys -------------------------------------------------------------------------

    def chosen(self) -> None:
        """Show the frame, or say why there is none."""
        if self.is_active:
            return
        try:
            self._shown = shown_values(self._begun().shape)
        except SettingError as error:
            self.context.say(error_text(error))
        else:
            self._fill_fields()

    def press(self, pointer: Pointer) -> None:
        try:
            self._work = self._work or self._begun()
        except SettingError as error:
            self.context.say(error_text(error))
            return
        self._drag = _Drag(self._hold_at(pointer, self._work.shape), _xy(pointer.document), self._work.shape)

    def move(self, pointer: Pointer) -> None:
        drag, work = self._drag, self._work
        if drag is None or work is None:
            self.hover(pointer)
            return
        keys = self._keys(pointer, drag.hold)
        shape = dragged(drag.before, drag.hold, drag.begin, _xy(pointer.document), keys)
        if shape != work.shape:
            self._work = replace(work, shape=shape)
            self._show_values(shape)

    def hover(self, pointer: Pointer) -> None:
        frame = self._frame
        self._hovered = None if frame is None else self._hold_at(pointer, frame)

    def release(self, pointer: Pointer) -> None:
        self.move(pointer)
        self.let_go()

    def let_go(self) -> None:
        drag, work, self._drag = self._drag, self._work, None
        if drag is None or work is None:
            return
        if work.shape != drag.before:
            self._work = replace(work, past=(*work.past, drag.before), undone=())
        elif not work.past and work.shape.is_unchanged:
            self._end()  # a click alone changes nothing

    def key(self, key: int, modifiers: Qt.KeyboardModifier) -> bool:
        way = nudge_of(key, modifiers)
        if way is not None and not modifiers & _CONTROL:
            self._change(lambda shape: shape.moved(float(way[0]), float(way[1])))
        elif not self.is_active:
            return False
        elif key in _ENTER and not modifiers & _CONTROL:
            self.let_go()
            self.context.ask(APPLY)
        elif _goes_back(key, modifiers):
            self._step_back()
        elif _goes_forward(key, modifiers):
            self._step_forward()
        else:
            return False
        return True

    def wants_key(self, key: int, modifiers: Qt.KeyboardModifier) -> bool:
        """The window's other shortcuts work while the frame waits."""
        if key in ARROWS:
            return not modifiers & _CONTROL
        is_ending = key == Qt.Key.Key_Escape or (key in _ENTER and not modifiers & _CONTROL)
        return self.is_active and (is_ending or _goes_back(key, modifiers) or _goes_forward(key, modifiers))

    def cursor(self) -> Qt.CursorShape:
        hold = self._hovered if self._drag is None else self._drag.hold
        frame = self._frame
        if hold is None or frame is None:
            return Qt.CursorShape.ArrowCursor
        if hold.part is Part.HANDLE:
            return self._screen.cursor_along(frame.frame_point((0.5, 0.5)), frame.frame_point(unit(hold.grip)))
        return _CURSORS[hold.part]

    # --- ending -----------------------------------------------------------------------------------

    def cancel(self) -> None:
        self._end()

    def finish(self) -> None:
        """Make the step here and now, whatever comes next; what cannot be drawn is dropped, and said."""
        unfinished = self.so_far()
        self._end()
        if unfinished is None:
            return
        QGuiApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
        try:
            self.context.commit(STEP, unfinished.document())
        except (ShorelineError, MemoryError) as error:
            self.context.say(error_text(error))
        finally:
            QGuiApplication.restoreOverrideCursor()

    def so_far(self) -> Unfinished | None:
        """The same object as long as nothing more is done."""
        self._take_typed()
        work, how = self._work, self.context.options(TRANSFORM)["resampling"]
        if work is None or work.shape.is_unchanged:
            return None
        if self._kept is None or self._kept[0] is not work or self._kept[1] != how:
            made = partial(_transformed, work.document, work.subject, work.shape, how)
            self._kept = (work, how, Unfinished(kind=STEP, document=partial(made, _unheeded), heeding=made))
        return self._kept[2]

    def document_changed(self, document: Document) -> None:
        """Go on where what is transformed is the same still; give up where it was changed or taken away."""
        work = self._work
        if work is None:
            return
        if work.subject.is_same(work.document, document):
            self._work = replace(work, document=document)
            self.context.redraw()
        else:
            self._end()
            text = QCoreApplication.translate(
                "CanvasView", "The transform was dropped because the layer changed under it."
            )
            self.context.say(text)

    # --- showing ----------------------------------------------------------------------------------

    def before_paint(self) -> None:
        self._take_typed()
        frame, values = self._frame, self.context.options(TRANSFORM)
        if frame is not None and shown_values(frame) != self._shown:
            self._show_values(frame)
        if frame != self._framed:  # what it is around may have changed in a part of the view only
            self._framed = frame
            self.context.redraw()
        if self._work is not None:
            self._screen.show(self._work.document, self._work.subject, self._work.shape, values["resampling"])

    def paint(self, painter: QPainter) -> None:
        frame = self._frame
        if frame is None:
            return
        self._screen.paint(painter)
        paint_frame(painter, self.context.view, frame, is_warping=self._is_warping)

    # --- what is transformed ----------------------------------------------------------------------

    @property
    def _is_warping(self) -> bool:
        return bool(self.context.options(TRANSFORM)["mode"] == "warp")

    @property
    def _frame(self) -> FreeTransform | None:
        """The frame, also the one that waits for a first drag."""
        if self._work is not None:
            return self._work.shape
        try:
            return self._begun().shape
        except SettingError:
            return None

    def _begun(self) -> _Work:
        """What would be transformed now, where it lies; looked for once as long as nothing changes."""
        document, what = self.context.session.document, self.context.options(WHAT)["what"]
        ids = self._ids(what)
        if self._looked is None or self._looked[0] is not document or self._looked[1:3] != (what, ids):
            self._looked = (document, what, ids, None)
            subject = subject_of(document, what, ids)
            work = _Work(document, subject, FreeTransform.unchanged(box_of(document, subject)))
            self._looked = (document, what, ids, work)
        if self._looked[3] is None:
            subject_of(document, what, ids)
            raise SettingError("There is nothing to transform here: it is empty.")
        return replace(self._looked[3], shape=self._shaped(self._looked[3].shape))

    def _ids(self, what: str) -> tuple[LayerId, ...]:
        active = self.context.session.document.active_id
        if what == "layers":
            return self.context.chosen_layers()
        return () if active is None else (active,)

    def _shaped(self, shape: FreeTransform) -> FreeTransform:
        """With a mesh of the chosen size, where one is warped."""
        cells = self.context.options(TRANSFORM)["cells"]
        if not self._is_warping or (shape.mesh is not None and shape.mesh.cells == cells):
            return shape
        return replace(shape, mesh=Mesh.plain(cells) if shape.mesh is None else shape.mesh.with_cells(cells))

    # --- changing ---------------------------------------------------------------------------------

    def _change(self, change: Callable[[FreeTransform], FreeTransform]) -> None:
        """One change that undo takes back; begins the work if there is none."""
        try:
            work = self._work or self._begun()
        except SettingError as error:
            self.context.say(error_text(error))
            return
        shape = change(work.shape)
        if shape != work.shape:
            self._work = work.changed(shape)
            self._show_values(shape)

    def _step_back(self) -> None:
        work = self._work
        if work is None or not work.past:
            self._end()
            return
        self._drag = None
        self._work = replace(work, shape=work.past[-1], past=work.past[:-1], undone=(*work.undone, work.shape))
        self._show_values(self._work.shape)

    def _step_forward(self) -> None:
        work = self._work
        if work is not None and work.undone:
            self._work = replace(work.changed(work.undone[-1]), undone=work.undone[:-1])
            self._show_values(self._work.shape)

    def _end(self) -> None:
        self._work = self._drag = self._kept = None
        self._screen.clear()
        frame = self._frame
        if frame is not None:
            self._show_values(frame)
        self.context.redraw()

    # --- the fields -------------------------------------------------------------------------------

    def _show_values(self, shape: FreeTransform) -> None:
        self._shown = shown_values(shape)
        self._fill_fields()
        self.context.redraw()

    def _fill_fields(self) -> None:
        for group in FIELDS:
            self.context.choose(
                group, **{key: self._shown[key] for key in self._shown.keys() & group.defaults().keys()}
            )

    def _typed_values(self) -> dict[str, Any]:
        """What was typed in the fields since they were shown."""
        values = {key: self.context.options(group_of(key))[key] for key in self._shown}
        return {key: value for key, value in values.items() if value != self._shown[key]}

    def _take_typed(self) -> None:
        """Do what was typed, and warp if that was chosen."""
        typed = self._typed_values()
        if typed:
            self._shown = {**self._shown, **typed}
            ratio = bool(self.context.options(SIZE)["keeps_ratio"])
            self._change(lambda shape: typed_into(shape, typed, keeps_ratio=ratio))
        if self._work is not None and self._drag is None and self._shaped(self._work.shape) != self._work.shape:
            self._work = replace(self._work, shape=self._shaped(self._work.shape))

    # --- how it is dragged ------------------------------------------------------------------------

    def _hold_at(self, pointer: Pointer, frame: FreeTransform) -> Hold:
        view = self.context.view
        return hold_at(
            frame,
            _xy(pointer.view),
            lambda point: _xy(view.to_view(QPointF(*point))),
            reach=_REACH,
            is_warping=self._is_warping,
            places_pivot=pointer.control,
        )

    def _keys(self, pointer: Pointer, hold: Hold) -> Keys:
        keeps_ratio = self.context.options(SIZE)["keeps_ratio"]
        is_corner = hold.part is Part.HANDLE and 0 not in hold.grip
        return Keys(
            is_straight=pointer.shift != (is_corner and keeps_ratio),
            both=pointer.alt,
            is_free=pointer.control != (self.context.options(TRANSFORM)["mode"] == "perspective"),
            snapping=NO_SNAPPING if pointer.control else self.context.snapping,
        )


_CURSORS: Final = {
    Part.INSIDE: Qt.CursorShape.SizeAllCursor,
    Part.TURN: Qt.CursorShape.PointingHandCursor,
    Part.PIVOT: Qt.CursorShape.CrossCursor,
    Part.MESH: Qt.CursorShape.CrossCursor,
}


def _transformed(document: Document, subject: Subject, shape: FreeTransform, how: str, heed: Heed) -> Document:
    from studio.raster.resample import Resampling  # not needed for the first window

    return transformed(document, subject, shape, Resampling(how), heed)


def _unheeded(_share: float) -> None:
    """For what nobody waits for."""


def _goes_back(key: int, modifiers: Qt.KeyboardModifier) -> bool:
    return key == Qt.Key.Key_Z and modifiers == _CONTROL


def _goes_forward(key: int, modifiers: Qt.KeyboardModifier) -> bool:
    return (key == Qt.Key.Key_Z and modifiers == _CONTROL | _SHIFT) or (key == Qt.Key.Key_Y and modifiers == _CONTROL)


def _xy(point: QPointF) -> Point:
    return point.x(), point.y()


TRANSFORM_TOOL: Final = CanvasTool(
    id="transform",
    name=str(QT_TRANSLATE_NOOP("CanvasTools", "Transform")),
    icon="transform",
    shortcut="Ctrl+T",
    hint=str(
        QT_TRANSLATE_NOOP(
            "CanvasTools",
            "Drag handles to scale, inside to move, outside to turn. Enter applies, Esc cancels; "
            "Shift keeps proportions and angles, Alt the middle, Ctrl pulls corners.",
        )
    ),
    section=Section.PAINT,
    make=TransformTool,
    options=(TRANSFORM, SIZE, TURN, PLACE, WHAT),
    commands=(FLIP_HORIZONTAL, FLIP_VERTICAL, APPLY, CANCEL),
)
