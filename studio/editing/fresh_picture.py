"""New pictures with named layers."""

from __future__ import annotations

from studio.document import Document, Rgb, new_document, replace_layer
from studio.editing.naming import ENGLISH, Naming


def fresh_picture(width: int, height: int, ground: Rgb | None = (255, 255, 255), names: Naming = ENGLISH) -> Document:
    """A filled ground (none if ``ground`` is ``None``) and an empty active layer above it."""
    document = new_document(width, height, background=ground)
    titles = [names.layer.format(number=1)]
    if ground is not None:
        titles.insert(0, names.background)
    for layer, name in zip(document.layers, titles, strict=True):
        document = replace_layer(document, layer.id, name=name)
    return document
