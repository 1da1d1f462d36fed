"""Contact sheets of pictures, to be looked at."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from PIL import Image
from torch import Tensor

FIXED_PROMPTS = (
    "a beautiful beach",
    "美丽的海滩",
    "beach at sunset",
    "日落时的海滩",
    "a beach at night",
    "mountains in fog",
    "清晨的山",
    "a quiet forest",
    "雪中的森林",
    "city at night",
    "夕阳下的城市",
    "a green meadow with flowers",
    "沙漠和仙人掌",
    "a cabin in the snow",
    "湖边的小木屋",
    "星空",
    "the sea with a lighthouse at sunrise",
    "雨中的城市",
)
"""Prompts drawn again and again as the denoiser learns."""


def save_grid(pictures: Tensor, path: Path, *, columns: int = 6) -> None:
    """Write pictures, float (n, 3, h, w) in [-1, 1], as one PNG."""
    values = ((pictures.detach().float().cpu().clamp(-1, 1) + 1) * 127.5).round().to(torch.uint8)
    count, _, height, width = values.shape
    rows = -(-count // columns)
    sheet = np.zeros((rows * (height + 2), columns * (width + 2), 3), np.uint8)
    for index, picture in enumerate(values):
        top, left = (index // columns) * (height + 2), (index % columns) * (width + 2)
        sheet[top : top + height, left : left + width] = picture.permute(1, 2, 0).numpy()
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(sheet).save(path)
