"""Files of a plugin that another system takes for one file, or for none, are refused on every system."""

from __future__ import annotations

import stat
import sys
import zipfile
from pathlib import Path

import pytest

from studio.errors import PluginError, ShorelineError
from studio.plugin_host import PluginHost
from studio.plugin_host.install import PluginInstaller

MANIFEST = 'id = "case"\nname = "P"\nversion = "1.0"\napi_version = 1\n'
SOURCE = "from studio.api import hookimpl\n\n@hookimpl\ndef shoreline_filters():\n    return []\n"
GOOD = {"plugin.toml": MANIFEST, "plugin.py": SOURCE, "parts/a.py": "", "parts/é.txt": "", "data.v1/Readme": ""}


def packed(path: Path, names: dict[str, str]) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in names.items():
            archive.writestr(f"p/{name}", content)
    return path


def installer(tmp_path: Path) -> PluginInstaller:
    return PluginInstaller(PluginHost(), tmp_path / "plugins")


@pytest.mark.parametrize(
    "names",
    [
        ["Plugin.py"],
        ["PLUGIN.TOML"],
        ["parts/A.py"],
        ["Parts/b.py"],
        ["PARTS"],
        ["parts/e\u0301.txt"],
        ["parts/É.txt"],
        ["parts"],
        ["plugin.py/x"],
        ["parts/a.py/b/c"],
        ["./plugin.py"],
        ["parts//a.py"],
        ["straße", "STRASSE"],
    ],
)
def test_two_that_are_one_elsewhere(tmp_path: Path, names: list[str]) -> None:
    package = packed(tmp_path / "p.zip", GOOD | dict.fromkeys(names, "x"))
    with pytest.raises(ShorelineError, match=r"which are one on some systems|whose folder is a file as well"):
        installer(tmp_path).install(package)
    assert not (tmp_path / "plugins").exists()


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("con", "keeps for a device"),
        ("Nul.txt", "keeps for a device"),
        ("parts/COM1.tar.gz", "keeps for a device"),
        ("lpt¹", "keeps for a device"),
        ("aux /x", "keeps for a device|ends with"),
        ("end.", "ends with a dot"),
        ("end ", "ends with a dot"),
        ("folder./x", "ends with a dot"),
        ("what?", "not every system allows"),
        ("a|b", "not every system allows"),
        ("line\nbreak", "not every system allows"),
        ("turned\u202etxt.py", "not every system allows"),
        ("x" * 300, "too long"),
        ("é" * 200, "too long"),
    ],
)
def test_a_name_that_is_none_elsewhere(tmp_path: Path, name: str, reason: str) -> None:
    with pytest.raises(PluginError, match=reason):
        installer(tmp_path).install(packed(tmp_path / "p.zip", GOOD | {name: "x"}))


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR, stat.S_IFSOCK])
def test_an_entry_that_is_no_file(tmp_path: Path, kind: int) -> None:
    package = packed(tmp_path / "p.zip", GOOD)
    with zipfile.ZipFile(package, "a") as archive:
        info = zipfile.ZipInfo("p/link")
        info.create_system, info.external_attr = 3, (kind | 0o777) << 16
        archive.writestr(info, "/etc/passwd")
    with pytest.raises(PluginError, match=r"link in p.zip is a link or a device"):
        installer(tmp_path).install(package)


@pytest.mark.skipif(sys.platform != "linux", reason="another system would not keep both files")
def test_a_folder_is_looked_at_as_an_archive_is(tmp_path: Path) -> None:
    folder = tmp_path / "p"
    folder.mkdir()
    for name in ("plugin.toml", "plugin.py", "Plugin.py"):
        (folder / name).write_text({"plugin.toml": MANIFEST}.get(name, SOURCE), "utf-8")
    with pytest.raises(PluginError, match=r"p holds (P|p)lugin.py and (P|p)lugin.py"):
        installer(tmp_path).install(folder)


def test_what_is_good_everywhere_is_installed(tmp_path: Path) -> None:
    with_rubbish = GOOD | {".DS_Store": "x", "__PyCache__/plugin.pyc": "x"}
    state = installer(tmp_path).install(packed(tmp_path / "p.zip", with_rubbish))
    assert state.status == "enabled"
    files = {str(path.relative_to(state.path)) for path in state.path.rglob("*") if path.suffix != ".pyc"}
    assert files - {"__pycache__"} == {*GOOD, "parts", "data.v1"}
