"""Wildcard files as people have them: folders, comments, old Windows files, names that lead elsewhere."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from studio.files.wildcards import WildcardFolder


@pytest.fixture
def wildcards(tmp_path: Path) -> WildcardFolder:
    folder = tmp_path / "wildcards"
    (folder / "animals" / "small").mkdir(parents=True)
    (folder / "colour.txt").write_text("# of the sea\nred\n\n  blue # a deep one\nC# minor\n", "utf-8")
    (folder / "animals" / "cats.txt").write_bytes("\ufeff黑猫\r\n白猫\r\n".encode())
    (folder / "animals" / "small" / "Mice.TXT").write_text("a mouse", "utf-8")
    (folder / "古.txt").write_bytes("宫殿\n寺庙\n".encode("gb18030"))
    (folder / "empty.txt").write_text("# nothing yet\n", "utf-8")
    (folder / "notes.md").write_text("no wildcard", "utf-8")
    (tmp_path / "secret.txt").write_text("secret", "utf-8")
    return WildcardFolder(lambda: folder)


def test_lines_are_without_comments_and_blanks(wildcards: WildcardFolder) -> None:
    assert wildcards("colour") == ("red", "blue", "C# minor")
    assert wildcards("empty") == ()
    assert wildcards("nothing") is None


def test_names_go_down_into_folders_whatever_the_capitals(wildcards: WildcardFolder) -> None:
    assert wildcards("animals/cats") == ("黑猫", "白猫")
    assert wildcards("Animals/Small/mice") == ("a mouse",)
    assert set(wildcards.names()) == {"colour", "animals/cats", "animals/small/Mice", "古", "empty"}


def test_a_star_takes_all_that_fit(wildcards: WildcardFolder) -> None:
    assert wildcards("animals/*") == ("黑猫", "白猫", "a mouse")
    assert wildcards("birds/*") is None


def test_files_of_chinese_windows_are_read(wildcards: WildcardFolder) -> None:
    assert wildcards("古") == ("宫殿", "寺庙")


@pytest.mark.parametrize(
    "name", ["../secret", "/etc/hostname", "animals/../../secret", "c:secret", "..\\secret", "a\0b"]
)
def test_no_name_leads_out_of_the_folder(wildcards: WildcardFolder, name: str) -> None:
    assert wildcards(name) is None


def test_a_folder_that_is_not_there_has_none(tmp_path: Path) -> None:
    gone = WildcardFolder(lambda: tmp_path / "gone")
    assert (gone("colour"), gone.names()) == (None, ())


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="permissions that hold")
def test_a_file_that_may_not_be_read_is_none(wildcards: WildcardFolder, tmp_path: Path) -> None:
    (tmp_path / "wildcards" / "colour.txt").chmod(0)
    assert wildcards("colour") is None
