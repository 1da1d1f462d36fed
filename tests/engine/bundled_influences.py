"""What guides take part in sampling by, as the bundled plugin has it."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

from studio.api import InfluenceContext, InfluenceGuide, InfluenceModel, InfluenceSpec
from studio.engine.families.denoiser import Denoiser
from studio.engine.families.joint import Joint
from studio.engine.influences.plugged import Plugged
from studio.engine.influences.region_words import RegionWords
from studio.engine.regions import region_influence
from studio.engine.told_model import inputs_of
from studio.generation import CancelToken
from studio.paths import default_paths
from studio.plugin_host import PluginFolder, PluginHost


@cache
def bundled_influences() -> Mapping[str, InfluenceSpec]:
    """By their ids."""
    host = PluginHost.load([PluginFolder(default_paths().plugins, "bundled")], entry_points=False)
    return dict(host.specs(InfluenceSpec))


def file_of_plugin(name: str) -> Any:
    """A file of the plugin that has them, as a module."""
    bundled_influences()
    return importlib.import_module(f"shoreline_plugin_control.{name}")


def taking_part(
    influence: str,
    guides: Sequence[InfluenceGuide],
    denoiser: Denoiser,
    *,
    channels: int = 4,
    latents: Callable[[Any], Any] | None = None,
) -> Plugged:
    """An influence of guides as it takes part in sampling, for a denoiser whose latents are what ``latents`` makes."""
    model = told(denoiser, channels=channels, latents=latents)
    first = guides[0]
    context = InfluenceContext(
        picture=first.picture, strength=first.strength, family="tiny", guides=tuple(guides), model=model
    )
    return Plugged(bundled_influences()[influence].run(context), guides)


def keeping_words(denoiser: Denoiser, words: RegionWords) -> Plugged:
    """What keeps the words of regions to their places in the network of a denoiser."""
    spec = bundled_influences()["regions"]
    return region_influence(spec, told(denoiser), words, family="tiny", cancel=CancelToken())


def told(denoiser: Denoiser, *, channels: int = 4, latents: Callable[[Any], Any] | None = None) -> InfluenceModel:
    """What influences are told of a model with this denoiser."""
    return InfluenceModel(
        name="Tiny",
        network=denoiser.network,
        channels=channels,
        factor=8,
        latents=latents or (lambda picture: picture),
        inputs=inputs_of(denoiser),
        sequence=denoiser.sequence if isinstance(denoiser, Joint) else None,
    )
