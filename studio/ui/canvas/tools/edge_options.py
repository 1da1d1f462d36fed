"""How an area that a tool makes ends at its edge: the same options for fills and for shapes of the mask."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP

from studio.api.parameters import BoolParameter, IntParameter

MAX_FEATHER: Final = 100
"""Pixels over which an edge fades out, at most."""


def edge_parameters(fading: str, smoothing: str) -> tuple[IntParameter, BoolParameter]:
    """The options "feather" and "antialias"; the texts, of the context "CanvasTools", say what they do to the area."""
    feather = IntParameter(
        id="feather",
        label=str(QT_TRANSLATE_NOOP("CanvasTools", "Feather")),
        help=fading,
        default=0,
        minimum=0,
        maximum=MAX_FEATHER,
        suffix=" px",
        advanced=True,
    )
    antialias = BoolParameter(
        id="antialias",
        label=str(QT_TRANSLATE_NOOP("CanvasTools", "Smooth edge")),
        help=smoothing,
        default=True,
        advanced=True,
    )
    return feather, antialias
