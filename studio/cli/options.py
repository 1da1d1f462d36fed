"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from studio.engine.device.wish import MEMORY_WISHES, PRECISIONS

Device = Annotated[str | None, typer.Option(help="auto, cpu, cuda or mps.")]
Precision = Annotated[str | None, typer.Option(help=f"The number format: {', '.join(PRECISIONS)}.")]
Memory = Annotated[str | None, typer.Option(help=f"How much of a model stays in memory: {', '.join(MEMORY_WISHES)}.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]
Wheels = Annotated[
    Path | None,
    typer.Option("--wheels", exists=True, file_okay=False, help="A folder of wheels: nothing else is asked."),
]
Mirror = Annotated[str, typer.Option("--mirror", help="The address of another package index.")]
