"""A plugin that was refused is not imported again until it changes, or a person tries it again."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from studio.paths import Paths
from studio.plugin_host import PluginHost
from studio.plugin_host import refusals as refusals_module

BAD = "with open({log!r}, 'a') as stream:\n    stream.write('x')\n{then}\n"
ENTRY = "from studio.api import hookimpl\n\n@hookimpl\ndef shoreline_tools():\n    return []\n"
Write = Callable[..., Path]


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "imports"


@pytest.fixture
def write(paths: Paths, log: Path) -> Write:
    """Puts a plugin "bad", which notes that it is imported, into the user's folder."""

    def written(then: str = "raise LookupError('lost')") -> Path:
        folder = paths.user_plugins / "bad"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "plugin.toml").write_text('id = "bad"\nname = "Bad"\nversion = "1"\napi_version = 1\n', "utf-8")
        (folder / "plugin.py").write_text(BAD.format(log=str(log), then=then), "utf-8")
        return folder / "plugin.py"

    return written


def loaded(paths: Paths) -> PluginHost:
    return PluginHost.load(paths, entry_points=False)


def append(path: Path, text: str) -> None:
    path.write_text(path.read_text("utf-8") + text, "utf-8")


def imports(log: Path) -> int:
    return len(log.read_text()) if log.exists() else 0


def test_it_is_imported_once_and_says_so_in_every_later_start(paths: Paths, write: Write, log: Path) -> None:
    write()
    first = loaded(paths).state("bad")
    again = loaded(paths).state("bad")
    assert (first.is_remembered, again.is_remembered, imports(log)) == (False, True, 1)
    assert (again.status, again.failed_step) == ("failed", "import")
    assert again.problem == first.problem == "It could not be imported: LookupError: lost"
    assert again.details == first.details


@pytest.mark.parametrize("change", ["content", "time", "new file", "manifest"])
def test_it_is_imported_again_when_it_changes(paths: Paths, write: Write, log: Path, change: str) -> None:
    source = write()
    loaded(paths)
    if change == "content":
        source.write_text(source.read_text("utf-8") + "\n# mended\n", "utf-8")
    elif change == "time":
        os.utime(source, ns=(1, 1))
    elif change == "new file":
        (source.parent / "more.py").touch()
    else:
        append(source.parent / "plugin.toml", "\n")
    assert not loaded(paths).state("bad").is_remembered
    assert imports(log) == 2


def test_it_is_imported_again_when_a_package_is_installed_or_shoreline_is_another(
    paths: Paths, write: Write, log: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("import no_such_module_at_all")
    loaded(paths)
    monkeypatch.setattr(refusals_module, "__version__", "999")
    loaded(paths)
    assert imports(log) == 2
    site = paths.data / "site-packages"
    site.mkdir()
    monkeypatch.syspath_prepend(str(site))
    assert "No module named" in loaded(paths).state("bad").problem
    assert imports(log) == 3


def test_a_person_may_try_it_again_and_a_mended_one_is_forgotten(paths: Paths, write: Write, log: Path) -> None:
    source = write()
    loaded(paths)
    host = loaded(paths)
    assert not host.enable("bad").is_remembered
    assert imports(log) == 2
    source.write_text(ENTRY, "utf-8")
    assert host.enable("bad").status == "enabled"
    assert loaded(paths).state("bad").status == "enabled"


def test_what_is_missing_from_outside_is_looked_for_at_every_start(paths: Paths, write: Write, log: Path) -> None:
    source = write()
    append(source.parent / "plugin.toml", 'requires = ["no-such-distribution"]\n')
    for _ in range(2):
        state = loaded(paths).state("bad")
        assert (state.status, state.failed_step, state.is_remembered) == ("lacking", "manifest", False)
    assert imports(log) == 0


def test_two_that_add_the_same_are_not_held_against_the_second(paths: Paths, write: Write) -> None:
    same = "from studio.api import *\nfrom studio.api import hookimpl\n\n@hookimpl\ndef shoreline_filters():\n"
    same += "    return [FilterSpec(id='levels', name='L', run=max)]\n"
    write().write_text(same, "utf-8")
    assert "which the plugin" in loaded(paths).state("bad").problem
    host = loaded(paths)
    assert not host.state("bad").is_remembered
    host.disable("filters")
    assert host.enable("bad").status == "enabled"


@pytest.mark.parametrize(
    "end", ["import os; os._exit(0)", "import os; os.abort()", "import os; os.kill(os.getpid(), 9)"]
)
def test_one_that_ends_the_process_ends_it_once(paths: Paths, write: Write, log: Path, end: str) -> None:
    write(f"import os; {end}")
    code = (
        "import sys\nfrom pathlib import Path\nfrom studio.paths import Paths\n"
        "from studio.plugin_host import PluginHost\n"
        "PluginHost.load(Paths(*map(Path, sys.argv[1:])), entry_points=False)\n"
    )
    folders = (paths.resources, paths.plugins, paths.config, paths.data, paths.cache)
    subprocess.run([sys.executable, "-c", code, *folders], capture_output=True, check=False)
    assert imports(log) == 1
    state = loaded(paths).state("bad")
    assert (state.status, state.problem) == ("failed", "Shoreline ended while it was loaded.")
    assert imports(log) == 1
    assert loaded(paths).state("bad").is_remembered


def test_the_note_of_a_process_that_still_runs_blames_nobody(paths: Paths, write: Write, log: Path) -> None:
    write(ENTRY)
    loaded(paths)
    folder = paths.data / "plugin-refusals"
    folder.mkdir(exist_ok=True)
    note = folder / f"being-loaded-{os.getpid()}-1.json"
    note.write_text(json.dumps({"key": str(paths.user_plugins / "bad"), "fingerprint": "x"}), "utf-8")
    assert loaded(paths).state("bad").status == "enabled"
    assert note.exists()


@pytest.mark.parametrize("content", [b"", b"{", b"\xff", b"[" * 5000, b'{"refusals": 3}', b'{"refusals": {"a": 1}}'])
def test_a_damaged_memory_remembers_nothing(paths: Paths, write: Write, log: Path, content: bytes) -> None:
    write()
    loaded(paths)
    (paths.data / "plugin-refusals" / "refused.json").write_bytes(content)
    assert not loaded(paths).state("bad").is_remembered
    assert loaded(paths).state("bad").is_remembered


def test_a_folder_that_cannot_be_written_stops_nothing(paths: Paths, write: Write, log: Path) -> None:
    write()
    (paths.data / "plugin-refusals").write_text("in the way", "utf-8")
    for count in (1, 2):
        assert loaded(paths).state("bad").status == "failed"
        assert imports(log) == count


def test_the_memory_belongs_to_the_person(paths: Paths, write: Write) -> None:
    write()
    loaded(paths)
    folder = paths.data / "plugin-refusals"
    if os.name == "posix":
        assert [oct(path.stat().st_mode & 0o777) for path in (folder, folder / "refused.json")] == ["0o700", "0o600"]
