"""Identifiers that nobody has given before."""

from __future__ import annotations

import os


def new_identifier() -> str:
    """128 bits by lot, as 32 hexadecimal digits. Not uuid's, which has to know the platform for its other kinds."""
    return os.urandom(16).hex()
