"""A small plugin to start from: one filter, with one parameter.

The help page about plugins has every hook with an example: schedulers, tools that draw, upscalers and more.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from studio.api import CancelToken, FilterSpec, IntParameter, Pixels, hookimpl

# Import heavy libraries (cv2, scipy, torch) inside the functions that use them: a plugin must not delay the start.


@hookimpl
def shoreline_filters() -> Sequence[FilterSpec]:
    """Called once, when the plugin is loaded: says what it adds."""
    tones = IntParameter(
        id="tones",
        label="Tones",
        help="How many levels each colour keeps.",
        default=4,
        minimum=2,
        maximum=32,
    )
    return [
        FilterSpec(
            id="template",
            name="Template",
            run=posterize,
            description="Paints with few tones of each colour.",
            parameters=(tones,),
        )
    ]


def posterize(
    pixels: Pixels, parameters: Mapping[str, Any], cancel: CancelToken, report: Callable[[float, str], None]
) -> Pixels:
    """Called in the background when a person chooses the filter: uint8 (h, w, 4) RGBA in, the same out."""
    cancel.raise_if_cancelled()
    steps = parameters["tones"] - 1
    levels = np.rint(np.rint(np.arange(256) / 255.0 * steps) / steps * 255.0).astype(np.uint8)
    changed = pixels.copy()
    changed[..., :3] = levels[pixels[..., :3]]
    report(1.0, "Done")
    return changed
