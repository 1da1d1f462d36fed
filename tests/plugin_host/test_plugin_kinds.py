"""The table of kinds: each has a hook, a spec and all else that the host needs, and nothing else lists them."""

from __future__ import annotations

import ast
import dataclasses
import inspect
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest

from studio import api
from studio.api import hooks
from studio.plugin_host.kinds import KINDS
from studio.plugin_host.kinds.kind import Kind

ROOT = Path(__file__).resolve().parents[2]
EVERY_KIND = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.id)


@EVERY_KIND
def test_a_kind_has_a_hook_that_returns_its_public_specs(kind: Kind[Any]) -> None:
    (returned,) = get_args(get_type_hints(getattr(hooks, kind.hook))["return"])
    assert returned is kind.spec
    assert getattr(api, kind.spec.__name__) is kind.spec
    assert {"id", "name", "description"} <= {field.name for field in dataclasses.fields(kind.spec)}


@EVERY_KIND
def test_the_callable_of_a_kind_is_a_field_of_its_spec(kind: Kind[Any]) -> None:
    first = kind.callback.partition(".")[0]
    assert not first or first in {field.name for field in dataclasses.fields(kind.spec)}


def test_no_two_kinds_have_the_same_word_hook_or_spec() -> None:
    for values in ([kind.id for kind in KINDS], [kind.hook for kind in KINDS], [kind.spec for kind in KINDS]):
        assert len(set(values)) == len(values)


def test_every_hook_that_returns_something_is_one_of_a_kind() -> None:
    declaring = {
        name
        for name, hook in vars(hooks).items()
        if name.startswith("shoreline_") and inspect.signature(hook).return_annotation != "None"
    }
    assert declaring == {kind.hook for kind in KINDS}


def test_nothing_but_the_hooks_and_the_table_names_all_kinds() -> None:
    specs = {kind.spec.__name__ for kind in KINDS}
    for path in (ROOT / "studio").rglob("*.py"):
        if "api" not in path.relative_to(ROOT).parts:
            names = {node.id for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Name)}
            assert len(names & specs) <= len(specs) // 2, path
