"""Parts of what a plugin's functions return, checked and made plain on the plugin's thread.

What is wrong raises ``TypeError`` or ``ValueError``, which counts as a failure of the plugin.
"""

from __future__ import annotations

import numpy as np

from studio.api import Pixels
from studio.plugin_host.plain_specs import is_a, plain_value


def picture(duty: str, returned: object, *, channels: int) -> Pixels:
    """A picture of some size; ``duty`` begins the complaint about anything else, such as "run must return"."""
    pixels = array(returned)
    if pixels is None:
        raise TypeError(f"{duty} an array, not {type_of(returned)}")
    if pixels.dtype != np.uint8 or pixels.ndim != 3 or pixels.shape[2] != channels or not pixels.size:
        raise TypeError(f"{duty} uint8 (height, width, {channels}), not {shown(pixels)}")
    return pixels


def array(value: object) -> Pixels | None:
    """The array without a class of its author's around it, or ``None`` for anything else."""
    if type(value) is np.ndarray:
        return value
    return np.ndarray.view(value, np.ndarray) if is_a(value, np.ndarray) else None  # type: ignore[call-overload]


def whole(name: str, value: object) -> int:
    """A whole number, of whatever class it was."""
    plain = plain_value(value)
    if not isinstance(plain, int):
        raise TypeError(f"{name} must be a whole number, not {type_of(value)}")
    return plain


def shown(value: Pixels | None) -> str:
    """An array in a complaint: its type and shape."""
    return "something else" if value is None else f"{value.dtype} {value.shape}"


def type_of(value: object) -> str:
    """The name of a value's class, in a complaint."""
    return type(value).__name__
