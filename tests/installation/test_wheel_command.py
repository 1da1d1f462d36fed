"""The command in the help pages is the one that `shoreline engine wheels` prints."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from studio.errors import SettingError
from studio.installation.backends import find_backend, known_backends
from studio.installation.wheel_command import download_command
from studio.paths import default_paths

TOP = Path(__file__).parents[2]


@pytest.mark.parametrize("page", ["installing.md", "zh_CN/installing.md"])
def test_the_help_pages_show_the_command_that_is_printed(page: str) -> None:
    text = (TOP / "resources" / "help" / page).read_text(encoding="utf-8")
    shown = re.search(r"^python3 -m pip download(?:.*\\\n)*.*$", text, re.MULTILINE)
    assert shown is not None
    resources = default_paths().engine_resources
    backend = find_backend(known_backends(resources, "linux-x86_64"), "cpu")
    command = download_command(backend, resources, "linux-x86_64")
    words = shown.group().replace("\\\n", " ").split()
    assert words[words.index("--python-version") + 1] == "3.12", "what release.yml packs"
    words[words.index("--python-version") + 1] = command.split()[command.split().index("--python-version") + 1]
    assert words == command.split()


def test_a_system_without_an_engine_has_no_command() -> None:
    resources = default_paths().engine_resources
    (backend, *_) = known_backends(resources, "linux-x86_64")
    with pytest.raises(SettingError, match="sunos-sparc"):
        download_command(backend, resources, "sunos-sparc")
