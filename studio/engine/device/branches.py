"""Autoencoders that compute the most of their work in half precision and lose no colour by it.

What every block passes on to the next is a sum that grows from block to block and is never normalised: rounded to
bfloat16 it shifts colours by up to a level, for all pixels alike. What a block adds to it is small. So the sum, and
the few layers that it goes through, stay in float32; the branches, which are nearly all of the work, need not.
"""

from __future__ import annotations

from typing import Any

import torch

from studio.system.parts import engine_part


def reduce_branches(autoencoder: torch.nn.Module, dtype: torch.dtype) -> None:
    """Have a float32 autoencoder of diffusers compute its branches in a number format, its sums in float32.

    Branches are what residual and attention blocks add; the convolutions that enlarge are reduced too, as they are a
    third of the work. What it is given and what it returns stays float32. ``autoencoder.to(torch.float32)`` undoes it.
    """
    if dtype == torch.float32:
        return
    resnet = engine_part("diffusers.models.resnet")
    attention = engine_part("diffusers.models.attention_processor")
    for module in autoencoder.modules():
        if isinstance(module, resnet.ResnetBlock2D) and module.time_emb_proj is None:
            _reduce_resnet(module, dtype)
        elif isinstance(module, resnet.Upsample2D) and module.use_conv:
            _reduce_upsampling(module, dtype)
        elif isinstance(module, attention.Attention) and module.group_norm is not None:
            _reduce_attention(module, dtype)


def is_reduced(autoencoder: torch.nn.Module) -> bool:
    """Whether a part of it computes in less than float32."""
    return any(parameter.dtype != torch.float32 for parameter in autoencoder.parameters())


def _reduce_resnet(block: Any, dtype: torch.dtype) -> None:
    for layer in (block.norm1, block.conv1, block.norm2, block.conv2):
        layer.to(dtype)
    block.norm1.register_forward_pre_hook(_given_in_own_format)


def _reduce_attention(block: Any, dtype: torch.dtype) -> None:
    for layer in (block.group_norm, block.to_q, block.to_k, block.to_v, block.to_out):
        layer.to(dtype)
    block.group_norm.register_forward_pre_hook(_given_in_own_format)


def _reduce_upsampling(block: Any, dtype: torch.dtype) -> None:
    block.conv.to(dtype)
    block.register_forward_pre_hook(_given_in_own_format)
    block.register_forward_hook(_returned_in_float32)


def _given_in_own_format(layer: torch.nn.Module, given: tuple[torch.Tensor, ...]) -> tuple[torch.Tensor, ...]:
    """In the one that it has now: an autoencoder that overflows is made float32 again."""
    return given[0].to(next(layer.parameters()).dtype), *given[1:]


def _returned_in_float32(_layer: torch.nn.Module, _given: Any, result: torch.Tensor) -> torch.Tensor:
    return result.float()
