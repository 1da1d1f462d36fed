"""Editing an animation project without a window: tracks, keyframes, length, undo and files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.animation import Expression
from studio.api.parameters import FloatParameter
from studio.editing.animation import (
    KeyPlace,
    ProjectEditor,
    Track,
    add_key,
    changed,
    curve,
    edits,
    key_value,
    keys_of,
    moved_keys,
    parsed_value,
    problem_of,
    tracks_of,
    value_at,
    value_text,
    with_frames,
    with_interpolation,
    with_mode,
    with_one_value,
    with_value,
    without_keys,
)
from studio.errors import SettingError
from studio.files.animation.project import AnimationProject, ProjectFile
from studio.history import StepKind

SIZE = StepKind("test.size", "Size")
ZOOM = FloatParameter(id="zoom", label="Zoom", default=1.0, minimum=0.5, maximum=2.0)


def project(**values: Any) -> AnimationProject:
    return AnimationProject.model_validate({"frames": 24, "fps": 8, "prompt": "a beach", **values})


def tracks(of: AnimationProject) -> dict[str, Track]:
    return {track.id: track for track in tracks_of(of, (ZOOM,))}


def key(frame: int, value: float | str, interpolation: str = "linear") -> dict[str, Any]:
    return {"frame": frame, "value": value, "interpolation": interpolation}


def values(of: AnimationProject, track_id: str) -> dict[int, Any]:
    return {key.frame: key_value(key) for key in keys_of(of, tracks(of)[track_id])}


def test_tracks_are_those_of_every_project_of_the_mode_and_what_the_file_holds() -> None:
    of = project(keyframes={"zoom": 1.1, "swing": 3})
    assert list(tracks(of)) == [
        *("prompt", "negative_prompt", "seed", "guidance_scale", "strength"),
        *("keyframes.zoom", "keyframes.swing"),
    ]
    assert values(project(), "keyframes.zoom") == {0: 1.0}, "a number that is not given has its default"


def test_a_value_stays_one_value_until_there_is_a_keyframe() -> None:
    strength = tracks(project())["strength"]
    constant = with_value(project(), strength, 7, 0.3)
    assert values(constant, "strength") == {0: 0.3}
    keyed = add_key(constant, strength, 10, 0.9)
    assert values(with_value(keyed, strength, 10, 0.8), "strength") == {0: 0.3, 10: 0.8}
    assert values(with_value(keyed, strength, 5, 0.1), "strength") == {0: 0.3, 5: 0.1, 10: 0.9}


def test_a_keyframe_is_added_on_the_curve_and_goes_on_like_the_one_before() -> None:
    of = project(strength=[key(0, 0.0, "ease"), key(10, 1.0)])
    strength = tracks(of)["strength"]
    added = add_key(of, strength, 5)
    middle = keys_of(added, strength)[1]
    assert (middle.frame, middle.interpolation) == (5, "ease")
    assert key_value(middle) == pytest.approx(0.5)
    assert values(add_key(project(), tracks(project())["prompt"], 3), "prompt") == {0: "a beach", 3: "a beach"}


def test_keyframes_move_together_in_time_and_value() -> None:
    of = project(strength=[key(0, 0.2), key(4, 0.5), key(8, "f/n")], keyframes={"zoom": [key(2, 1.0), key(20, 1.5)]})
    chosen = {KeyPlace("strength", 4), KeyPlace("strength", 8), KeyPlace("keyframes.zoom", 2)}
    moved, places = moved_keys(of, tracks(of), chosen, 3, 0.7)
    assert values(moved, "strength") == {0: 0.2, 7: 1.0, 11: Expression("f/n")}, "a number stops at its limit"
    assert values(moved, "keyframes.zoom") == {5: pytest.approx(1.7), 20: 1.5}
    assert places == {KeyPlace("strength", 7), KeyPlace("strength", 11), KeyPlace("keyframes.zoom", 5)}


def test_a_keyframe_never_lands_on_another_one_or_leaves_the_animation() -> None:
    of = project(strength=[key(0, 0.2), key(4, 0.5), key(9, 0.6)])
    for wanted, reached in ((5, 4), (-4, -3), (6, 6), (100, 19), (-100, -3)):
        moved, _ = moved_keys(of, tracks(of), [KeyPlace("strength", 4)], wanted)
        assert len(values(moved, "strength")) == 3
        assert (4 + reached) in values(moved, "strength"), wanted


@given(
    st.lists(st.integers(0, 23), min_size=1, max_size=8, unique=True),
    st.data(),
    st.integers(-30, 30),
    st.integers(1, 40),
)
def test_moves_and_lengths_always_give_a_sound_project(frames: list[int], data: st.DataObject, by: int, n: int) -> None:
    of = project(strength=[key(frame, 0.5) for frame in sorted(frames)])
    chosen = data.draw(st.sets(st.sampled_from(sorted(frames)), min_size=1))
    moved, places = moved_keys(of, tracks(of), [KeyPlace("strength", frame) for frame in chosen], by)
    moved.check_length()
    assert len(values(moved, "strength")) == len(frames), "none is lost"
    assert {place.frame for place in places} <= set(values(moved, "strength"))
    shorter = with_frames(moved, n, tracks(moved).values())
    shorter.check_length()
    assert shorter.frames == n


def test_a_shorter_animation_moves_all_keyframes_together() -> None:
    prompts = [{"frame": 0, "text": "noon"}, {"frame": 10, "text": "dusk"}, {"frame": 20, "text": "night"}]
    of = project(prompt=prompts, seed=[{"frame": 4, "seed": 1}])
    shorter = with_frames(of, 11, tracks(of).values())
    assert values(shorter, "prompt") == {0: "noon", 5: "dusk", 10: "night"}
    assert values(shorter, "seed") == {2: 1}
    assert values(with_frames(of, 21, tracks(of).values()), "prompt") == values(of, "prompt")


def test_of_deleted_keyframes_the_first_becomes_the_value_of_all_frames() -> None:
    of = project(strength=[key(3, 0.2, "ease"), key(9, 0.6)])
    places = [KeyPlace("strength", 3), KeyPlace("strength", 9)]
    assert values(without_keys(of, tracks(of), places[:1]), "strength") == {9: 0.6}
    assert values(without_keys(of, tracks(of), places), "strength") == {0: 0.2}
    strength = tracks(of)["strength"]
    assert values(with_one_value(of, strength, 6), "strength") == {0: pytest.approx(0.4, abs=0.01)}


def test_interpolation_changes_the_curve() -> None:
    of = project(strength=[key(0, 0.0), key(10, 1.0)])
    strength = tracks(of)["strength"]
    assert curve(of, strength, [0, 2.5, 10]) == [0.0, 0.25, 1.0]
    stepped = with_interpolation(of, tracks(of), [KeyPlace("strength", 0)], "step")
    assert curve(stepped, strength, [2.5, 9.9, 10]) == [0.0, 0.0, 1.0]


def test_what_is_typed_is_a_number_a_formula_or_refused_with_its_place() -> None:
    every = tracks(project())
    assert parsed_value(every["strength"], " 0,25 ") == 0.25
    assert parsed_value(every["strength"], "f / n") == Expression("f / n")
    assert parsed_value(every["seed"], "12") == 12
    assert parsed_value(every["prompt"], "日落") == "日落"
    for track_id, text in (
        *(("strength", text) for text in ("", "1.5", "f +", "__import__('os')", "open(1)", "nan")),
        *(("seed", text) for text in ("-1", "1.5", "f", "99999999999", "inf")),
    ):
        with pytest.raises(SettingError):
            parsed_value(every[track_id], text)
    assert value_text(Expression("f/n")) == "f/n"
    assert (value_text(0.1 + 0.2), value_text(7), value_text(5.0)) == ("0.3", "7", "5")


def test_a_formula_that_goes_astray_is_found_at_its_frame() -> None:
    of = project(strength="f/8")
    every = tracks(of)
    assert value_at(of, every["strength"], 4) == 0.5
    assert "frame 10" in str(problem_of(of, every["strength"]))
    assert "frame 4, where f is 3" in str(problem_of(project(guidance_scale="1/abs(f-3)"), every["guidance_scale"]))
    assert problem_of(project(strength="clamp(f/8, 0, 1)"), every["strength"]) is None
    assert curve(project(strength="1/(f-3)"), every["strength"], [2, 3]) == [-1.0, None]


def test_another_mode_keeps_what_it_knows() -> None:
    of = project(keyframes={"zoom": 1.1}, parameters={"cadence": 2, "spacing": 3})
    other = with_mode(of, "in_between", [], ["spacing"])
    assert (other.mode, other.keyframes, other.parameters) == ("in_between", {}, {"spacing": 3})


def test_undo_redo_and_steps_that_become_one() -> None:
    editor = ProjectEditor()
    heard: list[bool] = []
    editor.changed.connect(lambda: heard.append(editor.is_modified))
    editor.start(project())
    for width in (128, 192, 320):
        editor.apply(SIZE, changed(editor.project, width=width), "size")
    editor.apply(edits.SETTINGS, changed(editor.project, steps=3))
    editor.apply(edits.SETTINGS, changed(editor.project, steps=3))
    assert (editor.undo_step.kind, editor.is_modified) == (edits.SETTINGS, True)
    editor.undo()
    editor.undo()
    assert (editor.project, editor.is_modified, editor.undo_step) == (project(), False, None)
    assert editor.redo_step.kind == SIZE
    editor.redo()
    editor.redo()
    assert (editor.project.steps, editor.redo_step) == (3, None)
    assert len(heard) == 9


def test_each_edit_costs_only_the_keyframes_that_it_changed() -> None:
    editor = ProjectEditor()
    editor.start(project(frames=2000, strength=[key(frame, "0.5 + 0.2*sin(f)") for frame in range(1000)]))
    whole = editor.history.bytes_used
    for number in range(50):
        strength = tracks(editor.project)["strength"]
        editor.apply(edits.SETTINGS, with_value(editor.project, strength, number, 0.1))
    assert editor.history.bytes_used < 1.5 * whole, "a project that is not shared would cost as much again each time"
    text = "a long day " * 1000
    before = editor.history.bytes_used
    editor.apply(edits.SETTINGS, changed(editor.project, prompt=text))
    assert editor.history.bytes_used - before > len(text)


def test_saving_elsewhere_keeps_the_line_and_its_bytes(tmp_path: Path) -> None:
    editor = ProjectEditor()
    editor.open(ProjectFile(project(source="film.mp4"), tmp_path / "here" / "day.toml"))
    for steps in (3, 4, 5):
        editor.apply(edits.SETTINGS, changed(editor.project, steps=steps))
    editor.undo()
    there = tmp_path / "there" / "day.toml"
    editor.mark_saved(there, editor.saved_as(there))
    assert (editor.history.index, len(editor.history.steps)) == (2, 4)
    assert {step.kind.id for step in editor.history.steps[1:]} == {edits.SETTINGS.id}
    sources = {editor.file().beside(step.state.source) for step in editor.history.steps}
    assert sources == {tmp_path / "here" / "film.mp4"}
    count = editor.history.new_count()
    for step in editor.history.steps:
        count.add(step.state)
    assert editor.history.bytes_used == count.total


def test_without_a_project_nothing_is_undone_and_no_step_made() -> None:
    editor = ProjectEditor()
    editor.undo()
    editor.redo()
    assert (editor.project, editor.history, editor.undo_step, editor.redo_step) == (None, None, None, None)
    with pytest.raises(ValueError, match="no project"):
        editor.apply(edits.SETTINGS, project())


def test_saving_elsewhere_finds_source_and_mask_again(tmp_path: Path) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    editor = ProjectEditor()
    editor.open(ProjectFile(project(source="film.mp4", mask="masks/one.png"), here / "day.toml"))
    editor.apply(edits.SETTINGS, changed(editor.project, steps=3))
    written = editor.saved_as(there / "day.toml")
    assert written.source == (here / "film.mp4").as_posix()
    editor.mark_saved(there / "day.toml", written)
    assert (editor.is_modified, editor.project) == (False, written)
    assert editor.file().beside(editor.project.mask) == here / "masks" / "one.png"
    back = editor.saved_as(here / "again.toml")
    assert (back.source, back.mask) == ("film.mp4", "masks/one.png")
    editor.undo()
    assert editor.file().beside(editor.project.source) == here / "film.mp4"


def test_regions_have_tracks_and_are_found_again_from_elsewhere(tmp_path: Path) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    here.mkdir()
    (here / "scene.ora").write_bytes(b"")
    parts = [{"part": "scene.ora#Cat", "x": [key(0, 0.0), key(8, 0.5)]}, {"part": "left.png"}]
    with_two = project(regions=parts)
    right = tracks(with_two)["regions.0.x"]
    assert (right.label, tracks(with_two)["regions.1.scale"].default) == ("Cat", 1.0)
    assert tracks(with_two)["regions.1.y"].label == "left"
    assert value_at(with_two, right, 4) == 0.25
    turned = with_value(with_two, tracks(with_two)["regions.1.rotation"], 3, 90.0)
    assert values(turned, "regions.1.rotation") == {0: 90.0}
    assert values(without_keys(turned, tracks(turned), {KeyPlace("regions.0.x", 8)}), "regions.0.x") == {0: 0.0}
    assert values(with_frames(turned, 5, tracks(turned).values()), "regions.0.x") == {0: 0.0, 4: 0.5}
    editor = ProjectEditor()
    editor.open(ProjectFile(turned, here / "day.toml"))
    written = editor.saved_as(there / "day.toml")
    assert [region.part for region in written.regions] == [
        f"{(here / 'scene.ora').as_posix()}#Cat",
        (here / "left.png").as_posix(),
    ]


def test_a_value_that_cannot_be_is_refused() -> None:
    with pytest.raises(SettingError, match="width"):
        changed(project(), width=3)
