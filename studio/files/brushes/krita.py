"""Brushes of Krita (.kpp): the pixel brush with a tip that is drawn, as far as ours can do what theirs do.

A .kpp is a PNG whose text "preset" is XML, with further XML in its parameters.
"""

from __future__ import annotations

import re
from typing import Final
from xml.etree.ElementTree import Element

from studio.errors import CorruptFileError, UnsupportedFileError
from studio.files.brushes.mypaint import Imported
from studio.files.pictures.png_chunks import SIGNATURE, split_text
from studio.files.untrusted.safe_xml import parse_xml
from studio.message import Message
from studio.raster.brushes.brush import Brush, Response, Tip
from studio.raster.brushes.curve import Curve, read_curve
from studio.raster.brushes.preset import LONGEST_NAME, BrushPreset
from studio.raster.limits import MAX_DIAMETER

_PLAIN: Final = "paintbrush"
_TEXT: Final = "preset"
_OTHERS: Final = ("Texture/Pattern/Enabled", "MaskingBrush/Enabled", "PressureMix", "PressureScatter")
_DOCUMENT_TYPE: Final = re.compile(r"\A\s*<!DOCTYPE \w+>")
_INPUTS: Final = {"pressure": "pressure", "tilt": "tilt", "ascension": "", "speed": "speed"}


def read_krita(data: bytes, name: str) -> Imported:
    """A brush of the bytes of a .kpp file; ``name`` is that of the file, without its ending.

    Raises `CorruptFileError`, and `UnsupportedFileError` for engines that are not the pixel brush.
    """
    if not data.startswith(SIGNATURE):
        raise CorruptFileError("{file} is no brush of Krita.", "Choose another file.", file=name)
    xml = split_text(data).texts.get(_TEXT)
    if xml is None:
        raise CorruptFileError("{file} holds no brush of Krita.", "Choose another file.", file=name)
    try:
        root = _parsed(xml)
        engine = root.get("paintopid", "")
        if engine != _PLAIN:
            raise UnsupportedFileError(
                "{file} is for Krita's engine “{engine}”, which Shoreline does not have.",
                "Presets of the pixel brush can be read.",
                file=name,
                engine=engine,
            )
        return _imported(root, name)
    except (ValueError, KeyError, TypeError, OverflowError) as error:
        raise CorruptFileError(
            "{file} is no brush of Krita that can be read ({reason}).",
            "Choose another file.",
            file=name,
            reason=error,
        ) from error


def _imported(root: Element, name: str) -> Imported:
    values = {each.get("name", ""): each.text or "" for each in root.iter("param")}
    definition = _parsed(values["brush_definition"])
    mask = definition.find("MaskGenerator")
    is_drawn = definition.get("type") == "auto_brush" and mask is not None
    left = [key for key in _OTHERS if values.get(key) == "true"]
    left += [] if is_drawn else [definition.get("filename") or definition.get("type") or "tip"]
    mask = mask if mask is not None else Element("MaskGenerator")
    brush = Brush(
        diameter=_number(mask, "diameter", 40.0, 1.0, MAX_DIAMETER),
        hardness=1 - _number(mask, "hfade", 0.5, 0.0, 1.0),
        roundness=_number(mask, "ratio", 1.0, 0.05, 1.0),
        spacing=_number(definition, "spacing", 0.1, 0.01, 10.0),
        angle=-_number(definition, "angle", 0.0, -6.28, 6.28) * 57.29578,
        opacity=_share(values, "OpacityValue"),
        flow=_share(values, "FlowValue"),
        tip=Tip(kind="square" if mask.get("type") == "rect" else "round"),
        pressure_size=values.get("PressureSize") == "true",
        pressure_opacity=values.get("PressureOpacity") == "true",
        size_by=_response(values, "Size"),
        opacity_by=_response(values, "Opacity"),
        flow_by=_response(values, "Flow"),
        follows="stroke" if "drawingangle" in values.get("RotationSensor", "") else "none",
    )
    is_eraser = values.get("EraserMode") == "true" or values.get("CompositeOp") == "erase"
    title = (root.get("name") or name)[:LONGEST_NAME] or "Krita"
    notes: tuple[str, ...] = ()
    if left:
        notes = (Message("Left out of the brush, which here has nothing like it: {names}.", names=", ".join(left)),)
    return Imported(BrushPreset(name=title, tool="eraser" if is_eraser else "brush", brush=brush), notes)


def _parsed(text: str) -> Element:
    """XML, which Krita begins with a document type that says nothing. Raises ``ValueError``."""
    return parse_xml(_DOCUMENT_TYPE.sub("", text, count=1).encode())


def _response(values: dict[str, str], key: str) -> Response:
    """How a value follows the pen; unused sensors count for nothing, pressure without a curve is as it is."""
    if values.get(f"Pressure{key}") != "true":
        return Response(pressure=((0.0, 0.0), (1.0, 1.0))) if key != "Flow" else Response()
    text = values.get(f"{key}Sensor", "")
    root = _parsed(text) if text.lstrip().startswith("<") else Element("params")
    sensors = list(root.iter("ChildSensor")) or [root]
    found = {_INPUTS.get(each.get("id", "pressure"), ""): _curve(each) for each in sensors}
    return Response(**{ours: curve for ours, curve in found.items() if ours})


def _curve(sensor: Element) -> Curve:
    text = sensor.findtext("curve") or "0,0;1,1;"
    points = [[float(part) for part in pair.split(",")[:2]] for pair in text.strip(";").split(";")]
    inner = [point for point in sorted(points) if 0 < point[0] < 1]
    ends = sorted(points)
    return read_curve([[0.0, ends[0][1]], *inner[:10], [1.0, ends[-1][1]]])


def _number(element: Element, key: str, usual: float, least: float, most: float) -> float:
    value = float(element.get(key, usual))
    if value != value:  # noqa: PLR0124 - it is no number
        raise ValueError(key)
    return min(most, max(least, value))


def _share(values: dict[str, str], key: str) -> float:
    return min(1.0, max(0.0, float(values.get(key) or 1.0)))
