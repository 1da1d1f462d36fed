"""What plugins do while noise is taken off: felt where their guide is, and their failure stays their own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import torch

from studio.api import InfluenceContext, InfluenceSpec, InfluenceStep, NetworkInput, SamplingInfluence
from studio.engine.engine import DiffusionEngine
from studio.errors import Cancelled, EngineError, PluginError, SettingError
from studio.generation.conditioning import Conditioning, Influenced
from tests.engine.tiny_model import SIDE, generate, make_job, picture

Draw = Callable[..., None]


class Pushed(SamplingInfluence):
    def __init__(self, steps: list[InfluenceStep] | None = None) -> None:
        self.steps = [] if steps is None else steps

    def after_step(self, step: InfluenceStep, latents: Any) -> Any:
        self.steps.append(step)
        return latents + 0.5


class Wrong(SamplingInfluence):
    def __init__(self, made: Any) -> None:
        self.made = made

    def guided(self, step: InfluenceStep, sample: Any, prediction: Any) -> Any:
        return self.made(prediction)


class Asked(SamplingInfluence):
    """Changes what the network is given."""

    def __init__(self, made: Any) -> None:
        self.made = made
        self.given: list[NetworkInput] = []

    def before_step(self, step: InfluenceStep, given: NetworkInput) -> Any:
        self.given.append(given)
        return self.made(given)


class Looked(SamplingInfluence):
    """Has layers see ``times`` as much."""

    def __init__(self, times: float) -> None:
        self.times = times
        self.looks: list[tuple[str, int, tuple[int, int]]] = []

    def beside(self, look: Any, seen: Any) -> Any:
        self.looks.append((look.name, look.number, look.cells_of(SIDE // 8, SIDE // 8)))
        return seen * self.times


class Opened(SamplingInfluence):
    """Hangs something on the network and leaves it there."""

    def __init__(self) -> None:
        self.is_open = False

    @contextmanager
    def opened(self, network: Any) -> Iterator[None]:
        network.conv_out.register_forward_hook(lambda _layer, _given, made: made * 0.5)
        network.conv_in.forward = network.conv_in.forward
        self.is_open = True
        try:
            yield
        except BaseException:  # noqa: BLE001 - it takes what is not meant for it
            pass
        finally:
            self.is_open = False


@pytest.fixture
def draw(new_engine: DiffusionEngine) -> Draw:
    """Draws with an influence, or without any; keywords are fields of the guide."""

    def drawn(own: Any = None, **changes: Any) -> None:
        spec = InfluenceSpec(id="own", name="Own", run=lambda _context: own)
        new_engine.influences = {"own": spec}
        shown = Influenced(**{"name": "Push", "picture": picture(), "influence": "own", **changes})
        given = Conditioning(influences=() if own is None else (shown,))
        generate(new_engine, make_job(conditioning=given))

    return drawn


def left_half() -> Any:
    mask = np.zeros((SIDE, SIDE), np.float32)
    mask[:, : SIDE // 2] = 1.0
    return mask


def test_an_influence_is_asked_at_the_steps_of_its_guide_and_nowhere_else(draw: Draw, finished: list[Any]) -> None:
    steps: list[InfluenceStep] = []
    for own, changes in ((None, {}), (Pushed(steps), {"strength": 0.0}), (Pushed(steps), {"end": 0.0})):
        draw(own, **changes)
    draw(Pushed(steps), end=0.5)
    assert torch.equal(finished[0], finished[1])
    assert torch.equal(finished[0], finished[2])
    assert not torch.equal(finished[0], finished[3])
    assert steps == [InfluenceStep(index=0, total=4), InfluenceStep(index=1, total=4)]


def test_in_a_region_latents_change_there_alone(draw: Draw, finished: list[Any]) -> None:
    """At the last step, after which the network makes nothing more of it."""
    for own in (Pushed(), None):
        draw(own, mask=left_half(), start=0.75)
    inside, outside = (finished[0] - finished[1]).chunk(2, dim=-1)
    torch.testing.assert_close(inside, torch.full_like(inside, 0.5))
    assert not outside.any()


def test_what_the_network_is_given_may_be_changed(draw: Draw, finished: list[Any]) -> None:
    same = Asked(lambda given: given)
    words = Asked(lambda given: replace(given, words=given.words * 0.5))
    residual = Asked(lambda given: replace(given, extras={"mid_block_additional_residual": torch.zeros(())}))
    latents = Asked(lambda given: replace(given, sample=given.sample + 1.0))
    for own, changes in ((None, {}), (same, {}), (residual, {}), (words, {}), (latents, {})):
        draw(own, **changes)
    plain, untouched, nothing_added, by_words, by_latents = finished
    assert torch.equal(plain, untouched)
    assert torch.equal(plain, nothing_added)
    assert not torch.equal(plain, by_words)
    assert not torch.equal(plain, by_latents)
    assert same.given[0].sides == ("negative", "positive")
    assert len(same.given[0].words) == len(same.given[0].sample) == 2


def test_latents_that_the_network_is_given_change_in_a_region_alone(new_engine: DiffusionEngine) -> None:
    pushed = Asked(lambda given: replace(given, sample=given.sample + 1.0))
    following = Asked(lambda given: given)
    made = {"pushed": pushed, "following": following}
    new_engine.influences = {
        name: InfluenceSpec(id=name, name=name, run=lambda _context, own=own: own)  # type: ignore[misc]
        for name, own in made.items()
    }
    shown = [Influenced(name=name, picture=picture(), influence=name, mask=left_half()) for name in made]
    generate(new_engine, make_job(steps=1, conditioning=Conditioning(influences=tuple(shown))))
    inside, outside = (following.given[0].sample - pushed.given[0].sample).chunk(2, dim=-1)
    torch.testing.assert_close(inside, torch.full_like(inside, 1.0))
    assert not outside.any()


def test_layers_see_more_while_a_guide_is_felt(draw: Draw, finished: list[Any]) -> None:
    looked = Looked(1.5)
    for own in (None, Looked(1.0), looked):
        draw(own, end=0.5)
    assert torch.equal(finished[0], finished[1])
    assert not torch.equal(finished[0], finished[2])
    numbers = {name: number for name, number, _ in looked.looks}
    assert sorted(numbers.values()) == list(range(len(numbers)))
    assert len(looked.looks) == 2 * len(numbers), "at two of the four steps"
    assert all(rows == columns for _, _, (rows, columns) in looked.looks)


def test_layers_see_something_else_in_the_place_of_the_prompt(draw: Draw, finished: list[Any]) -> None:
    class Same(SamplingInfluence):
        def instead(self, look: Any) -> Any:
            return look.at(look.words)

    class Nothing(SamplingInfluence):
        def instead(self, look: Any) -> Any:
            return look.at(look.words * 0.0)

    for own in (None, Same(), Nothing()):
        draw(own)
    assert torch.equal(finished[0], finished[1])
    assert not torch.equal(finished[0], finished[2])


def test_what_was_hung_on_the_network_is_gone_afterwards(draw: Draw, finished: list[Any]) -> None:
    own = Opened()
    for each in (None, own, None):
        draw(each)
    assert not own.is_open
    assert torch.equal(finished[0], finished[2])
    assert not torch.equal(finished[0], finished[1])


def test_a_cancel_does_not_end_in_a_context_that_takes_everything(
    new_engine: DiffusionEngine, draw: Draw, monkeypatch: pytest.MonkeyPatch
) -> None:
    from studio.engine.influences.watch import StepWatch

    def cancelled(*_given: Any) -> Any:
        raise Cancelled

    own = Opened()
    monkeypatch.setattr(StepWatch, "after_step", cancelled)
    with pytest.raises((Cancelled, EngineError)):
        draw(own)
    assert not own.is_open


def test_guides_of_one_influence_are_felt_together_where_it_says_so(new_engine: DiffusionEngine) -> None:
    made: list[InfluenceContext] = []

    def run(context: InfluenceContext) -> SamplingInfluence:
        made.append(context)
        return SamplingInfluence()

    shown = [Influenced(name=name, picture=picture(), influence="own", strength=0.5) for name in ("A", "B")]
    for together in (True, False):
        new_engine.influences = {"own": InfluenceSpec(id="own", name="Own", run=run, together=together)}
        generate(new_engine, make_job(steps=1, conditioning=Conditioning(influences=tuple(shown))))
    assert [[guide.name for guide in each.guides] for each in made] == [["A", "B"], ["A"], ["B"]]
    (model,) = {type(each.model) for each in made}
    latents = made[0].model.latents(picture())  # type: ignore[union-attr]
    assert latents.shape[-1] == SIDE // made[0].model.factor  # type: ignore[union-attr]
    assert model is not None
    assert {(each.strength, each.family) for each in made} == {(0.5, "sd1")}


@pytest.mark.parametrize(
    "made", [lambda _given: None, lambda given: given[:, :1], lambda given: given / 0.0], ids=["none", "shape", "nan"]
)
def test_what_is_no_latents_is_the_plugins_fault(draw: Draw, made: Any) -> None:
    with pytest.raises(PluginError, match="Push comes from made no latents"):
        draw(Wrong(made))


@pytest.mark.parametrize(
    "made",
    [
        lambda _given: None,
        lambda given: replace(given, sample=given.sample[:, :1]),
        lambda given: replace(given, words=given.words[:1]),
        lambda given: replace(given, words="a fox"),
        lambda given: replace(given, extras=["residual"]),
        lambda given: replace(given, sides=("positive",)),
    ],
    ids=["none", "channels", "rows", "words", "extras", "sides"],
)
def test_what_is_no_call_of_a_network_is_the_plugins_fault(draw: Draw, made: Any) -> None:
    with pytest.raises(PluginError, match="Push comes from"):
        draw(Asked(made))


@pytest.mark.parametrize("hook", ["opened", "beside", "instead"])
def test_other_hooks_that_return_what_they_must_not_are_too(draw: Draw, hook: str) -> None:
    own = type("Odd", (SamplingInfluence,), {hook: lambda self, *_given: "odd"})()
    with pytest.raises(PluginError, match="Push comes from"):
        draw(own)


def test_a_failure_ends_the_job_and_not_the_engine(draw: Draw, finished: list[Any]) -> None:
    def fail(_given: Any) -> Any:
        raise LookupError("lost")

    with pytest.raises(EngineError, match="lost"):
        draw(Wrong(fail))
    draw(None)
    assert len(finished) == 1


def test_an_influence_that_is_not_there_is_refused_before_anything_is_loaded(new_engine: DiffusionEngine) -> None:
    shown = Influenced(name="Push", picture=picture(), influence="gone")
    with pytest.raises(SettingError, match="What Push takes part by is not there"):
        generate(new_engine, make_job(conditioning=Conditioning(influences=(shown,))))
    assert new_engine.loaded_model is None
