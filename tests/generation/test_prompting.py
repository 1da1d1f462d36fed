"""The syntax of prompts: what each sign does, what is taken as it stands, and that a seed always gives the same."""

from __future__ import annotations

import collections
import random

import pytest

from studio.generation import MAX_PROMPT
from studio.generation.prompting import LoraUse, Span, chunks_of, parse, sections

FILES = {
    "colour": ["red", "blue", "green"],
    "animal": ["a __colour__ cat", "a {small|large} dog"],
    "folder/hat": ["straw hat"],
    "loop": ["x __pool__"],
    "pool": ["y __loop__"],
    "many": ["__many2__ __many2__ __many2__ __many2__"],
    "many2": ["__many3__ __many3__ __many3__ __many3__"],
    "many3": ["__colour__ " * 100],
    "empty": [],
    "颜色": ["红色"],
}


def weights(text: str) -> list[tuple[str, float]]:
    (only,) = sections(text)
    return [(span.text, pytest.approx(span.weight, abs=1e-9)) for span in only]


def drawn(text: str, seed: int = 0) -> str:
    return parse(text, seed, FILES.get).text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a quiet harbour, 海边", [("a quiet harbour, 海边", 1.0)]),
        ("(cat)", [("cat", 1.1)]),
        ("((cat))", [("cat", 1.21)]),
        ("a (cat:1.3) b", [("a ", 1.0), ("cat", 1.3), (" b", 1.0)]),
        ("(cat: 1.3 )", [("cat", 1.3)]),
        ("(cat:.5)", [("cat", 0.5)]),
        ("(cat:-1)", [("cat", -1.0)]),
        ("(cat:0)", [("cat", 0.0)]),
        ("[cat]", [("cat", 1 / 1.1)]),
        ("[[cat]]", [("cat", 1 / 1.21)]),
        ("((a:1.5) b)", [("a", 1.65), (" b", 1.1)]),
        ("([a])", [("a", 1.0)]),
        ("(one)(two)", [("onetwo", 1.1)]),
        (r"a \(cat\) \[b\] \\", [("a (cat) [b] \\", 1.0)]),
        ("open (end", [("open ", 1.0), ("end", 1.1)]),
        ("open [end", [("open ", 1.0), ("end", 1 / 1.1)]),
        ("shut) end]", [("shut) end]", 1.0)]),
        ("(a]", [("a]", 1.1)]),
        ("(a:b)", [("a:b", 1.1)]),
        ("(a:1.2", [("a:1.2", 1.1)]),
        ("a:1.2)", [("a:1.2)", 1.0)]),
        ("(a:1.2.3)", [("a:1.2.3", 1.1)]),
        ("()", []),
        (r"\o/ :3", [(r"\o/ :3", 1.0)]),
        ("（猫：1.3）在海边", [("猫", 1.3), ("在海边", 1.0)]),
        ("(猫：１．３）", [("猫", 1.3)]),
        ("［猫］", [("猫", 1 / 1.1)]),
        ("【杰作】", [("【杰作】", 1.0)]),
        (r"\（猫\）", [("（猫）", 1.0)]),
    ],
)
def test_brackets_weigh_words(text: str, expected: list[tuple[str, float]]) -> None:
    assert weights(text) == [(words, pytest.approx(weight, abs=1e-9)) for words, weight in expected]


def test_brackets_within_each_other_multiply() -> None:
    """A well-known example of how such prompts are read."""
    assert weights("a (((house:1.3)) [on] a (hill:0.5), sun, (((sky))).") == [
        ("a ", 1.0),
        ("house", 1.3 * 1.1 * 1.1),
        (" ", 1.1),
        ("on", 1.0),
        (" a ", 1.1),
        ("hill", 0.55),
        (", sun, ", 1.1),
        ("sky", 1.1**4),
        (".", 1.1),
    ]


def test_break_ends_a_section_wherever_it_stands() -> None:
    assert sections("a BREAK b") == ((Span("a"),), (Span("b"),))
    assert sections("红 BREAK蓝") == ((Span("红"),), (Span("蓝"),))
    assert sections("BREAKFAST, a break") == ((Span("BREAKFAST, a break"),),)
    first, second = sections("(a BREAK b:2)")
    assert (first, second) == ((Span("a", 2.0),), (Span("b", 2.0),))


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("[cat:dog:0.4] here", ["cat here"] * 4 + ["dog here"] * 6),
        ("[cat:dog:3]", ["cat"] * 3 + ["dog"] * 7),
        ("[cat:0.5]", [""] * 5 + ["cat"] * 5),
        ("[cat::0.5]", ["cat"] * 5 + [""] * 5),
        ("[:cat:0.5]", [""] * 5 + ["cat"] * 5),
        ("[cat:dog:1]", ["cat"] + ["dog"] * 9),
        ("[cat:dog:1.0]", ["cat"] * 10),
        ("[cat:dog:0]", ["dog"] * 10),
        ("[cat:dog:99]", ["cat"] * 10),
        ("[a|b|c]", list("abcabcabca")),
        ("[a|]x", ["ax", "x"] * 5),
        ("[a:[b:c:0.8]:0.4]", ["a"] * 4 + ["b"] * 4 + ["c"] * 2),
        ("[(a:1.2):b:0.5]", ["(a:1.2)"] * 5 + ["b"] * 5),
        ("([a|b]:1.3)", ["(a:1.3)", "(b:1.3)"] * 5),
        ("[{x:y:0.5]", ["{x"] * 5 + ["y"] * 5),
        ("［猫：狗：0.5］", ["猫"] * 5 + ["狗"] * 5),
        ("【猫｜狗】", ["猫", "狗"] * 5),
        (r"[a\:b:c:0.5]", [r"a\:b"] * 5 + ["c"] * 5),
        ("[embedding:soft:b:0.5]", ["embedding:soft"] * 5 + ["b"] * 5),
        ("[a:b]", ["[a:b]"] * 10),
        ("[a:b:c]", ["[a:b:c]"] * 10),
        ("[a:b:c:0.5]", ["[a:b:c:0.5]"] * 10),
        ("[a:b:0.5", ["[a:b:0.5"] * 10),
        ("a|b", ["a|b"] * 10),
    ],
)
def test_prompts_change_over_the_steps(text: str, at: list[str]) -> None:
    prompt = parse(text)
    assert list(prompt.over(10)) == at
    assert [prompt.at(step, 10) for step in range(10)] == at


def test_words_are_all_that_is_said_without_signs() -> None:
    words = parse("(red:1.2) [cat:dog:0.5] in the {sea|sea}, <lora:ink:0.5> [rain|snow] BREAK night").words
    assert words.split() == ["red", "cat", "dog", "in", "the", "sea,", "rain", "snow", "night"]


def test_choices_are_those_of_the_seed_and_all_come() -> None:
    text = "{red|blue} {a|b|{c|d}}"
    assert drawn(text, 5) == drawn(text, 5)
    seen = {drawn(text, seed) for seed in range(200)}
    assert seen == {f"{colour} {letter}" for colour in ("red", "blue") for letter in "abcd"}


def test_a_weighted_option_comes_as_often_as_it_says() -> None:
    counted = collections.Counter(drawn("{3::a|b|0::c}", seed) for seed in range(400))
    assert set(counted) == {"a", "b"}
    assert 2.0 < counted["a"] / counted["b"] < 4.5


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{a}", "{a}"),
        ("{a|b", "{a|b"),
        ("a|b}", "a|b}"),
        ("{[x|x]|[x|x]}", "[x|x]"),
        ("｛红｜红｝", "红"),
        (r"\{a|b\}", r"\{a|b\}"),
        ("__folder/hat__", "straw hat"),
        ("戴__颜色__帽子", "戴红色帽子"),
        ("snake__case", "snake__case"),
        ("@__@, >__<", "@__@, >__<"),
        ("{|}", ""),
    ],
)
def test_choices_and_what_is_none(text: str, expected: str) -> None:
    prompt = parse(text, 1, FILES.get)
    assert (prompt.text, prompt.notes) == (expected, ())


def test_wildcards_are_lines_of_their_files_with_wildcards_of_their_own() -> None:
    seen = {drawn("__animal__", seed) for seed in range(100)}
    assert seen == {"a red cat", "a blue cat", "a green cat", "a small dog", "a large dog"}


def test_an_unknown_wildcard_stays_and_is_named_once() -> None:
    prompt = parse("__nothing__ and __nothing__", 0, FILES.get)
    assert prompt.text == "__nothing__ and __nothing__"
    (note,) = prompt.notes
    assert "__nothing__" in note
    assert "__empty__" in parse("a __empty__", 0, FILES.get).notes[0]


def test_wildcards_that_lead_back_to_themselves_end() -> None:
    prompt = parse("__loop__", 0, FILES.get)
    assert prompt.text.split() == ["x", "y"]
    assert len(prompt.notes) == 1


def test_wildcards_that_multiply_end_too() -> None:
    prompt = parse("__many__ __many__", 0, FILES.get)
    assert len(prompt.text) <= MAX_PROMPT


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a cat # the old one", "a cat"),
        ("# all of it\na cat\n  # {x|y}\non a mat", "a cat\non a mat"),
        ("a cat\n#blue hair,", "a cat"),
        ("C# sheet music, boat #1, #tag", "C# sheet music, boat #1, #tag"),
        ("#ff8800 sky", "#ff8800 sky"),
        (r"\# a cat \# b", r"\# a cat \# b"),
        ("猫 ＃ 旧的", "猫"),
        ("{a # b|a # b}", "{a"),
    ],
)
def test_comments_are_left_out(text: str, expected: str) -> None:
    assert drawn(text) == expected


def test_loras_and_embeddings_are_named() -> None:
    prompt = parse("a <lora:ink wash:0.8> b, (embedding:soft-light:1.2) <lora:墨> <lora:x:1:0.5>")
    assert prompt.loras == (LoraUse("ink wash", 0.8), LoraUse("墨"), LoraUse("x", 0.5, 1.0))
    assert prompt.embeddings == ("soft-light",)
    assert prompt.at(0, 1) == "a  b, (embedding:soft-light:1.2)  "
    assert "<lora:ink wash:0.8>" in prompt.text
    assert parse("<lora:a:{0.5|0.5}>").loras == (LoraUse("a", 0.5),)
    assert parse("＜lora：墨：０．８＞").loras == (LoraUse("墨", 0.8),)


def test_a_lora_with_a_weight_that_is_none_stays_and_is_named() -> None:
    prompt = parse("a <lora:x:much>")
    assert (prompt.loras, prompt.at(0, 1)) == ((), "a <lora:x:much>")
    assert "<lora:x:much>" in prompt.notes[0]


@pytest.mark.parametrize("seed", range(150))
def test_any_text_is_a_prompt_and_what_was_drawn_gives_itself_again(seed: int) -> None:
    maker = random.Random(seed)
    signs = [
        *"()[]{}:|\\#_<> \n，。（）：｜【】",
        "__colour__",
        "__no__",
        "BREAK",
        "0.5",
        "::",
        "cat",
        "猫",
        "<lora:a:1>",
        "2::",
    ]
    text = "".join(maker.choice(signs) for _ in range(maker.randint(1, 60)))
    prompt = parse(text, seed, FILES.get)
    again = parse(prompt.text, seed, FILES.get)
    assert (again.text, again.script, again.loras) == (prompt.text, prompt.script, prompt.loras)
    for words in prompt.over(7):
        chunks_of(sections(words), lambda part: [1] * len(part), 75, None)


@pytest.mark.parametrize(
    "sign", ["(", "[", "{", "{a|", "[a|", "(a:1.1)", "__colour__", "[a:", "#", "\\", "_", "<lora:"]
)
def test_a_text_full_of_one_sign_is_read_in_a_moment(sign: str) -> None:
    text = (sign * MAX_PROMPT)[:MAX_PROMPT]
    prompt = parse(text, 0, FILES.get)
    sections(prompt.at(0, 1))


def words_to_ids(text: str) -> list[int]:
    """One token a word; a comma is 0."""
    return [0 if word == "," else 1 + len(word) for word in text.split()]


def test_long_prompts_are_read_in_chunks_that_end_behind_a_comma_near_the_end() -> None:
    def lengths(text: str) -> list[int]:
        return [len(chunk) for chunk in chunks_of(sections(text), words_to_ids, 75, 0)]

    assert lengths("") == [0]
    assert lengths("word " * 75) == [75]
    assert lengths("word " * 76) == [75, 1]
    assert lengths("word " * 60 + ", " + "word " * 30) == [61, 30]
    assert lengths("word " * 50 + ", " + "word " * 30) == [75, 6]
    assert lengths("word " * 75 + ", word") == [75, 2]
    assert lengths("a BREAK b c BREAK") == [1, 2]
    assert lengths("BREAK a") == [0, 1]


def test_chunks_carry_the_weights() -> None:
    ((first, second),) = chunks_of(sections("a (bb:1.5)"), words_to_ids, 75, 0)
    assert (first.weight, second.weight) == (1.0, 1.5)
