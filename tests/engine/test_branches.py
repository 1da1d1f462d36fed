"""Autoencoders that compute their branches in half precision: fast, and without a shift of colours."""

from __future__ import annotations

import copy
from typing import Any

import pytest
import torch
from diffusers import AutoencoderKL

from studio.engine.device.branches import is_reduced, reduce_branches
from studio.paths import default_paths

SIDE = 64
LEVEL = 1 / 127.5
FLAT = {"white": (1.0, 1.0, 1.0), "black": (-1.0, -1.0, -1.0), "red": (1.0, -1.0, -1.0), "sky": (-0.06, 0.33, 0.8)}


def flat(color: tuple[float, ...]) -> torch.Tensor:
    return torch.tensor(color).view(1, 3, 1, 1).expand(1, 3, SIDE, SIDE).contiguous()


def ramp() -> torch.Tensor:
    return torch.linspace(-1, 1, SIDE).expand(1, 3, SIDE, SIDE).contiguous()


def pictures() -> torch.Tensor:
    """Flat colours, where the same error is made in every pixel, and all greys from black to white."""
    return torch.cat([*map(flat, FLAT.values()), ramp()])


@pytest.fixture(scope="module")
def starter() -> AutoencoderKL:
    """The VAE of the starter: trained weights, with the steep sums that trained weights make."""
    vae = AutoencoderKL.from_pretrained(default_paths().starter_model / "vae", local_files_only=True)
    return vae.eval().requires_grad_(False)


@pytest.fixture(scope="module")
def reduced(starter: AutoencoderKL) -> AutoencoderKL:
    vae = copy.deepcopy(starter)
    reduce_branches(vae, torch.bfloat16)
    return vae.to(memory_format=torch.channels_last)


def levels(values: torch.Tensor) -> torch.Tensor:
    return values.clamp(-1, 1) / LEVEL


def shift(ours: torch.Tensor, theirs: torch.Tensor) -> float:
    """The largest mean difference of a colour channel of a picture, in levels of 255."""
    return float((levels(ours) - levels(theirs)).mean((2, 3)).abs().max())


def test_a_decode_shifts_no_colour(starter: AutoencoderKL, reduced: AutoencoderKL) -> None:
    latents = starter.encode(pictures()).latent_dist.mode()
    exact = starter.decode(latents).sample
    ours = reduced.decode(latents).sample
    assert ours.dtype == torch.float32
    assert shift(ours, exact) < 0.3
    assert float((levels(ours) - levels(exact)).abs().max()) < 2.0
    assert shift(whole_in_bfloat16(starter).decode(latents.bfloat16()).sample.float(), exact) > shift(ours, exact)


def whole_in_bfloat16(vae: AutoencoderKL) -> Any:
    return copy.deepcopy(vae).to(torch.bfloat16)


def test_a_picture_that_goes_through_once_shifts_no_colour(starter: AutoencoderKL, reduced: AutoencoderKL) -> None:
    def through(vae: AutoencoderKL) -> torch.Tensor:
        sample: torch.Tensor = vae.decode(vae.encode(pictures()).latent_dist.mode()).sample
        return sample

    assert shift(through(reduced), through(starter)) < 0.3


def test_greys_keep_their_steps(starter: AutoencoderKL, reduced: AutoencoderKL) -> None:
    """Banding would show as greys that are missing, and steps of more than one level between neighbours."""
    latents = starter.encode(ramp()).latent_dist.mode()
    exact, ours = (levels(vae.decode(latents).sample).round()[0, 1] for vae in (starter, reduced))
    assert len(ours.unique()) >= 0.97 * len(exact.unique())
    steps = [row.diff(dim=1).abs().mean() for row in (exact, ours)]
    assert float((steps[0] - steps[1]).abs()) < 0.1


def test_only_branches_are_reduced(reduced: AutoencoderKL) -> None:
    formats = {name: parameter.dtype for name, parameter in reduced.named_parameters()}
    half = {name for name, dtype in formats.items() if dtype == torch.bfloat16}
    assert is_reduced(reduced)
    assert {"decoder.conv_in.weight", "decoder.conv_out.weight", "post_quant_conv.weight"} <= formats.keys() - half
    assert not any("conv_shortcut" in name or "downsamplers" in name for name in half)
    assert all(name in half for name in formats if ".conv1." in name or ".conv2." in name or "upsamplers" in name)


def test_float32_is_left_as_it_is(starter: AutoencoderKL) -> None:
    vae = copy.deepcopy(starter)
    reduce_branches(vae, torch.float32)
    assert not is_reduced(vae)
    latents = torch.randn(1, 4, 4, 4, generator=torch.Generator().manual_seed(0))
    assert torch.equal(vae.decode(latents).sample, starter.decode(latents).sample)


def with_attention() -> AutoencoderKL:
    torch.manual_seed(0)
    kinds = {"down_block_types": ("DownEncoderBlock2D",) * 2, "up_block_types": ("UpDecoderBlock2D",) * 2}
    return AutoencoderKL(block_out_channels=(8, 16), norm_num_groups=4, latent_channels=16, **kinds).eval()


@pytest.mark.parametrize("dtype", [torch.bfloat16, torch.float16])
@torch.no_grad()
def test_attention_is_a_branch_too(dtype: torch.dtype) -> None:
    vae = with_attention()
    ours = copy.deepcopy(vae)
    reduce_branches(ours, dtype)
    assert ours.decoder.mid_block.attentions[0].to_q.weight.dtype == dtype
    latents = torch.randn(1, 16, 8, 8)
    rgb = torch.rand(1, 3, 16, 16)
    assert torch.allclose(ours.decode(latents).sample, vae.decode(latents).sample, atol=0.02)
    assert torch.allclose(ours.encode(rgb).latent_dist.mode(), vae.encode(rgb).latent_dist.mode(), atol=0.02)
