"""The door by which layers of a UNet are shown other things than the prompt."""

from __future__ import annotations

from typing import Any

import pytest
import torch

from studio.engine.attention import Look, Onlooker, cross_attentions, looked_at
from tests.engine.tiny_model import tiny_unet


@pytest.fixture(scope="module")
def unet() -> Any:
    torch.manual_seed(0)
    return tiny_unet(4).eval()


@torch.no_grad()
def predicted(unet: Any) -> torch.Tensor:
    generator = torch.Generator().manual_seed(1)
    sample, words = torch.randn(2, 4, 8, 8, generator=generator), torch.randn(2, 7, 32, generator=generator)
    output: torch.Tensor = unet(sample, 500, encoder_hidden_states=words, return_dict=False)[0]
    return output


class Bystander(Onlooker):
    """Changes nothing."""


class Brighter(Onlooker):
    def __init__(self, more: float) -> None:
        self.more = more

    def beside(self, look: Look, seen: torch.Tensor) -> torch.Tensor:
        return seen + self.more


class Blind(Onlooker):
    def instead(self, look: Look) -> torch.Tensor | None:
        return torch.zeros_like(look.at(look.words))


def test_who_only_looks_on_changes_no_bit(unet: Any) -> None:
    before = predicted(unet)
    processors = dict(unet.attn_processors)
    with looked_at(unet, [Bystander()]):
        assert torch.equal(predicted(unet), before)
    assert torch.equal(predicted(unet), before)
    assert all(unet.attn_processors[name] is processor for name, processor in processors.items())


def test_onlookers_add_up_also_when_they_come_one_after_the_other(unet: Any) -> None:
    before = predicted(unet)
    with looked_at(unet, [Brighter(1.0), Brighter(2.0)]):
        together = predicted(unet)
    with looked_at(unet, [Brighter(1.0)]), looked_at(unet, [Brighter(2.0)]):
        assert torch.equal(predicted(unet), together)
    assert not torch.allclose(together, before)


def test_what_is_seen_instead_of_the_prompt_is_what_others_add_to(unet: Any) -> None:
    with looked_at(unet, [Blind()]):
        blind = predicted(unet)
    with looked_at(unet, [Brighter(1.0), Blind()]):
        both = predicted(unet)
    with looked_at(unet, [Brighter(1.0)]):
        brighter = predicted(unet)
    assert not torch.allclose(both, blind)
    assert not torch.allclose(both, brighter)


def test_a_failure_leaves_the_network_as_it_was(unet: Any) -> None:
    before = predicted(unet)
    with pytest.raises(ZeroDivisionError), looked_at(unet, [Blind()]):
        raise ZeroDivisionError
    assert torch.equal(predicted(unet), before)


def test_layers_are_those_that_look_at_the_prompt(unet: Any) -> None:
    names = [name for name, _ in cross_attentions(unet)]
    assert names[0] == "down_blocks.1.attentions.0.transformer_blocks.0.attn2"
    assert names[-1].startswith("mid_block")
    assert all(name.endswith("attn2") for name in names)
