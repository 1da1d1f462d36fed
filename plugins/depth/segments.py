"""What lies where, by a segmentation model: in the colours that stand for the 150 kinds of things of ADE20K."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from studio.api import CancelToken, ModelError, Pixels, opaque, over_ground, picture_model, premultiplied

from . import model
from .model import Report, Values

_COLOURS = np.frombuffer(
    bytes.fromhex(
        "787878b4787806e6e650323204c8037878508c8c8ccc05ffe6e6e604fa07e005ffebff0796053d78784608ff33ff06528fff8cccff04"
        "ff3307cc46030066c83de6faff06330b66ffff0747ff09e00907e6dcdcdcff095c7009ff08ffd607ffe0ffb8060aff47ff290a07ffff"
        "e0ff086608ffff3d06ffc207ff7a0800ff14ff0829ff05990633ffeb0cffa0961400a3ff8c8c8cfa0a0f14ff001fff00ff1f00ffe000"
        "99ff000000ffff470000ebff00adff1f00ff0bc8c8ff520000fff5003dff00ff7000ff85ff0000ffa300ff6600c2ff00008fff33ff00"
        "0052ff00ff2900ffad0a00ffadff0000ff99ff5c00ff00ffff00f5ff0066ffad00ff0014ffb8b8001fff00ff3d0047ffff00cc00ffc2"
        "00ff52000aff0070ff3300ff00c2ff007aff00ffa3ff990000ff0aff70008fff005200ffa3ff00ffeb0008b8aa8500ff00ff5cb800ff"
        "ff001f00b8ff00d6ffff00705cff0000e0ff70e0ff46b8a0a300ff9900ff47ff00ff00a3ffcc00ff008f00ffeb85ff00ff00ebf500ff"
        "ff007afff5000abed4d6ff0000ccff1400ffffff000099ff0029ff00ffcc2900ff29ff00ad00ff00f5ff4700ff7a00ff00ffb8005cff"
        "b8ff000085ffffd60019c2c266ff005c00ff"
    ),
    np.uint8,
).reshape(-1, 3)
"""Of wall, building, sky and so on, as the scene parsing benchmark of ADE20K shows them (Zhou et al. 2017)."""


def drawn(pixels: Pixels, _values: Values, cancel: CancelToken, report: Report) -> Pixels:
    """Each pixel of straight RGBA in the colour of what it shows. Raises `ShorelineError` without a model."""
    import torch

    cancel.raise_if_cancelled()
    folder = picture_model("segmentation")
    report(0.1, "")
    processor, network = model.loaded(folder, _kind_of(folder))
    _check(folder, network.config)
    report(0.4, "")
    rgb = over_ground(premultiplied(pixels))
    given = processor(images=model.not_too_long(rgb), return_tensors="pt", input_data_format="channels_last")
    given = {name: value for name, value in given.items() if name in ("pixel_values", "pixel_mask")}
    with torch.inference_mode(), model.stopping(network, cancel):
        shares = _shares(network(**given))
    cancel.raise_if_cancelled()
    report(0.8, "")
    kinds = torch.nn.functional.interpolate(shares, rgb.shape[:2], mode="bilinear", align_corners=False)[0].argmax(0)
    return opaque(_COLOURS[kinds.numpy()])


def _shares(told: Any) -> Any:
    """How much each spot is of each kind: (1, kinds, h, w).

    Models that tell masks and what each is of are read as Cheng et al., "Per-Pixel Classification is Not All You Need",
    2021: their products are summed.
    """
    if getattr(told, "masks_queries_logits", None) is None:
        return told.logits.float().nan_to_num()
    kinds = told.class_queries_logits.float().softmax(dim=-1)[..., :-1]
    return (kinds.transpose(1, 2) @ told.masks_queries_logits.float().sigmoid().flatten(2)).unflatten(
        2, told.masks_queries_logits.shape[-2:]
    )


def _kind_of(folder: Path) -> str:
    masks = b"ForUniversalSegmentation" in (text := (folder / "config.json").read_bytes()) or b"MaskFormerFor" in text
    return "AutoModelForUniversalSegmentation" if masks else "AutoModelForSemanticSegmentation"


def _check(folder: Path, config: Any) -> None:
    if config.num_labels != len(_COLOURS):
        raise ModelError(
            f"The segmentation model in {folder} knows {config.num_labels} kinds of things, not the 150 of ADE20K.",
            "Get one that was taught with ADE20K.",
        )
