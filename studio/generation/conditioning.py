"""What a model draws after beside its prompt: pictures for control networks, pictures to resemble, words for parts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal, Self, TypeAlias, get_args

from studio.document import MAX_REGION_PROMPT, MAX_STRENGTH, Guide, Layer, Pixels, Region
from studio.message import Message
from studio.system.records import FieldError, Record, flag, mapping, number, text

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

CONTROL_MODES: Final = (
    "canny",
    "scribble",
    "lineart",
    "softedge",
    "depth",
    "normal",
    "pose",
    "segmentation",
    "tile",
    "stencil",
)
"""The kinds of pictures that control networks were taught to read, by the ids that are stored."""

ReferenceMode: TypeAlias = Literal["whole", "style", "composition", "face"]
REFERENCE_MODES: Final[tuple[ReferenceMode, ...]] = get_args(ReferenceMode)
"""What of a picture another one is to resemble, by the ids that are stored."""

CONTROL_INFLUENCE: Final = "control"
REFERENCE_INFLUENCE: Final = "reference"
"""The ids of what takes part in sampling for guides that name nothing else: control networks, and IP-Adapters."""
REGION_INFLUENCE: Final = "regions"
"""The id of what keeps the words of regions to their places."""


@dataclass(frozen=True, kw_only=True, eq=False)
class ShownPicture:
    """A picture that a job is drawn after.

    Parameters
    ----------
    name
        What a person calls it, for messages.
    picture
        uint8 ``(height, width, 3)`` RGB.
    strength
        How strongly it is felt; at 0 it is as if it were not there.
    start, end
        Over which share of the steps it is felt, 0..1.
    network
        The id of the file to use, or "" for the first that fits.
    mask
        Where it is felt: float32 ``(height, width)`` in 0..1 of the size of the job; ``None`` for everywhere.
    influence
        The id of the `studio.api.InfluenceSpec` by which it takes part in sampling.
    """

    name: str
    picture: Pixels
    strength: float = 1.0
    start: float = 0.0
    end: float = 1.0
    network: str = ""
    mask: NDArray[np.float32] | None = None
    influence: str = ""


@dataclass(frozen=True, kw_only=True, eq=False)
class Control(ShownPicture):
    """A picture of the size of the job that a control network reads spot by spot.

    ``modes`` are the kinds of networks that can read it, out of `CONTROL_MODES`, the best first.
    """

    modes: tuple[str, ...]
    influence: str = CONTROL_INFLUENCE


@dataclass(frozen=True, kw_only=True, eq=False)
class Reference(ShownPicture):
    """A picture of any size that the one that is drawn is to resemble, all of it or in one respect.

    Models that look at pictures themselves feel them everywhere, also with a mask.
    """

    mode: ReferenceMode = "whole"
    influence: str = REFERENCE_INFLUENCE


@dataclass(frozen=True, kw_only=True, eq=False)
class Influenced(ShownPicture):
    """A picture of the size of the job that takes part in sampling by itself: no network of Shoreline's reads it."""


@dataclass(frozen=True, kw_only=True, eq=False)
class RegionPart:
    """A part of the picture with words of its own, which those of the job follow.

    Parameters
    ----------
    name
        What a person calls it, for messages.
    mask
        How much of each pixel it is: float32 ``(height, width)`` in 0..1 of the size of the job. Where the parts of a
        job do not add up to 1 each counts for its share; where there is none, the first does.
    prompt, negative_prompt
        In the syntax of prompts, with nothing left to chance; empty to be drawn after the job's alone. LoRAs that the
        prompt names are felt in this part alone.
    """

    name: str
    mask: NDArray[np.float32]
    prompt: str = ""
    negative_prompt: str = ""


@dataclass(frozen=True, kw_only=True, eq=False)
class Conditioning:
    """All that a job is drawn after beside its prompt: two ``regions`` or more, or none."""

    controls: tuple[Control, ...] = ()
    references: tuple[Reference, ...] = ()
    influences: tuple[Influenced, ...] = ()
    regions: tuple[RegionPart, ...] = ()


def felt_everywhere(name: str) -> Message:
    """What is said of a picture that was to be felt in a region and cannot be kept to it."""
    return Message("{name} was felt in the whole picture: it cannot be kept to a region.", name=name)


def _plain(value: Any) -> str | int | float | bool:
    if not isinstance(value, str | int | float | bool):
        raise ValueError("a text, a number, true or false")
    return value


@dataclass(frozen=True, kw_only=True)
class GuideUse(Record):
    """What is kept of a guide with the settings of a picture that was drawn after it.

    ``layer`` is the name of its layer and ``layer_id`` the layer itself, where its document is at hand, as is
    ``region_id``, the layer of the region that it was felt in, or "" for the whole picture; ``parameters``
    are the values of its preprocessor, and all else is as in `studio.document.Guide`.
    """

    kind: str = text()
    layer: str = text("")
    layer_id: str = text("")
    region_id: str = text("")
    strength: float = number(1.0, least=0.0, most=MAX_STRENGTH)
    start: float = number(0.0, least=0.0, most=1.0)
    end: float = number(1.0, least=0.0, most=1.0)
    network: str = text("")
    from_picture: bool = flag(default=False)
    parameters: dict[str, str | int | float | bool] = mapping(_plain)

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.end < self.start:
            raise FieldError("end", self.end, f"a number from {self.start:g} to 1")

    @classmethod
    def of(cls, guide: Guide, layer: Layer) -> Self:
        """What is kept of a guide and the layer that it names."""
        return cls(
            kind=guide.kind,
            layer=layer.name,
            layer_id=layer.id,
            region_id=guide.region_id or "",
            strength=guide.strength,
            start=guide.start,
            end=guide.end,
            network=guide.network,
            from_picture=guide.from_picture,
            parameters=dict(guide.values),
        )

    def guide(self) -> Guide:
        """The guide again, on and with an id of its own."""
        return Guide(
            kind=self.kind,
            layer_id=self.layer_id,
            region_id=self.region_id or None,
            strength=self.strength,
            start=self.start,
            end=self.end,
            network=self.network,
            from_picture=self.from_picture,
            values=self.parameters,
        )


@dataclass(frozen=True, kw_only=True)
class RegionUse(Record):
    """What is kept of a region with the settings of a picture: its layer as in `GuideUse`, and its words."""

    layer: str = text("")
    layer_id: str = text("")
    prompt: str = text("", longest=MAX_REGION_PROMPT)
    negative_prompt: str = text("", longest=MAX_REGION_PROMPT)

    @classmethod
    def of(cls, region: Region, layer: Layer | None) -> Self:
        """What is kept of a region and the layer that it is, if that is there."""
        return cls(
            layer="" if layer is None else layer.name,
            layer_id=region.layer_id,
            prompt=region.prompt,
            negative_prompt=region.negative_prompt,
        )

    def region(self) -> Region:
        """The region again, switched on."""
        return Region(layer_id=self.layer_id, prompt=self.prompt, negative_prompt=self.negative_prompt)
