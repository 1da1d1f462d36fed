"""The regions of a document on their way to the engine: which part of a job each of them is, and its words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from studio.api import Blend, DenoiseJob
from studio.document import Document, Layer, Rect, Region
from studio.errors import SettingError
from studio.generation.conditioning import RegionPart, RegionUse
from studio.generation.prompting import regional
from studio.jobs.layer_pictures import layer_by_id, layer_pixels
from studio.message import Message

if TYPE_CHECKING:
    from studio.generation.masks import FloatMask
    from studio.generation.regions import Division


def acting_regions(document: Document) -> tuple[Region, ...]:
    """The regions that are switched on, from the top. One whose layer is gone is among them, so that it is said."""
    order = {layer.id: place for place, layer in enumerate(document.walk())}
    acting = [region for region in document.regions if region.enabled]
    return tuple(sorted(acting, key=lambda region: -order.get(region.layer_id, -1)))


def region_uses(document: Document) -> tuple[RegionUse, ...]:
    """What is kept of them with the settings of a picture."""
    return tuple(RegionUse.of(region, layer_by_id(document, region.layer_id)) for region in acting_regions(document))


def lost_region(region: Region | RegionUse) -> SettingError:
    """Why a region cannot be drawn in whose layer was deleted."""
    return SettingError(
        "The layer of the region {prompt!r} is not there any more.",
        "Undo the deletion, or remove the region from the list.",
        prompt=region.prompt,
    )


@dataclass(frozen=True, eq=False)
class RegionMap:
    """Where the regions of a document lie: ``uses`` are those that are drawn in, from the top, with their words."""

    document: Document
    uses: tuple[RegionUse, ...]
    _covers: dict[tuple[str, Rect, int, int], FloatMask] = field(default_factory=dict, repr=False)

    def division(self, rect: Rect, width: int, height: int, drawn: FloatMask | None = None) -> Division:
        """How they share ``rect`` at a size, of which ``drawn`` says what is drawn. `SettingError` for a lost layer."""
        from studio.generation.regions import divided  # NumPy comes with it

        return divided([self._cover(use, rect, width, height) for use in self.uses], drawn)

    def _cover(self, use: RegionUse, rect: Rect, width: int, height: int) -> FloatMask:
        key = use.layer_id, rect, width, height
        if key not in self._covers:
            layer = layer_by_id(self.document, use.layer_id)
            if layer is None:
                raise lost_region(use)
            self._covers[key] = _opacity(self.document, layer, rect, width, height)
        return self._covers[key]

    def division_of(self, job: DenoiseJob) -> Division:
        """How they share what a job draws."""
        rect = self.document.canvas if job.rect is None else job.rect
        return self.division(rect, job.width, job.height, job.mask)

    def mask_of(self, layer_id: str, job: DenoiseJob) -> FloatMask | None:
        """Where a region lies in a job, float32 (height, width); ``None`` where it is too small or switched off."""
        masks = zip(self.uses, self.division_of(job).masks, strict=True) if self.uses else ()
        return next((mask for use, mask in masks if use.layer_id == layer_id), None)

    def drawn_in(self, job: DenoiseJob, told: Callable[[str], object]) -> tuple[DenoiseJob, tuple[RegionPart, ...]]:
        """A job and the parts that it is drawn in: none where it is all one, whose words the job then has.

        ``told`` is given what the person may wonder about.
        """
        if not self.uses:
            return job, ()
        division = self.division_of(job)
        if division.alone is not None:
            parts = [_part(self.uses[division.alone], division.masks[division.alone])]
        else:
            parts = [_part(use, mask) for use, mask in zip(self.uses, division.masks, strict=True)]
            parts.append(_part(RegionUse(), division.rest))
        if job.rect is None or job.rect == self.document.canvas:
            for place, use in enumerate(self.uses):
                if division.masks[place] is None:
                    told(_too_small(use))
                elif division.alone not in (None, place):
                    told(_beside_all(use, self.uses[division.alone]))
        return _one_or_many(job, _merged([part for part in parts if part is not None]))


def _opacity(document: Document, layer: Layer, rect: Rect, width: int, height: int) -> FloatMask:
    import numpy as np

    pixels = layer_pixels(document, layer, rect, width, height)
    return pixels[..., 3].astype(np.float32) / np.float32(255.0)


def _part(use: RegionUse, mask: FloatMask | None) -> RegionPart | None:
    if mask is None:
        return None
    return RegionPart(name=use.layer, mask=mask, prompt=use.prompt, negative_prompt=use.negative_prompt)


def _merged(parts: Sequence[RegionPart]) -> tuple[RegionPart, ...]:
    """The parts, those with the same words as one."""
    merged: dict[tuple[str, str], RegionPart] = {}
    for part in parts:
        words = part.prompt.strip(), part.negative_prompt.strip()
        before = merged.get(words)
        merged[words] = part if before is None else replace(before, mask=before.mask + part.mask)
    return tuple(merged.values())


def _one_or_many(job: DenoiseJob, parts: tuple[RegionPart, ...]) -> tuple[DenoiseJob, tuple[RegionPart, ...]]:
    return (job, parts) if len(parts) > 1 else (_spoken(job, parts[0]), ())


def _spoken(job: DenoiseJob, part: RegionPart) -> DenoiseJob:
    """The job with a part's words for all of it."""
    if not (part.prompt.strip() or part.negative_prompt.strip()):
        return job
    return replace(
        job,
        prompt=regional(part.prompt, job.prompt),
        negative_prompt=regional(part.negative_prompt, job.negative_prompt),
        prompt_blend=_blend(part.prompt, job.prompt_blend),
        negative_blend=_blend(part.negative_prompt, job.negative_blend),
    )


def _blend(own: str, blend: Blend[str] | None) -> Blend[str] | None:
    if blend is None:
        return None
    return replace(blend, first=regional(own, blend.first), second=regional(own, blend.second))


def _beside_all(use: RegionUse, other: RegionUse) -> Message:
    return Message(
        "The region {name} was left out: {other} is nearly all of what was drawn.", name=use.layer, other=other.layer
    )


def _too_small(use: RegionUse) -> Message:
    return Message("The region {name} was left out: too little of it is seen in what was drawn.", name=use.layer)
