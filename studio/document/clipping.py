"""Which layers are clipped to which: a run is a layer and those directly above it that show only where it does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from studio.document.document import Document
from studio.document.edit import siblings_of
from studio.document.layer import Layer, LayerId

Run = tuple[Layer, ...]
"""A layer, and those that are clipped to it, from the bottom to the top."""


def runs(siblings: Sequence[Layer]) -> Iterator[Run]:
    """Siblings, from the bottom to the top, as runs.

    What is clipped is shown whole if it has nothing below it, or an adjustment layer, which shows nowhere.
    """
    run: Run = ()
    for layer in siblings:
        if layer.clipped and run and not run[0].clipped and run[0].adjustment is None:
            run = (*run, layer)
            continue
        if run:
            yield run
        run = (layer,)
    if run:
        yield run


def clipping_bases(siblings: Sequence[Layer]) -> dict[LayerId, Layer]:
    """For each of some siblings that is clipped to another one: that other one."""
    if not any(layer.clipped for layer in siblings):
        return {}
    return {layer.id: run[0] for run in runs(siblings) for layer in run[1:]}


def clipping_base(document: Document, layer: Layer) -> Layer | None:
    """The layer that one of a document is clipped to; ``None`` if to none."""
    return clipping_bases(siblings_of(document, layer.id)).get(layer.id) if layer.clipped else None
