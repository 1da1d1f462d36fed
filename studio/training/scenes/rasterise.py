"""SVG to pixels through resvg."""

from __future__ import annotations

import importlib
from functools import cache
from typing import Any

from studio.errors import FileError


def rasterise(svg: str, side: int) -> bytes:
    """A PNG of ``side`` x ``side`` pixels.

    Raises:
        FileError: if resvg-py is not installed.
    """
    return bytes(_resvg().svg_to_bytes(svg_string=svg, width=side, height=side, skip_system_fonts=True))


@cache
def _resvg() -> Any:
    try:
        return importlib.import_module("resvg_py")
    except ImportError as error:
        raise FileError(
            "The package resvg-py, which draws the training pictures, is not installed.",
            'Install it with `pip install "shoreline-studio[train]"`.',
        ) from error
