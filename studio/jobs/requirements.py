"""What a request needs before it may run. Asked of a tool and a document, by whoever asks and by whoever draws."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.document import Document, tile_rect
from studio.errors import SettingError

if TYPE_CHECKING:
    from studio.api import ToolSpec


def no_mask() -> SettingError:
    return SettingError("There is no mask yet.", "Paint one with the mask brush.")


def lacking_mask(tool: ToolSpec, document: Document) -> SettingError | None:
    """Why a generation tool cannot work on a document as it is masked; ``None`` where it can."""
    if not tool.needs_mask or _is_masked(document):
        return None
    if document.effective_mask.tiles:
        return SettingError("The mask holds nothing of the picture.", "Paint where the picture should change.")
    return SettingError("There is no mask yet.", "Paint one with the mask brush, or select a part of the picture.")


def _is_masked(document: Document) -> bool:
    """Whether anything of the picture is masked or, without a mask, selected, however faintly."""
    mask = document.effective_mask
    parts = (tile_rect(key).intersected(document.canvas) for key in mask.tiles)
    return any(bool(mask.read(part).any()) for part in parts if not part.is_empty)
