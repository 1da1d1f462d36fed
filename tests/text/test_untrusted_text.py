"""JSON, TOML and XML that were made to take long or to fill the memory are refused before they are parsed."""

from __future__ import annotations

import json
import tomllib

import pytest

from studio.files.untrusted.safe_xml import parse_xml
from studio.text.untrusted import MAX_DEPTH, parse_json, parse_toml

LONG = 1_000_000


@pytest.mark.parametrize(
    "text",
    ["[" * LONG, '{"a":' * LONG, "[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1), "[" * 5000 + "]" * 5000],
    ids=["lists", "objects", "one too many", "well formed"],
)
def test_deep_json_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"nested deeper|too many values"):
        parse_json(text)


@pytest.mark.parametrize(
    "text", ["[" + "{}," * LONG + "1]", "1" * LONG, "-" + "1" * 21, '{"a": ' + "9" * 5000 + "}", "", "{", b"\xff"]
)
def test_other_json_that_no_program_writes_is_refused(text: str | bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the words are the parser's own
        parse_json(text)


def test_json_is_read_as_python_reads_it() -> None:
    value = {"seed": 2**64 - 1, "deep": [[[{"a": [1.5, None, True, -7]}]]], "text": "[[[,,,海"}
    text = json.dumps(value)
    assert parse_json(text) == value
    assert parse_json(b"\xef\xbb\xbf" + text.encode()) == value
    deepest = "[" * MAX_DEPTH + "]" * MAX_DEPTH
    assert parse_json(deepest) == json.loads(deepest)


@pytest.mark.parametrize(
    "text",
    [
        "a." * LONG + "a = 1",
        "[" + "a . " * LONG + "a]",
        '"a".' * LONG + "a = 1",
        "a = " + "[" * LONG,
        "a = " + "{a = " * LONG,
        "a = " + "{b = [" * 1000 + "1" + "]}" * 1000,
        "a = 0x" + "f" * LONG,
        "a = " + "1" * LONG,
        "a = [" + "1," * LONG + "]",
        "\n" * LONG,
    ],
    ids=lambda text: text[:12],
)
def test_toml_that_takes_long_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"parts|deeper|digits|too many values"):
        parse_toml(text)


def test_toml_is_read_as_python_reads_it() -> None:
    text = '''# a.b.c.d.e.f.g.h.i.j.k.l.m.n.o.p.q.r = [[[[
a.b."c.d".e = 1.5
text = """a.b.c.d.e.f.g.h.i.j.k.l.m.n.o.p.q.r [[ "" \\" """
other = 'C:\\x\\'
list = [[1, 2], {x = 0xff, y = 1979-05-27T07:32:00.999999Z}]
[table."with # sign"]
'''
    assert parse_toml(text) == tomllib.loads(text)
    assert parse_toml(b"\xef\xbb\xbf" + text.encode()) == tomllib.loads(text)


def test_a_slip_in_toml_says_where_it_is() -> None:
    with pytest.raises(tomllib.TOMLDecodeError, match="line 2"):
        parse_toml("a = 1\nb = = 2\n")


@pytest.mark.parametrize(
    "data",
    [
        b"<a>" * 300_000,
        b"<a>" * 300 + b"</a>" * 300,
        b"<a>" + b"<b/>" * 500_000 + b"</a>",
        b"<a " + b" ".join(b"a%d=''" % number for number in range(1_100_000)) + b"/>",
        b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
        b'<?xml version="1.0" encoding="nonsense"?><a/>',
    ],
    ids=["open", "deep", "wide", "attributes", "entities", "encoding"],
)
def test_xml_that_no_program_writes_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"malformed|deeper|too many|Forbidden|DTD"):
        parse_xml(data)
