"""Pictures for games: pixel art on its grid, and sprites freed from a plain ground."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from studio.api import (
    BoolParameter,
    CancelToken,
    FilterSpec,
    FloatParameter,
    IntParameter,
    Pixels,
    TextParameter,
    hookimpl,
)

from . import pixel_art

Report = Callable[[float, str], None]
Values = Mapping[str, Any]


@hookimpl
def shoreline_filters() -> Sequence[FilterSpec]:
    return [_pixel_art(), _plain_ground()]


def _pixel_art() -> FilterSpec:
    return FilterSpec(
        id="pixel_art",
        name="Pixel art",
        run=to_pixel_art,
        description="Finds the grid of enlarged or drawn pixel art, gives every cell one colour out of few, and leaves "
        "no half transparent pixel.",
        parameters=(
            IntParameter(
                id="cell",
                label="Cell size",
                help="How many pixels wide a cell of the art is now; 0 finds it.",
                default=0,
                minimum=0,
                maximum=pixel_art.LARGEST_CELL,
                suffix=" px",
                minimum_label="Automatic",
            ),
            IntParameter(
                id="colours",
                label="Colours",
                help="How many colours are left, at most; 0 leaves them all.",
                default=16,
                minimum=0,
                maximum=pixel_art.MOST_COLOURS,
                minimum_label="All",
            ),
            IntParameter(
                id="pixel",
                label="Pixel size",
                help="How many pixels wide a cell becomes; 0 keeps its size, 1 is the size of the art itself.",
                default=0,
                minimum=0,
                maximum=pixel_art.LARGEST_CELL,
                suffix=" px",
                minimum_label="As found",
            ),
            TextParameter(
                id="palette",
                label="Palette",
                help="Colours to use, as #rrggbb or the lines of a .gpl file; empty finds them.",
                multiline=True,
                advanced=True,
            ),
        ),
    )


def _plain_ground() -> FilterSpec:
    return FilterSpec(
        id="remove_plain_ground",
        name="Remove plain ground",
        run=remove_plain_ground,
        description="Makes the one colour around a thing transparent, with a soft edge that has none of it left.",
        parameters=(
            FloatParameter(
                id="tolerance",
                label="Tolerance",
                help="How far a colour may be from that of the ground, in levels.",
                default=24.0,
                minimum=0.0,
                maximum=200.0,
                step=1.0,
            ),
            IntParameter(
                id="edge",
                label="Soft edge",
                help="How wide the edge is in which thing and ground are mixed.",
                default=2,
                minimum=1,
                maximum=8,
                suffix=" px",
            ),
            BoolParameter(
                id="connected",
                label="Connected only",
                help="Keep spots of the same colour that the ground does not reach from the border.",
                default=True,
            ),
        ),
    )


def to_pixel_art(pixels: Pixels, values: Values, cancel: CancelToken, report: Report) -> Pixels:
    """Straight RGBA on its grid, see `pixel_art`; from the top left on, so that no pixel is cut at the border."""
    palette = pixel_art.palette_in(values["palette"])
    grid = pixel_art.find_grid(pixels, values["cell"])
    cells = pixel_art.cells_of(pixels, grid, cancel, lambda fraction: report(min(1.0, fraction), ""))
    cells = pixel_art.reduced(cells, values["colours"], palette)
    height, width = pixels.shape[:2]
    return pixel_art.enlarged(cells, values["pixel"] or grid.size, height, width)


def remove_plain_ground(pixels: Pixels, values: Values, cancel: CancelToken, report: Report) -> Pixels:
    """Straight RGBA without its ground."""
    # OpenCV comes with this import; at the top it would delay every start.
    from studio.api.sprites import freed

    del report
    return freed(pixels, values["tolerance"], values["edge"], values["connected"], cancel)
