"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]
Wheels = Annotated[
    Path | None,
    typer.Option("--wheels", exists=True, file_okay=False, help="A folder of wheels: nothing else is asked."),
]
Mirror = Annotated[str, typer.Option("--mirror", help="The address of another package index.")]
