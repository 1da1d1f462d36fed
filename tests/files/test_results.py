"""Results that wait for a decision, on disk."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from studio.document import Document, Rect, filled_mask
from studio.errors import FileError, FileTooLargeError
from studio.files.results import (
    ResultFacts,
    WaitingResult,
    delete_results,
    left_results,
    read_result,
    write_facts,
    write_result,
)
from studio.generation import GeneratedImage, GenerationRequest, GenerationSettings


@pytest.fixture
def result() -> WaitingResult:
    """A masked picture that lies at an odd place."""
    random = np.random.default_rng(3)
    pixels = random.integers(0, 256, (33, 41, 4), np.uint8)
    pixels[..., 3] = 255
    mask = random.integers(0, 256, (33, 41), np.uint8)
    settings = GenerationSettings(prompt="一只船", seed=12, tool="inpaint")
    request = GenerationRequest(
        settings=settings, document=Document(width=90, height=70, generation_mask=filled_mask(Rect(20, 9, 12, 12)))
    )
    image = GeneratedImage(pixels=pixels, seed=12, x=17, y=5, mask=mask, from_canvas=True)
    return WaitingResult(
        request=request, image=image, facts=ResultFacts(document="/a/b.ora", from_canvas=True, is_kept=True)
    )


def test_a_picture_comes_back_as_it_was(tmp_path: Path, result: WaitingResult) -> None:
    write_result(tmp_path / "new", f"{result.request.id}-2", result)
    assert left_results(tmp_path / "new") == (f"{result.request.id}-2",)
    again = read_result(tmp_path / "new", f"{result.request.id}-2")
    assert np.array_equal(again.image.pixels, result.image.pixels)
    assert again.image.mask is not None
    assert np.array_equal(again.image.mask, result.image.mask)
    assert (again.image.x, again.image.y, again.image.seed, again.image.from_canvas) == (17, 5, 12, True)
    assert again.request.settings == result.request.settings
    assert again.image.settings == result.request.settings
    assert again.request.id == result.request.id
    assert again.request.document.canvas == Rect(0, 0, 90, 70)
    assert again.request.document.generation_mask.bounds() == Rect(20, 9, 12, 12)
    assert again.facts == result.facts


def test_they_are_listed_job_by_job_in_order(tmp_path: Path, result: WaitingResult) -> None:
    for name in ("aa-10", "aa-2", "bb-0"):
        write_result(tmp_path, name, result)
    (tmp_path / "other.ora").write_bytes(b"not ours")
    names = left_results(tmp_path)
    assert [name for name in names if name.startswith("aa")] == ["aa-2", "aa-10"]
    assert len(names) == 3
    delete_results(tmp_path, ["aa-2", "gone-1"])
    assert "aa-2" not in left_results(tmp_path)
    assert left_results(tmp_path / "nowhere") == ()


def test_a_damaged_one_is_told_of_once_and_put_aside(tmp_path: Path, result: WaitingResult) -> None:
    write_result(tmp_path, "aa-0", result)
    path = tmp_path / "aa-0.ora"
    path.write_bytes(path.read_bytes()[:200])
    with pytest.raises(FileError):
        read_result(tmp_path, "aa-0")
    assert left_results(tmp_path) == ()
    assert (tmp_path / "aa-0.damaged").exists()


def test_what_is_no_file_hides_none_of_the_others(tmp_path: Path, result: WaitingResult) -> None:
    write_result(tmp_path, "aa-0", result)
    (tmp_path / "bb-0.ora").mkdir()
    (tmp_path / "cc-0.ora").symlink_to(tmp_path / "gone.ora")
    assert left_results(tmp_path) == ("aa-0",)


def test_a_sound_one_for_which_there_is_no_memory_is_not_put_aside(
    tmp_path: Path, result: WaitingResult, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_result(tmp_path, "aa-0", result)
    with monkeypatch.context() as patch:
        patch.setattr("studio.files.untrusted.memory.allowed_bytes", lambda _file_bytes: 0)
        with pytest.raises(FileTooLargeError):
            read_result(tmp_path, "aa-0")
    assert left_results(tmp_path) == ("aa-0",)
    assert np.array_equal(read_result(tmp_path, "aa-0").image.pixels, result.image.pixels)


def test_without_its_facts_a_picture_is_still_a_picture(tmp_path: Path, result: WaitingResult) -> None:
    write_result(tmp_path, "aa-0", result)
    (tmp_path / "aa-0.json").write_text("{")
    assert read_result(tmp_path, "aa-0").facts == ResultFacts()
    write_facts(tmp_path, "aa-0", ResultFacts(is_kept=True))
    assert read_result(tmp_path, "aa-0").facts.is_kept


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path, result: WaitingResult) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(FileError, match="file"):
        write_result(tmp_path / "file" / "results", "aa-0", replace(result))
