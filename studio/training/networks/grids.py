"""Contact sheets of pictures, to be looked at."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from PIL import Image
from torch import Tensor

from studio.training.scenes.data import Pictures

FIXED_PROMPTS = (
    "a beautiful beach",
    "美丽的海滩",
    "日落时的海滩",
    "a beach at night",
    "mountains in fog",
    "雪中的森林",
    "city at night",
    "雨中的城市",
    "湖边的小木屋",
    "星空",
    "a small village at sunrise",
    "a cosy room",
    "a red cat on a beach at sunset",
    "a sticker of a blue robot",
    "海底有三只黄色的鱼",
    "a green car in the city",
    "一个红色的苹果",
    "a purple butterfly in a meadow",
)
"""Prompts drawn again and again as the denoiser learns."""


def save_grid(pictures: Tensor, path: Path, *, columns: int = 6) -> None:
    """Write pictures, float (n, 3, h, w) in [-1, 1], as one PNG."""
    values = to_bytes(pictures)
    count, _, height, width = values.shape
    rows = -(-count // columns)
    sheet = np.zeros((rows * (height + 2), columns * (width + 2), 3), np.uint8)
    for index, picture in enumerate(values):
        top, left = (index // columns) * (height + 2), (index % columns) * (width + 2)
        sheet[top : top + height, left : left + width] = picture.transpose(1, 2, 0)
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(sheet).save(path)


def to_bytes(pictures: Tensor) -> Pictures:
    """Turn float pictures in [-1, 1] into uint8, both (n, 3, h, w)."""
    levels: Pictures = ((pictures.detach().float().cpu().clamp(-1, 1) + 1) * 127.5).round().to(torch.uint8).numpy()
    return levels
