"""A head start for the autoencoder: untrained, it already pools colours by eight and spreads them out again.

From random weights an autoencoder spends its first tens of thousands of pictures on finding out that colours can be
passed along. Here the first channels of its residual stream carry them from the start:

- channels 0 to 5 hold red, minus red, green, minus green, blue, minus blue. Because ``silu(x) - silu(-x) = x``, the
  activation before each last convolution passes them unchanged;
- channels 6 and 7 hold plus and minus a large constant, so that group normalisation divides by nearly the same number
  in every picture and does not wash the colours out;
- the second convolution of every residual block starts at zero, so that the blocks pass their input on.
"""

from __future__ import annotations

import math

import torch
from diffusers.models.downsampling import Downsample2D
from diffusers.models.resnet import ResnetBlock2D
from diffusers.models.upsampling import Upsample2D
from torch import nn

from studio.training.networks.libraries import Autoencoder

NORM_GROUPS = 2
_CARRIED = 8
_CONSTANT = 8.0
_FIRST_LOG_VARIANCE = -6.0


@torch.no_grad()
def start_linear(autoencoder: Autoencoder) -> None:
    """Set the weights of an untrained autoencoder with 3 colours, 4 latents and ``NORM_GROUPS`` groups, in place."""
    for module in autoencoder.modules():
        if isinstance(module, ResnetBlock2D):
            _pass_on(module)
        elif isinstance(module, Downsample2D):
            assert isinstance(module.conv, nn.Conv2d)
            _carry(module.conv, ((0, 0, 0.25), (0, 1, 0.25), (1, 0, 0.25), (1, 1, 0.25)))
        elif isinstance(module, Upsample2D):
            assert isinstance(module.conv, nn.Conv2d)
            _carry(module.conv, ((1, 1, 1.0),))
    for part in (autoencoder.encoder, autoencoder.decoder):
        _spread(part.conv_in)
        _gather(part.conv_out)
    _identity(autoencoder.quant_conv)
    _identity(autoencoder.post_quant_conv)
    autoencoder.encoder.conv_out.weight[4:] = 0
    autoencoder.quant_conv.bias[4:] = _FIRST_LOG_VARIANCE  # little noise on the latents at first


def _pass_on(block: ResnetBlock2D) -> None:
    nn.init.zeros_(block.conv2.weight)
    _clear_bias(block.conv2)
    if isinstance(block.conv_shortcut, nn.Conv2d):
        _carry(block.conv_shortcut, ((0, 0, 1.0),))


def _carry(layer: nn.Conv2d, taps: tuple[tuple[int, int, float], ...]) -> None:
    """Pass the carried channels on through the given kernel taps (row, column, weight)."""
    layer.weight[:_CARRIED] = 0
    layer.bias[:_CARRIED] = 0  # type: ignore[index]
    for channel in range(_CARRIED):
        for row, column, weight in taps:
            layer.weight[channel, channel, row, column] = weight


def _spread(layer: nn.Conv2d) -> None:
    """Put three inputs into the carried channels, with both signs, and the constants beside them."""
    layer.weight[:_CARRIED] = 0
    layer.bias[:_CARRIED] = 0  # type: ignore[index]
    for colour in range(3):
        layer.weight[2 * colour, colour, 1, 1] = 1
        layer.weight[2 * colour + 1, colour, 1, 1] = -1
    layer.bias[6], layer.bias[7] = _CONSTANT, -_CONSTANT  # type: ignore[index]


def _gather(layer: nn.Conv2d) -> None:
    """Read three outputs back from the carried channels, undoing the division by the group's deviation."""
    deviation = _CONSTANT * math.sqrt(2 * NORM_GROUPS / layer.in_channels)
    layer.weight[:3] = 0
    layer.bias[:3] = 0  # type: ignore[index]
    for colour in range(3):
        layer.weight[colour, 2 * colour, 1, 1] = deviation
        layer.weight[colour, 2 * colour + 1, 1, 1] = -deviation


def _identity(layer: nn.Conv2d) -> None:
    _clear_bias(layer)
    layer.weight[:, :, 0, 0] = torch.eye(layer.out_channels)


def _clear_bias(layer: nn.Conv2d) -> None:
    assert layer.bias is not None
    nn.init.zeros_(layer.bias)
