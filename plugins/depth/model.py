"""Models of transformers in the models folders: loaded, kept, asked, and stopped."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from studio.api import CancelToken, ModelError, Pixels

# torch, transformers and OpenCV are imported where they are used; at the top they would delay every start.

Report = Callable[[float, str], None]
Values = Mapping[str, Any]

LONGEST = 4
"""How many times its short side a picture may be long that is looked at as it is."""
_KEPT = 2
"""Models that stay in memory: one that finds people and one that tells how they stand."""


def not_too_long(rgb: Pixels) -> Pixels:
    """The picture, stretched where its short side would vanish at the size at which models look."""
    import cv2

    height, width = rgb.shape[:2]
    least = -(-max(height, width) // LONGEST)
    if min(height, width) >= least:
        return rgb
    return np.asarray(cv2.resize(rgb, (max(width, least), max(height, least))), np.uint8)


def loaded(folder: Path, kind: str, *, prepared: bool = True) -> tuple[Any, Any]:
    """What prepares pictures for a model, ``None`` where that is not asked for, and the model, of an automatic class
    of transformers, on the processor. Raises `ModelError`."""
    return _loaded(folder, kind, prepared, (folder / "config.json").stat().st_mtime_ns)


@lru_cache(maxsize=_KEPT)
def _loaded(folder: Path, kind: str, prepared: bool, _changed: int) -> tuple[Any, Any]:
    transformers: Any = importlib.import_module("transformers")
    try:
        processor = None
        if prepared:
            processor = transformers.AutoImageProcessor.from_pretrained(folder, local_files_only=True)
        network = getattr(transformers, kind).from_pretrained(folder, local_files_only=True, use_safetensors=True)
    except MemoryError:
        raise
    except Exception as error:  # whatever a damaged folder makes the library raise
        reason = str(error).strip().splitlines() or [type(error).__name__]
        raise ModelError(
            f"The model in {folder} cannot be loaded: {reason[0]}", "Download it again, or remove it."
        ) from error
    return processor, network.float().eval()


@contextmanager
def stopping(network: Any, cancel: CancelToken) -> Iterator[None]:
    """While this is entered, a cancel ends the network within a layer."""

    def look(*_given: Any) -> None:
        cancel.raise_if_cancelled()

    with ExitStack() as hooks:
        for module in network.modules():
            hooks.callback(module.register_forward_pre_hook(look).remove)
        yield
