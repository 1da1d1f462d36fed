"""The guides of a document on their way to the engine: between any tool, also a plugin's, and what draws for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

from studio.api.parameters import fitting_values
from studio.api.pictures import opaque, over_ground
from studio.document import Document, Guide, Pixels, Rect
from studio.errors import SettingError
from studio.generation import CancelToken
from studio.generation.conditioning import (
    CONTROL_INFLUENCE,
    REFERENCE_INFLUENCE,
    Conditioning,
    Control,
    GuideUse,
    Influenced,
    Reference,
)
from studio.jobs.layer_pictures import layer_by_id, layer_pixels
from studio.jobs.regions import RegionMap
from studio.message import Message

if TYPE_CHECKING:
    from studio.api import DenoiseJob, Engine, FilterSpec, GuideSpec, ModelLimits, MotionJob
    from studio.generation.masks import FloatMask

    Filters = Mapping[str, FilterSpec]

_LOOKED_AT: Final = 1024
"""Pixels along the long side of a reference."""


def acting_guides(document: Document) -> tuple[Guide, ...]:
    """The guides that are felt: they are on, with a strength and a layer that holds something.

    One whose layer is gone is among them, so that it is said.
    """
    return tuple(guide for guide in document.guides if guide.acts and not _is_empty(document, guide))


def guide_uses(document: Document) -> tuple[GuideUse, ...]:
    """What is kept of them with the settings of a picture."""
    pairs = ((guide, layer_by_id(document, guide.layer_id)) for guide in acting_guides(document))
    return tuple(GuideUse.of(guide, layer) for guide, layer in pairs if layer is not None)


@dataclass(frozen=True, eq=False)
class GuidedEngine:
    """An engine whose jobs are drawn in the regions of ``document`` and feel its guides, but for jobs that say
    themselves what they are drawn after.

    ``specs`` are the kinds of guides and ``filters`` the filters that prepare pictures, by id; ``told`` is given
    remarks for the person.
    """

    engine: Engine
    document: Document
    specs: Mapping[str, GuideSpec]
    filters: Filters
    cancel: CancelToken
    told: Callable[[str], object]
    regions: RegionMap
    _pictures: dict[tuple[str, Rect, int, int], Pixels | None] = field(default_factory=dict, repr=False)

    def limits(self, model: str) -> ModelLimits:
        return self.engine.limits(model)

    def denoise(self, job: DenoiseJob) -> tuple[Pixels, ...]:
        """As the engine does. Raises `SettingError` too, for guides that cannot be felt."""
        return self.engine.denoise(self._guided(job))

    def denoise_together(self, job: MotionJob) -> tuple[Pixels, ...]:
        """As the engine does: frames together have no regions and feel no guides."""
        if acting_guides(self.document):
            self.told(Message("The control layers were left out: frames that are drawn together do not feel them."))
        if self.regions.uses:
            self.told(Message("The regions were left out: frames that are drawn together have none."))
        return self.engine.denoise_together(job)

    def _guided(self, job: DenoiseJob) -> DenoiseJob:
        if job.conditioning is not None:
            return job
        shown = tuple(self._shown(job))
        job, parts = self.regions.drawn_in(job, self.told)
        if not (shown or parts):
            return job
        controls = tuple(each for each in shown if isinstance(each, Control))
        references = tuple(each for each in shown if isinstance(each, Reference))
        influences = tuple(each for each in shown if isinstance(each, Influenced))
        given = Conditioning(controls=controls, references=references, influences=influences, regions=parts)
        return replace(job, conditioning=given)

    def _shown(self, job: DenoiseJob) -> Iterator[Control | Reference | Influenced]:
        for guide in self.document.guides:
            if not guide.acts:
                continue
            spec = self._spec(guide)
            picture = self._picture(guide, spec, job)
            mask = None if guide.region_id is None else self.regions.mask_of(guide.region_id, job)
            if picture is None or (guide.region_id is not None and mask is None):
                self.told(_nothing_there(spec))
                continue
            yield _shown_picture(guide, spec, picture, mask)

    def _spec(self, guide: Guide) -> GuideSpec:
        spec = self.specs.get(guide.kind)
        if spec is None:
            raise unknown_kind(guide)
        return spec

    def _picture(self, guide: Guide, spec: GuideSpec, job: DenoiseJob) -> Pixels | None:
        """What a network reads for a job, uint8 (height, width, 3); ``None`` where the layer holds nothing there.

        A control is cut as the job is; of a reference all that is in the layer is looked at.
        """
        layer = layer_by_id(self.document, guide.layer_id)
        if layer is None:
            raise lost_layer(spec)
        rect = self.document.canvas if job.rect is None else job.rect
        width, height = job.width, job.height
        if spec.reference:
            rect = layer.bounds_on(self.document.canvas)
            width, height = looked_at_size(rect)
        key = guide.id, rect, width, height
        if key not in self._pictures:
            pixels = layer_pixels(self.document, layer, rect, width, height)
            self._pictures[key] = self._read(guide, spec, pixels) if pixels[..., 3].any() else None
        return self._pictures[key]

    def _read(self, guide: Guide, spec: GuideSpec, pixels: Pixels) -> Pixels:
        if spec.reference or not guide.from_picture:
            return guide_picture(pixels, spec)
        return over_ground(preprocessed(pixels, preprocessor(spec, self.filters), guide.values, self.cancel))


def _shown_picture(
    guide: Guide, spec: GuideSpec, picture: Pixels, mask: FloatMask | None
) -> Control | Reference | Influenced:
    felt: dict[str, Any] = {
        "name": spec.name,
        "picture": picture,
        "strength": guide.strength,
        "start": guide.start,
        "end": guide.end,
        "network": guide.network,
        "mask": mask,
    }
    if spec.reference:
        return Reference(mode=spec.reference, influence=spec.influence or REFERENCE_INFLUENCE, **felt)
    if spec.reads:
        return Control(modes=spec.reads, influence=spec.influence or CONTROL_INFLUENCE, **felt)
    return Influenced(influence=spec.influence, **felt)


def looked_at_size(rect: Rect) -> tuple[int, int]:
    """The width and height at which a reference of this size is looked at: no more pixels than anything sees of it."""
    scale = min(1.0, _LOOKED_AT / max(1, rect.width, rect.height))
    return max(1, round(rect.width * scale)), max(1, round(rect.height * scale))


def _nothing_there(spec: GuideSpec) -> Message:
    return Message(
        "The control layer {name} was left out: it holds nothing where the picture was drawn.", name=spec.name
    )


def unknown_kind(guide: Guide) -> SettingError:
    """Why a guide cannot be felt whose kind is not there."""
    return SettingError(
        "There is no kind of control layer {kind!r} here.",
        "Enable the plugin that has it, or remove the control layer.",
        kind=guide.kind,
    )


def lost_layer(spec: GuideSpec) -> SettingError:
    """Why a guide cannot be felt whose layer was deleted."""
    return SettingError(
        "The layer that was to be drawn after ({guide}) is not there any more.",
        "Undo the deletion, choose another layer, or remove it from the list.",
        guide=spec.name,
    )


def preprocessor(spec: GuideSpec, filters: Filters) -> FilterSpec:
    """The filter that makes what a guide's networks read of a picture. Raises `SettingError` where there is none."""
    found = filters.get(spec.preprocessor)
    if found is None:
        raise SettingError(
            "Nothing here makes what {guide} needs of a picture.",
            "Paint it yourself and say that it is a control picture already, or enable a plugin that can.",
            guide=spec.name,
        )
    return found


def preprocessed(pixels: Pixels, spec: FilterSpec, values: Mapping[str, object], cancel: CancelToken) -> Pixels:
    """What a preprocessor makes of premultiplied RGBA on white: opaque RGBA of the same size."""
    own, _ = fitting_values(spec.parameters, values)
    return spec.run(opaque(over_ground(pixels)), own, cancel, _unheard)


def guide_picture(pixels: Pixels, spec: GuideSpec) -> Pixels:
    """Premultiplied RGBA that is a guide already as the RGB that networks read."""
    if not spec.is_lines:
        return over_ground(pixels, spec.ground_color)
    import numpy as np

    is_light = _ground_is_light(pixels)
    grey = over_ground(pixels, (255, 255, 255) if is_light else (0, 0, 0)).mean(axis=2, keepdims=True)
    lines = (255.0 - grey if is_light else grey).round().astype(np.uint8)
    return np.repeat(lines, 3, axis=2)


def _ground_is_light(pixels: Pixels) -> bool:
    """Whether lines are darker than what they lie on, of which a layer may show nothing."""
    alpha = float(pixels[..., 3].mean()) / 255.0
    brightness = float(pixels[..., :3].mean()) / 255.0 / max(alpha, 1e-6)
    return brightness > 0.5 if alpha > 0.5 else brightness <= 0.5


def _is_empty(document: Document, guide: Guide) -> bool:
    layer = layer_by_id(document, guide.layer_id)
    return layer is not None and layer.bounds_on(document.canvas).is_empty


def _unheard(_fraction: float, _message: str) -> None:
    """Preparing a guide takes no time that is worth telling."""
