"""The geometry, masks and picture operations of inpainting, for tools that want them one by one.

`studio.api.sampling.redraw_inside` puts them together.
"""

from studio.generation.geometry import (
    InpaintGeometry,
    Pass,
    inpaint_geometry,
    sampling_passes,
    schedule_steps,
    steps_run,
)
from studio.generation.masks import FloatMask, cleared, composite_mask, denoise_mask, is_softly_selected, padded, part
from studio.generation.pictures import Fill, blended, filled, match_colour, match_edge, scaled

__all__ = [
    "Fill",
    "FloatMask",
    "InpaintGeometry",
    "Pass",
    "blended",
    "cleared",
    "composite_mask",
    "denoise_mask",
    "filled",
    "inpaint_geometry",
    "is_softly_selected",
    "match_colour",
    "match_edge",
    "padded",
    "part",
    "sampling_passes",
    "scaled",
    "schedule_steps",
    "steps_run",
]
