"""Commands on files: render."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from studio.cli.output import print_facts
from studio.files import open_document, save_document


def register(app: typer.Typer) -> None:
    app.command("render")(render)


def render(
    document: Annotated[Path, typer.Argument(help="The document to flatten: .ora, .psd or a picture.")],
    output: Annotated[Path, typer.Option("-o", "--output", help="The file to write: .png, .jpg, .webp or .ora.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Flatten a document to a picture, or convert it to OpenRaster."""
    opened = open_document(document)
    save_document(opened.document, output, settings=opened.settings)
    facts = {
        "path": str(output.resolve()),
        "size": [opened.document.width, opened.document.height],
        "layers": sum(1 for _ in opened.document.walk()),
        "notes": list(opened.notes),
    }
    print_facts(facts, as_json=as_json, text="\n".join([str(output.resolve()), *opened.notes]))
