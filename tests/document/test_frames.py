"""The frames of a timeline: made, added, moved, held, reversed, copied, and how they are played."""

from __future__ import annotations

from dataclasses import replace

import pytest

from studio.document import (
    Document,
    GroupLayer,
    LoopMode,
    PaintLayer,
    Timeline,
    add_frame,
    add_frames,
    add_to_frame,
    are_siblings,
    copied_frames,
    current_frame,
    delete_frames,
    duplicate_frames,
    filled_raster,
    frame_at,
    frame_holding,
    frames,
    go_to_frame,
    hold_of,
    make_timeline,
    move_frames,
    new_document,
    paste_frames,
    remove_layer,
    replace_layer,
    reverse_frames,
    set_hold,
    set_loop,
    set_rate,
    ticks_of,
    ungroup,
    with_frame_of_active,
    with_sound_timeline,
    without_timeline,
)
from studio.errors import SettingError


def animation(names: str = "ABCD", shown: int = 1) -> Document:
    """A background and a timeline of painted frames called by one letter each."""
    background = PaintLayer(name="Background", raster=filled_raster(32, 32, (255, 255, 255, 255)))
    every = tuple(PaintLayer(name=name, id=f"id-{name}", raster=filled_raster(8, 8, (9, 9, 9, 255))) for name in names)
    group = GroupLayer(name="Frames", id="frames", children=every)
    document = Document(width=32, height=32, layers=(background, group), timeline=Timeline(group_id="frames"))
    return go_to_frame(document, shown)


def names(document: Document) -> str:
    return "".join(frame.name for frame in frames(document))


def shown(document: Document) -> list[str]:
    return [frame.name for frame in frames(document) if frame.visible]


def ids(letters: str) -> tuple[str, ...]:
    return tuple(f"id-{letter}" for letter in letters)


def test_a_still_picture_has_no_frames() -> None:
    document = new_document(32, 32)
    assert frames(document) == ()
    assert current_frame(document) is None
    assert frame_holding(document, document.active_id) is None


def test_the_active_layer_becomes_the_first_frame_over_a_still_background() -> None:
    document = new_document(32, 32)
    layer = document.active_layer
    assert layer is not None
    made = make_timeline(document, (layer.id,), name="Frames", frame_name="Frame 1")
    assert [item.name for item in made.layers] == ["Background", "Frames"]
    assert frames(made)[0].id == layer.id
    assert made.active_id == layer.id
    group = made.layers[1]
    assert isinstance(group, GroupLayer)
    assert not group.isolated, "frames must blend with what lies below as the layers did"


def test_chosen_layers_become_frames_of_which_the_active_one_is_shown() -> None:
    document = without_timeline(animation("ABC"))
    document = ungroup(document, "frames").with_active("id-B")
    assert are_siblings(document, ids("ABC"))
    made = make_timeline(document, ids("ABC"), name="Frames", frame_name="Frame 1")
    assert names(made) == "ABC"
    assert shown(made) == ["B"]


def test_the_children_of_a_chosen_group_become_the_frames() -> None:
    document = without_timeline(animation("ABC"))
    made = make_timeline(document, ("frames",), name="Frames", frame_name="Frame 1")
    assert names(made) == "ABC"
    assert made.timeline is not None
    assert made.timeline.group_id == "frames"


def test_without_layers_there_is_an_empty_frame() -> None:
    made = make_timeline(Document(width=8, height=8), (), name="Frames", frame_name="Frame 1")
    assert names(made) == "Frame 1"
    assert made.active_id == frames(made)[0].id


def test_exactly_one_frame_is_shown_and_its_layer_is_active() -> None:
    document = animation()
    for index, letter in enumerate("ABCD"):
        document = go_to_frame(document, index)
        assert shown(document) == [letter]
        assert document.active_id == f"id-{letter}"
        assert current_frame(document) == index
    with pytest.raises(IndexError):
        go_to_frame(document, 4)


def test_going_to_a_frame_leaves_the_pixels_of_all_the_same_objects() -> None:
    document = animation()
    moved = go_to_frame(document, 3)
    assert all(one.raster is other.raster for one, other in zip(frames(document), frames(moved), strict=True))
    assert go_to_frame(moved, 3).layers is moved.layers


def test_a_frame_that_is_a_group_activates_its_topmost_visible_paint_layer() -> None:
    parts = (PaintLayer(name="line", id="line"), PaintLayer(name="hidden", visible=False))
    document = replace_layer(
        animation(), "frames", children=(*frames(animation()), GroupLayer(name="G", children=parts))
    )
    assert go_to_frame(document, 4).active_id == "line"


def test_choosing_a_layer_of_another_frame_shows_that_frame() -> None:
    assert shown(with_frame_of_active(animation().with_active("id-D"))) == ["D"]
    background = animation().layers[0].id
    assert shown(with_frame_of_active(animation().with_active(background))) == ["B"]


def test_a_blank_frame_comes_after_the_shown_one() -> None:
    document = add_frame(animation(), "new")
    assert names(document) == "ABnewCD"
    assert shown(document) == ["new"]


def test_duplicates_come_after_the_last_of_them_with_their_holds_and_ids_of_their_own() -> None:
    document = duplicate_frames(set_hold(animation(), ids("A"), 5), ids("AC"))
    assert names(document) == "ABCACD"
    copy = frames(document)[3]
    assert copy.id != "id-A"
    assert hold_of(document, copy.id) == 5
    assert current_frame(document) == 3


@pytest.mark.parametrize(("gone", "left", "visible"), [("B", "ACD", "C"), ("BCD", "A", "A"), ("A", "BCD", "B")])
def test_deleting_shows_the_next_frame_that_is_left(gone: str, left: str, visible: str) -> None:
    document = delete_frames(animation(), ids(gone), "blank")
    assert names(document) == left
    assert shown(document) == [visible]


def test_deleting_all_frames_leaves_a_blank_one() -> None:
    document = delete_frames(animation(), ids("ABCD"), "blank")
    assert names(document) == "blank"
    assert document.timeline is not None


@pytest.mark.parametrize(
    ("moved", "to", "order"), [("A", 4, "BCDA"), ("D", 0, "DABC"), ("AC", 4, "BDAC"), ("B", 1, "ABCD")]
)
def test_frames_move_together_and_the_shown_one_stays(moved: str, to: int, order: str) -> None:
    document = move_frames(animation(), ids(moved), to)
    assert names(document) == order
    assert shown(document) == ["B"]


def test_moving_to_where_they_are_changes_nothing() -> None:
    document = animation()
    assert move_frames(document, ids("B"), 1) is document
    assert move_frames(document, ids("B"), 2) is document


def test_reversing_keeps_the_places_and_takes_the_holds_along() -> None:
    document = reverse_frames(set_hold(animation(), ids("A"), 3), ids("ABD"))
    assert names(document) == "DBCA"
    assert [hold_of(document, frame.id) for frame in frames(document)] == [1, 1, 1, 3]


def test_rate_loop_and_hold_are_checked() -> None:
    document = animation()
    with pytest.raises(SettingError, match="0 frames per second"):
        set_rate(document, 0)
    with pytest.raises(SettingError):
        set_rate(document, float("nan"))
    with pytest.raises(SettingError, match="held for 0"):
        set_hold(document, ids("A"), 0)
    assert set_rate(document, 12.0) is document
    assert set_loop(document, LoopMode.LOOP) is document
    assert set_hold(document, ids("A"), 1) is document


def test_copies_can_be_pasted_twice_and_into_another_picture() -> None:
    copied = copied_frames(set_hold(animation(), ids("D"), 2), ids("DA"))
    once = paste_frames(animation(shown=3), copied)
    assert names(once) == "ABCDAD"
    twice = paste_frames(once, copied, 0)
    assert names(twice) == "ADABCDAD"
    assert len({frame.id for frame in frames(twice)}) == 8
    assert hold_of(twice, frames(twice)[1].id) == 2
    assert shown(twice) == ["A"]
    assert current_frame(twice) == 0


def test_a_picture_for_a_frame_makes_a_group_of_it_with_the_same_hold() -> None:
    document = set_hold(animation(), ids("C"), 4)
    document = add_to_frame(document, PaintLayer(name="drawn", id="drawn"), "id-C")
    group = frames(document)[2]
    assert isinstance(group, GroupLayer)
    assert [child.name for child in group.children] == ["C", "drawn"]
    assert not group.visible
    assert group.children[0].visible
    assert hold_of(document, group.id) == 4
    again = add_to_frame(document, PaintLayer(name="more", id="more"), group.id)
    assert [child.id for child in frames(again)[2].children] == ["id-C", "drawn", "more"]


def test_a_timeline_without_its_group_ends() -> None:
    for document in (
        remove_layer(animation(), "frames"),
        ungroup(animation(), "frames"),
        replace_layer(animation(), "frames", children=()),
    ):
        assert with_sound_timeline(document).timeline is None


def test_of_two_visible_frames_the_newly_shown_one_stays() -> None:
    before = animation()
    two = replace_layer(before, "id-D", visible=True)
    assert shown(with_sound_timeline(two, before)) == ["D"]


def test_showing_all_frames_at_once_changes_nothing() -> None:
    before = animation()
    every = before
    for letter in "ABCD":
        every = replace_layer(every, f"id-{letter}", visible=True)
    assert shown(with_sound_timeline(every, before)) == ["B"]


def test_when_the_shown_frame_is_removed_or_hidden_one_is_shown_all_the_same() -> None:
    before = animation()
    assert shown(with_sound_timeline(remove_layer(before, "id-B"), before)) == ["A"]
    assert shown(with_sound_timeline(replace_layer(before, "id-B", visible=False), before)) == ["B"]
    elsewhere = before.with_active(before.layers[0].id)
    assert shown(with_sound_timeline(remove_layer(elsewhere, "id-D"), elsewhere)) == ["B"]


def test_a_sound_timeline_is_left_alone() -> None:
    document = animation()
    assert with_sound_timeline(document, document) is document


def played(holds: list[int], loop: LoopMode, count: int) -> list[int | None]:
    return [frame_at(ticks_of(holds), loop, tick) for tick in range(count)]


def test_frames_are_played_for_as_long_as_they_are_held() -> None:
    assert played([1, 3, 1], LoopMode.LOOP, 7) == [0, 1, 1, 1, 2, 0, 1]
    assert played([1, 2], LoopMode.ONCE, 4) == [0, 1, 1, None]
    assert played([1, 2, 1], LoopMode.PING_PONG, 8) == [0, 1, 1, 2, 1, 1, 0, 1]
    assert played([2], LoopMode.PING_PONG, 3) == [0, 0, 0]
    assert played([], LoopMode.LOOP, 1) == [None]


def test_a_timeline_is_a_value() -> None:
    one = Timeline(group_id="g", holds={"a": 2, "b": 1})
    assert one == Timeline(group_id="g", holds={"a": 2})
    assert replace(one, fps=24.0).holds == {"a": 2}
    with pytest.raises(TypeError):
        one.holds["a"] = 3  # type: ignore[index]


def test_layers_become_a_new_timeline_or_frames_after_the_current_one() -> None:
    new = tuple(PaintLayer(name=name, raster=filled_raster(4, 4, (1, 2, 3, 255))) for name in "XY")
    plain = new_document(16, 16)
    made = add_frames(plain, new, name="Frames", fps=8, loop=LoopMode.PING_PONG)
    assert (names(made), current_frame(made)) == ("XY", 0)
    assert made.timeline is not None
    assert (made.timeline.fps, made.timeline.loop) == (8, LoopMode.PING_PONG)
    assert made.layers[: len(plain.layers)] == plain.layers, "on top of what was there"
    longer = add_frames(animation("ABCD", shown=1), new, name="Frames", fps=99)
    assert (names(longer), current_frame(longer)) == ("ABXYCD", 2)
    assert longer.timeline is not None
    assert longer.timeline.fps == 12, "the timeline keeps its own speed"
