"""Photoshop's adjustments that have a twin here, and the other way round."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

from psd_tools.constants import Tag
from psd_tools.psd.adjustments import (
    ColorBalance,
    ColorStop,
    Curves,
    CurvesExtraItem,
    CurvesExtraMarker,
    GradientMap,
    HueSaturation,
    LevelRecord,
    Levels,
    TransparencyStop,
)
from psd_tools.psd.descriptor import Bool, DescriptorBlock, Integer
from psd_tools.psd.tagged_blocks import TaggedBlock, TaggedBlocks

from studio.document import Adjustment
from studio.raster.adjustments.colours import BLACK_TO_WHITE, RANGES
from studio.raster.adjustments.tones import CHANNELS, MAX_POINTS, PLAIN_LEVELS, STRAIGHT

_LEVELS_RECORDS: Final = 29
_MOST_POINTS: Final = 19
"""So many points a curve may have there."""
_HUES: Final = 6
"""Ranges of hues, each with settings of its own there."""
_STEPS: Final = 255
_LAST_PLACE: Final = 4096
"""Where a gradient ends there."""
_BRIGHTNESS: Final = {b"Brgh": "brightness", b"Cntr": "contrast"}

_Values = Mapping[str, Any]


@dataclass(frozen=True)
class _Twin:
    """How one kind is written and read. ``is_exact`` says that both programs compute the same."""

    tag: Tag
    write: Callable[[_Values], Any]
    read: Callable[[Any], dict[str, Any]]
    is_exact: bool = False


def adjustment_block(adjustment: Adjustment) -> TaggedBlock | None:
    """What makes a layer of Photoshop's an adjustment layer; ``None`` for one that has no twin there."""
    twin = _TWINS.get(adjustment.kind)
    try:
        data = None if twin is None else twin.write(adjustment.values())
    except (ValueError, TypeError, LookupError, OverflowError):
        return None
    return None if twin is None or data is None else TaggedBlock(key=twin.tag.value, data=data)


def is_exact(adjustment: Adjustment) -> bool:
    """Whether an adjustment that has a twin looks the same in both programs."""
    return _TWINS[adjustment.kind].is_exact


def adjustment_of(blocks: TaggedBlocks) -> Adjustment | None:
    """The adjustment that is described in a layer of Photoshop's; ``None`` for one that has no twin here."""
    for kind, twin in _TWINS.items():
        data = blocks.get_data(twin.tag)
        if data is not None:
            return Adjustment.of(kind, twin.read(data))
    return _INVERTED if Tag.INVERT in blocks else None


def _levels(values: _Values) -> Levels:
    records: Any = [_level(values.get(name, PLAIN_LEVELS)) for name in CHANNELS]
    records += [_level(PLAIN_LEVELS) for _ in range(_LEVELS_RECORDS - len(records))]
    return Levels(version=2, items=records)


def _level(numbers: Any) -> LevelRecord:
    black, white, gamma, low, high = numbers
    return LevelRecord(round(black), round(white), round(low), round(high), round(gamma * 100))


def _read_levels(data: Any) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, record in zip(CHANNELS, data, strict=False):
        black, gamma = min(record.input_floor, 254), min(10.0, max(0.1, record.gamma / 100))
        white = min(_STEPS, max(record.input_ceiling, black + 1))
        found[name] = (black, white, gamma, min(record.output_floor, _STEPS), min(record.output_ceiling, _STEPS))
    return {name: numbers for name, numbers in found.items() if numbers != PLAIN_LEVELS}


def _curves(values: _Values) -> Curves | None:
    points = {index: values[name] for index, name in enumerate(CHANNELS) if name in values}
    if any(len(each) > _MOST_POINTS for each in points.values()):
        return None
    data: dict[int, Any] = {index: [(round(y), round(x)) for x, y in each] for index, each in points.items()}
    items: Any = [CurvesExtraItem(index, each) for index, each in data.items()]
    bits = sum(1 << index for index in data)
    lists: Any = list(data.values())
    return Curves(version=1, count_map=bits, data=lists, extra=CurvesExtraMarker(version=4, items=items))


def _read_curves(data: Any) -> dict[str, Any]:
    marked = data.extra or ()
    found = {item.channel_id: item.points for item in marked} or dict(_numbered(data))
    read = {CHANNELS[index]: _points(points) for index, points in found.items() if index < len(CHANNELS)}
    return {name: points for name, points in read.items() if points != [list(pair) for pair in STRAIGHT]}


def _numbered(data: Any) -> list[tuple[int, Any]]:
    """Curves with the numbers of their channels, where no better list says them."""
    bits = [index for index in range(16) if data.count_map >> index & 1]
    return list(zip(bits if data.version == 1 else range(len(data.data)), data.data, strict=False))


def _points(stored: Any) -> list[list[int]]:
    """Pairs of x and y; of a whole table as many as a curve here may have."""
    if stored and isinstance(stored[0], int):
        places = [round(index * _STEPS / (MAX_POINTS - 1)) for index in range(MAX_POINTS)]
        return [[x, stored[x]] for x in places]
    points = sorted([min(_STEPS, x), min(_STEPS, y)] for y, x in stored)
    return [*(left for left, right in pairwise(points) if left[0] < right[0]), *points[-1:]]


def _hue_saturation(values: _Values) -> HueSaturation:
    hue, saturation, lightness = (round(values.get(name, 0)) for name in ("hue", "saturation", "lightness"))
    colours = bool(values.get("colorize", False))
    ranges: Any = [[(0, 0, 0, 0), (0, 0, 0)] for _ in range(_HUES)]
    chosen, plain = (hue, saturation, lightness), (0, 0, 0)
    return HueSaturation(
        version=2,
        enable=int(colours),
        colorization=(hue % 360, max(0, saturation), lightness) if colours else (0, 25, 0),
        master=plain if colours else chosen,
        items=ranges,
    )


def _read_hue_saturation(data: Any) -> dict[str, Any]:
    hue, saturation, lightness = data.colorization if data.enable else data.master
    values = {
        "hue": (hue + 180) % 360 - 180,
        "saturation": min(100, max(-100, saturation)),
        "lightness": min(100, max(-100, lightness)),
    }
    return {**values, "colorize": True} if data.enable else values


def _color_balance(values: _Values) -> ColorBalance:
    shifts = (tuple(round(each) for each in values.get(name, (0, 0, 0))) for name in RANGES)
    shadows, midtones, highlights = shifts
    return ColorBalance(shadows, midtones, highlights, bool(values.get("preserve_luminosity", True)))


def _read_color_balance(data: Any) -> dict[str, Any]:
    shifts = {name: [min(100, max(-100, each)) for each in getattr(data, name)] for name in RANGES}
    return {**shifts, "preserve_luminosity": bool(data.luminosity)}


def _gradient_map(values: _Values) -> GradientMap:
    found = values.get("stops", BLACK_TO_WHITE)
    stops: Any = [ColorStop(round(_LAST_PLACE * place), 50, 0, _long_color(color)) for place, color in found]
    opaque: Any = [TransparencyStop(place, 50, 100) for place in (0, _LAST_PLACE)]
    none: Any = (0, 0, 0, 0)
    return GradientMap(
        color_stops=stops,
        transparency_stops=opaque,
        interpolation=_LAST_PLACE,
        minimum_color=none,
        maximum_color=none,
    )


def _long_color(color: str) -> tuple[int, ...]:
    """A colour in 16 bits a channel, and the fourth channel that RGB does not have."""
    return (*(257 * byte for byte in bytes.fromhex(color[1:])), 0)


def _read_gradient_map(data: Any) -> dict[str, Any]:
    stops = [[stop.location / _LAST_PLACE, _short_color(stop.color)] for stop in data.color_stops]
    return {"stops": [[1 - place, color] for place, color in reversed(stops)] if data.is_reversed else stops}


def _short_color(channels: Any) -> str:
    return "#" + bytes(min(255, round(each / 257)) for each in channels[:3]).hex()


def _brightness_contrast(values: _Values) -> Any:
    block: Any = DescriptorBlock(classID=b"null", version=16)
    block[b"Vrsn"] = Integer(1)
    for key, name in _BRIGHTNESS.items():
        block[key] = Integer(round(values.get(name, 0)))
    block[b"means"], block[b"Lab "], block[b"useLegacy"] = Integer(127), Bool(False), Bool(True)
    return block


def _read_brightness_contrast(data: Any) -> dict[str, Any]:
    return {name: min(100, max(-100, int(data[key].value))) for key, name in _BRIGHTNESS.items()}


_INVERTED: Final = Adjustment.of("curves", {"rgb": [[0, 255], [255, 0]]})
"""What Photoshop has a kind of its own for."""
_TWINS: Final[Mapping[str, _Twin]] = {
    "levels": _Twin(Tag.LEVELS, _levels, _read_levels, is_exact=True),
    "curves": _Twin(Tag.CURVES, _curves, _read_curves),
    "hue_saturation": _Twin(Tag.HUE_SATURATION, _hue_saturation, _read_hue_saturation),
    "color_balance": _Twin(Tag.COLOR_BALANCE, _color_balance, _read_color_balance),
    "gradient_map": _Twin(Tag.GRADIENT_MAP, _gradient_map, _read_gradient_map),
    "brightness_contrast": _Twin(Tag.CONTENT_GENERATOR_EXTRA_DATA, _brightness_contrast, _read_brightness_contrast),
}
