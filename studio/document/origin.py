"""Where a canvas lies on its picture, which other edges move it on."""

from __future__ import annotations

from dataclasses import dataclass, field, replace


@dataclass(frozen=True, kw_only=True)
class Origin:
    """The corner of a canvas among the pixels of its picture. A picture that was scaled, turned or mirrored has others.

    It lives as long as the program: no file holds it.
    """

    x: int = 0
    y: int = 0
    pixels: object = field(default_factory=object, repr=False)

    def moved(self, x: int, y: int) -> Origin:
        """That of a canvas whose corner lies at a pixel of this one."""
        return replace(self, x=self.x + x, y=self.y + y)

    def way_to(self, other: Origin) -> tuple[int, int] | None:
        """By how much what lies on this canvas lies elsewhere on another one; ``None`` if that has other pixels."""
        return (self.x - other.x, self.y - other.y) if self.pixels is other.pixels else None
