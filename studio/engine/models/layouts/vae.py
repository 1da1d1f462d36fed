"""The tensors of diffusers' ``AutoencoderKL``, told by its config."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from studio.engine.models.layouts.slots import Slot, convolution, linear, norm

_KINDS: Final = {"DownEncoderBlock2D", "UpDecoderBlock2D"}


def vae_slots(config: Mapping[str, Any]) -> tuple[Slot, ...] | None:
    """All tensors of the VAE with this config; ``None`` for one of a kind that Stable Diffusion does not have."""
    try:
        return tuple(_Vae(config).slots()) if _is_known(config) else None
    except (KeyError, TypeError, ValueError, IndexError):
        return None


def _is_known(config: Mapping[str, Any]) -> bool:
    kinds = {*config["down_block_types"], *config["up_block_types"]}
    return kinds <= _KINDS and len(config["block_out_channels"]) <= 8


@dataclass(frozen=True)
class _Vae:
    config: Mapping[str, Any]

    @property
    def widths(self) -> list[int]:
        return [int(width) for width in self.config["block_out_channels"]]

    def slots(self) -> Iterator[Slot]:
        latent = int(self.config.get("latent_channels", 4))
        yield from self._encoder(latent)
        yield from self._decoder(latent)
        if self.config.get("use_quant_conv", True):
            yield from convolution("quant_conv", "quant_conv", 2 * latent, 2 * latent, 1)
        if self.config.get("use_post_quant_conv", True):
            yield from convolution("post_quant_conv", "post_quant_conv", latent, latent, 1)

    def _encoder(self, latent: int) -> Iterator[Slot]:
        widths, given = self.widths, self.widths[0]
        yield from convolution("encoder.conv_in", "encoder.conv_in", given, int(self.config.get("in_channels", 3)))
        for block, width in enumerate(widths):
            name, original = f"encoder.down_blocks.{block}", f"encoder.down.{block}"
            yield from self._resnets(name, original, given, width, 0)
            if block < len(widths) - 1:
                yield from convolution(f"{name}.downsamplers.0.conv", f"{original}.downsample.conv", width, width)
            given = width
        yield from self._end("encoder", given, 2 * latent)

    def _decoder(self, latent: int) -> Iterator[Slot]:
        widths = self.widths[::-1]
        given = widths[0]
        yield from convolution("decoder.conv_in", "decoder.conv_in", given, latent)
        for block, width in enumerate(widths):
            name, original = f"decoder.up_blocks.{block}", f"decoder.up.{len(widths) - 1 - block}"
            yield from self._resnets(name, original, given, width, 1)
            if block < len(widths) - 1:
                yield from convolution(f"{name}.upsamplers.0.conv", f"{original}.upsample.conv", width, width)
            given = width
        yield from self._end("decoder", given, int(self.config.get("out_channels", 3)))

    def _resnets(self, name: str, original: str, given: int, width: int, more: int) -> Iterator[Slot]:
        for layer in range(int(self.config.get("layers_per_block", 1)) + more):
            yield from _resnet(f"{name}.resnets.{layer}", f"{original}.block.{layer}", given, width)
            given = width

    def _end(self, half: str, width: int, out: int) -> Iterator[Slot]:
        middle = self.widths[-1]
        for number in (0, 1):
            name, original = f"{half}.mid_block.resnets.{number}", f"{half}.mid.block_{number + 1}"
            yield from _resnet(name, original, middle, middle)
        if self.config.get("mid_block_add_attention", True):
            yield from _attention(f"{half}.mid_block.attentions.0", f"{half}.mid.attn_1", middle)
        yield from norm(f"{half}.conv_norm_out", f"{half}.norm_out", width)
        yield from convolution(f"{half}.conv_out", f"{half}.conv_out", out, width)


def _resnet(name: str, original: str, given: int, width: int) -> Iterator[Slot]:
    for number, seen in ((1, given), (2, width)):
        yield from norm(f"{name}.norm{number}", f"{original}.norm{number}", seen)
        yield from convolution(f"{name}.conv{number}", f"{original}.conv{number}", width, seen)
    if given != width:
        yield from convolution(f"{name}.conv_shortcut", f"{original}.nin_shortcut", width, given, 1)


def _attention(name: str, original: str, width: int) -> Iterator[Slot]:
    """Convolutions with a kernel of 1 in the first releases, matrices today."""
    yield from norm(f"{name}.group_norm", f"{original}.norm", width)
    for ours, theirs in (("to_q", "q"), ("to_k", "k"), ("to_v", "v"), ("to_out.0", "proj_out")):
        weight, bias = linear(f"{name}.{ours}", f"{original}.{theirs}", width, width)
        yield replace(weight, taken="matrix")
        yield bias
