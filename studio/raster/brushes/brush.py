"""A brush as a value: all that its dabs depend on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from studio.errors import SettingError
from studio.raster.brushes.curve import LINEAR, Curve, read_curve, value_at
from studio.raster.limits import MAX_DIAMETER, MAX_ROPE
from studio.raster.stroke_path import PathPoint
from studio.system.records import (
    FieldError,
    Record,
    check_of,
    checked,
    choice,
    flag,
    maybe,
    number,
    record,
    several,
    whole,
)
from studio.system.records import text as words

_CLOSEST_DABS: Final = 0.5
_SMALLEST_DAB: Final = 0.3
_LONGEST_PICTURE: Final = 700_000


@dataclass(frozen=True, kw_only=True)
class Response(Record):
    """How a value of each dab follows the pen: a curve for its pressure, tilt (0 upright, 1 flat) and speed (1 fast).

    Each makes a factor of 0..1, and they are multiplied; ``None`` does not matter.
    """

    pressure: Curve | None = maybe(checked(read_curve))
    tilt: Curve | None = maybe(checked(read_curve))
    speed: Curve | None = maybe(checked(read_curve))

    @property
    def is_used(self) -> bool:
        return any(curve is not None for curve in (self.pressure, self.tilt, self.speed))

    def factor(self, point: PathPoint, *, pressed: bool = True) -> float:
        """What the value is multiplied by where the pen is held so; its pressure counts if ``pressed``."""
        factor = 1.0
        if pressed and self.pressure is not None:
            factor *= value_at(self.pressure, point.pressure)
        if self.tilt is not None:
            factor *= value_at(self.tilt, point.tilt)
        if self.speed is not None:
            factor *= value_at(self.speed, point.speed)
        return factor


BY_PRESSURE: Final = Response(pressure=LINEAR)
UNMOVED: Final = Response()


@dataclass(frozen=True, kw_only=True)
class Tip(Record):
    """What one dab looks like.

    ``round`` and ``square`` are drawn; ``bristle`` is as many bristles in a disc; ``stamp`` is ``picture``, a grey PNG
    in base64, white where it paints.
    """

    kind: str = choice("round", "square", "bristle", "stamp")
    bristles: int = whole(60, least=3, most=400)
    picture: str = words("", longest=_LONGEST_PICTURE)


@dataclass(frozen=True, kw_only=True)
class Jitter(Record):
    """How far chance changes each dab, 0..1 of what is possible: its size, angle, opacity and colour."""

    size: float = number(0.0, least=0, most=1)
    angle: float = number(0.0, least=0, most=1)
    opacity: float = number(0.0, least=0, most=1)
    hue: float = number(0.0, least=0, most=1)
    saturation: float = number(0.0, least=0, most=1)
    brightness: float = number(0.0, least=0, most=1)

    @property
    def has_colour(self) -> bool:
        return bool(self.hue or self.saturation or self.brightness)


@dataclass(frozen=True, kw_only=True)
class Grain(Record):
    """The surface that a brush catches on: how deep its hollows are (0..1), and how large (1 is fine)."""

    kind: str = choice("none", "paper", "canvas", "speckle")
    depth: float = number(0.6, least=0, most=1)
    scale: float = number(1.0, least=0.5, most=8)


_BYTE: Final = check_of(whole(least=0, most=255))


@dataclass(frozen=True, kw_only=True)
class Brush(Record):
    """A brush. An impossible one raises `SettingError`.

    Parameters
    ----------
    diameter
        1..2000 pixels.
    hardness, opacity, flow
        0..1. ``flow`` is what one dab puts down; ``opacity`` is what the whole stroke never exceeds.
    spacing
        Distance between dabs as a fraction of the diameter, 0.01..10.
    rgba
        Straight colour, 0..255. On a mask, its luma is the value that is painted.
    pressure_size, pressure_opacity
        Whether pen pressure scales the diameter, or the opacity: by the curves of ``size_by`` and ``opacity_by``.
    eraser
        Take paint away instead; on a mask, paint 0.
    smoothing
        0..1, how much the stabiliser calms the hand.
    rope
        Pixels of slack by which the pointer pulls the brush; 0 holds it fast.
    angle, roundness
        How the tip is turned (degrees, clockwise) and squeezed (0.05..1); ``follows`` turns it further with the
        "stroke", or with the "tilt" of the pen.
    scatter
        How far dabs fall beside the stroke, in diameters, 0..10.
    size_by, opacity_by, flow_by, angle_by
        How the pen changes each dab. ``angle_by`` is the share of a whole turn.
    """

    diameter: float = number(20.0, least=1, most=MAX_DIAMETER)
    hardness: float = number(0.8, least=0, most=1)
    opacity: float = number(1.0, least=0, most=1)
    flow: float = number(1.0, least=0, most=1)
    spacing: float = number(0.1, least=0.01, most=10)
    rgba: tuple[int, int, int, int] = several(_BYTE, exactly=4, default=(0, 0, 0, 255))
    pressure_size: bool = flag(True)
    pressure_opacity: bool = flag(False)
    eraser: bool = flag(False)
    smoothing: float = number(0.0, least=0, most=1)
    rope: float = number(0.0, least=0, most=MAX_ROPE)
    tip: Tip = record(Tip)
    angle: float = number(0.0, least=-360, most=360)
    roundness: float = number(1.0, least=0.05, most=1)
    follows: str = choice("none", "stroke", "tilt")
    scatter: float = number(0.0, least=0, most=10)
    jitter: Jitter = record(Jitter)
    grain: Grain = record(Grain)
    size_by: Response = record(Response, BY_PRESSURE)
    opacity_by: Response = record(Response, BY_PRESSURE)
    flow_by: Response = record(Response)
    angle_by: Response = record(Response)

    def __post_init__(self) -> None:
        try:
            super().__post_init__()
        except FieldError as error:
            raise SettingError(
                "A brush {name} of {value} is not possible.",
                "Give {expected}.",
                name=error.name,
                value=error.value,
                expected=error.expected,
            ) from error

    @property
    def is_plain(self) -> bool:
        """Whether its dabs are round discs that differ in size and opacity only, by pressure as it is."""
        return (
            self.tip.kind == "round"
            and self.roundness == 1
            and not self.scatter
            and self.jitter == Jitter()
            and self.grain.kind == "none"
            and (self.size_by, self.opacity_by, self.flow_by) == (BY_PRESSURE, BY_PRESSURE, UNMOVED)
        )

    def diameter_at(self, point: PathPoint) -> float:
        """Pixels across a dab where the pen is held so; chance comes on top."""
        if self.size_by is BY_PRESSURE:
            return max(_SMALLEST_DAB, self.diameter * point.pressure) if self.pressure_size else self.diameter
        return max(_SMALLEST_DAB, self.diameter * self.size_by.factor(point, pressed=self.pressure_size))

    def opacity_at(self, point: PathPoint) -> float:
        """What a dab never exceeds, 0..1, as a share of ``opacity``."""
        return self.opacity_by.factor(point, pressed=self.pressure_opacity)

    def spacing_at(self, point: PathPoint) -> float:
        """Pixels between dabs."""
        return max(_CLOSEST_DABS, self.spacing * self.diameter_at(point))
