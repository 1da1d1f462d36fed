"""What a person does with guides: one small function an action, each making one step of history."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise
from typing import Final

from studio.document import (
    Document,
    Guide,
    GuideId,
    LayerId,
    PaintLayer,
    Pixels,
    Raster,
    add_guide,
    find_guide,
    remove_guide,
    with_guide,
)
from studio.editing import layer_edits, refusals
from studio.generation.conditioning import GuideUse
from studio.history import StepKind
from studio.session import OpenDocument, Session

ADD: Final = StepKind("guide.add", "Add control layer", "guide")
MAKE: Final = StepKind("guide.make", "Make control layer", "guide")
CHANGE: Final = StepKind("guide.change", "Change control layer", "guide")
SWITCH_ON: Final = StepKind("guide.on", "Switch control layer on", "guide")
SWITCH_OFF: Final = StepKind("guide.off", "Switch control layer off", "guide")
REMOVE: Final = StepKind("guide.remove", "Remove control layer", "guide")
REUSE: Final = StepKind("guide.reuse", "Use control layers again", "guide")

Felt = tuple[float, float]
"""Strength, and the share of the steps over which it is felt."""
LEVELS: Final[tuple[Felt, ...]] = ((0.0, 0.5), (0.7, 0.5), (1.0, 0.8), (1.0, 1.0), (1.5, 1.0))
"""What one slider goes through, from 0 to 4."""
USUAL_LEVEL: Final = 2.0
_NEAR: Final = 0.006


def felt_at(level: float) -> Felt:
    """Strength and end at a place of the slider, 0..4."""
    place = min(max(level, 0.0), len(LEVELS) - 1.0)
    first = min(int(place), len(LEVELS) - 2)
    (low, low_end), (high, high_end) = LEVELS[first], LEVELS[first + 1]
    share = place - first
    return round(low + share * (high - low), 2), round(low_end + share * (high_end - low_end), 2)


def level_of(guide: Guide) -> float | None:
    """Where the slider stands for a guide; ``None`` for values that it does not go through."""
    if guide.start > 0.0:
        return None
    for number, (low, high) in enumerate(pairwise(LEVELS)):
        varied = 0 if low[0] != high[0] else 1
        share = ((guide.strength, guide.end)[varied] - low[varied]) / (high[varied] - low[varied])
        if -_NEAR <= share <= 1.0 + _NEAR and _is_near(felt_at(number + share), (guide.strength, guide.end)):
            return number + min(max(share, 0.0), 1.0)
    return None


def guide_of_layer(document: Document, layer_id: LayerId, kind: str) -> Guide:
    """A guide of a layer with the usual strength, not in the document yet. `SettingError` where no layer is chosen."""
    if all(layer.id != layer_id for layer in document.walk()):
        raise refusals.no_layer_chosen()
    strength, end = felt_at(USUAL_LEVEL)
    return Guide(kind=kind, layer_id=layer_id, strength=strength, end=end)


def add(session: Session, layer_id: LayerId, kind: str) -> None:
    """Draw after a layer from now on."""
    document = session.document
    session.apply(ADD, add_guide(document, guide_of_layer(document, layer_id, kind)))


def change(session: Session, guide: Guide, merge_key: str | None = None) -> None:
    """Give a guide other values; steps with the same ``merge_key`` (one drag of a slider) become one."""
    session.apply(CHANGE, with_guide(session.document, guide), merge_key=merge_key)


def switch(session: Session, guide_id: GuideId, *, is_on: bool) -> None:
    """Have a guide felt, or not."""
    guide = replace(find_guide(session.document, guide_id), enabled=is_on)
    session.apply(SWITCH_ON if is_on else SWITCH_OFF, with_guide(session.document, guide))


def remove(session: Session, guide_id: GuideId) -> None:
    """Draw after a layer no more; the layer stays."""
    session.apply(REMOVE, remove_guide(session.document, guide_id))


def make(target: OpenDocument, pixels: Pixels, name: str, kind: str) -> None:
    """Add a hidden layer with a guide's picture, premultiplied RGBA of the canvas, and draw after it."""
    before = target.document
    layer = PaintLayer(name=name, raster=Raster.from_array(pixels), visible=False)
    document = layer_edits.insert_above_active(before, layer).with_active(before.active_id)
    target.apply(MAKE, add_guide(document, guide_of_layer(document, layer.id, kind)))


def use_again(session: Session, uses: Iterable[GuideUse]) -> tuple[GuideUse, ...]:
    """Have the document feel what a picture was drawn after, and nothing else. Returns those whose layer is gone.

    Guides that are not among them are switched off, not removed. No step where nothing changes.
    """
    document = session.document
    there = {layer.id for layer in document.walk()}
    uses = tuple(uses)
    guides = [replace(guide, enabled=False) for guide in document.guides]
    for use in uses:
        if use.layer_id in there:
            _put(guides, use)
    after = replace(document, guides=tuple(guides))
    if after.guides != document.guides:
        session.apply(REUSE, after)
    return tuple(use for use in uses if use.layer_id not in there)


def _put(guides: list[Guide], use: GuideUse) -> None:
    """Switch the guide on that a picture was drawn after, with its values then, or add it."""
    place = next((place for place, guide in enumerate(guides) if _is_of(guide, use)), None)
    if place is None:
        guides.append(use.guide())
    else:
        guides[place] = replace(use.guide(), id=guides[place].id)


def _is_of(guide: Guide, use: GuideUse) -> bool:
    """Whether a guide that is not taken yet is the one that a picture was drawn after."""
    return (guide.kind, guide.layer_id) == (use.kind, use.layer_id) and not guide.enabled


def _is_near(one: Felt, other: Felt) -> bool:
    return all(abs(a - b) <= _NEAR for a, b in zip(one, other, strict=True))
