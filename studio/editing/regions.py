"""What a person does with regions: one small function an action, each making one step of history."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from studio.document import LayerId, Region, region_of, remove_region, with_region
from studio.editing import refusals
from studio.generation.conditioning import RegionUse
from studio.history import StepKind
from studio.session import Session

ADD: Final = StepKind("region.add", "Make region", "region")
CHANGE: Final = StepKind("region.change", "Change region", "region")
SWITCH_ON: Final = StepKind("region.on", "Switch region on", "region")
SWITCH_OFF: Final = StepKind("region.off", "Switch region off", "region")
REMOVE: Final = StepKind("region.remove", "Remove region", "region")
REUSE: Final = StepKind("region.reuse", "Use regions again", "region")


def add(session: Session, layer_id: LayerId) -> None:
    """Make a region of a layer or group; one that is a region already is switched on.

    Raises `SettingError` where no layer is chosen and for more regions than there can be.
    """
    document = session.document
    if all(layer.id != layer_id for layer in document.walk()):
        raise refusals.no_layer_chosen()
    there = region_of(document, layer_id)
    if there is None:
        session.apply(ADD, with_region(document, Region(layer_id=layer_id)))
    elif not there.enabled:
        switch(session, layer_id, is_on=True)


def change(session: Session, region: Region, merge_key: str | None = None) -> None:
    """Give a region other words; steps with the same ``merge_key`` (one stay in a field) become one."""
    session.apply(CHANGE, with_region(session.document, region), merge_key=merge_key)


def switch(session: Session, layer_id: LayerId, *, is_on: bool) -> None:
    """Draw in a region, or not."""
    region = region_of(session.document, layer_id)
    if region is not None:
        after = with_region(session.document, replace(region, enabled=is_on))
        session.apply(SWITCH_ON if is_on else SWITCH_OFF, after)


def remove(session: Session, layer_id: LayerId) -> None:
    """Have a layer be no region any more; the layer stays."""
    session.apply(REMOVE, remove_region(session.document, layer_id))


def use_again(session: Session, uses: Iterable[RegionUse]) -> tuple[RegionUse, ...]:
    """Have the document be drawn in the regions of a picture and no others. Returns those whose layer is gone.

    Regions that are not among them are switched off, not removed. No step where nothing changes.
    """
    document = session.document
    there = {layer.id for layer in document.walk()}
    uses = tuple(uses)
    after = replace(document, regions=tuple(replace(region, enabled=False) for region in document.regions))
    for use in uses:
        if use.layer_id in there:
            after = with_region(after, use.region())
    if after.regions != document.regions:
        session.apply(REUSE, after)
    return tuple(use for use in uses if use.layer_id not in there)
