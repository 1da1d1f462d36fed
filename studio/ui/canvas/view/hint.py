"""The hint for first use that lies on a blank picture until something happens to it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QWidget

from studio.document import Rect
from studio.document.fill import FilledTiles
from studio.document.plain import Rgba, plain_color
from studio.session import Session
from studio.ui.canvas.view.view_transform import ViewTransform

_MANY: Final = 300
"""More different tiles than this are not a filled canvas."""

_FLAGS: Final = int(Qt.TextFlag.TextWordWrap) | int(Qt.AlignmentFlag.AlignCenter)
_MARGIN: Final = 16


class FirstUseHint:
    """Shows ``text`` on an untouched document. It is painted on the widget only, never in the picture."""

    def __init__(self, session: Session) -> None:
        self.text = ""
        self._session = session
        self._is_shown = is_untouched(session)

    def look(self) -> bool:
        """Look again whether the document is untouched; returns whether the hint came or went."""
        before = self._is_shown
        self._is_shown = is_untouched(self._session)
        return before != self._is_shown

    def paint(self, painter: QPainter, widget: QWidget, view: ViewTransform) -> None:
        """Write the text in the middle of the canvas; ``painter`` is in view coordinates."""
        if not self._is_shown or not self.text:
            return
        document = self._session.document
        center = view.to_view(QPointF(document.width / 2, document.height / 2))
        canvas = view.matrix().mapRect(QRectF(0, 0, document.width, document.height))
        width = int(min(canvas.width(), widget.width()) - 2 * _MARGIN)
        font = widget.font()
        font.setPointSizeF(font.pointSizeF() * 1.25)
        size = QFontMetrics(font).boundingRect(QRect(0, 0, max(1, width), 10_000), _FLAGS, self.text).size()
        if size.width() > width or size.height() > canvas.height():
            return
        area = QRectF(center.x() - width / 2, center.y() - size.height() / 2 - 1, width, size.height() + 2)
        painter.save()
        painter.setFont(font)
        painter.setPen(_text_color(self._session))
        painter.drawText(area, _FLAGS, self.text)
        painter.restore()


def is_untouched(session: Session) -> bool:
    """Whether the document is new and blank: no file, no step of history, no job, only single-coloured tiles."""
    document = session.document
    if (
        session.path is not None
        or len(session.history.steps) > 1
        or session.queue.jobs
        or document.generation_mask.tiles
    ):
        return False
    rasters = [layer.raster for layer in document.walk() if layer.raster is not None]
    read = (raster.tiles for raster in rasters if not isinstance(raster.tiles, FilledTiles))
    tiles = {id(tile): tile for each in read for tile in each.values()}
    return len(tiles) <= _MANY and all(bool((tile[tile[..., 3] > 0] == tile[0, 0]).all()) for tile in tiles.values())


def _text_color(session: Session) -> QColor:
    """Quiet, yet readable on the picture, or else the fill of the lowest layer (or on the checkerboard)."""
    plain = plain_color(session.document, Rect(0, 0, 1, 1))
    return _readable_on(_lowest_fill(session) if plain is None else plain)


def _readable_on(rgba: Rgba) -> QColor:
    is_dark = rgba[3] > 0 and max(rgba[:3]) < 128
    return QColor(255, 255, 255, 165) if is_dark else QColor(0, 0, 0, 150)


def _lowest_fill(session: Session) -> Rgba:
    shown = (layer.source for layer in session.document.walk() if layer.source is not None and layer.visible)
    source = next(shown, None)
    tile = None if source is None else source.tile((0, 0))
    if tile is None:
        return 0, 0, 0, 0
    red, green, blue, alpha = (int(part) for part in tile[0, 0])
    return red, green, blue, alpha
