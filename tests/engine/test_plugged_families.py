"""Families of plugins ask their networks in every way in which those that ship do."""

from __future__ import annotations

from typing import Any

import pytest
import torch

from studio.api import FamilyContext, FamilyDenoiser, JointSequence, NetworkInput
from studio.engine.families.flux import Flux
from studio.engine.families.joint import Joint
from studio.engine.families.plugged import plugged_denoiser
from studio.engine.families.sd import StableDiffusion
from studio.engine.families.table import RUNNERS
from studio.errors import PluginError
from tests.engine.test_regions import flux, sd

GIVEN = NetworkInput(
    sample=torch.zeros(2, 9, 4, 4),
    timestep=torch.tensor(1.0),
    words=torch.ones(2, 3, 8),
    pooled=torch.ones(2, 8),
    mask=torch.ones(2, 3, dtype=torch.bool),
    sides=("negative", "positive"),
    guidance=2.0,
    extras={"residuals": [torch.ones(1)], "number": 3},
)


class Own(FamilyDenoiser):
    def __init__(self, made: Any = None) -> None:
        self.made = made
        self.given: list[NetworkInput] = []

    def predict(self, given: NetworkInput) -> Any:
        self.given.append(given)
        return self.made


def network() -> torch.nn.Module:
    return torch.nn.Linear(2, 2, dtype=torch.bfloat16)


def test_it_is_told_all_in_the_number_format_of_the_network() -> None:
    own = Own(torch.zeros(2, 9, 4, 4, dtype=torch.bfloat16))
    made = plugged_denoiser(network(), own, "Own").predict(GIVEN)
    (told,) = own.given
    assert made.dtype == torch.float32
    assert {told.sample.dtype, told.words.dtype, told.pooled.dtype} == {torch.bfloat16}
    assert told.extras["residuals"][0].dtype == torch.bfloat16
    assert (told.extras["number"], told.sides, told.guidance) == (3, ("negative", "positive"), 2.0)
    assert (told.mask.dtype, told.timestep.dtype) == (torch.bool, torch.float32)


def test_an_inpainting_network_is_shown_more_than_it_says() -> None:
    own = Own(torch.zeros(2, 4, 4, 4))
    denoiser = plugged_denoiser(network(), own, "Own")
    with pytest.raises(PluginError, match="no prediction"):
        denoiser.predict(GIVEN)
    own.takes_masked_image = True
    assert denoiser.takes_masked_image
    assert denoiser.predict(GIVEN).shape == (2, 4, 4, 4)
    own.made = torch.zeros(2, 4, 4, 2)
    with pytest.raises(PluginError, match="no prediction"):
        denoiser.predict(GIVEN)


def test_what_it_says_of_itself_is_heeded() -> None:
    plain = plugged_denoiser(network(), Own(), "Own")
    assert (plain.takes_pairs, plain.takes_guidance, isinstance(plain, Joint)) == (True, False, False)
    own: Any = Own()
    own.takes_pairs, own.takes_guidance, own.sequence = False, True, JointSequence(patch=2)
    made = plugged_denoiser(network(), own, "Own")
    assert (made.takes_pairs, made.takes_guidance) == (False, True)
    assert isinstance(made, Joint)
    assert made.sequence == JointSequence(patch=2)
    own.sequence = "a sequence"
    assert not isinstance(plugged_denoiser(network(), own, "Own"), Joint)


def test_the_families_that_ship_are_made_of_what_a_plugin_is_given() -> None:
    for family, own, kind in (("flux1", flux().network, Flux), ("sd1", sd().network, StableDiffusion)):
        made = RUNNERS[family].denoiser(FamilyContext(network=own))
        assert isinstance(made, FamilyDenoiser)
        assert isinstance(made, kind)
