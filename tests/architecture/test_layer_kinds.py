"""A new kind of layer is one file in ``document`` and one codec: nothing else tells kinds apart."""

from __future__ import annotations

import ast
from pathlib import Path

from studio.document import Layer
from studio.files.layer_codecs.table import CODECS

ROOT = Path(__file__).resolve().parents[2]
KINDS = {kind.__name__ for kind in Layer.__subclasses__()}


def asked_types(path: Path) -> set[str]:
    """Names of the types that a file tells apart by ``isinstance`` or by a pattern."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        asked: ast.AST | None = None
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "isinstance":
            asked = node.args[1]
        elif isinstance(node, ast.MatchClass):
            asked = node.cls
        if asked is not None:
            found.update(part.id for part in ast.walk(asked) if isinstance(part, ast.Name))
    return found


def test_nothing_outside_the_document_asks_of_which_kind_a_layer_is() -> None:
    assert {"PaintLayer", "GroupLayer"} <= KINDS
    files = (path for folder in ("studio", "plugins") for path in (ROOT / folder).rglob("*.py"))
    outside = (path for path in files if not path.is_relative_to(ROOT / "studio" / "document"))
    assert [path for path in outside if asked_types(path) & KINDS] == []


def test_each_kind_has_one_codec() -> None:
    assert sorted(codec.kind.id for codec in CODECS) == sorted(kind.kind.id for kind in Layer.__subclasses__())
    assert len({codec.journal_field for codec in CODECS}) == len(CODECS)
