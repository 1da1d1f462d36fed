"""Keyframes, expressions and blends of an animation's settings. Pure: no pictures, no Qt, no torch."""

from studio.animation.expressions import Expression, Moment
from studio.animation.keyframes import (
    Blend,
    BlendKeyframe,
    BlendTrack,
    Interpolation,
    NumberKeyframe,
    NumberTrack,
    constant_track,
)

__all__ = [
    "Blend",
    "BlendKeyframe",
    "BlendTrack",
    "Expression",
    "Interpolation",
    "Moment",
    "NumberKeyframe",
    "NumberTrack",
    "constant_track",
]
