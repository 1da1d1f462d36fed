"""Ids of layers or frames on their way through a drag."""

from __future__ import annotations

import json
from collections.abc import Iterable

from PySide6.QtCore import QMimeData

from studio.document import LayerId


def pack(ids: Iterable[LayerId], mime_type: str) -> QMimeData:
    """The ids in their order, each once."""
    data = QMimeData()
    data.setData(mime_type, json.dumps(list(dict.fromkeys(ids))).encode())
    return data


def unpack(data: QMimeData, mime_type: str) -> list[LayerId]:
    """The ids that `pack` wrote; none where there are none, or nothing that can be read."""
    if not data.hasFormat(mime_type):
        return []
    try:
        ids = json.loads(bytes(data.data(mime_type).data()))
    except ValueError:
        return []
    return [str(item) for item in ids] if isinstance(ids, list) else []
