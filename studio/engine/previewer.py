"""What is shown of latents while they are drawn: nothing, rough colours, or what a small decoder makes of them."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

import torch

from studio.document import Pixels
from studio.engine.device.devices import Device
from studio.engine.device.memory import release_unused
from studio.engine.device.wish import PreviewWish
from studio.engine.previews import LatentPreview, to_uint8
from studio.engine.tiny_decoder import TinyDecoder, load_tiny_decoder
from studio.generation.repeating import Tile

SHARE: Final = 0.05
"""Share of the time that a small decoder may take of the drawing."""
_TRIAL_SIDE: Final = 8
"""Cells along one side of what is decoded to learn how long it takes."""
_log = logging.getLogger(__name__)


class Previewer:
    """Shows latents of one model.

    A decoder is measured as it runs and kept to `SHARE` of the time: what comes too soon after the last picture is
    skipped, and the newest is shown when there is time again. Until a first picture of a job there are rough colours.
    One that fails is not asked again; drawing goes on. ``clock`` returns seconds.
    """

    def __init__(self, colors: LatentPreview, device: Device, clock: Callable[[], float] = time.perf_counter) -> None:
        self.colors = colors
        self._device = device
        self._clock = clock
        self._wish: PreviewWish = "detailed"
        self._file: Path | None = None
        self._failed: set[Path] = set()
        self._decoder: TinyDecoder | None = None
        self._seconds_per_cell = 0.0
        self._since = 0.0
        self._has_shown = False

    def begin(self, wish: PreviewWish, decoder: Path | None, *, only_at_end: bool = False) -> None:
        """A job begins; ``decoder`` is the file that fits the model, if there is one.

        With ``only_at_end`` nothing is shown, but the decoder is there for `at_end`, whatever the wish.
        """
        self._wish = "off" if only_at_end else wish
        wanted = decoder if (only_at_end or wish == "detailed") and decoder not in self._failed else None
        if wanted != self._file:
            self._file, self._decoder = wanted, None
        self._since, self._has_shown = self._clock(), False

    def render(self, latents: torch.Tensor) -> Pixels | None:
        """Clean latents (1, channels, h, w) to uint8 RGB (H, W, 3) of any size; ``None`` to leave what is shown."""
        if self._wish == "off":
            return None
        if self._file is not None:
            try:
                detailed = self._detailed(latents, self._file)
            except Exception:  # noqa: BLE001 - a preview ends no drawing, whatever is wrong with it
                self._give_up(self._file)
            else:
                if detailed is not None or self._has_shown:
                    return detailed
        return self.colors.render(latents)

    def at_end(self, latents: torch.Tensor, tile: Tile = "off") -> Pixels | None:
        """What the small decoder makes of finished latents: uint8 RGB (8 h, 8 w, 3); ``None`` where none works.

        With ``tile`` they go on at their other side.
        """
        if self._file is None:
            return None
        try:
            return self._decoded(self._ready(latents, self._file), latents, tile)
        except Exception:  # noqa: BLE001 - the VAE does it then
            self._give_up(self._file)
            return None

    def _ready(self, latents: torch.Tensor, file: Path) -> TinyDecoder:
        if self._decoder is None:
            self._decoder = self._tried(load_tiny_decoder(file, self._device), latents.shape[1])
        return self._decoder

    def _detailed(self, latents: torch.Tensor, file: Path) -> Pixels | None:
        """``None`` where there is no time for it."""
        decoder = self._ready(latents, file)
        cells = latents.shape[-2] * latents.shape[-1]
        if (self._clock() - self._since) * SHARE < self._seconds_per_cell * cells:
            return None
        pixels = self._decoded(decoder, latents)
        self._has_shown = True
        return pixels

    def _tried(self, decoder: TinyDecoder, channels: int) -> TinyDecoder:
        """Decode a little twice: the first time of a network is no measure."""
        for _ in range(2):
            self._decoded(decoder, torch.zeros(1, channels, _TRIAL_SIDE, _TRIAL_SIDE))
        return decoder

    def _decoded(self, decoder: TinyDecoder, latents: torch.Tensor, tile: Tile = "off") -> Pixels:
        begun = self._clock()
        rgb = torch.nan_to_num(decoder.decode(latents, tile)[0].permute(1, 2, 0))
        pixels = to_uint8(rgb)
        self._since = self._clock()
        self._seconds_per_cell = (self._since - begun) / (latents.shape[-2] * latents.shape[-1])
        return pixels

    def _give_up(self, file: Path) -> None:
        _log.warning("The preview decoder %s failed; previews show rough colours.", file, exc_info=True)
        self._failed.add(file)
        self._file = self._decoder = None
        release_unused()
