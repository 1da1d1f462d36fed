"""The noise that a picture starts from: drawn on the CPU, so that a seed means the same on every device."""

from __future__ import annotations

import torch

from studio.api import Blend


def blended_noise(blend: Blend[int], shape: tuple[int, ...]) -> tuple[torch.Generator, torch.Tensor]:
    """Float32 noise between that of two seeds, and the generator of the first seed after it was drawn."""
    generator = torch.Generator("cpu").manual_seed(blend.first)
    noise = torch.randn(shape, generator=generator)
    if blend.amount > 0.0:
        other = torch.randn(shape, generator=torch.Generator("cpu").manual_seed(blend.second))
        noise = slerp(noise, other, blend.amount)
    return generator, noise


def slerp(first: torch.Tensor, second: torch.Tensor, amount: float) -> torch.Tensor:
    """From one tensor of noise to another, 0..1, along the arc between them (Shoemake, 1985).

    A straight line would pass through noise that is too weak, which the model turns into flat pictures.
    """
    cosine = torch.nn.functional.cosine_similarity(first.flatten(), second.flatten(), dim=0).clamp(-1.0, 1.0)
    angle = torch.acos(cosine)
    if float(torch.sin(angle)) < 1e-4:
        return torch.lerp(first, second, amount)
    weights = torch.sin((1.0 - amount) * angle), torch.sin(amount * angle)
    return (weights[0] * first + weights[1] * second) / torch.sin(angle)
