"""Pictures whose numbers count light, as those with floating point mostly do, turned into sRGB."""

from __future__ import annotations

import struct
from typing import Final

import numpy as np
from numpy.typing import NDArray

from studio.document import Pixels

Floats = NDArray[np.float32]

_TAG: Final = struct.Struct(">4sII")
_MOST_TAGS: Final = 200
_SRGB_TO_XYZ: Final = np.array(
    [[0.4360747, 0.3850649, 0.1430804], [0.2225045, 0.7168786, 0.0606169], [0.0139322, 0.0971045, 0.7141733]]
)
"""Light of sRGB's red, green and blue in the colours that profiles are given in (D50)."""


def light_matrix(profile: bytes | None) -> Floats | None:
    """What makes linear sRGB of a picture with this ICC profile, float32 ``(3, 3)``, if its numbers count light.

    ``None`` for all other profiles, and for none.
    """
    try:
        tags = _tags(profile or b"")
        if not all(_is_straight(tags[key]) for key in _curves(tags)):
            return None
        if b"kTRC" in tags:
            return np.eye(3, dtype=np.float32)
        columns = [_colour(tags[key]) for key in (b"rXYZ", b"gXYZ", b"bXYZ")]
    except (struct.error, LookupError):
        return None
    return np.asarray(np.linalg.solve(_SRGB_TO_XYZ, np.array(columns).T), np.float32)


def rounded_to_bytes(
    shares: Floats, profile: bytes | None, *, counts_light: bool = False
) -> tuple[Pixels, bytes | None]:
    """Pixels whose first three channels are colours, 0..1 if they can be shown, as uint8; and what is left of the
    profile: ``None`` if it was followed, because its numbers count light.

    ``counts_light`` says that they do without a profile. What is no number is 0. The array is used up.
    """
    matrix = light_matrix(profile)
    if matrix is None and profile is None and counts_light:
        matrix = np.eye(3, dtype=np.float32)
    np.nan_to_num(shares, copy=False, nan=0.0, posinf=1.0, neginf=0.0)
    if matrix is not None:
        shares[..., :3] = srgb_of_light(shares[..., :3], matrix)
    rounded = np.rint(np.clip(shares, 0.0, 1.0) * 255).astype(np.uint8)
    return rounded, None if matrix is not None else profile


def srgb_of_light(light: Floats, matrix: Floats) -> Floats:
    """sRGB values 0..1 of light, both ``(..., 3)``; what is brighter than white becomes white."""
    linear = np.clip(light @ matrix.T, 0.0, 1.0)
    return np.asarray(
        np.where(linear <= 0.0031308, linear * 12.92, 1.055 * np.power(linear, 1 / 2.4) - 0.055), np.float32
    )


def _curves(tags: dict[bytes, bytes]) -> tuple[bytes, ...]:
    return (b"kTRC",) if b"kTRC" in tags else (b"rTRC", b"gTRC", b"bTRC")


def _tags(profile: bytes) -> dict[bytes, bytes]:
    (count,) = struct.unpack_from(">I", profile, 128)
    entries = (_TAG.unpack_from(profile, 132 + _TAG.size * index) for index in range(min(count, _MOST_TAGS)))
    return {name: profile[start : start + length] for name, start, length in entries}


def _is_straight(curve: bytes) -> bool:
    """Whether a curve changes nothing."""
    if curve[:4] == b"curv":
        (count,) = struct.unpack_from(">I", curve, 8)
        return bool(count == 0 or (count == 1 and struct.unpack_from(">H", curve, 12) == (256,)))
    return curve[:4] == b"para" and struct.unpack_from(">H2xI", curve, 8) == (0, 1 << 16)


def _colour(tag: bytes) -> list[float]:
    return [value / 65536 for value in struct.unpack_from(">3i", tag, 8)]
