"""Drawing again what was drawn: more of its kind, variations, or the same with other words."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from studio.document import Document, Layer, Raster, replace_layer
from studio.errors import SettingError
from studio.generation import GenerationSettings
from studio.generation.placement import mask_drawn_in
from studio.history import StepKind
from studio.session import Job, Session

EDIT_AGAIN: Final = StepKind("generate.again", "Edit again", "reuse")


@dataclass(frozen=True, kw_only=True, eq=False)
class Drawn:
    """What was drawn: the settings that draw it again, and the ``document`` to draw it on, with its mask."""

    settings: GenerationSettings
    document: Document

    def more(self, count: int, seed: int) -> GenerationSettings:
        """The settings for others of its kind: all the same but for the seeds."""
        return self.settings.with_changes(seed=seed, count=count, variation=0.0, variation_seed=0)

    def variations(self, amount: float, count: int, seed: int) -> GenerationSettings:
        """The settings for pictures near to it: their noise goes so far, 0..1, towards that of other seeds."""
        return self.settings.with_changes(variation=amount, variation_seed=seed, count=count)


def drawn_picture(job: Job, index: int, document: Document) -> Drawn:
    """Picture ``index`` of a job, to be drawn on ``document`` as it is now, but in the mask of then."""
    mask = mask_drawn_in(job.request, job.images[index], document)
    return Drawn(settings=job.settings_of(index), document=_masked(document, mask))


def drawn_layer(document: Document, layer: Layer | None) -> Drawn:
    """A layer that was drawn, to be drawn on the document without it. Raises `SettingError` if it was not drawn."""
    settings = None if layer is None else _settings(layer)
    if layer is None or settings is None:
        raise SettingError("The active layer was not drawn.", "Choose a layer or a result that was.")
    without = replace_layer(document, layer.id, visible=False)
    return Drawn(settings=settings, document=_masked(without, layer.drawn_in))


def edit_again(session: Session, drawn: Drawn) -> None:
    """Let the mask be that of what was drawn, and hide a layer that is drawn anew, in one step if anything changes."""
    before, after = session.document, drawn.document
    if after.generation_mask is not before.generation_mask or after.layers != before.layers:
        session.apply(EDIT_AGAIN, replace(after, active_id=before.active_id))


def _masked(document: Document, mask: Raster | None) -> Document:
    return document if mask is None or mask is document.generation_mask else document.with_generation_mask(mask)


def _settings(layer: Layer) -> GenerationSettings | None:
    try:
        return None if layer.settings is None else GenerationSettings.read_json(layer.settings)
    except ValueError:  # of another program, or damaged
        return None
