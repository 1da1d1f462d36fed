"""A plugin's work on the pixels of one layer: begun on the document as it is, put into the layer as it is later.

The way is the same for filters, for panels of plugins and for the command line, and so is what makes a result stale.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from studio.api.parameters import validated_parameters
from studio.document import Document, LayerId, carried_over
from studio.editing import refusals
from studio.editing.layer_edits import refuse_locked
from studio.generation import CancelToken
from studio.history import StepKind
from studio.session import OpenDocument

if TYPE_CHECKING:
    from studio.api import FilterSpec


@dataclass(frozen=True, eq=False)
class LayerWork:
    """Work on one layer of an open document. ``document`` is that as it was when the work began."""

    target: OpenDocument
    document: Document
    layer_id: LayerId

    def shown(self, after: Document) -> Document | None:
        """What is to be seen while the layer has the pixels of ``after``; ``None`` once it has got others."""
        return carried_over(self.document, after, self.target.document, self.layer_id)

    def finish(self, after: Document, kind: StepKind) -> None:
        """Put the layer's pixels of ``after`` into the document as one step; none if they are the same.

        What else was changed meanwhile stays changed. Raises `SettingError` if the layer is gone, has got other pixels
        or is locked by now.
        """
        changed = self.shown(after)
        if changed is None:
            raise refusals.layer_changed(self.document.find(self.layer_id))
        refuse_locked(changed.find(self.layer_id))
        self.target.apply(kind, changed)

    def filtered(
        self, spec: FilterSpec, values: dict[str, Any], *, cancel: CancelToken, report: Callable[[float, str], None]
    ) -> Document:
        """See `filtered`; for the background."""
        return filtered(self.document, self.layer_id, spec, values, cancel=cancel, report=report)


def begin(target: OpenDocument, layer_id: LayerId | None) -> LayerWork:
    """Begin to work on a layer. Raises `SettingError` for one that is gone, has no pixels or is locked."""
    document = target.document
    layer = next((layer for layer in document.walk() if layer.id == layer_id), None)
    if layer is None:
        raise refusals.no_layer_chosen()
    if layer.raster is None:
        raise refusals.no_pixels(layer)
    refuse_locked(layer)
    return LayerWork(target, document, layer.id)


def filtered(
    document: Document,
    layer_id: LayerId,
    spec: FilterSpec,
    values: dict[str, Any],
    *,
    cancel: CancelToken,
    report: Callable[[float, str], None],
) -> Document:
    """The document with a layer filtered, inside the selection if there is one; ``report`` gets 0..1 and a message.

    Raises `SettingError` for a layer without pixels and for values out of range, `Cancelled`, and what the filter
    raises.
    """
    from studio.raster.filtering import filter_layer  # composition: the window opens before it is loaded

    parameters = validated_parameters(spec.parameters, values)
    after = filter_layer(document, layer_id, lambda pixels: spec.run(pixels, parameters, cancel, report))
    cancel.raise_if_cancelled()
    return after
