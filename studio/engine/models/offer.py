"""What there is at an address, of which a person chooses."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Choice:
    """Something to download; ``files`` of "" for the whole folder that diffusers reads. ``size`` in bytes."""

    file: str
    size: int

    @property
    def is_folder(self) -> bool:
        return not self.file


@dataclass(frozen=True, kw_only=True)
class Offer:
    """What there is at an ``address``, or in the repository of this name. ``asked`` is the file that the address named,
    "" for none; ``refused`` counts the files of weights that can run code; ``why_no_folder`` says why a model folder is
    not offered, where there is one."""

    address: str
    choices: tuple[Choice, ...]
    asked: str = ""
    refused: int = 0
    why_no_folder: str = ""
