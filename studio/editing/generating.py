"""Whether a picture may be asked for: asked here before it is sent, whoever asks."""

from __future__ import annotations

from studio.api import ToolSpec
from studio.document import Document
from studio.editing import refusals
from studio.errors import SettingError


def lacking_mask(tool: ToolSpec, document: Document) -> SettingError | None:
    """Why a generation tool cannot work on a document without a mask; ``None`` where it can."""
    return refusals.no_generation_mask() if tool.needs_mask and not document.selection.tiles else None
