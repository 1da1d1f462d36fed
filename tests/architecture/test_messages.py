"""What errors and files say can be translated: it is made of templates, not of texts that are filled in already."""

from __future__ import annotations

import ast
import importlib.util
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

TOP = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    """The script that collects texts."""
    spec = importlib.util.spec_from_file_location("translation_tool", TOP / "packaging" / "translations.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def filled_texts(tool: ModuleType, tree: ast.Module, errors: set[str]) -> Iterator[int]:
    """The lines of a file where an error or a message is given a text that is filled in already."""
    names = errors | tool.held_in(tree, errors) | {"Message", "damaged"}
    scopes = [tree, *(node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))]
    found = set()
    for scope in scopes:
        filled = {name for name, value in assigned(scope) if is_filled(value, set())}
        for call in (node for node in ast.walk(scope) if isinstance(node, ast.Call)):
            texts = call.args[:2] if called(call) & {*names, "type"} else []
            if any(is_filled(text, filled if scope is not tree else set()) for text in texts):
                found.add(call.lineno)
    yield from sorted(found)


def called(call: ast.Call) -> set[str]:
    """What a call may be of: ``AnError``, ``errors.AnError``, ``type(error)``."""
    function = call.func.func if isinstance(call.func, ast.Call) else call.func
    if isinstance(function, ast.Attribute):
        return {function.attr}
    return {function.id} if isinstance(function, ast.Name) else set()


def assigned(scope: ast.AST) -> Iterator[tuple[str, ast.expr]]:
    for node in ast.walk(scope):
        if isinstance(node, ast.Assign):
            yield from ((target.id, node.value) for target in node.targets if isinstance(target, ast.Name))


def is_filled(text: ast.expr, names: set[str]) -> bool:
    """Whether a text is put together, so that no template of it can be translated."""
    if isinstance(text, ast.IfExp):
        return is_filled(text.body, names) or is_filled(text.orelse, names)
    if isinstance(text, ast.BinOp):
        return any(isinstance(side, ast.Constant) and isinstance(side.value, str) for side in (text.left, text.right))
    if isinstance(text, ast.Call) and isinstance(text.func, ast.Attribute):
        return text.func.attr == "format"
    return isinstance(text, ast.JoinedStr) or (isinstance(text, ast.Name) and text.id in names)


@pytest.mark.parametrize(
    "code",
    [
        'raise ModelError(f"{a} is empty.")',
        'raise ModelError("It is empty.", f"Copy {a} again.")',
        'raise errors.ModelError(f"{a} is empty.")',
        'kind = PassingError if passes else ModelError\nraise kind(f"{a} is empty.")',
        'kind: type[ModelError] = PassingError\nraise kind(f"{a} is empty.")',
        'if (kind := ModelError):\n    raise kind(f"{a} is empty.")',
        'def fail(kind: type[ModelError]) -> None:\n    raise kind(f"{a} is empty.")',
        'raise type(error)(f"{a} is empty.")',
        'raise ModelError("Empty is " + a)',
        'raise ModelError("%s is empty." % a)',
        'raise ModelError("{} is empty.".format(a))',
        'raise ModelError("It is full." if full else f"{a} is empty.")',
        'def fail() -> None:\n    text = f"{a} is empty."\n    raise ModelError(text)',
        'note(Message(f"{a} is empty."))',
    ],
)
def test_every_way_to_fill_a_text_in_is_found(tool: ModuleType, code: str) -> None:
    assert list(filled_texts(tool, ast.parse(code), {"ModelError", "PassingError"}))


def test_no_error_is_given_a_text_that_is_filled_in_already(tool: ModuleType) -> None:
    errors = tool.error_names(TOP / "studio")
    trees = ((path, ast.parse(path.read_text("utf-8"))) for path in tool._shown(TOP / "studio"))
    found = [f"{path.relative_to(TOP)}:{line}" for path, tree in trees for line in filled_texts(tool, tree, errors)]
    assert found == [], 'write ModelError("{file} is empty.", "Copy it again.", file=path.name)'


def untold(tree: ast.Module) -> Iterator[int]:
    """The lines where a note for a person is given as a plain text, which no window translates."""
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        given = [word.value for word in call.keywords if word.arg == "notes"]
        if called(call) & {"_note", "note", "told", "_say", "_remark"} or ast.unparse(call.func).endswith(
            "notes.append"
        ):
            given += call.args[:1]
        parts = [part for each in given for part in (each.elts if isinstance(each, ast.Tuple) else [each])]
        if any((isinstance(part, ast.Constant) and part.value) or is_filled(part, set()) for part in parts):
            yield call.lineno


def test_notes_for_a_person_are_messages(tool: ModuleType) -> None:
    assert list(untold(ast.parse('self._note("Left out.")\nnotes.append(f"{a}")\nFound(notes=("Left out.",))'))) == [
        1,
        2,
        3,
    ]
    trees = ((path, ast.parse(path.read_text("utf-8"))) for path in tool._shown(TOP / "studio"))
    assert [f"{path.relative_to(TOP)}:{line}" for path, tree in trees for line in untold(tree)] == []


def test_the_texts_of_errors_and_files_are_collected(tool: ModuleType) -> None:
    found = tool.messages(TOP / "studio")
    for text in (
        "{path} cannot be read: {reason}.",  # an error
        "Start the download again.",  # a constant that stands for a text
        "{file} is a {what} that cannot be used: {reason}. Choose another, or download it again.",  # a file
        "second text encoder",  # a table of networks
        "Real-ESRGAN upscaler",  # a table of kinds
        "it is empty",  # why a file is damaged
        "Control network for line art",  # a well-known model
        "not stated",  # a licence
    ):
        assert text in found
