"""The guides of one job with their networks, and what takes part in sampling for them."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from studio.api import GuideNetwork, InfluenceContext, InfluenceGuide, InfluenceModel, InfluenceSpec
from studio.engine.influences.plugged import Plugged
from studio.engine.loaded_model import LoadedModel
from studio.engine.masks import latent_mask
from studio.engine.models.controls import WantedControl
from studio.engine.models.guides import WantedGuides
from studio.engine.models.identity.steering import UNION_MODES
from studio.engine.models.reference_networks import ReadyReference
from studio.engine.told_model import told_model
from studio.generation import CancelToken
from studio.generation.conditioning import ShownPicture


@dataclass(frozen=True, eq=False)
class ReadyGuides:
    """Guides with what reads them, in the order in which they act; ``networks`` are the control networks."""

    guides: tuple[tuple[InfluenceSpec, InfluenceGuide], ...] = ()
    networks: tuple[Any, ...] = ()


def ready_guides(model: LoadedModel, wanted: WantedGuides, check: Callable[[], object]) -> ReadyGuides:
    """What guides want, loaded beside a model; ``check`` is called meanwhile, to raise where it is to end.

    Raises `ModelError` for a file that is damaged.
    """
    slack = math.inf if model.plan is None else model.plan.slack
    networks = model.control_networks.load(wanted.controls, check, slack)
    shown = model.reference_networks.load(wanted.references.adapters, check, slack)
    pairs: list[tuple[ShownPicture, GuideNetwork | None]] = [
        *((each.control, _steering(each, module)) for each, module in zip(wanted.controls, networks, strict=True)),
        *((each.wanted.reference, _showing(each)) for each in shown),
        *((each, None) for each in (*wanted.references.bare, *wanted.others)),
    ]
    guides = tuple((wanted.influences[each.influence], _guide(each, network)) for each, network in pairs)
    return ReadyGuides(guides, networks)


def _steering(wanted: WantedControl, module: Any) -> GuideNetwork:
    form, mode = wanted.steering.form, wanted.mode
    return GuideNetwork(module=module, form=form, mode=mode, place=UNION_MODES.get(mode, 0) if form == "union" else 0)


def _showing(ready: ReadyReference) -> GuideNetwork:
    adapter = ready.wanted.adapter
    return GuideNetwork(module=ready.network, form=adapter.referring.form, layers=adapter.layers, seen=ready.seen)


def _guide(shown: ShownPicture, network: GuideNetwork | None) -> InfluenceGuide:
    return InfluenceGuide(
        name=shown.name,
        picture=shown.picture,
        strength=shown.strength,
        start=shown.start,
        end=shown.end,
        mask=shown.mask,
        network=network,
    )


def taking_part(model: LoadedModel, ready: ReadyGuides, cancel: CancelToken) -> tuple[Plugged, ...]:
    """What takes part in sampling for guides, as the influences make it that they name."""
    if not ready.guides:
        return ()
    told = told_model(model)
    return tuple(_plugged(spec, guides, model, told, cancel) for spec, guides in _groups(ready))


def _groups(ready: ReadyGuides) -> Iterator[tuple[InfluenceSpec, tuple[InfluenceGuide, ...]]]:
    """Guides that are made of one influence: each alone, or all at the place of the first."""
    done: set[str] = set()
    for spec, guide in ready.guides:
        if not spec.together:
            yield spec, (guide,)
        elif spec.id not in done:
            done.add(spec.id)
            yield spec, tuple(each for other, each in ready.guides if other.id == spec.id)


def _plugged(
    spec: InfluenceSpec,
    guides: Sequence[InfluenceGuide],
    model: LoadedModel,
    told: InfluenceModel,
    cancel: CancelToken,
) -> Plugged:
    first = guides[0]
    context = InfluenceContext(
        picture=first.picture,
        strength=first.strength,
        family=model.info.family,
        guides=tuple(guides),
        model=told,
        cancel=cancel,
    )
    mask = None if spec.together or first.mask is None else latent_mask(first.mask, told.factor)
    return Plugged(spec.run(context), guides, None if mask is None else mask.to(model.denoiser.device))
