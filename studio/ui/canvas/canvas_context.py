"""What the tools work on: the session's document as shown, the view, the options and the colour."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from PySide6.QtCore import QObject, QPointF, QRect, QSize, QTimer, Signal
from PySide6.QtGui import QColor, QImage

from studio.document import Document, LayerId, PaintLayer, Pixels, Rect
from studio.history import StepKind
from studio.session import Session
from studio.ui.background.background import Background
from studio.ui.canvas.tools.aids import AIDS, aids_shown
from studio.ui.canvas.tools.mask_options import MASK_VIEW, mask_style
from studio.ui.canvas.tools.options import OptionGroup, ToolOptions
from studio.ui.canvas.tools.quick_mask import QUICK_STYLE
from studio.ui.canvas.tools.selection_options import QUICK_MASK
from studio.ui.canvas.tools.snapping import Snapping, snapping_of
from studio.ui.canvas.tools.tool import ChosenLayers
from studio.ui.canvas.view.backdrop import qrectf
from studio.ui.canvas.view.live_picture import LivePicture
from studio.ui.canvas.view.live_preview import LivePreview
from studio.ui.canvas.view.mask_alone import MaskAlone
from studio.ui.canvas.view.onion_skin import OnionSkin
from studio.ui.canvas.view.picture import Picture
from studio.ui.canvas.view.pointer import Pointer
from studio.ui.canvas.view.view_transform import ViewTransform

OUTLINE_PACE: Final = 125
"""Milliseconds after which the dashes around the selection go on."""


class CanvasContext(QObject):
    """The tools' side of the canvas (see `studio.ui.canvas.tools.tool.ToolContext`). It knows no widget.

    Signals: ``view_changed()``; ``redraw_requested(QRect)`` with an empty rectangle for everything;
    ``color_picked(QColor)``, ``message(str)``, ``mask_edited()``, ``asked(str)`` with the id of a command;
    ``mask_alone_changed(bool)`` when a layer's mask is, or is no longer, shown in place of the picture;
    ``document_shown(Rect | None)`` when another document is, also one with a stroke under way: what differs lies
    within the rectangle, if there is one; ``arrived()`` when more of the picture can be painted than was.
    """

    view_changed = Signal()
    redraw_requested = Signal(QRect)
    color_picked = Signal(QColor)
    message = Signal(str)
    mask_edited = Signal()
    asked = Signal(str)
    mask_alone_changed = Signal(bool)
    document_shown = Signal(object)
    arrived = Signal()

    def __init__(self, session: Session, options: ToolOptions, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self._options = options
        style = mask_style(options.values(MASK_VIEW.id))
        self.picture = Picture(session.document, style, self.arrived.emit, self)
        self.picture.aids = aids_shown(options.values(AIDS.id))
        self._marching = QTimer(self, singleShot=True, interval=OUTLINE_PACE)
        self._marching.timeout.connect(self._march)
        self.picture.outline.painted.connect(self._march_on)
        self.onion_skin = OnionSkin(self)
        self._skins: tuple[PaintLayer, ...] = ()
        self._preview: Document | None = None
        self._alone = MaskAlone()
        options.changed.connect(self._option_changed)
        self.onion_skin.changed.connect(lambda: self.show(self.picture.document))
        self.view = ViewTransform()
        self.color = QColor(32, 32, 32)
        self.other_color = QColor(255, 255, 255)
        self.is_committing = False
        self.chosen_layers: ChosenLayers = self._active_layer
        self.background = Background("canvas", self)

    # --- for the tools ----------------------------------------------------------------------------

    def set_view(self, view: ViewTransform) -> None:
        """Look at the picture in another way; the middle of the view stays on the canvas."""
        document = self.session.document
        view = view.clamped(document.width, document.height)
        if view != self.view:
            self.view = view
            self.view_changed.emit()

    @property
    def is_fitted(self) -> bool:
        """Whether the whole canvas is seen as `fit` shows it."""
        return self.view == self._whole()

    def fit(self) -> None:
        """Show the whole canvas."""
        self.set_view(self._whole())

    def resize_view(self, size: QSize, device_ratio: float) -> None:
        """Look at the picture in a view of another size; a canvas that was fitted into the view stays so."""
        is_fitted = self.is_fitted
        self.set_view(self.view.resized(size, device_ratio))
        if is_fitted:
            self.fit()

    def show_view(self, view: ViewTransform | None) -> None:
        """Look at a document as it was looked at before, maybe in a view of another size; ``None`` shows all of it."""
        if view is None:
            self.fit()
        else:
            size = QSize(self.view.view_width, self.view.view_height)
            self.set_view(view.resized(size, self.view.device_ratio))

    def _whole(self) -> ViewTransform:
        document = self.session.document
        return self.view.fitted(document.width, document.height)

    def _active_layer(self) -> tuple[LayerId, ...]:
        active = self.session.document.active_layer
        return () if active is None else (active.id,)

    @property
    def around(self) -> Rect | None:
        return self.session.document.canvas if self.picture.is_wrapped else None

    def wrap(self, wrapped: bool) -> None:
        """Show the picture repeated around itself, with strokes that go on at the other side; or once."""
        if wrapped != self.picture.is_wrapped:
            self.picture.wrap(wrapped)
            self.redraw()

    def copies_of(self, area: QRect) -> list[QRect]:
        """The rectangles of the view that show what ``area`` of it does: one for each copy of the picture."""
        origin = self.view.to_view(QPointF())
        ways = [(each.to_view(QPointF()) - origin).toPoint() for each in self.picture.copies(self.view)]
        return [area.translated(way).adjusted(-1, -1, 1, 1) if way else area for way in ways]

    @property
    def snapping(self) -> Snapping:
        """What attracts what is dragged."""
        return snapping_of(self.session.document, self.picture.aids, self.view.scale)

    def _march_on(self) -> None:
        """Let the dashes around the selection go on in a moment: as long as they are painted, and no longer."""
        if not self._marching.isActive():
            self._marching.start()

    def _march(self) -> None:
        self.picture.outline.step()
        for place in self.picture.outlined(self.view):
            self.redraw_requested.emit(place)

    def options(self, group: OptionGroup) -> Mapping[str, Any]:
        return self._options.values(group.id)

    def _option_changed(self, group_id: str) -> None:
        if group_id == AIDS.id:
            self.picture.aids = aids_shown(self._options.values(AIDS.id))
        elif group_id == QUICK_MASK.id:
            self.picture.show_selection_as_mask(QUICK_STYLE if self.options(QUICK_MASK)["on"] else None)
        if group_id == AIDS.id or self._options.group(group_id).on_canvas:
            self.redraw()

    def choose(self, group: OptionGroup, **values: Any) -> None:
        self._options.set(group.id, **values)

    def show(self, document: Document, near: Rect | None = None) -> None:
        is_another = document is not self.picture.document
        if is_another:
            self._preview = None
        if self._alone.ends_with(document):
            near = None
            self._alone.layer_id = None
            self.mask_alone_changed.emit(False)
        skins = self.onion_skin.layers(document)
        painted, near = near, near if skins == self._skins else None  # then more than what is near has changed
        self._skins = skins
        seen = self.onion_skin.displayed(self._preview or document, skins)
        if self._alone.layer_id is not None:
            seen = self._alone.displayed(document)
        ruling = self.picture.ruling
        for rect in self.picture.show(document, near, seen):
            self.redraw_requested.emit(self.view.view_rect(qrectf(rect)))
        if ruling != self.picture.ruling:
            self.redraw()
        if is_another:
            self.document_shown.emit(painted)

    @property
    def is_mask_alone(self) -> bool:
        """Whether a layer's mask is shown in place of the picture."""
        return self._alone.layer_id is not None

    def show_mask_alone(self, shown: bool) -> None:
        """Show the active layer's mask in place of the picture, as long as that layer is active; or the picture."""
        layer = self.picture.document.active_layer
        wanted = layer.id if shown and layer is not None and layer.mask is not None else None
        if wanted != self._alone.layer_id:
            self._alone.layer_id = wanted
            self.show(self.picture.document)
        self.mask_alone_changed.emit(wanted is not None)

    def show_preview(self, preview: Document | None) -> None:
        """Draw another document in place of the session's until that changes; ``None`` draws the session's."""
        if preview is not self._preview:
            self._preview = preview
            self.show(self.picture.document)

    def show_instead(self, image: QImage | None, area: Rect | None = None) -> None:
        """Show a picture of ``area`` in place of what the document shows there; ``None`` shows the document again."""
        self.picture.show_instead(image, area)
        self.redraw()

    def show_live_preview(self, rect: Rect | None, pixels: Pixels | None, mask: Pixels | None) -> None:
        """Draw a picture in the making over the document; see `LivePreview.set`."""
        self._show_over(self.picture.preview, rect, pixels, mask)

    def show_live_picture(self, rect: Rect | None, pixels: Pixels | None, mask: Pixels | None) -> None:
        """Draw a live picture over the document; see `LivePicture.set`."""
        self._show_over(self.picture.live, rect, pixels, mask)

    def _show_over(
        self, over: LivePicture | LivePreview, rect: Rect | None, pixels: Pixels | None, mask: Pixels | None
    ) -> None:
        before = over.rect
        over.set(rect, pixels, mask)
        for place in (before, over.rect):
            if place is not None:
                self.redraw_requested.emit(self.view.view_rect(qrectf(place), margin=4))

    def commit(self, kind: StepKind, document: Document, *, merge_key: str | None = None) -> None:
        before = self.session.document
        self.is_committing = True
        try:
            self.session.apply(kind, document, merge_key=merge_key)
        finally:
            self.is_committing = False
        if document.generation_mask is not before.generation_mask:
            self.mask_edited.emit()

    def pick(self, pointer: Pointer) -> None:
        color = self.picture.color_at(*pointer.pixel_within(self.around))
        if color is not None:
            self.color = color
            self.color_picked.emit(color)

    def say(self, text: str) -> None:
        self.message.emit(text)

    def ask(self, command_id: str) -> None:
        self.asked.emit(command_id)

    def redraw(self, area: QRect | None = None) -> None:
        self.redraw_requested.emit(QRect() if area is None else area)
