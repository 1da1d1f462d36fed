"""Brushes of MyPaint (.myb, version 3), as far as ours can do what theirs do.

What their settings mean is in the documentation of libmypaint (brushsettings).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

from studio.errors import CorruptFileError, UnsupportedFileError
from studio.message import Message
from studio.raster.brushes.brush import Brush, Jitter, Response, Tip
from studio.raster.brushes.curve import MOST_POINTS, Curve
from studio.raster.brushes.preset import LONGEST_NAME, BrushPreset
from studio.raster.limits import MAX_DIAMETER
from studio.text.untrusted import parse_json

_INPUTS: Final = {"pressure": "pressure", "tilt_declination": "tilt", "speed1": "speed"}
"""Theirs, and ours of the same sense."""
_RANGES: Final = {"pressure": 1.0, "tilt_declination": 90.0, "speed1": 4.0}
_UPRIGHT: Final = 90.0
_USED: Final = frozenset(
    (
        *("radius_logarithmic", "hardness", "opaque", "opaque_multiply", "opaque_linearize", "eraser"),
        *("dabs_per_actual_radius", "dabs_per_basic_radius", "dabs_per_second", "elliptical_dab_ratio"),
        *("elliptical_dab_angle", "offset_by_random", "radius_by_random", "slow_tracking", "anti_aliasing"),
        *("color_h", "color_s", "color_v", "restore_color", "speed1_slowness", "speed2_slowness"),
        *("speed1_gamma", "speed2_gamma", "pressure_gain_log", "stroke_threshold", "stroke_duration_logarithmic"),
        *("stroke_holdtime", "custom_input_slowness", "smudge_length", "smudge_radius_log", "direction_filter"),
    )
)
"""Settings that are understood, or mean nothing without those that are not."""


@dataclass(frozen=True)
class Imported:
    """A preset of another program. ``notes`` say what of it was left out."""

    preset: BrushPreset
    notes: tuple[str, ...] = ()


def read_mypaint(data: bytes, name: str) -> Imported:
    """A brush of the text of a .myb file; ``name`` is that of the file, without its ending.

    Raises `CorruptFileError`, and `UnsupportedFileError` for what is no JSON of version 3.
    """
    if not data.lstrip().startswith(b"{"):
        raise UnsupportedFileError(
            "{file} is a brush of an old MyPaint.", "Save it with MyPaint 1.1 or newer.", file=name
        )
    try:
        values = parse_json(data)
        if values["version"] != 3:
            raise ValueError(f"version {values['version']}")
        settings = {str(key): _Setting.read(each) for key, each in values["settings"].items()}
        return Imported(_preset(settings, name[:LONGEST_NAME]), _notes(settings))
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError) as error:
        raise CorruptFileError(
            "{file} is no brush of MyPaint that can be read ({reason}).",
            "Choose another file.",
            file=name,
            reason=error,
        ) from error


@dataclass(frozen=True)
class _Setting:
    base: float
    inputs: Mapping[str, Sequence[tuple[float, float]]]

    @classmethod
    def read(cls, values: Any) -> _Setting:
        inputs = {str(key): sorted((float(x), float(y)) for x, y in points) for key, points in values["inputs"].items()}
        base = float(values["base_value"])
        numbers = [base, *(part for points in inputs.values() for point in points for part in point)]
        if not all(map(math.isfinite, numbers)):
            raise ValueError("a number that is none")
        return cls(base, {key: points for key, points in inputs.items() if len(points) > 1})


_NOTHING: Final = _Setting(0.0, {})


def _preset(settings: Mapping[str, _Setting], name: str) -> BrushPreset:
    def base(key: str, usual: float = 0.0) -> float:
        return settings[key].base if key in settings else usual

    radius = settings.get("radius_logarithmic", _Setting(2.0, {}))
    diameter, size_by = _size(radius)
    opaque = settings.get("opaque_multiply", _NOTHING)
    opacity_by = Response(**{_INPUTS[key]: _shares(key, points, opaque.base) for key, points in _known(opaque)})
    dabs = base("dabs_per_actual_radius", 2.0) + base("dabs_per_basic_radius")
    is_eraser = base("eraser") > 0.5
    brush = Brush(
        diameter=_within(diameter, 1, MAX_DIAMETER),
        hardness=_within(base("hardness", 0.8), 0, 1),
        flow=_within(base("opaque", 1.0) if base("opaque_linearize", 0.9) == 0 else 1.0, 0, 1),
        opacity=_within(base("opaque", 1.0), 0.01, 1),
        spacing=_within(0.5 / max(0.05, dabs), 0.01, 10),
        roundness=_within(1 / max(1.0, base("elliptical_dab_ratio", 1.0)), 0.05, 1),
        angle=_within(base("elliptical_dab_angle", 90.0) % 180, -360, 360),
        scatter=_within(base("offset_by_random") / 2, 0, 10),
        jitter=Jitter(size=_within(base("radius_by_random") * 0.8, 0, 1)),
        smoothing=_within(base("slow_tracking") / 10, 0, 1),
        pressure_size=size_by.pressure is not None,
        pressure_opacity=opacity_by.pressure is not None,
        size_by=size_by,
        opacity_by=opacity_by,
        tip=Tip(),
    )
    return BrushPreset(name=name or "MyPaint", tool="eraser" if is_eraser else "brush", brush=brush)


def _size(radius: _Setting) -> tuple[float, Response]:
    """The greatest diameter, and how the pen makes it smaller: theirs adds to the logarithm of the radius."""
    greatest = radius.base
    curves: dict[str, Curve] = {}
    for key, points in _known(radius):
        most = max(y for _, y in points)
        greatest += most
        curves[_INPUTS[key]] = _curve(key, [(x, math.exp(y - most)) for x, y in points])
    return 2 * math.exp(min(8.0, greatest)), Response(**curves)


def _shares(key: str, points: Iterable[tuple[float, float]], base: float) -> Curve:
    return _curve(key, [(x, _within(base + y, 0, 1)) for x, y in points])


def _known(setting: _Setting) -> list[tuple[str, Sequence[tuple[float, float]]]]:
    return [(key, points) for key, points in setting.inputs.items() if key in _INPUTS]


def _curve(key: str, points: Sequence[tuple[float, float]]) -> Curve:
    """Our curve of theirs; their declination of a pen is 90 where it is upright."""
    placed = [((_UPRIGHT - x if key == "tilt_declination" else x) / _RANGES[key], y) for x, y in points]
    placed = sorted((_within(x, 0, 1), _within(y, 0, 1)) for x, y in placed)
    inner = [(x, y) for x, y in placed if 0 < x < 1]
    kept = [point for point, after in pairwise([*inner, (2.0, 0.0)]) if after[0] - point[0] > 1e-6]
    return ((0.0, placed[0][1]), *kept[: MOST_POINTS - 2], (1.0, placed[-1][1]))


def _notes(settings: Mapping[str, _Setting]) -> tuple[str, ...]:
    left = [key for key, each in settings.items() if key not in _USED and (each.base or each.inputs)]
    moved = {key for each in settings.values() for key in each.inputs if key not in _INPUTS}
    names = sorted({*left, *moved})
    if not names:
        return ()
    return (Message("Left out of the brush, which here has nothing like it: {names}.", names=", ".join(names)),)


def _within(value: float, least: float, most: float) -> float:
    return min(most, max(least, value))
