"""Adjustment layers: adding one, and setting what it does while it is looked at. Each makes one step of history.

`SettingError` says why not.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from studio.document import Adjustment, AdjustmentLayer, LayerId, replace_layer
from studio.editing import refusals
from studio.editing.layer_edits import insert_above_active, numbered_name, refuse_locked
from studio.history import StepKind
from studio.session import OpenDocument
from studio.text.identifiers import new_identifier

NEW: Final = StepKind("adjustment.new", "New adjustment layer", "adjustment")
SET: Final = StepKind("adjustment.set", "Adjustment", "adjustment")


class AdjustmentEdit:
    """One adjustment layer while it is set. All changes are one step of kind ``step``, which `cancel` takes back.

    Other changes of the picture meanwhile stay.
    """

    def __init__(self, target: OpenDocument, layer_id: LayerId, adjustment: Adjustment, step: StepKind) -> None:
        self._target = target
        self._step = step
        self.layer_id = layer_id
        self.adjustment = adjustment
        self.merge_key = f"adjustment:{new_identifier()}"

    def set(self, values: Mapping[str, Any]) -> None:
        """Show these parameters. A layer that is gone, or was locked meanwhile, stays as it is."""
        layer = next((layer for layer in self._target.document.walk() if layer.id == self.layer_id), None)
        adjustment = Adjustment.of(self.adjustment.kind, values)
        if layer is None or layer.locked or layer.adjustment in (None, adjustment):
            return
        changed = replace_layer(self._target.document, self.layer_id, adjustment=adjustment)
        self._target.apply(self._step, changed, merge_key=self.merge_key)

    def cancel(self) -> None:
        """Leave the picture as it was: the step goes, or what it changed if something else was done since."""
        history = self._target.history
        if history.steps[history.index].merge_key == self.merge_key:
            self._target.undo()
        else:
            self.set(self.adjustment.values())


def add(target: OpenDocument, kind: str, pattern: str) -> AdjustmentEdit:
    """Add an adjustment layer above the active one, called by ``pattern`` ("Curves {number}"), and begin to set it.

    With a selection it acts there: that becomes its mask.
    """
    document = target.document
    name, mask = numbered_name(document, pattern), document.edit_limit
    layer = AdjustmentLayer(name=name, adjustment=Adjustment(kind), mask=mask)
    edit = AdjustmentEdit(target, layer.id, layer.adjustment, NEW)
    target.apply(NEW, insert_above_active(document, layer), merge_key=edit.merge_key)
    return edit


def begin(target: OpenDocument, layer_id: LayerId) -> AdjustmentEdit:
    """Begin to set an adjustment layer. Raises `SettingError` for one that is locked, or makes no sense here."""
    from studio.raster.adjustments.table import effect_of  # pixels: the window opens before it is loaded

    layer = target.document.find(layer_id)
    if layer.adjustment is None:
        raise refusals.no_adjustment(layer)
    if effect_of(layer.adjustment) is None:
        raise refusals.unknown_adjustment(layer)
    refuse_locked(layer)
    return AdjustmentEdit(target, layer_id, layer.adjustment, SET)
