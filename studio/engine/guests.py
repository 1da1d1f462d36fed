"""The networks of a model that are on its device only while they work."""

from __future__ import annotations

import torch

from studio.engine.device.devices import Device
from studio.engine.device.residence import Guest, Moved, ReadAgain, Residence
from studio.engine.device.residency import Plan
from studio.engine.embeddings import Embeddings
from studio.engine.models.loading import Components
from studio.engine.prompts import Nothing, PromptEmbedding, TextCoder


def residence(components: Components, plan: Plan, device: Device) -> Residence:
    """Who comes and goes, by a plan. Networks wait in the processor's memory, or on the disk where that is all."""
    if plan.encoder == "stays" or (plan.encoder == "apart" and not plan.takes_turns):
        return Residence()
    encoders: list[Guest] = [
        ReadAgain(components.networks[name], components.again[name])
        if plan.room.is_shared
        else Moved(components.networks[name], device.torch_name, "cpu")
        for name in components.tokenizers
    ]
    if not plan.takes_turns:
        return Residence(encoders)
    return Residence(encoders, [ReadAgain(components.denoiser, components.again[components.family.denoiser.name])])


class Summoned:
    """A `TextCoder` whose encoders come before they read. What they say goes to the device ``work``."""

    def __init__(self, coder: TextCoder, house: Residence, work: torch.device) -> None:
        self._coder = coder
        self._house = house
        self._work = work

    @property
    def embeddings(self) -> Embeddings:
        return self._coder.embeddings

    def encode(self, words: str) -> PromptEmbedding:
        self._house.encode()
        return self._coder.encode(words).to(self._work)

    def lengthened(self, part: PromptEmbedding, length: int, nothing: Nothing) -> PromptEmbedding:
        return self._coder.lengthened(part, length, nothing)
