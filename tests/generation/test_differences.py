"""What differs between the settings of two pictures."""

from __future__ import annotations

from dataclasses import fields

from studio.generation import GenerationSettings, LoraUse
from studio.generation.differences import compared


def test_every_setting_is_compared_and_parameters_one_by_one() -> None:
    one = GenerationSettings(prompt="a", steps=4, loras=(LoraUse("ink"),), parameters={"blur": 0.1, "view": "wide"})
    other = GenerationSettings(prompt="b", steps=4, parameters={"blur": 0.2, "note": "x"})
    rows = compared(one, other)
    assert {row.name for row in rows} == {field.name for field in fields(GenerationSettings)}
    differing = {row.parameter or row.name: (row.one, row.other) for row in rows if row.differs}
    assert differing == {
        "prompt": ("a", "b"),
        "loras": ((LoraUse("ink"),), ()),
        "blur": (0.1, 0.2),
        "view": ("wide", None),
        "note": (None, "x"),
    }


def test_the_same_settings_differ_in_nothing() -> None:
    settings = GenerationSettings(prompt="a", parameters={"blur": 0.1})
    assert not any(row.differs for row in compared(settings, settings.with_changes(prompt="a")))
