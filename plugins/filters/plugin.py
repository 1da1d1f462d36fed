"""Filters on pixels: Gaussian blur, unsharp mask, levels, and hue with saturation."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from studio.api import CancelToken, FilterSpec, FloatParameter, IntParameter, Pixels, hookimpl, premultiplied, straight

# OpenCV is imported where it is used; at the top it would delay every start.

Report = Callable[[float, str], None]
Values = Mapping[str, Any]

_BAND_ROWS = 256
"""Rows that are worked on between two looks at the cancel token."""


@hookimpl
def shoreline_filters() -> Sequence[FilterSpec]:
    return [_gaussian_blur(), _unsharp_mask(), _levels(), _hue_and_saturation()]


def _gaussian_blur() -> FilterSpec:
    radius = FloatParameter(
        id="radius",
        label="Radius",
        help="The standard deviation of the blur.",
        default=4.0,
        minimum=0.3,
        maximum=80.0,
        step=0.1,
        suffix=" px",
    )
    return FilterSpec(
        id="gaussian_blur",
        name="Gaussian blur",
        run=gaussian_blur,
        description="Softens the picture.",
        parameters=(radius,),
    )


def _unsharp_mask() -> FilterSpec:
    return FilterSpec(
        id="unsharp_mask",
        name="Unsharp mask",
        run=unsharp_mask,
        description="Sharpens edges by their difference from a blurred picture.",
        parameters=(
            FloatParameter(id="radius", label="Radius", default=1.5, minimum=0.3, maximum=20.0, step=0.1, suffix=" px"),
            FloatParameter(id="amount", label="Amount", default=0.6, minimum=0.0, maximum=4.0, step=0.05),
            IntParameter(
                id="threshold",
                label="Threshold",
                help="Differences up to this many levels stay as they are, so that noise is not sharpened.",
                default=2,
                minimum=0,
                maximum=64,
            ),
        ),
    )


def _levels() -> FilterSpec:
    return FilterSpec(
        id="levels",
        name="Levels",
        run=levels,
        description="Sets which tones become black and white, and how bright the middle is.",
        parameters=(
            IntParameter(id="black", label="Black point", default=0, minimum=0, maximum=254),
            IntParameter(id="white", label="White point", default=255, minimum=1, maximum=255),
            FloatParameter(
                id="gamma",
                label="Midtones",
                help="Above 1 the middle becomes brighter.",
                default=1.0,
                minimum=0.1,
                maximum=5.0,
                step=0.01,
            ),
        ),
    )


def _hue_and_saturation() -> FilterSpec:
    return FilterSpec(
        id="hue_saturation",
        name="Hue and saturation",
        run=hue_and_saturation,
        description="Turns the colours and makes them stronger or weaker.",
        parameters=(
            FloatParameter(id="hue", label="Hue", default=0.0, minimum=-180.0, maximum=180.0, step=1.0, suffix="°"),
            FloatParameter(id="saturation", label="Saturation", default=1.0, minimum=0.0, maximum=3.0, step=0.01),
            FloatParameter(id="brightness", label="Brightness", default=1.0, minimum=0.0, maximum=3.0, step=0.01),
        ),
    )


def gaussian_blur(pixels: Pixels, values: Values, cancel: CancelToken, report: Report) -> Pixels:
    """Blur with a Gaussian of ``radius`` standard deviation; transparent pixels lend no colour to their neighbours."""
    return straight(_blurred(premultiplied(pixels), values["radius"], cancel, report))


def unsharp_mask(pixels: Pixels, values: Values, cancel: CancelToken, report: Report) -> Pixels:
    """Add ``amount`` times the difference from a blurred picture where it exceeds ``threshold``; alpha is kept."""
    import cv2

    soft = straight(_blurred(premultiplied(pixels), values["radius"], cancel, report))

    def sharpen(rows: slice) -> Pixels:
        before = pixels[rows, :, :3].astype(np.int16)
        difference = before - soft[rows, :, :3]
        gained = before + values["amount"] * difference.astype(np.float32)
        kept = np.abs(difference) <= values["threshold"]
        return np.asarray(cv2.convertScaleAbs(np.where(kept, before, np.maximum(gained, 0))), np.uint8)

    return _with_colours(pixels, sharpen, cancel, report)


def levels(pixels: Pixels, values: Values, cancel: CancelToken, report: Report) -> Pixels:
    """Stretch ``black`` .. ``white`` to 0..255 in every colour, with ``gamma`` between; alpha is kept."""
    black, white = values["black"], max(values["white"], values["black"] + 1)
    tones = ((np.arange(256) - black) / (white - black)).clip(0.0, 1.0) ** (1.0 / values["gamma"])
    table = np.rint(255.0 * tones).astype(np.uint8)
    return _with_colours(pixels, lambda rows: table[pixels[rows, :, :3]], cancel, report)


def hue_and_saturation(pixels: Pixels, values: Values, cancel: CancelToken, report: Report) -> Pixels:
    """Turn the hue by ``hue`` degrees and scale saturation and value of HSV; alpha is kept."""
    import cv2

    def turned(rows: slice) -> Pixels:
        rgb = np.ascontiguousarray(pixels[rows, :, :3]).astype(np.float32) / 255.0
        hsv = cv2.cvtColor(rgb, cv2.COLOR_RGB2HSV)
        hsv[..., 0] = (hsv[..., 0] + values["hue"]) % 360.0
        hsv[..., 1] = np.minimum(hsv[..., 1] * values["saturation"], 1.0)
        hsv[..., 2] = np.minimum(hsv[..., 2] * values["brightness"], 1.0)
        return np.asarray(np.rint(cv2.cvtColor(hsv, cv2.COLOR_HSV2RGB) * 255.0), np.uint8)

    return _with_colours(pixels, turned, cancel, report)


def _blurred(pixels: Pixels, sigma: float, cancel: CancelToken, report: Report) -> Pixels:
    """Premultiplied RGBA blurred band by band, each with the rows around it that its blur reaches."""
    import cv2

    reach = int(np.ceil(4 * sigma)) + 1
    out = np.empty_like(pixels)
    step = max(_BAND_ROWS, 2 * reach)
    for top in range(0, pixels.shape[0], step):
        cancel.raise_if_cancelled()
        first = max(0, top - reach)
        band = pixels[first : top + step + reach]
        blurred: NDArray[np.uint8] = cv2.GaussianBlur(  # type: ignore[assignment]
            band, (0, 0), sigma, borderType=cv2.BORDER_REPLICATE
        )
        out[top : top + step] = blurred[top - first : top - first + step]
        report((top + step) / pixels.shape[0], "")
    return out


def _with_colours(pixels: Pixels, change: Callable[[slice], Pixels], cancel: CancelToken, report: Report) -> Pixels:
    """``pixels`` with the colours of each band of rows replaced by what ``change`` makes of them."""
    out = pixels.copy()
    for top in range(0, pixels.shape[0], _BAND_ROWS):
        cancel.raise_if_cancelled()
        rows = slice(top, top + _BAND_ROWS)
        out[rows, :, :3] = change(rows)
        report(min(1.0, (top + _BAND_ROWS) / pixels.shape[0]), "")
    return out
