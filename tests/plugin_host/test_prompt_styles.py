"""Styles in words: put in and taken out without a trace, refused when they say nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from studio.api import PromptStyleSpec
from studio.cli.generation import in_style, make_settings
from studio.errors import SettingError
from studio.paths import default_paths
from studio.plugin_host import PluginFolder, PluginHost

HEAD = "from studio.api import PromptStyleSpec, hookimpl\n\n@hookimpl\ndef shoreline_prompt_styles():\n    return "


@pytest.fixture(scope="module")
def host() -> PluginHost:
    return PluginHost.load([PluginFolder(default_paths().plugins, "bundled")], entry_points=False)


@pytest.mark.parametrize("prompt", ["", "a beach", "a beach, at dusk, ", "\u6d77\u6ee9", "{prompt}", "a\nb"])
@pytest.mark.parametrize("negative", ["", "fog", "fog, photograph"])
def test_every_style_that_ships_is_taken_out_as_it_was_put_in(host: PluginHost, prompt: str, negative: str) -> None:
    styles = host.specs(PromptStyleSpec)
    assert len(styles) >= 8
    for style in styles.values():
        assert not style.is_in(prompt)
        styled = style.added_to(prompt, negative)
        assert style.is_in(styled[0])
        assert [other.id for other in styles.values() if other.is_in(styled[0])] == [style.id]
        assert style.taken_from(*styled) == (prompt, negative)


def test_a_style_that_was_changed_by_hand_is_not_taken_for_itself() -> None:
    style = PromptStyleSpec(id="s", name="S", prompt="a gouache of {prompt}, flat")
    assert not style.is_in("a gouache of a cat, round")
    assert not style.is_in("a gouache of, flat")


@pytest.mark.parametrize(
    ("spec", "problem"),
    [
        ('[PromptStyleSpec(id="s", name="S", prompt="gouache")]', "must have {prompt} in it once"),
        ('[PromptStyleSpec(id="s", name="S", prompt="{prompt} {prompt}")]', "must have {prompt} in it once"),
        ('[PromptStyleSpec(id="s", name="S", prompt=" {prompt}, ")]', "adds no words"),
        ('[PromptStyleSpec(id="s", name="S", prompt=7)]', "must be a text"),
        ('[PromptStyleSpec(id="S!", name="S", prompt="{prompt} x")]', "must be small letters"),
    ],
)
def test_a_style_that_breaks_a_rule_is_refused(
    make_plugin: Callable[..., Path], load: Callable[..., PluginHost], spec: str, problem: str
) -> None:
    make_plugin("odd", HEAD + spec + "\n")
    state = load().state("odd")
    assert state.status == "refused"
    assert problem in state.problem


def test_the_command_line_writes_a_style_into_the_settings(host: PluginHost) -> None:
    settings = make_settings(prompt="a fox", negative_prompt="fog", seed=1)
    styled = in_style(settings, "watercolour", host)
    assert styled.prompt.startswith("a watercolour painting of a fox,")
    assert styled.negative_prompt.startswith("fog, ")
    assert styled.seed == 1
    assert in_style(settings, None, host) == settings
    with pytest.raises(SettingError, match=r"no style 'wax'.*watercolour"):
        in_style(settings, "wax", host)
