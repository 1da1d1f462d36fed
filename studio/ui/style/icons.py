"""Icons: one-colour SVG drawings on a 16 px grid, drawn in the colours of the current theme."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap, QPixmapCache
from PySide6.QtSvg import QSvgRenderer

from studio.paths import default_paths
from studio.ui.style.theme import current_theme

_SIZES = (16, 24, 32, 48, 64, 128, 256)


def icon(name: str, color: str | None = None) -> QIcon:
    """The icon ``resources/icons/<name>.svg``.

    It follows the theme also when that changes later. ``color`` names another token of `Theme` than
    ``text``, such as "on_accent". Raises ``KeyError`` for an unknown name.
    """
    if name not in _names():
        raise KeyError(name)
    return QIcon(_ThemedSvg(name, color))


def app_icon() -> QIcon:
    """The application's own icon, in its own colours."""
    renderer = QSvgRenderer(str(_folder() / "shoreline.svg"))
    made = QIcon()
    for side in _SIZES:
        made.addPixmap(_rendered(renderer, side, side))
    return made


class _ThemedSvg(QIconEngine):
    """Draws an SVG in the theme's colour at the very pixels asked for, so that it is crisp at any scale."""

    def __init__(self, name: str, color: str | None) -> None:
        super().__init__()
        self._name = name
        self._color = color

    def clone(self) -> QIconEngine:
        return _ThemedSvg(self._name, self._color)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        scale = painter.device().devicePixelRatioF()
        painter.drawPixmap(rect, self.scaledPixmap(rect.size(), mode, state, scale))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self.scaledPixmap(size, mode, state, 1.0)

    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, _state: QIcon.State, scale: float) -> QPixmap:
        """``size`` in device-independent pixels, as Qt asks since 6.8."""
        color = self._resolved(mode)
        pixels = size * scale
        key = f"shoreline/{self._name}/{color}/{pixels.width()}x{pixels.height()}@{scale}"
        found = QPixmap()
        if not QPixmapCache.find(key, found):
            renderer = QSvgRenderer(QByteArray(_source(self._name).replace("currentColor", color).encode()))
            found = _rendered(renderer, pixels.width(), pixels.height())
            found.setDevicePixelRatio(scale)
            QPixmapCache.insert(key, found)
        return found

    def _resolved(self, mode: QIcon.Mode) -> str:
        theme = current_theme()
        if mode == QIcon.Mode.Disabled:
            return theme.text_disabled
        return str(getattr(theme, self._color or "text"))


def _rendered(renderer: QSvgRenderer, width: int, height: int) -> QPixmap:
    pixmap = QPixmap(width, height)
    if pixmap.isNull():  # a widget without any size
        return pixmap
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer.render(painter, QRectF(0, 0, width, height))
    painter.end()
    return pixmap


@lru_cache(maxsize=512)
def _source(name: str) -> str:
    """The drawing; it is read when it is drawn first, since most icons are in menus that nobody has opened yet."""
    return (_folder() / f"{name}.svg").read_text(encoding="utf-8-sig")


@lru_cache(maxsize=1)
def _names() -> frozenset[str]:
    return frozenset(path.stem for path in _folder().glob("*.svg"))


@lru_cache(maxsize=1)
def _folder() -> Path:
    return default_paths().resources / "icons"
