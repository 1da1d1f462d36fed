"""Live pictures that are kept as the frames of an animation."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from studio.document import Pixels
from studio.session.open_document import DocumentId

MOST_FRAMES: Final = 999
MOST_BYTES: Final = 512 * 1024**2


@dataclass
class LiveRecording:
    """What was drawn live of one document, in order: uint8 ``(h, w, 3)`` each. It ends by itself when it is full."""

    document_id: DocumentId
    frames: list[Pixels] = field(default_factory=list)
    _bytes: int = 0

    @property
    def is_full(self) -> bool:
        return len(self.frames) >= MOST_FRAMES or self._bytes >= MOST_BYTES

    def add(self, pixels: Pixels) -> None:
        """Keep one more, if there is room."""
        if not self.is_full:
            self.frames.append(pixels)
            self._bytes += pixels.nbytes
