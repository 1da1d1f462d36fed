"""Draws the lanes of the curve editor: curves with their keyframes, and prompts and seeds as labelled bars."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from studio.animation import Expression, Interpolation
from studio.editing.animation import Key, KeyPlace, curve, key_value, keys_of, value_text
from studio.files.animation.project import AnimationProject, NumberKey
from studio.ui.animation.lanes import LEFT, Lane, TimeScale
from studio.ui.style.theme import GRID, current_theme

KEY_SIZE: Final = 5.0
"""Half the width of a keyframe's mark."""
_SLOPE: Final = 24
"""Pieces that a blend is drawn in."""


@dataclass(frozen=True, kw_only=True)
class LanePicture:
    """What is drawn: a project over a scale of frames, with the chosen keyframes and track marked."""

    project: AnimationProject
    scale: TimeScale
    chosen: Collection[KeyPlace]
    track: str
    playhead: int


def paint_lane(painter: QPainter, lane: Lane, picture: LanePicture) -> None:
    """One lane with everything in it."""
    theme = current_theme()
    width = picture.scale.width
    box = QRectF(0, lane.top, width, lane.height)
    painter.fillRect(box, QColor(theme.surface if lane.track.id == picture.track else theme.panel))
    painter.setPen(QColor(theme.border))
    painter.drawLine(QPointF(0, lane.bottom - 0.5), QPointF(width, lane.bottom - 0.5))
    painter.save()
    painter.setClipRect(box)
    if lane.track.kind == "number":
        _paint_curve(painter, lane, picture)
    else:
        _paint_bars(painter, lane, picture)
    painter.restore()


def paint_playhead(painter: QPainter, picture: LanePicture, height: float) -> None:
    """A line through all lanes at the current frame."""
    painter.setPen(QPen(QColor(current_theme().accent), 1))
    x = round(picture.scale.x(picture.playhead)) + 0.5
    painter.drawLine(QPointF(x, 0), QPointF(x, height))


def key_point(lane: Lane, key: Key, picture: LanePicture) -> QPointF:
    """Where the mark of a keyframe is."""
    x = picture.scale.x(key.frame)
    if not isinstance(key, NumberKey):
        return QPointF(x, lane.top + lane.height / 2)
    (value,) = curve(picture.project, lane.track, [float(key.frame)])
    return QPointF(x, lane.top + lane.height / 2 if value is None else lane.y(value))


def _paint_curve(painter: QPainter, lane: Lane, picture: LanePicture) -> None:
    theme = current_theme()
    is_chosen = lane.track.id == picture.track
    if is_chosen:
        _paint_values(painter, lane, picture.scale.width)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(theme.accent if is_chosen else theme.outline), 1.5))
    moments = picture.scale.samples()
    piece = QPolygonF()
    for moment, value in zip(moments, curve(picture.project, lane.track, moments), strict=True):
        if value is None:
            painter.drawPolyline(piece)
            piece = QPolygonF()
        else:
            piece.append(QPointF(picture.scale.x(moment), lane.y(value)))
    painter.drawPolyline(piece)
    for key in keys_of(picture.project, lane.track):
        chosen = KeyPlace(lane.track.id, key.frame) in picture.chosen
        _paint_key(painter, key_point(lane, key, picture), key, is_chosen=chosen)


def _paint_values(painter: QPainter, lane: Lane, width: int) -> None:
    """The values at foot, middle and head of a tall lane."""
    theme = current_theme()
    for value in (lane.low, (lane.low + lane.high) / 2, lane.high):
        y = round(lane.y(value)) + 0.5
        painter.setPen(QColor(theme.border))
        painter.drawLine(QPointF(0, y), QPointF(width, y))
        painter.setPen(QColor(theme.text_muted))
        above = value < lane.high
        place = QRectF(GRID, y - 16 if above else y, LEFT - 3 * GRID, 16)
        painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, f"{value:.3g}")


def _paint_key(painter: QPainter, place: QPointF, key: Key, *, is_chosen: bool) -> None:
    theme = current_theme()
    painter.setPen(QPen(QColor(theme.accent if is_chosen else theme.text), 1.5))
    painter.setBrush(QColor(theme.accent if is_chosen else theme.panel))
    half = KEY_SIZE
    if isinstance(key_value(key), Expression):
        painter.drawEllipse(place, half - 0.5, half - 0.5)
    else:
        ends = (QPointF(0, -half), QPointF(half, 0), QPointF(0, half), QPointF(-half, 0))
        painter.drawPolygon(QPolygonF([place + end for end in ends]))
    painter.setBrush(Qt.BrushStyle.NoBrush)


def _paint_bars(painter: QPainter, lane: Lane, picture: LanePicture) -> None:
    """Each keyframe with its text up to the next one; a slope shows how one goes over to the other."""
    theme = current_theme()
    keys = keys_of(picture.project, lane.track)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for key, following in zip(keys, (*keys[1:], None), strict=True):
        left = picture.scale.x(key.frame)
        right = picture.scale.width if following is None else picture.scale.x(following.frame)
        is_chosen = KeyPlace(lane.track.id, key.frame) in picture.chosen
        bar = QRectF(left, lane.top + GRID, max(right - left, GRID), lane.height - 2 * GRID - 1)
        painter.fillRect(bar, QColor(theme.selection if is_chosen else theme.raised))
        if following is not None and key.interpolation != "step":
            _paint_blend(painter, bar, key.interpolation)
        painter.setPen(QPen(QColor(theme.accent if is_chosen else theme.text), 2))
        painter.drawLine(bar.topLeft(), bar.bottomLeft())
        _paint_label(painter, bar, value_text(key_value(key)))


def _paint_blend(painter: QPainter, bar: QRectF, interpolation: Interpolation) -> None:
    """How much of the next one is mixed in, from none to all of it, as a hill behind the text."""
    shares = [place / _SLOPE for place in range(_SLOPE + 1)]
    if interpolation != "linear":
        shares = [share * share * (3.0 - 2.0 * share) for share in shares]
    hill = [
        QPointF(bar.left() + bar.width() * place / _SLOPE, bar.bottom() - bar.height() * share)
        for place, share in enumerate(shares)
    ]
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(current_theme().hover))
    painter.drawPolygon(QPolygonF([*hill, bar.bottomRight()]))
    painter.setBrush(Qt.BrushStyle.NoBrush)


def _paint_label(painter: QPainter, bar: QRectF, text: str) -> None:
    theme = current_theme()
    room = bar.adjusted(2 * GRID, 0, -GRID, 0)
    seen = room.intersected(QRectF(0, bar.top(), painter.device().width(), bar.height()))
    if seen.width() < 4 * GRID:
        return
    line = " ".join(text.split())
    short = painter.fontMetrics().elidedText(line, Qt.TextElideMode.ElideRight, int(seen.width()))
    painter.setPen(QColor(theme.text))
    painter.drawText(seen, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, short)


def paint_frame(painter: QPainter, place: QRectF, style: Qt.PenStyle = Qt.PenStyle.SolidLine) -> None:
    """A thin frame in the accent colour: around what is being chosen, or has the focus."""
    painter.setPen(QPen(QColor(current_theme().accent), 1, style))
    painter.drawRect(place)
