"""Pictures to latents and back, by a VAE."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import numpy as np
import torch

from studio.document import Pixels
from studio.engine.device.branches import is_reduced
from studio.engine.wrapping import around, middle_of, wrapped_by
from studio.generation.repeating import Tile

_TILE: Final = 512
"""Pixels along one side of a tile, at most: what little memory is left for."""
_REMEMBERED: Final = 4
_BEYOND: Final = 8
"""Cells of the other side that pictures in tiles are enlarged by where they go on there."""


class LatentCodec:
    """An ``AutoencoderKL`` or one that works like it.

    Latents outside of it are float32 (1, channels, h, w), shifted and scaled as the model's network wants them. A VAE
    that overflows in half precision goes on in float32. Work in tiles takes less memory and is slower; the tiles show
    a little, as each is seen alone. The latents of the last 4 pictures are remembered: who draws over a picture does it
    again and again.
    """

    def __init__(self, vae: Any) -> None:
        self.vae = vae
        self._shift, self._scale = (each.to(vae.device) for each in self._scaling())
        self._remembered: OrderedDict[tuple[bytes, tuple[int, ...], bool, Tile], torch.Tensor] = OrderedDict()
        self._tile: Tile = "off"

    @property
    def channels(self) -> int:
        return int(self.vae.config.latent_channels)

    @property
    def factor(self) -> int:
        """Pixels along one side of a latent cell."""
        return int(2 ** (len(self.vae.config.block_out_channels) - 1))

    def _scaling(self) -> tuple[torch.Tensor, torch.Tensor]:
        """(shift, scale): latents are ``(raw - shift) * scale``."""
        return _latent_scaling(self.vae.config)

    def latent_shape(self, width: int, height: int) -> tuple[int, int, int, int]:
        """The shape of the latents of one picture of this size in pixels."""
        return 1, self.channels, height // self.factor, width // self.factor

    @contextmanager
    def going_around(self, tile: Tile) -> Iterator[None]:
        """Within this pictures go on at their other side along some axes."""
        self._tile = tile
        try:
            yield
        finally:
            self._tile = "off"

    @torch.no_grad()
    def encode(self, rgb: torch.Tensor, *, tiled: bool = False) -> torch.Tensor:
        """RGB float32 (1, 3, H, W) in -1..1, on the CPU, to latents: the mean of the VAE's distribution."""
        key = hashlib.blake2b(rgb.contiguous().numpy().data).digest(), tuple(rgb.shape), tiled, self._tile
        if key not in self._remembered:
            self._remembered[key] = self._encoded_anew(rgb, tiled)
            if len(self._remembered) > _REMEMBERED:
                self._remembered.popitem(last=False)
        self._remembered.move_to_end(key)
        return self._remembered[key]

    @torch.no_grad()
    def decode(self, latents: torch.Tensor, *, tiled: bool = False) -> torch.Tensor:
        """Latents to float32 RGB (1, 3, H, W), about -1..1; not finite where the VAE is damaged."""
        raw = latents.to(self.vae.device, torch.float32) / self._scale + self._shift
        height, width = (side * self.factor for side in raw.shape[-2:])
        if tiled:
            raw = wrapped_by(raw, _BEYOND, self._tile)
        with self._in_tiles(tiled):
            rgb = self._decoded(raw)
            if self._may_overflow(rgb):
                self.vae.to(torch.float32)
                rgb = self._decoded(raw)
        return middle_of(rgb, height, width) if tiled else rgb

    def _encoded_anew(self, rgb: torch.Tensor, tiled: bool) -> torch.Tensor:
        height, width = (side // self.factor for side in rgb.shape[-2:])
        if tiled:
            rgb = wrapped_by(rgb, _BEYOND * self.factor, self._tile)
        with self._in_tiles(tiled):
            raw = self._encoded(rgb)
            if self._may_overflow(raw):
                self.vae.to(torch.float32)
                raw = self._encoded(rgb)
        if tiled:
            raw = middle_of(raw, height, width)
        return (raw - self._shift) * self._scale

    def _encoded(self, rgb: torch.Tensor) -> torch.Tensor:
        posterior = self.vae.encode(rgb.to(self.vae.device, self.vae.dtype)).latent_dist
        latents: torch.Tensor = posterior.mode()
        return latents.float()

    def _decoded(self, raw: torch.Tensor) -> torch.Tensor:
        rgb: torch.Tensor = self.vae.decode(raw.to(self.vae.dtype), return_dict=False)[0]
        return rgb.float()

    def _may_overflow(self, result: torch.Tensor) -> bool:
        return not bool(torch.isfinite(result).all()) and is_reduced(self.vae)

    @contextmanager
    def _in_tiles(self, tiled: bool) -> Iterator[None]:
        """The VAE in tiles, small ones also for models of large pictures; undone at the end.

        Only a picture that is seen as a whole goes on at its other side: a tile does not.
        """
        if not tiled:
            with around((self.vae,), self._tile):
                yield
            return
        sides = self.vae.tile_sample_min_size, self.vae.tile_latent_min_size
        self.vae.tile_sample_min_size = min(_TILE, sides[0])
        self.vae.tile_latent_min_size = self.vae.tile_sample_min_size * sides[1] // sides[0]
        self.vae.enable_tiling()
        try:
            yield
        finally:
            self.vae.disable_tiling()
            self.vae.tile_sample_min_size, self.vae.tile_latent_min_size = sides


def _latent_scaling(config: Any) -> tuple[torch.Tensor, torch.Tensor]:
    scale = torch.tensor(float(config.scaling_factor))
    shift = torch.tensor(float(getattr(config, "shift_factor", None) or 0.0))
    mean, deviation = getattr(config, "latents_mean", None), getattr(config, "latents_std", None)
    if mean is not None and deviation is not None:
        scale = scale / torch.tensor(deviation).view(1, -1, 1, 1)
        shift = torch.tensor(mean).view(1, -1, 1, 1)
    return shift, scale


def as_tensor(image: Pixels) -> torch.Tensor:
    """RGB uint8 (h, w, 3) as float32 (1, 3, h, w) in -1..1."""
    return torch.from_numpy(np.ascontiguousarray(image)).permute(2, 0, 1)[None].float() / 127.5 - 1.0
