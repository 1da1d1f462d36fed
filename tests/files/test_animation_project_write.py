"""A project that is written and read again is the same project."""

from __future__ import annotations

import re
import sys
import tomllib
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from studio.animation import Expression
from studio.errors import FileError, SettingError
from studio.files.animation.project import AnimationProject, ProjectFile, read_project
from studio.files.animation.project_write import project_text, write_project
from studio.generation import MAX_SEED

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "resources" / "examples" / "animation.toml"
FRAMES = 24

texts = st.text(st.characters(codec="utf-8"), max_size=40)
numbers = st.floats(-1e6, 1e6).map(float) | st.sampled_from(["0.5 + 0.2*sin(2*pi*t)", "f/n", "clamp(t, 0, 1)"])
interpolations = st.sampled_from(["step", "linear", "cubic", "ease"])


def keys(name: str, values: st.SearchStrategy[Any]) -> st.SearchStrategy[list[dict[str, Any]]]:
    """Keyframes at different frames, in order."""
    key = st.fixed_dictionaries({name: values, "interpolation": interpolations})
    return st.dictionaries(st.integers(0, FRAMES - 1), key, min_size=1, max_size=5).map(
        lambda found: [{"frame": frame, **found[frame]} for frame in sorted(found)]
    )


regions = st.fixed_dictionaries(
    {"part": st.text('a "\\é', max_size=5).map("scene.ora#x{}".format), "prompt": texts},
    optional={"negative_prompt": texts, "x": numbers | keys("value", numbers), "scale": numbers},
)
projects = st.fixed_dictionaries(
    {
        "mode": texts,
        "frames": st.just(FRAMES),
        "fps": st.floats(0.001, 1000.0),
        "width": st.integers(64, 8192),
        "height": st.integers(64, 8192),
        "model": texts,
        "scheduler": texts,
        "steps": st.integers(1, 500),
        "prompt": texts | keys("text", texts),
        "negative_prompt": texts | keys("text", texts),
        "seed": st.integers(0, MAX_SEED) | keys("seed", st.integers(0, MAX_SEED)),
        "guidance_scale": numbers | keys("value", numbers),
        "strength": numbers | keys("value", numbers),
        "keyframes": st.dictionaries(texts, numbers | keys("value", numbers), max_size=4),
        "parameters": st.dictionaries(
            texts, st.booleans() | st.integers() | st.floats(allow_nan=False) | texts, max_size=4
        ),
        "source": texts,
        "mask": texts,
        "regions": st.lists(regions, max_size=3),
        "export": st.fixed_dictionaries(
            {"loops": st.integers(0, 65535), "background": st.sampled_from(["", "#336699"])},
            optional={"columns": st.integers(1, 99), "dither": st.sampled_from(["ordered", "none"])},
        ),
    }
)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(projects)
def test_any_project_comes_back_as_it_was(values: dict[str, Any]) -> None:
    project = AnimationProject.model_validate(values)
    assert AnimationProject.model_validate(tomllib.loads(project_text(project))) == project


def test_the_example_keeps_its_meaning_when_it_is_saved(tmp_path: Path) -> None:
    example = read_project(EXAMPLE)
    copy = tmp_path / "copy.toml"
    write_project(example.project, copy)
    again = read_project(copy)
    assert again.project == example.project
    assert again.fingerprint() == example.fingerprint()
    assert again.project.export.options(Fraction(8)) == example.project.export.options(Fraction(8))


def test_the_projects_of_the_help_keep_their_meaning(tmp_path: Path) -> None:
    for page in (ROOT / "resources" / "help" / "animation.md", ROOT / "resources" / "help" / "zh_CN" / "animation.md"):
        projects = []
        for text in re.findall(r"```toml\n(.*?)```", page.read_text("utf-8"), re.DOTALL):
            by_hand = tmp_path / "by_hand.toml"
            by_hand.write_text(text, "utf-8")
            project = read_project(by_hand).project
            write_project(project, by_hand)
            assert read_project(by_hand).project == project
            projects.append(project)
        assert projects[0].strength[0].value == Expression("0.4 + 0.1*sin(2*pi*t)")


def test_one_value_is_written_as_one_value() -> None:
    project = AnimationProject(frames=4, prompt="a beach", guidance_scale=2.0, strength="f/n")
    lines = project_text(project).splitlines()
    assert 'prompt = "a beach"' in lines
    assert "guidance_scale = 2.0" in lines
    assert 'strength = "f/n"' in lines
    assert "[keyframes]" not in lines


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileError, match=r"day\.toml"):
        write_project(AnimationProject(frames=4, prompt="a beach"), tmp_path / "nowhere" / "day.toml")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform != "linux", reason="needs file names of any bytes")
def test_a_source_whose_name_is_no_unicode_is_refused_by_name_and_its_frames_are_known(tmp_path: Path) -> None:
    folder = tmp_path / "caf\udce9"
    folder.mkdir()
    (folder / "1\udce9.png").write_bytes(b"x")
    project = read_project(EXAMPLE).project.model_copy(update={"source": str(folder), "mask": ""})
    file = tmp_path / "project.toml"
    with pytest.raises(SettingError, match="no Unicode"):
        write_project(project, file)
    assert list(tmp_path.iterdir()) == [folder]
    assert len(ProjectFile(project, file).fingerprint()) == 64
