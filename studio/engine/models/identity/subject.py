"""A file that is to be told: its header in the forms that rules look at."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

from studio.engine.models.headers import Header

_AROUND: Final = ("model.diffusion_model.", "diffusion_model.", "net.")
"""What programs put in front of the network that draws."""


@dataclass(frozen=True)
class Subject:
    """A file and its header. ``foreign`` is what else than usually stands in front of the network that draws."""

    path: Path
    header: Header
    foreign: str = ""

    @cached_property
    def around(self) -> str:
        """What stands in front of the names of the network that draws; empty where nothing does."""
        if self.foreign:
            return self.foreign
        names = self.header.tensors
        return next((prefix for prefix in _AROUND if any(name.startswith(prefix) for name in names)), "")

    @cached_property
    def names(self) -> str:
        """All names, each on a line, without what stands around the network that draws."""
        return "\n" + "\n".join(name.removeprefix(self.around) for name in self.header.tensors) + "\n"

    @cached_property
    def flat_names(self) -> str:
        """The same with underscores for points, as LoRAs are named in either way."""
        return self.names.replace(".", "_")

    def says(self, mark: str) -> bool:
        """Whether a name has this in it; ``^`` is the beginning of a name, ``$`` its end."""
        return mark.replace("^", "\n").replace("$", "\n") in self.names

    def before(self, mark: str) -> tuple[str, ...]:
        """What stands in front of names that would begin with a ``mark`` without it, with a point at its end."""
        names = "\n" + "\n".join(self.header.tensors) + "\n"
        inner = "." + mark.removeprefix("^").replace("$", "\n")
        found: dict[str, None] = {}
        place = names.find(inner)
        while place >= 0:
            found[names[names.rfind("\n", 0, place) + 1 : place + 1]] = None
            place = names.find(inner, place + 1)
        return tuple(found)

    def shape(self, name: str) -> tuple[int, ...]:
        """The shape of a tensor by its name in `names`; empty where there is none."""
        entry = self.header.tensors.get(self.around + name) or self.header.tensors.get(name)
        return entry.shape if entry is not None else ()

    def last_side(self, *parts: str) -> int:
        """The last side of the first matrix whose name has all these parts in it, in this order; 0 without one."""
        return self._sides(parts)[1]

    def first_side(self, *parts: str) -> int:
        """The first side of the same matrix."""
        return self._sides(parts)[0]

    def _sides(self, parts: tuple[str, ...]) -> tuple[int, int]:
        for name, entry in self.header.tensors.items():
            if len(entry.shape) > 1 and _in_order(name, parts):
                return entry.shape[0], entry.shape[1]
        return 0, 0

    def dtype_of_bytes(self) -> str:
        """The number format that most bytes are stored in."""
        sizes: dict[str, int] = {}
        for entry in self.header.tensors.values():
            sizes[entry.dtype] = sizes.get(entry.dtype, 0) + entry.end - entry.start
        return max(sizes, key=sizes.__getitem__, default="")

    def dtype_of_most(self) -> str:
        """The number format that most tensors are stored in."""
        formats = [entry.dtype for entry in self.header.tensors.values()]
        return max(set(formats), key=formats.count, default="")


def _in_order(name: str, parts: tuple[str, ...]) -> bool:
    place = 0
    for part in parts:
        place = name.find(part, place)
        if place < 0:
            return False
        place += len(part)
    return True
