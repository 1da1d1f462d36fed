"""Areas of similar colour, found where a picture is pressed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from studio.api.parameters import BoolParameter, IntParameter
from studio.document import Document, Raster
from studio.history import StepKind
from studio.raster.limits import MaskMode
from studio.ui.background.background import Background
from studio.ui.canvas.tools.area_tool import Area, AreaTool
from studio.ui.canvas.tools.fill import AT_ONCE
from studio.ui.canvas.tools.options import OptionGroup
from studio.ui.canvas.tools.tool import CanvasTool, ToolContext
from studio.ui.canvas.view.pointer import Pointer

if TYPE_CHECKING:
    from studio.document import Rect

SIMILAR: Final = OptionGroup(
    id="similar",
    parameters=(
        IntParameter(
            id="tolerance",
            label=str(QT_TRANSLATE_NOOP("CanvasTools", "Tolerance")),
            help=str(QT_TRANSLATE_NOOP("CanvasTools", "How different a colour may be and still be selected")),
            default=24,
            minimum=0,
            maximum=255,
        ),
        BoolParameter(
            id="sample_merged",
            label=str(QT_TRANSLATE_NOOP("CanvasTools", "All layers")),
            help=str(
                QT_TRANSLATE_NOOP("CanvasTools", "Look for the area in the whole picture, not in this layer alone")
            ),
            default=True,
        ),
    ),
)

translate = QCoreApplication.translate


class WandTool(AreaTool):
    """Selects what has nearly the colour under the pointer; ``connected`` tells whether only what hangs together.

    The area of a large picture is found in the background; it is dropped if what is selected changes meanwhile.
    """

    def __init__(
        self,
        info: CanvasTool,
        context: ToolContext,
        *,
        area: Area,
        step: StepKind,
        connected: Callable[[ToolContext], bool],
    ) -> None:
        super().__init__(info, context, area=area, step=step)
        self._connected = connected
        self._background = Background("wand")
        self._pressed: Pointer | None = None

    def press(self, pointer: Pointer) -> None:
        if self.grab(pointer):
            self._pressed = pointer
        else:
            self._pick(pointer)

    def clicked(self) -> None:
        """A click on what is selected picks anew."""
        pressed, self._pressed = self._pressed, None
        if pressed is not None:
            self._pick(pressed)

    def _pick(self, pointer: Pointer) -> None:
        document, pixel = self.context.session.document, pointer.pixel_within(self.context.around)
        if not document.canvas.contains(*pixel):
            self.deselect()
            return
        if self._background.is_busy:
            self.context.say(translate("CanvasView", "The last area is still being looked for. Wait a moment."))
            return
        is_merged = self.context.options(SIMILAR)["sample_merged"]
        layer = document.active_layer
        seen = None if is_merged or layer is None else layer.raster
        if seen is None and not is_merged:
            self.context.say(translate("CanvasView", "This layer has no pixels of its own. Look at all layers."))
            return
        self._find(document, self._work(document, seen, pixel, self.area.mode(pointer, self.context)))

    def _work(
        self, document: Document, seen: Raster | None, pixel: tuple[int, int], mode: MaskMode
    ) -> Callable[[], Document]:
        from studio.raster.flood import FillEdge, flood_mask  # not needed for the first window

        edge = self.context.options(self.area.options)
        found = partial(
            flood_mask,
            document,
            seen,
            pixel,
            tolerance=self.context.options(SIMILAR)["tolerance"],
            contiguous=self._connected(self.context),
            edge=FillEdge(feather=edge["feather"], antialias=edge["antialias"]),
            around=self.context.around is not None,
        )

        def shape(_canvas: Rect) -> Raster:
            return found()

        return partial(self.area.combined, document, shape, mode)

    def _find(self, document: Document, work: Callable[[], Document]) -> None:
        if document.width * document.height <= AT_ONCE:
            self.commit(work())
            return
        self._background.run(work, lambda after: self._found(document, after), self._failed)

    def _found(self, before: Document, after: Document) -> None:
        now = self.context.session.document
        if now.canvas == before.canvas and self.area.raster(now) is self.area.raster(before):
            self.commit(self.area.target.with_raster(now, self.area.raster(after)))
        else:
            self.context.say(translate("CanvasView", "The area was dropped because the selection changed meanwhile."))

    def _failed(self, error: Exception) -> None:
        self.context.say(translate("CanvasView", "The area was not found: {reason}").format(reason=error))
