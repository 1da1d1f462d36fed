"""The first picture that anybody sees: that of `make run`, and of the welcome page."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

FIRST_PROMPTS: Final[Mapping[str, str]] = MappingProxyType({"en": "a beautiful beach", "zh_CN": "美丽的海滩"})
"""What it shows, by the language of the window."""

FIRST_SEED: Final = 10
"""Of the seeds 0 to 11 drawn by the starter the one on whose beach nothing is in pieces. The palm is whole in all
twelve; a parasol is seldom whole, and this is the first beach that has none."""
