"""Names that OpenRaster files use, in the standard, by other programs and by Shoreline.

The baseline and the ``svg:`` operators are those of the OpenRaster specification 0.0.5; operators beyond
them are named as Krita does, so that it shows them and others fall back to normal.
"""

from __future__ import annotations

from typing import Final

from studio.document import BlendMode

MIMETYPE: Final = b"image/openraster"
VERSION: Final = "0.0.5"

SHORELINE_NAMESPACE: Final = "urn:shoreline-studio:openraster:1"
"""Attributes of ours; other programs skip them."""

MYPAINT_NAMESPACE: Final = "http://mypaint.org/ns/openraster"
EOTF: Final = f"{{{MYPAINT_NAMESPACE}}}eotf"

MERGED_ENTRY: Final = "mergedimage.png"
"""The whole picture, flat."""

SETTINGS_ENTRY: Final = "shoreline/settings.json"
"""Generation settings: ``{"canvas": object or null, "layers": {layer id: text}}``."""

DRAWN_IN: Final = "drawn-in"
"""The generation mask that a layer was drawn in, as an attribute of ours."""

MASKED: Final = "selection"
"""The generation mask, as an attribute of ours: files call it as the first ones did."""

SELECTED: Final = "selected"
"""The selection, as an attribute of ours."""


def own(attribute: str) -> str:
    """The full name of an attribute of ours."""
    return f"{{{SHORELINE_NAMESPACE}}}{attribute}"


COMPOSITE_OPS: Final = {
    BlendMode.NORMAL: "svg:src-over",
    BlendMode.MULTIPLY: "svg:multiply",
    BlendMode.SCREEN: "svg:screen",
    BlendMode.OVERLAY: "svg:overlay",
    BlendMode.DARKEN: "svg:darken",
    BlendMode.LIGHTEN: "svg:lighten",
    BlendMode.COLOR_DODGE: "svg:color-dodge",
    BlendMode.COLOR_BURN: "svg:color-burn",
    BlendMode.LINEAR_BURN: "krita:linear_burn",
    BlendMode.HARD_LIGHT: "svg:hard-light",
    BlendMode.SOFT_LIGHT: "svg:soft-light",
    BlendMode.DIFFERENCE: "svg:difference",
    BlendMode.EXCLUSION: "krita:exclusion",
    BlendMode.PLUS: "svg:plus",
    BlendMode.HUE: "svg:hue",
    BlendMode.SATURATION: "svg:saturation",
    BlendMode.COLOR: "svg:color",
    BlendMode.LUMINOSITY: "svg:luminosity",
    BlendMode.DESTINATION_IN: "svg:dst-in",
    BlendMode.DESTINATION_OUT: "svg:dst-out",
    BlendMode.DESTINATION_ATOP: "svg:dst-atop",
}

BLEND_MODES: Final = {operator: mode for mode, operator in COMPOSITE_OPS.items()} | {
    "svg:exclusion": BlendMode.EXCLUSION,
    "svg:add": BlendMode.PLUS,
    "krita:add": BlendMode.PLUS,
    "krita:linear_dodge": BlendMode.PLUS,
}
