"""Layers or frames of an open document on their way through a drag."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QMimeData

from studio.document import LayerId
from studio.session import DocumentId
from studio.text.untrusted import parse_json

LAYERS: Final = "application/x-shoreline-layer-ids"


@dataclass(frozen=True)
class Dragged:
    """``ids`` of the document ``document_id`` of this process."""

    document_id: DocumentId
    ids: tuple[LayerId, ...]


def pack(document_id: DocumentId, ids: Iterable[LayerId], mime_type: str) -> QMimeData:
    """The ids in their order, each once."""
    data = QMimeData()
    content = {"process": os.getpid(), "document": document_id, "ids": list(dict.fromkeys(ids))}
    data.setData(mime_type, json.dumps(content).encode())
    return data


def unpack(data: QMimeData, mime_type: str) -> Dragged | None:
    """What `pack` wrote; ``None`` where there is nothing of that kind, or another process wrote it."""
    if not data.hasFormat(mime_type):
        return None
    try:
        content = parse_json(bytes(data.data(mime_type).data()))
        process, document_id, ids = content["process"], int(content["document"]), tuple(map(str, content["ids"]))
    except (ValueError, KeyError, TypeError):
        return None
    return Dragged(DocumentId(document_id), ids) if process == os.getpid() and ids else None
