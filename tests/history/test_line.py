"""The line of undo and redo is the same for pictures and for animation projects."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest

from studio.document import new_document
from studio.editing.animation import changed
from studio.editing.animation.project_history import ProjectHistory
from studio.files.animation.project import AnimationProject
from studio.history import DocumentHistory, History, StepKind
from tests.history.test_history import distinct_tile_bytes, painted

STEP = StepKind("test", "Step")


@dataclass(frozen=True)
class Edited:
    """What is edited: a first state, and how a number makes another state of one."""

    history: type[History[Any]]
    first: Callable[[], Any]
    edit: Callable[[Any, int], Any]

    def start(self, **options: int) -> History[Any]:
        return self.history(self.first(), STEP, **options)

    def line(self, count: int, **options: int) -> tuple[History[Any], list[Any]]:
        """A line with so many steps after the first state, and its states."""
        history = self.start(**options)
        states = [history.current]
        for number in range(count):
            states.append(self.edit(states[-1], number))
            history.apply(STEP, states[-1])
        return history, states

    def bytes_of(self, states: list[Any]) -> int:
        """What the states take together, counted anew."""
        if self.history is DocumentHistory:
            return distinct_tile_bytes(states)
        count = self.history.new_count()
        for state in states:
            count.add(state)
        return count.total


def _project() -> AnimationProject:
    keys = [{"frame": frame, "value": 0.5} for frame in range(20)]
    return AnimationProject.model_validate({"frames": 24, "prompt": "a beach", "strength": keys})


def _with_prompt(project: AnimationProject, number: int) -> AnimationProject:
    prompt = ({"frame": 0, "text": f"beach {number} " * (number % 7 + 1)}, {"frame": 9, "text": "night"})
    return changed(project, prompt=prompt)


PICTURE = Edited(DocumentHistory, lambda: new_document(1024, 1024), painted)
PROJECT = Edited(ProjectHistory, _project, _with_prompt)


@pytest.fixture(params=[PICTURE, PROJECT], ids=["picture", "project"])
def edited(request: pytest.FixtureRequest) -> Edited:
    return request.param


def test_undo_and_redo_walk_the_line_and_stop_at_its_ends(edited: Edited) -> None:
    history, states = edited.line(3)
    assert history.current is states[3]
    for place in (2, 1, 0, 0):
        assert history.undo() is states[place]
    assert (history.can_undo, history.can_redo) == (False, True)
    for place in (1, 2, 3, 3):
        assert history.redo() is states[place]
    assert (history.can_undo, history.can_redo) == (True, False)


def test_any_step_is_a_click_away(edited: Edited) -> None:
    history, states = edited.line(5)
    assert history.go_to(2) is states[2]
    assert history.go_to(5) is states[5]
    for wrong in (6, -1):
        with pytest.raises(IndexError):
            history.go_to(wrong)


def test_a_new_step_after_undo_forgets_what_was_undone(edited: Edited) -> None:
    history, states = edited.line(3)
    history.undo()
    history.undo()
    other = edited.edit(history.current, 99)
    history.apply(STEP, other)
    kept = [states[0], states[1], other]
    assert [id(step.state) for step in history.steps] == list(map(id, kept))
    assert history.bytes_used == edited.bytes_of(kept)


def test_a_merge_key_does_not_swallow_steps_it_does_not_follow(edited: Edited) -> None:
    history, _ = edited.line(0)
    keys = ["x", None, "x", "y", "y", None]
    for number, key in enumerate(keys):
        history.apply(StepKind("test", str(number)), edited.edit(history.current, number), merge_key=key)
    assert [step.kind.label for step in history.steps] == ["Step", "0", "1", "2", "4", "5"]


def test_the_first_state_is_never_merged_away(edited: Edited) -> None:
    history, states = edited.line(0)
    history.apply(STEP, edited.edit(states[0], 1), merge_key="m")
    history.undo()
    history.apply(STEP, edited.edit(states[0], 2), merge_key="m")
    assert history.undo() is states[0]


def test_changing_the_current_state_makes_no_step(edited: Edited) -> None:
    history, states = edited.line(2)
    instead = edited.edit(states[2], 7)
    history.replace_current(instead)
    assert history.current is instead
    assert len(history.steps) == 3
    assert history.bytes_used == edited.bytes_of([step.state for step in history.steps])


def test_over_budget_the_oldest_steps_go_first_and_the_current_one_stays(edited: Edited) -> None:
    whole, _ = edited.line(30)
    budget = whole.bytes_used // 2
    history, states = edited.line(30, budget=budget)
    assert history.bytes_used <= budget
    assert 1 < len(history.steps) < 31
    assert history.current is states[30]
    assert history.steps[0].state is states[31 - len(history.steps)]
    assert history.bytes_used == edited.bytes_of([step.state for step in history.steps])


def test_a_state_larger_than_the_budget_is_still_kept(edited: Edited) -> None:
    history, states = edited.line(3, budget=1)
    assert history.current is states[3]
    assert len(history.steps) == 1


def test_a_line_comes_back_as_it_stood(edited: Edited) -> None:
    before, states = edited.line(4)
    before.undo()
    after = edited.history.restored(before.steps, before.index)
    assert after.current is states[3]
    assert after.bytes_used == before.bytes_used
    assert after.redo() is states[4]
    assert after.go_to(0) is states[0]


def test_bytes_are_exact_through_any_sequence(edited: Edited) -> None:
    rng = np.random.default_rng(5)
    history, _ = edited.line(2, budget=edited.line(20)[0].bytes_used)
    for seed in range(60):
        choice = rng.integers(5)
        if choice == 0:
            history.undo()
        elif choice == 1:
            history.go_to(int(rng.integers(len(history.steps))))
        elif choice == 2:
            history.replace_current(edited.edit(history.current, seed))
        else:
            history.apply(STEP, edited.edit(history.current, seed), merge_key="m" if choice == 3 else None)
        assert history.bytes_used == edited.bytes_of([step.state for step in history.steps])
