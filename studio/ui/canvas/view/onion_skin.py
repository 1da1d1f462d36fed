"""Onion skin: neighbouring frames, tinted and translucent, in the document that the canvas shows.

They are ordinary layers beside the current frame, but only in what is shown, never in the session's document. So the
compositor keeps them like any layer below the active one, and a stroke costs with them what it costs without.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor

from studio.document import (
    BlendMode,
    Document,
    Layer,
    LayerId,
    PaintLayer,
    Raster,
    current_frame,
    frames,
    replace_layer,
)
from studio.settings import OnionSkinSettings
from studio.ui.background.background import Background

_Rgb = tuple[int, int, int]
_Key = tuple[LayerId, bool]
"""A frame, and whether it comes before the current one."""

_ID: Final = "onion-skin-{side}-{frame}"


class OnionSkin(QObject):
    """Puts tinted neighbours into a document for showing. Signal: ``changed()`` when it would be shown otherwise now.

    Tinting happens on a thread; until a neighbour is ready it is not shown.
    """

    changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._settings = OnionSkinSettings()
        self._background = Background("onion-skin", self)
        self._sources: dict[_Key, Layer] = {}
        self._skins: dict[_Key, Raster] = {}
        self._layers: dict[_Key, PaintLayer] = {}

    @property
    def settings(self) -> OnionSkinSettings:
        return self._settings

    def set_settings(self, settings: OnionSkinSettings) -> None:
        """Show other neighbours, or in another way."""
        if settings == self._settings:
            return
        before, self._settings = self._settings, settings
        for is_before, old, new in (
            (True, before.tint_before, settings.tint_before),
            (False, before.tint_after, settings.tint_after),
        ):
            if old != new:
                self._forget({key for key in self._sources if key[1] == is_before})
        self.changed.emit()

    def layers(self, document: Document) -> tuple[PaintLayer, ...]:
        """The tinted neighbours of the current frame that are ready, from the bottom to the top."""
        wanted = self._neighbours(document)
        self._forget({key for key in self._sources if key not in wanted})
        shown = []
        for key, (frame, opacity) in wanted.items():
            source = self._sources.get(key)
            if source is None or not _same_pixels(source, frame):
                self._ask(key, frame, document)
            skin = self._skins.get(key)
            if skin is not None:
                shown.append(self._layer(key, skin, opacity))
        return tuple(shown)

    def displayed(self, document: Document, layers: tuple[PaintLayer, ...]) -> Document:
        """``document`` with tinted neighbours below (or above) the current frame."""
        place = current_frame(document)
        if not layers or place is None or document.timeline is None:
            return document
        every = frames(document)
        cut = place + 1 if self._settings.on_top else place
        children: tuple[Layer, ...] = (*every[:cut], *layers, *every[cut:])
        return replace_layer(document, document.timeline.group_id, children=children)

    # --- parts ------------------------------------------------------------------------------------

    def _neighbours(self, document: Document) -> dict[_Key, tuple[Layer, float]]:
        """Frames to show with their opacity, the furthest first."""
        place, settings = current_frame(document), self._settings
        if place is None or not settings.enabled:
            return {}
        every = frames(document)
        found: dict[_Key, tuple[Layer, float]] = {}
        for distance in range(max(settings.before, settings.after), 0, -1):
            for is_before, reach in ((False, settings.after), (True, settings.before)):
                index = place - distance if is_before else place + distance
                if distance <= reach and 0 <= index < len(every):
                    opacity = settings.opacity * (reach - distance + 1) / reach
                    found[every[index].id, is_before] = (every[index], opacity)
        return found

    def _layer(self, key: _Key, skin: Raster, opacity: float) -> PaintLayer:
        """The same layer object as long as nothing about it changes, so that the compositor keeps what it has."""
        known = self._layers.get(key)
        if known is None or known.raster is not skin or known.opacity != opacity:
            name = _ID.format(side="before" if key[1] else "after", frame=key[0])
            known = self._layers[key] = PaintLayer(name=name, id=name, raster=skin, opacity=opacity)
        return known

    def _ask(self, key: _Key, frame: Layer, document: Document) -> None:
        self._sources[key] = frame
        color = _rgb(self._settings.tint_before if key[1] else self._settings.tint_after)
        self._background.run(lambda: skin_of(frame, color, document), lambda skin: self._ready(key, frame, skin))

    def _ready(self, key: _Key, frame: Layer, skin: Raster) -> None:
        if self._sources.get(key) is frame:
            self._skins[key] = skin
            self.changed.emit()

    def _forget(self, keys: set[_Key]) -> None:
        for known in (self._sources, self._skins, self._layers):
            for key in keys & known.keys():
                del known[key]


def skin_of(frame: Layer, color: _Rgb, document: Document) -> Raster:
    """What a frame of a document shows by itself, in shades of one colour."""
    from studio.raster.merging import flattened, is_plain
    from studio.raster.tint import tinted

    alone = replace(frame, visible=True, blend_mode=BlendMode.NORMAL)
    if alone.raster is not None and is_plain(alone):
        return tinted(alone.raster, color)
    return tinted(flattened((alone,), document), color)


def _same_pixels(one: Layer, other: Layer) -> bool:
    """Whether two states of a frame look the same; whether it is shown does not count."""
    return (one.shown_mask, one.opacity, one.content) == (other.shown_mask, other.opacity, other.content)


def _rgb(name: str) -> _Rgb:
    color = QColor(name)
    return color.red(), color.green(), color.blue()
