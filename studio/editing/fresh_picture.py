"""New pictures with layers that are named in the person's language."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from studio.document import Document, new_document, replace_layer


def fresh_picture(width: int, height: int, ground: tuple[int, int, int] | None = (255, 255, 255)) -> Document:
    """A filled ground (none if ``ground`` is ``None``) and an empty active layer above it."""
    document = new_document(width, height, background=ground)
    names = [QCoreApplication.translate("Layers", "Layer {number}").format(number=1)]
    if ground is not None:
        names.insert(0, QCoreApplication.translate("Layers", "Background"))
    for layer, name in zip(document.layers, names, strict=True):
        document = replace_layer(document, layer.id, name=name)
    return document
