"""What a picture is drawn after beside its prompt.

A guide names a layer by its id, so that what is painted on it is undone, moved and saved with the layer. A layer that
is gone leaves its guide where it is: undoing the deletion brings all of it back.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final, TypeAlias

from studio.document.layer import LayerId
from studio.errors import SettingError
from studio.text.identifiers import new_identifier

GuideId: TypeAlias = str
GuideValue: TypeAlias = str | int | float | bool

MAX_STRENGTH: Final = 1.5
MAX_GUIDES: Final = 64


def new_guide_id() -> GuideId:
    return new_identifier()


@dataclass(frozen=True, kw_only=True)
class Guide:
    """A layer that the model is to draw after.

    Parameters
    ----------
    kind
        The id of what it does, such as "canny" or "depth": a plugin declares it.
    layer_id
        The layer whose pixels are looked at; ``None`` while none is chosen.
    region_id
        The layer of the region that it is felt in; ``None`` for the whole picture.
    strength
        0..1.5; at 0 it does nothing at all.
    start, end
        Over which share of the steps it is felt, 0..1.
    network
        The id of the file that reads it, or "" for the first that fits.
    from_picture
        Whether the layer is any picture, of which the kind's preprocessor makes what networks read; else it is that.
    values
        The preprocessor's parameters by their ids.

    Raises `SettingError` for numbers out of range.
    """

    kind: str
    layer_id: LayerId | None = None
    region_id: LayerId | None = None
    id: GuideId = field(default_factory=new_guide_id)
    enabled: bool = True
    strength: float = 1.0
    start: float = 0.0
    end: float = 1.0
    network: str = ""
    from_picture: bool = False
    values: Mapping[str, GuideValue] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not (math.isfinite(self.strength) and 0.0 <= self.strength <= MAX_STRENGTH):
            raise SettingError(
                "A control layer cannot have the strength {strength:g}.",
                "Choose from 0 to {max_strength:g}.",
                strength=self.strength,
                max_strength=MAX_STRENGTH,
            )
        if not 0.0 <= self.start <= self.end <= 1.0:
            raise SettingError(
                "A control layer cannot be felt from {start:g} to {end:g} of the steps.",
                "Choose a start and a later end from 0 to 1.",
                start=self.start,
                end=self.end,
            )
        object.__setattr__(self, "values", MappingProxyType(dict(self.values)))

    @property
    def acts(self) -> bool:
        """Whether it changes anything: it is on, has a layer, and a strength above 0."""
        return self.enabled and self.layer_id is not None and self.strength > 0.0
