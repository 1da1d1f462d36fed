"""The guides that control networks were taught to read, pictures to resemble, and filters that make some guides."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from studio.api import CancelToken, FilterSpec, FloatParameter, GuideSpec, IntParameter, Pixels, hookimpl, opaque

# OpenCV is imported where it is used; at the top it would delay every start.

Report = Callable[[float, str], None]
Values = Mapping[str, Any]
Grey = NDArray[np.float32]

_SCALES = (1.0, 2.0, 4.0)
"""Standard deviations, in pixels, at which soft lines are looked for."""
_WHITE = "#ffffff"


@hookimpl
def shoreline_guides() -> Sequence[GuideSpec]:
    return [
        GuideSpec(
            id="scribble",
            name="Scribble",
            reads=("scribble", "softedge"),
            description="A rough sketch: the model works it up and keeps to it loosely.",
            preprocessor="guide_scribble",
            is_lines=True,
        ),
        GuideSpec(
            id="lineart",
            name="Line art",
            reads=("lineart", "scribble"),
            description="A clean drawing, which is coloured in.",
            preprocessor="guide_soft_lines",
            is_lines=True,
        ),
        GuideSpec(
            id="softedge",
            name="Soft edges",
            reads=("softedge", "scribble"),
            description="Broad contours; details are left free.",
            preprocessor="guide_soft_lines",
            is_lines=True,
        ),
        GuideSpec(
            id="canny",
            name="Canny edges",
            reads=("canny",),
            description="Thin hard edges, which are kept closely.",
            preprocessor="guide_canny",
            is_lines=True,
        ),
        GuideSpec(
            id="depth",
            name="Depth",
            reads=("depth",),
            description="What is near is light, what is far is dark.",
            preprocessor="guide_depth",
        ),
        GuideSpec(
            id="normal",
            name="Normals",
            reads=("normal",),
            description="Which way surfaces face, as colours.",
            preprocessor="guide_normals",
            ground="#8080ff",
        ),
        GuideSpec(
            id="pose",
            name="Pose",
            reads=("pose",),
            description="Figures as coloured sticks on black.",
            preprocessor="guide_pose",
        ),
        GuideSpec(
            id="segmentation",
            name="Segmentation",
            reads=("segmentation",),
            description="Areas of flat colours that stand for things.",
            preprocessor="guide_segmentation",
        ),
        GuideSpec(
            id="tile",
            name="Tile",
            reads=("tile",),
            description="Keeps colours and shapes of a picture and draws its details anew.",
            preprocessor="guide_tile",
            ground=_WHITE,
        ),
        GuideSpec(
            id="unblur",
            name="Unblur",
            reads=("tile",),
            description="Keeps the broad colours of a picture, and no more.",
            preprocessor="guide_blur",
            ground=_WHITE,
        ),
        GuideSpec(
            id="stencil",
            name="Stencil",
            reads=("stencil",),
            description="Light and dark of a pattern or a sign come back in the picture.",
            ground=_WHITE,
        ),
        *_references(),
    ]


def _references() -> Sequence[GuideSpec]:
    """Pictures to resemble, without keeping to them spot by spot."""
    return [
        GuideSpec(
            id="reference",
            name="Reference",
            reference="whole",
            description="What the picture shows and how it looks, as if it were told in words.",
            ground=_WHITE,
        ),
        GuideSpec(
            id="style",
            name="Style",
            reference="style",
            description="How the picture looks: its colours, its strokes, its mood.",
            ground=_WHITE,
        ),
        GuideSpec(
            id="composition",
            name="Composition",
            reference="composition",
            description="Where things are in the picture, not what they are.",
            ground=_WHITE,
        ),
        GuideSpec(
            id="face",
            name="Face",
            reference="face",
            description="The face on a picture that shows little else.",
            ground=_WHITE,
        ),
    ]


@hookimpl
def shoreline_filters() -> Sequence[FilterSpec]:
    return [
        FilterSpec(
            id="guide_canny",
            name="Canny edges",
            run=canny,
            description="Thin light lines on black where the picture has edges.",
            parameters=(
                IntParameter(
                    id="low",
                    label="Faint edges",
                    help="Edges weaker than this are left out.",
                    default=100,
                    minimum=1,
                    maximum=255,
                ),
                IntParameter(
                    id="high",
                    label="Clear edges",
                    help="Edges stronger than this are always there; those between only where they go on from one.",
                    default=200,
                    minimum=1,
                    maximum=255,
                ),
            ),
        ),
        FilterSpec(
            id="guide_scribble",
            name="Scribble lines",
            run=scribble,
            description="Thick rough lines on black, as of a felt pen.",
            parameters=(
                FloatParameter(
                    id="detail",
                    label="Detail",
                    help="More gives more lines.",
                    default=0.5,
                    minimum=0.0,
                    maximum=1.0,
                ),
                IntParameter(id="width", label="Line width", default=4, minimum=1, maximum=24, suffix=" px"),
            ),
        ),
        FilterSpec(
            id="guide_soft_lines",
            name="Soft lines",
            run=soft_lines,
            description="Light lines on black, brighter where the picture changes more.",
            parameters=(
                FloatParameter(
                    id="strength",
                    label="Strength",
                    help="How bright weak contours become.",
                    default=1.0,
                    minimum=0.2,
                    maximum=4.0,
                    step=0.05,
                ),
            ),
        ),
        FilterSpec(
            id="guide_blur",
            name="Broad colours",
            run=blur,
            description="So soft that only broad colours are left.",
            parameters=(
                FloatParameter(
                    id="radius", label="Radius", default=16.0, minimum=1.0, maximum=80.0, step=0.5, suffix=" px"
                ),
            ),
        ),
        FilterSpec(
            id="guide_tile",
            name="Coarse picture",
            run=coarse,
            description="Made smaller and large again: colours and shapes stay, details go.",
            parameters=(
                IntParameter(
                    id="factor",
                    label="Times smaller",
                    help="1 keeps everything.",
                    default=4,
                    minimum=1,
                    maximum=16,
                ),
            ),
        ),
    ]


def canny(pixels: Pixels, values: Values, cancel: CancelToken, report: Report) -> Pixels:
    """After Canny, "A Computational Approach to Edge Detection", 1986."""
    import cv2

    cancel.raise_if_cancelled()
    low, high = sorted((values["low"], values["high"]))
    report(0.5, "")
    return _as_picture(np.asarray(cv2.Canny(_on_white(pixels), low, high), np.uint8))


def scribble(pixels: Pixels, values: Values, cancel: CancelToken, report: Report) -> Pixels:
    """The edges of what is left without small detail, drawn with a thick pen."""
    import cv2

    cancel.raise_if_cancelled()
    calm = cv2.GaussianBlur(_on_white(pixels), (0, 0), 1.0 + 3.0 * (1.0 - values["detail"]))
    high = 20 + 160 * (1.0 - values["detail"])
    report(0.5, "")
    width = values["width"]
    pen = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (width, width))
    return _as_picture(np.asarray(cv2.dilate(cv2.Canny(calm, high / 3, high), pen), np.uint8))


def soft_lines(pixels: Pixels, values: Values, cancel: CancelToken, report: Report) -> Pixels:
    """The slope of the picture, averaged over several scales."""
    import cv2

    grey = _grey(pixels)
    total = np.zeros_like(grey)
    for done, sigma in enumerate(_SCALES):
        cancel.raise_if_cancelled()
        soft = cv2.GaussianBlur(grey, (0, 0), sigma)
        across, down = (cv2.Sobel(soft, cv2.CV_32F, *axis, ksize=3) for axis in ((1, 0), (0, 1)))
        total += sigma * np.hypot(across, down)
        report((done + 1) / len(_SCALES), "")
    lines = 1.0 - np.exp(-values["strength"] * total / len(_SCALES))
    return _as_picture((lines * 255.0).clip(0, 255).round().astype(np.uint8))


def blur(pixels: Pixels, values: Values, cancel: CancelToken, report: Report) -> Pixels:
    import cv2

    cancel.raise_if_cancelled()
    report(0.5, "")
    return opaque(np.asarray(cv2.GaussianBlur(_on_white(pixels), (0, 0), values["radius"]), np.uint8))


def coarse(pixels: Pixels, values: Values, cancel: CancelToken, report: Report) -> Pixels:
    import cv2

    cancel.raise_if_cancelled()
    rgb = _on_white(pixels)
    height, width = rgb.shape[:2]
    small = max(1, width // values["factor"]), max(1, height // values["factor"])
    report(0.5, "")
    reduced = cv2.resize(rgb, small, interpolation=cv2.INTER_AREA)
    return opaque(np.asarray(cv2.resize(reduced, (width, height), interpolation=cv2.INTER_CUBIC), np.uint8))


def _on_white(pixels: Pixels) -> Pixels:
    """Straight RGBA on white: uint8 (h, w, 3)."""
    alpha = pixels[..., 3:].astype(np.float32) / 255.0
    rgb: Pixels = (pixels[..., :3] * alpha + 255.0 * (1.0 - alpha)).round().astype(np.uint8)
    return rgb


def _grey(pixels: Pixels) -> Grey:
    """Brightness in 0..1."""
    import cv2

    grey: Grey = np.asarray(cv2.cvtColor(_on_white(pixels), cv2.COLOR_RGB2GRAY), np.float32) / 255.0
    return grey


def _as_picture(lines: Pixels) -> Pixels:
    """Lines (h, w) as opaque RGBA."""
    return opaque(np.repeat(lines[..., None], 3, axis=2))
