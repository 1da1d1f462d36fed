"""What a plugin's functions return, checked and made plain on the plugin's thread.

A wrong result raises ``TypeError`` or ``ValueError``, which counts as a failure of the plugin.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar, cast

import numpy as np

from studio.api import (
    AnimationFrame,
    AnimationSpec,
    ExporterSpec,
    FilterSpec,
    GeneratedImage,
    ImportedPicture,
    ImporterSpec,
    PanelContext,
    PanelResult,
    PanelSpec,
    Pixels,
    ToolSpec,
    UpscalerSpec,
)
from studio.api.parameters import Parameter, validated_parameters
from studio.errors import SettingError
from studio.plugin_host.plain_specs import is_a, plain_items, plain_text, plain_value

T = TypeVar("T")
Function = Callable[..., Any]


def with_checked_result(spec: object, function: Function) -> Function:
    """The spec's function; what it returns has the type and shape that `studio.api` asks for."""
    match spec:
        case ToolSpec():
            return _with_checked_pictures(function)
        case FilterSpec():
            return _with_same_shape(function)
        case ImporterSpec():
            return lambda *given: _imported(function(*given))
        case ExporterSpec():
            return lambda *given: _file(function(*given))
        case UpscalerSpec():
            return lambda *given: _picture("run must return", function(*given), channels=3)
        case AnimationSpec():
            return _with_checked_frame(function)
    return function


def with_checked_panel_result(panel: PanelSpec, run: Function) -> Callable[[PanelContext], PanelResult | None]:
    """The function of a panel's button; see `PanelResult`."""

    def checked(context: PanelContext) -> PanelResult | None:
        result = run(context)
        if result is None:
            return None
        if not is_a(result, PanelResult) or not is_a(result.message, str):
            raise TypeError(f"run must return a PanelResult or None, not {_type_of(result)}")
        pixels = None if result.pixels is None else _array(result.pixels)
        _check_panel_pixels(pixels, context.pixels)
        values = _panel_values(panel.parameters, result.values)
        return PanelResult(pixels=pixels, message=plain_text(result.message), values=values)

    return checked


def _with_same_shape(run: Function) -> Callable[..., Pixels]:
    def checked(pixels: Pixels, *rest: Any) -> Pixels:
        shape = pixels.shape
        after = _array(run(pixels, *rest))
        if after is None or after.dtype != np.uint8 or after.shape != shape:
            raise TypeError(f"run must return uint8 {shape}, not {_shown(after)}")
        return after

    return checked


def _picture(duty: str, returned: object, *, channels: int) -> Pixels:
    pixels = _array(returned)
    if pixels is None:
        raise TypeError(f"{duty} an array, not {_type_of(returned)}")
    if pixels.dtype != np.uint8 or pixels.ndim != 3 or pixels.shape[2] != channels or not pixels.size:
        raise TypeError(f"{duty} uint8 (height, width, {channels}), not {_shown(pixels)}")
    return pixels


def _imported(returned: Any) -> Pixels | ImportedPicture:
    if not is_a(returned, ImportedPicture):
        return _picture("decode must return", returned, channels=4)
    notes = tuple(plain_text(note) for note in plain_items(returned.notes))
    return ImportedPicture(_picture("pixels must be", returned.pixels, channels=4), notes)


def _file(data: object) -> bytes:
    if not is_a(data, bytes) or not data:
        length = len(data) if is_a(data, bytes) else "none"  # type: ignore[arg-type]
        raise TypeError(f"encode must return bytes, not {_type_of(data)} of length {length}")
    return b"".join((cast("bytes", data),))


def _with_checked_pictures(run: Function) -> Callable[[Any], tuple[GeneratedImage, ...]]:
    def checked(context: Any) -> tuple[GeneratedImage, ...]:
        images = run(context)
        if not is_a(images, tuple) and not is_a(images, list):
            raise TypeError("run must return a tuple of GeneratedImage")
        return tuple(_checked_image(image) for image in plain_items(images))

    return checked


def _checked_image(image: Any) -> GeneratedImage:
    if not is_a(image, GeneratedImage):
        raise TypeError("run must return a tuple of GeneratedImage")
    pixels = _picture("pixels must be", image.pixels, channels=4)
    mask = None if image.mask is None else _array(image.mask)
    if image.mask is not None and (mask is None or mask.dtype != np.uint8 or mask.shape != pixels.shape[:2]):
        raise TypeError(f"mask must be uint8 {pixels.shape[:2]}, not {_shown(mask)}")
    seed, x, y = (_whole(name, getattr(image, name)) for name in ("seed", "x", "y"))
    return GeneratedImage(pixels=pixels, seed=seed, x=x, y=y, mask=mask, from_canvas=bool(image.from_canvas))


def _with_checked_frame(frame: Function) -> Callable[[Any], AnimationFrame]:
    def checked(context: Any) -> AnimationFrame:
        made = frame(context)
        if not is_a(made, AnimationFrame):
            raise TypeError(f"frame must return an AnimationFrame, not {_type_of(made)}")
        size = (context.settings.height, context.settings.width)
        pixels, mask = _array(made.pixels), None if made.mask is None else _array(made.mask)
        if pixels is None or pixels.dtype != np.uint8 or pixels.shape != (*size, 3):
            raise TypeError(f"pixels must be uint8 {(*size, 3)}, not {_shown(pixels)}")
        if made.mask is not None and (mask is None or mask.dtype != np.uint8 or mask.shape != size):
            raise TypeError(f"mask must be uint8 {size}, not {_shown(mask)}")
        return AnimationFrame(pixels=pixels, mask=mask)

    return checked


def _panel_values(parameters: tuple[Parameter, ...], given: object) -> dict[str, Any]:
    if not is_a(given, Mapping):
        raise TypeError(f"values of the PanelResult must be a mapping, not {_type_of(given)}")
    pairs = plain_items(cast("Mapping[Any, Any]", given).items())
    values = {plain_value(key): plain_value(value) for key, value in pairs}
    known = tuple(parameter for parameter in parameters if parameter.id in values)
    try:
        return validated_parameters(known, values)
    except SettingError as error:
        raise ValueError(f"values of the PanelResult: {error}") from error


def _check_panel_pixels(after: Pixels | None, before: Pixels | None) -> None:
    if after is None:
        return
    wanted = "None" if before is None else f"uint8 {before.shape}"
    if before is None or after.dtype != np.uint8 or after.shape != before.shape:
        raise TypeError(f"pixels of the PanelResult must be {wanted}, not {_shown(after)}")


def _array(value: object) -> Pixels | None:
    """The array without a class of its author's around it, or ``None`` for anything else."""
    if type(value) is np.ndarray:
        return value
    return np.ndarray.view(value, np.ndarray) if is_a(value, np.ndarray) else None  # type: ignore[call-overload]


def _whole(name: str, value: object) -> int:
    plain = plain_value(value)
    if not isinstance(plain, int):
        raise TypeError(f"{name} must be a whole number, not {_type_of(value)}")
    return plain


def _shown(value: Pixels | None) -> str:
    return "something else" if value is None else f"{value.dtype} {value.shape}"


def _type_of(value: object) -> str:
    return type(value).__name__
