"""The plan for a model's memory: what is given up, in which order, and how it is said."""

from __future__ import annotations

from dataclasses import replace

import pytest

from studio.engine.device.residency import PartSize, Plan, Room, Work, plan
from studio.text.amounts import bytes_text

GB = 1 << 30
MB = 1 << 20
XL = (
    PartSize(role="encoder", whole=int(0.23 * GB), compact=int(0.23 * GB)),
    PartSize(role="encoder", whole=int(1.29 * GB), compact=int(1.29 * GB)),
    PartSize(role="denoiser", whole=int(4.78 * GB), compact=int(2.42 * GB)),
    PartSize(role="vae", whole=int(0.16 * GB), compact=int(0.16 * GB)),
)
Z_IMAGE = (
    PartSize(role="encoder", whole=int(7.5 * GB), compact=int(7.5 * GB)),
    PartSize(role="denoiser", whole=int(11.5 * GB), compact=int(5.8 * GB)),
    PartSize(role="vae", whole=int(0.16 * GB), compact=int(0.16 * GB)),
)
WORK = Work(encoding=50 * MB, drawing=1 * GB, decoding=4 * GB, decoding_in_tiles=1 * GB)


def card(free: float, system: float = 32.0) -> Room:
    return Room(free=int(free * GB), total=int(free * GB), system_free=int(system * GB), is_shared=False)


def processor(free: float) -> Room:
    return Room(free=int(free * GB), total=int(2 * free * GB), system_free=int(free * GB), is_shared=True)


def shape(found: Plan) -> tuple[str, bool, bool, bool]:
    return found.encoder, found.is_tiled, found.is_compact, bool(found.streamed)


@pytest.mark.parametrize(
    ("free", "expected"),
    [
        (24, ("stays", False, False, False)),
        (10.2, ("leaves", False, False, False)),
        (8, ("leaves", True, False, False)),
        (6.4, ("apart", True, False, False)),
        (4, ("apart", True, True, False)),
        (3, ("apart", True, True, True)),
    ],
)
def test_a_card_with_less_memory_gives_up_more(free: float, expected: tuple[str, bool, bool, bool]) -> None:
    found = plan(XL, WORK, card(free))
    assert shape(found) == expected
    assert found.fits
    assert found.peak <= free * GB


@pytest.mark.parametrize(
    ("free", "expected"),
    [
        (12, ("stays", False, False, False)),
        (10.2, ("leaves", False, False, False)),
        (7.5, ("leaves", True, False, False)),
        (6.4, ("apart", True, False, False)),
        (4, ("apart", True, True, False)),
    ],
)
def test_the_processor_does_too_but_streams_nothing(free: float, expected: tuple[str, bool, bool, bool]) -> None:
    found = plan(XL, WORK, processor(free))
    assert shape(found) == expected
    assert found.fits
    assert not found.system_peak


def test_what_fits_nowhere_is_told_by_its_weights() -> None:
    found = plan(XL, WORK, processor(2))
    assert not found.fits
    assert not found.is_possible
    assert plan(XL, WORK, replace(processor(2), swap=4 * GB)).is_possible
    assert not plan(XL, WORK, card(0.2, system=1)).is_possible


def test_a_large_encoder_works_on_the_processor_beside_a_small_card() -> None:
    found = plan(Z_IMAGE, WORK, card(8))
    assert shape(found) == ("apart", True, True, False)
    assert found.system_peak == Z_IMAGE[0].whole + WORK.encoding


def test_no_encoder_goes_where_there_is_no_room_for_it() -> None:
    assert not plan(Z_IMAGE, WORK, card(8, system=4)).fits
    assert plan(Z_IMAGE, WORK, card(40, system=1)).encoder == "stays"


def test_turns_take_no_more_than_the_largest() -> None:
    found = plan(Z_IMAGE, WORK, processor(14))
    assert found.encoder == "apart"
    assert found.peak < 14 * GB < sum(part.whole for part in Z_IMAGE)


def test_networks_beside_the_model_take_room() -> None:
    beside = PartSize(role="beside", whole=GB, compact=GB)
    assert plan((*XL, beside), WORK, processor(24)).peak == plan(XL, WORK, processor(24)).peak + GB
    assert plan((*XL, beside), WORK, processor(12)).encoder == "leaves"
    assert plan(XL, WORK, processor(12)).is_whole


def test_one_that_is_there_only_before_has_the_room_of_the_work() -> None:
    plain = plan(XL, WORK, processor(24))
    small, large = (PartSize(role="before", whole=each * GB, compact=each * GB) for each in (3, 6))
    assert plan((*XL, small), WORK, processor(24)).peak == plain.peak
    assert plan((*XL, large), WORK, processor(24)).peak == sum(part.whole for part in XL) + 6 * GB


def test_what_is_kept_is_told_of_every_way() -> None:
    kept = replace(WORK, kept=GB)
    for room in (processor(24), processor(7.5), card(6.4)):
        found = plan(XL, kept, room)
        assert found.peak == plan(XL, WORK, replace(room, free=int(room.free - GB / 0.95))).peak + GB


def test_no_more_is_streamed_than_has_to_be() -> None:
    some, much = (plan(XL, WORK, card(free)).streamed for free in (3.2, 2.2))
    assert 0 < some < much < XL[2].compact


def test_a_number_format_that_was_asked_for_is_kept() -> None:
    found = plan(XL, WORK, card(4), exact=True)
    assert not found.is_compact
    assert found.streamed
    assert not plan(XL, WORK, processor(4), exact=True).fits


def test_a_device_that_knows_no_8_bits_does_without() -> None:
    assert not plan(XL, WORK, replace(processor(4), takes_8_bits=False)).is_compact


@pytest.mark.parametrize("room", [card(80, 80), processor(80)])
def test_wishes_go_before_what_would_fit(room: Room) -> None:
    whole, less, least = (plan(XL, WORK, room, wish) for wish in ("whole", "less", "least"))
    assert shape(whole) == ("stays", False, False, False)
    assert shape(less) == ("leaves", False, False, False)
    assert shape(least) == ("apart", True, True, not room.is_shared)
    assert whole.peak > less.peak > least.peak


def test_the_whole_model_is_kept_whole_where_that_was_wished_and_does_not_fit() -> None:
    found = plan(XL, WORK, card(5), "whole")
    assert shape(found) == ("stays", False, False, False)
    assert not found.fits


def test_nothing_is_said_of_tiles_that_save_nothing() -> None:
    small = replace(WORK, decoding_in_tiles=WORK.decoding)
    assert not plan(XL, small, card(8), "least").is_tiled


@pytest.mark.parametrize("wish", ["auto", "whole", "less", "least"])
@pytest.mark.parametrize("room", [card(3), card(8), card(80), processor(4), processor(80)])
def test_every_plan_can_be_said(room: Room, wish: str) -> None:
    found = plan(XL, WORK, room, wish)
    assert found.text.count(".") >= 2
    assert f"About {bytes_text(found.peak)} of " in found.text
    assert ("would be" in found.text) == (not found.fits)
