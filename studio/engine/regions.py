"""The regions of one job: what each is drawn after, and which LoRAs are felt in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import torch

from studio.api import Blend, DenoiseJob, InfluenceContext, InfluenceModel, InfluenceSpec
from studio.api.network_input import NetworkInput
from studio.engine.families.denoiser import Denoiser
from studio.engine.families.joint import Joint
from studio.engine.influences.plugged import Plugged
from studio.engine.influences.region_windows import RegionWindows
from studio.engine.influences.region_words import RegionWords
from studio.engine.masks import latent_mask
from studio.engine.models.library import limits_of
from studio.engine.models.regions import WantedRegion, Worn
from studio.engine.prompts import Encoded, only
from studio.engine.sampling import Influence
from studio.generation import CancelToken
from studio.generation.prompting import regional

if TYPE_CHECKING:
    from studio.engine.loaded_model import LoadedModel


def encoded_regions(
    model: LoadedModel, job: DenoiseJob, wanted: Sequence[WantedRegion], steps: int, check: Callable[[], object]
) -> RegionWords:
    """What the network is told of each region over the steps, and where they lie in the latents."""
    model.hold((lora for each in wanted for lora in each.loras), check)
    encoded = [_encoded(model, job, each, steps, check) for each in wanted]
    is_guided = job.guidance_scale > 1.0 and not model.denoiser.takes_guidance
    has_own = any(each.part.negative_prompt.strip() for each in wanted)
    masks = torch.cat([latent_mask(each.part.mask, model.codec.factor) for each in wanted], dim=1)[0]
    return RegionWords(
        _shares(masks).to(model.denoiser.device),
        tuple(positive for positive, _ in encoded),
        tuple(negative for _, negative in encoded) if is_guided and has_own else None,
    )


def _encoded(
    model: LoadedModel, job: DenoiseJob, wanted: WantedRegion, steps: int, check: Callable[[], object]
) -> tuple[Encoded, Encoded]:
    """What a region is drawn after, and what not."""
    model.wear(wanted.loras, check)
    encode, part = model.prompts.encode_blend, wanted.part
    asked = spoken(job.prompt_blend or only(job.prompt), part.prompt)
    unwanted = spoken(job.negative_blend or only(job.negative_prompt), part.negative_prompt)
    return encode(asked, steps, check=check), encode(unwanted, steps, negative=True, check=check)


def spoken(whole: Blend[str], own: str) -> Blend[str]:
    """The prompts of a job behind a region's own words."""
    return replace(whole, first=regional(own, whole.first), second=regional(own, whole.second))


def _shares(masks: torch.Tensor) -> torch.Tensor:
    """Masks (regions, h, w) that add up to 1 in each cell; where there is none it is the first's."""
    total = masks.sum(dim=0)
    first = torch.zeros_like(masks)
    first[0] = 1.0
    return torch.where(total > 0, masks / total.clamp(min=1e-6), first)


def region_influence(
    spec: InfluenceSpec, model: InfluenceModel, words: RegionWords, *, family: str, cancel: CancelToken
) -> Plugged:
    """What keeps the words of regions to their places, in the way that the network can."""
    nothing = np.zeros((1, 1, 3), np.uint8)
    context = InfluenceContext(picture=nothing, strength=1.0, family=family, model=model, regions=words, cancel=cancel)
    return Plugged(spec.run(context), (), name=spec.name)


@dataclass(frozen=True, eq=False)
class RegionDrawing:
    """How a job is drawn in regions: what is asked for predictions, and what takes part in sampling, in this order."""

    denoiser: Denoiser
    influences: tuple[Influence, ...]


def region_drawing(
    model: LoadedModel,
    job: DenoiseJob,
    wanted: Sequence[WantedRegion],
    *,
    words: RegionWords,
    coupled: Plugged,
    guides: tuple[Plugged, ...],
    apart: float,
) -> RegionDrawing:
    """The way in which a model draws regions, each with its LoRAs; in windows for the first ``apart`` of the steps, in
    which it is steered by the ``guides`` too. ``coupled`` keeps the words of regions to their places.

    What no window holds is drawn after the job's own words then, if it has any: after those of the regions things would
    stand there a second time.
    """
    denoiser = _denoiser_for(model, wanted, words)
    if isinstance(model.denoiser, Joint) or apart == 0.0:
        return RegionDrawing(denoiser, (coupled,))

    def alone(place: int) -> None:
        coupled.is_silent = True
        model.wear(wanted[place].loras, _unchecked)

    def around() -> None:
        together()
        coupled.is_silent = has_words

    def together() -> None:
        coupled.is_silent = False
        model.wear(wanted[0].loras, _unchecked)

    has_words = bool((job.prompt_blend or only(job.prompt)).nearest.strip())
    least = limits_of(model.info).native_side // 2 // model.codec.factor
    windows = RegionWindows(
        denoiser,
        model.denoiser,
        words,
        share=apart,
        least=least,
        alone=alone,
        around=around,
        together=together,
        guides=guides,
    )
    return RegionDrawing(windows, (coupled, windows))


class RegionalLoras:
    """A denoiser that is asked once for each set of LoRAs; each cell is what the set of its region makes of it.

    ``sets`` are the LoRAs with the cells, float32 (h, w), in which they are felt; the cells of all add up to 1.
    """

    def __init__(self, model: LoadedModel, sets: Sequence[tuple[Worn, torch.Tensor]]) -> None:
        self._model = model
        self._inner = model.denoiser
        self._sets = tuple(sets)

    @property
    def network(self) -> Any:
        return self._inner.network

    @property
    def device(self) -> torch.device:
        return self._inner.device

    @property
    def takes_guidance(self) -> bool:
        return self._inner.takes_guidance

    @property
    def takes_pairs(self) -> bool:
        return self._inner.takes_pairs

    @property
    def takes_masked_image(self) -> bool:
        return self._inner.takes_masked_image

    def timestep_options(self, scheduler: Any, steps: int, shape: tuple[int, ...]) -> Mapping[str, Any]:
        return self._inner.timestep_options(scheduler, steps, shape)

    def predict(self, given: NetworkInput) -> torch.Tensor:
        """The mean of what the sets make of a sample, weighted in each cell."""
        outputs = []
        for worn, cells in self._sets:
            self._model.wear(worn, _unchecked)
            outputs.append(self._inner.predict(given) * cells)
        return torch.stack(outputs).sum(dim=0)


def _denoiser_for(model: LoadedModel, wanted: Sequence[WantedRegion], words: RegionWords) -> Denoiser:
    """The model's denoiser; one that is asked more than once a step where not all regions wear the same LoRAs."""
    sets: dict[Worn, torch.Tensor] = {}
    for each, cells in zip(wanted, words.masks, strict=True):
        sets[each.loras] = sets[each.loras] + cells if each.loras in sets else cells
    if len(sets) > 1:
        return RegionalLoras(model, tuple(sets.items()))
    return model.denoiser


def _unchecked() -> None:
    """The files were read before the first step."""
