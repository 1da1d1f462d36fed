"""Signals without Qt: order, ends, and what happens while one is told."""

from __future__ import annotations

import pytest

from studio.system.signals import Signal


class Lamp:
    switched = Signal(bool)


def test_each_lamp_tells_its_own_listeners_in_their_order() -> None:
    one, other = Lamp(), Lamp()
    heard: list[tuple[str, bool]] = []
    one.switched.connect(lambda on: heard.append(("first", on)))
    one.switched.connect(lambda on: heard.append(("second", on)))
    other.switched.connect(lambda on: heard.append(("other", on)))
    one.switched.emit(True)
    assert heard == [("first", True), ("second", True)]


def test_who_has_left_hears_nothing_and_may_leave_twice() -> None:
    lamp, heard = Lamp(), list[bool]()
    lamp.switched.connect(heard.append)
    lamp.switched.disconnect(heard.append)
    lamp.switched.disconnect(heard.append)
    lamp.switched.connect(heard.append)
    lamp.switched.disconnect()
    lamp.switched.emit(True)
    assert heard == []


def test_who_is_sent_away_meanwhile_hears_nothing_and_who_comes_hears_the_next() -> None:
    lamp, heard = Lamp(), list[str]()

    def gone(_on: bool) -> None:
        heard.append("gone")

    def come(_on: bool) -> None:
        heard.append("come")

    def first(_on: bool) -> None:
        lamp.switched.disconnect(gone)
        lamp.switched.connect(come)

    lamp.switched.connect(first)
    lamp.switched.connect(gone)
    lamp.switched.emit(True)
    assert heard == []
    lamp.switched.emit(True)
    assert heard == ["come"]


def test_a_listener_that_fails_is_heard_of() -> None:
    lamp = Lamp()

    def fail(_on: bool) -> None:
        raise RuntimeError("no light")

    lamp.switched.connect(fail)
    with pytest.raises(RuntimeError, match="no light"):
        lamp.switched.emit(True)
