"""Parts of a picture with words of their own.

A region names a layer by its id, as a guide does: it is where that layer, or what lies in that group, is opaque,
whether it is shown or not. A layer that is gone leaves its region where it is: undoing the deletion brings all of it
back.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from studio.document.layer import LayerId
from studio.errors import SettingError

MAX_REGIONS: Final = 64
MAX_REGION_PROMPT: Final = 20_000
"""Longest prompt of a region in characters, as of a picture."""


@dataclass(frozen=True, kw_only=True)
class Region:
    """A part of the picture that is drawn after its own prompt, which that of the picture follows.

    Parameters
    ----------
    layer_id
        The layer or group that it is; a layer is one region at most.
    prompt, negative_prompt
        In the syntax of prompts. Without words it is drawn after the picture's prompt alone.
        LoRAs that its prompt names are felt in the region alone.

    Raises `SettingError` for a prompt that is too long.
    """

    layer_id: LayerId
    prompt: str = ""
    negative_prompt: str = ""
    enabled: bool = True

    def __post_init__(self) -> None:
        if max(len(self.prompt), len(self.negative_prompt)) > MAX_REGION_PROMPT:
            raise SettingError(
                "The prompt of a region is longer than {most} characters.", "Shorten it.", most=MAX_REGION_PROMPT
            )
