"""What tracks and interpolations are called."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from studio.animation import Interpolation
from studio.editing.animation import Track
from studio.editing.animation.tracks import REGION_PREFIX, region_place
from studio.ui.widgets.parameter_form import plugin_text

_TRACKS: Final = {
    "prompt": str(QT_TRANSLATE_NOOP("AnimationTracks", "Prompt")),
    "negative_prompt": str(QT_TRANSLATE_NOOP("AnimationTracks", "Negative prompt")),
    "seed": str(QT_TRANSLATE_NOOP("AnimationTracks", "Seed")),
    "guidance_scale": str(QT_TRANSLATE_NOOP("AnimationTracks", "Guidance")),
    "strength": str(QT_TRANSLATE_NOOP("AnimationTracks", "Strength")),
}
_HELP: Final = {
    "prompt": str(QT_TRANSLATE_NOOP("AnimationTracks", "What is drawn; each prompt is blended into the next one")),
    "negative_prompt": str(QT_TRANSLATE_NOOP("AnimationTracks", "What is kept away; blended as the prompt is")),
    "seed": str(QT_TRANSLATE_NOOP("AnimationTracks", "The noise turns from one seed to the next")),
    "guidance_scale": str(QT_TRANSLATE_NOOP("AnimationTracks", "How closely the picture follows the prompt")),
    "strength": str(
        QT_TRANSLATE_NOOP("AnimationTracks", "How far a frame is drawn over, in modes that draw over a picture")
    ),
}
_REGIONS: Final = {
    "x": str(QT_TRANSLATE_NOOP("AnimationTracks", "{region}: to the right")),
    "y": str(QT_TRANSLATE_NOOP("AnimationTracks", "{region}: down")),
    "scale": str(QT_TRANSLATE_NOOP("AnimationTracks", "{region}: size")),
    "rotation": str(QT_TRANSLATE_NOOP("AnimationTracks", "{region}: turn")),
}
_REGION_HELP: Final = {
    "x": str(QT_TRANSLATE_NOOP("AnimationTracks", "How far the region lies to the right of its place: 1 is the width")),
    "y": str(QT_TRANSLATE_NOOP("AnimationTracks", "How far the region lies below its place: 1 is the height")),
    "scale": str(QT_TRANSLATE_NOOP("AnimationTracks", "How large the region is; 1 is as in its picture")),
    "rotation": str(QT_TRANSLATE_NOOP("AnimationTracks", "Degrees clockwise about the middle of the region")),
}
_INTERPOLATIONS: Final[dict[Interpolation, str]] = {
    "step": str(QT_TRANSLATE_NOOP("AnimationTracks", "Step")),
    "linear": str(QT_TRANSLATE_NOOP("AnimationTracks", "Linear")),
    "cubic": str(QT_TRANSLATE_NOOP("AnimationTracks", "Cubic")),
    "ease": str(QT_TRANSLATE_NOOP("AnimationTracks", "Ease")),
}


def track_name(track: Track) -> str:
    """A track's name in the window's language."""
    if track.id.startswith(REGION_PREFIX):
        return _translated(_REGIONS[region_place(track.id)[1]]).format(region=track.label)
    return _translated(_TRACKS[track.id]) if track.id in _TRACKS else plugin_text(track.label)


def track_help(track: Track) -> str:
    """What a track does."""
    if track.id.startswith(REGION_PREFIX):
        return _translated(_REGION_HELP[region_place(track.id)[1]])
    return _translated(_HELP[track.id]) if track.id in _HELP else plugin_text(track.help)


def interpolation_name(interpolation: Interpolation) -> str:
    return _translated(_INTERPOLATIONS[interpolation])


def _translated(text: str) -> str:
    return QCoreApplication.translate("AnimationTracks", text)
