"""The options of canvas tools: declared, validated, shared, remembered."""

from __future__ import annotations

import pytest

from studio.api.parameters import FloatParameter, IntParameter
from studio.errors import SettingError
from studio.ui.canvas.tools.options import OptionGroup, ToolOptions
from studio.ui.canvas.tools.registry import TOOLS, options_of_tools

SIZE = FloatParameter(id="size", label="Size", default=5.0, minimum=1.0, maximum=50.0)
MODE = IntParameter(id="mode", label="Mode", default=0, minimum=0, maximum=3)
PEN = OptionGroup(id="pen", parameters=(SIZE, MODE), session_only=frozenset({"mode"}))
INK = OptionGroup(id="ink", parameters=(SIZE,))


def test_what_was_saved_comes_back_but_for_what_is_of_the_session() -> None:
    options = ToolOptions((PEN, INK))
    options.set("pen", size=7.0, mode=2)
    assert options.saved() == {"pen": {"size": 7.0}}
    again = ToolOptions((PEN, INK), options.saved())
    assert again.values("pen") == {"size": 7.0, "mode": 0}
    assert again.values("ink") == {"size": 5.0}


def test_a_saved_value_that_does_not_fit_costs_only_itself() -> None:
    saved = {"pen": {"size": 900.0, "mode": 1, "gone": True}, "unknown": {"size": 1.0}}
    assert ToolOptions((PEN,), saved).values("pen") == {"size": 5.0, "mode": 1}
    assert ToolOptions((PEN,), {"pen": {"mode": "odd"}}).values("pen") == {"size": 5.0, "mode": 0}


def test_a_value_that_does_not_fit_is_refused_whole(qapp: object) -> None:
    options = ToolOptions((PEN,))
    with pytest.raises(SettingError):
        options.set("pen", mode=1, size=0.0)
    with pytest.raises(KeyError):
        options.set("pen", weight=1)
    assert options.values("pen") == {"size": 5.0, "mode": 0}


def test_only_a_change_is_told(qapp: object) -> None:
    options, told = ToolOptions((PEN, INK)), list[str]()
    options.changed.connect(told.append)
    options.set("pen", size=5.0)
    options.set("ink", size=6.0)
    options.set("ink", size=6.0)
    assert told == ["ink"]


def test_each_group_is_declared_once_and_its_defaults_fit() -> None:
    groups = {group for tool in TOOLS for group in tool.options}
    assert len({group.id for group in groups}) == len(groups)
    options = options_of_tools()
    for group in groups:
        assert group.validated(group.defaults()) == options.values(group.id)
        assert group.session_only <= group.defaults().keys()
