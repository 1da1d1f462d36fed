"""Installing and removing plugins: what comes in, what is refused, and that nothing is left behind."""

from __future__ import annotations

import io
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from studio.api import SchedulerSpec
from studio.errors import CorruptFileError, FileError, FileTooLargeError, PluginError
from studio.plugin_host import PluginFolder, PluginHost
from studio.plugin_host import packages as packages_module
from studio.plugin_host.install import PluginInstaller

MANIFEST = 'id = "{id}"\nname = "Mine"\nversion = "{version}"\napi_version = 1\n'
SOURCE = """
from studio.api import SchedulerSpec, hookimpl

@hookimpl
def shoreline_schedulers():
    return [SchedulerSpec(id="mine", name="Mine", factory=dict)]
"""
Files = dict[str, str]


def files(version: str = "1.0", plugin_id: str = "mine", extra: str = "") -> Files:
    return {"plugin.toml": MANIFEST.format(id=plugin_id, version=version) + extra, "plugin.py": SOURCE}


def folder_of(contents: Files, folder: Path) -> Path:
    for name, text in contents.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


def zip_of(contents: Files, path: Path) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in contents.items():
            archive.writestr(name, text)
    return path


def wheel_of(
    contents: Files,
    path: Path,
    *,
    entry: str = "mine = my_package.plugin",
    metadata: str = "",
    group: str = "shoreline.plugins",
) -> Path:
    about = f"Metadata-Version: 2.1\nName: my-package\nVersion: 1.0\n{metadata}"
    inner = {f"my_package/{name}": text for name, text in contents.items()}
    inner["my_package-1.0.dist-info/METADATA"] = about
    inner["my_package-1.0.dist-info/entry_points.txt"] = f"[{group}]\n{entry}\n"
    return zip_of(inner, path)


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    """The user's plugin folder."""
    yield tmp_path / "data" / "plugins"
    for name in [name for name in sys.modules if name.startswith("shoreline_plugin_")]:
        del sys.modules[name]


@pytest.fixture
def host(home: Path, bundled: Path) -> PluginHost:
    return PluginHost.load([PluginFolder(bundled, "bundled"), PluginFolder(home)], entry_points=False)


@pytest.fixture
def installer(host: PluginHost, home: Path) -> PluginInstaller:
    return PluginInstaller(host, home)


def names_in(home: Path) -> list[str]:
    return sorted(path.name for path in home.iterdir()) if home.exists() else []


@pytest.mark.parametrize("kind", ["folder", "zip", "zip of a folder", "wheel"])
def test_each_kind_of_package_is_installed_and_works_at_once(
    installer: PluginInstaller, host: PluginHost, home: Path, tmp_path: Path, kind: str
) -> None:
    contents = {**files(), "data/curve.txt": "1 2 3"}
    source = {
        "folder": lambda: folder_of(contents, tmp_path / "work"),
        "zip": lambda: zip_of(contents, tmp_path / "mine.zip"),
        "zip of a folder": lambda: zip_of({f"top/{n}": t for n, t in contents.items()}, tmp_path / "mine.zip"),
        "wheel": lambda: wheel_of(contents, tmp_path / "my_package-1.0-py3-none-any.whl"),
    }[kind]()
    state = installer.install(source)
    assert (state.id, state.status, state.source, state.path) == ("mine", "enabled", "user", home / "mine")
    assert "mine" in host.specs(SchedulerSpec)
    assert (home / "mine" / "data" / "curve.txt").read_text() == "1 2 3"
    assert names_in(home) == ["mine"]
    again = PluginHost.load([PluginFolder(home)], entry_points=False)
    assert again.state("mine").status == "enabled"


def test_caches_and_hidden_files_are_left_out(installer: PluginInstaller, home: Path, tmp_path: Path) -> None:
    contents = {**files(), "__pycache__/plugin.pyc": "x", ".git/config": "x", ".env": "secret"}
    installer.install(folder_of(contents, tmp_path / "work"))
    assert sorted(path.name for path in (home / "mine").iterdir() if path.name != "__pycache__") == [
        "plugin.py",
        "plugin.toml",
    ]
    assert not (home / "mine" / "__pycache__" / "plugin.pyc").exists()


@pytest.mark.parametrize(
    ("contents", "reason"),
    [
        ({"plugin.py": SOURCE}, "there is no plugin.toml"),
        ({"a/plugin.toml": "", "b/plugin.toml": ""}, "holds several plugins"),
        ({"a/b/plugin.toml": ""}, "there is no plugin.toml"),
        ({"plugin.toml": MANIFEST.format(id="mine", version="1")}, "plugin.py is missing"),
        ({**files(), "plugin.toml": "id = "}, "not valid TOML"),
        (files(plugin_id="../mine"), "id: String should match"),
        ({**files(), "plugin.toml": files()["plugin.toml"].replace("= 1\n", "= 2\n")}, "needs plugin API 2"),
        ({**files(), "plugin.toml": files()["plugin.toml"].replace("= 1\n", "= 0\n")}, "was written for plugin API 0"),
        (files(extra='requires = ["no-such-distribution"]\n'), "package no-such-distribution is missing"),
        (files(extra='requires = ["numpy<1"]\n'), "It needs numpy<1, but numpy"),
        (files(extra='needs = ["absent"]\n'), "needs the plugin absent, which is not there"),
        (files(extra='needs = ["filters>=99"]\n'), "needs the plugin filters>=99, but filters 1.0 is installed"),
        (files(extra='needs = ["filters >>> 2"]\n'), "is not understood"),
        (files(extra='permissions = ["everything"]\n'), "permissions"),
        (files(plugin_id="inpaint"), "a plugin with the id inpaint already, from Shoreline itself"),
    ],
)
def test_what_breaks_a_rule_is_refused_with_the_reason(
    installer: PluginInstaller, host: PluginHost, home: Path, tmp_path: Path, contents: Files, reason: str
) -> None:
    before = host.states()
    with pytest.raises(PluginError, match=reason):
        installer.install(zip_of(contents, tmp_path / "mine.zip"))
    assert names_in(home) == []
    assert host.states() == before


@pytest.mark.parametrize("name", ["../evil.py", "/evil.py", "a/../../evil.py", "a\\..\\evil.py", "C:evil.py"])
def test_an_archive_that_climbs_out_is_refused(
    installer: PluginInstaller, home: Path, tmp_path: Path, name: str
) -> None:
    source = zip_of({**files(), name: "x"}, tmp_path / "mine.zip")
    with pytest.raises(CorruptFileError, match="unsafe name"):
        installer.install(source)
    assert names_in(home) == []
    assert not list(tmp_path.rglob("evil.py"))


def test_archives_that_are_no_archives_too_large_or_missing(
    installer: PluginInstaller, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "text.zip").write_text("not a zip")
    with pytest.raises(CorruptFileError, match=r"text\.zip is damaged"):
        installer.install(tmp_path / "text.zip")
    with pytest.raises(FileError, match="does not exist"):
        installer.install(tmp_path / "absent.zip")
    monkeypatch.setattr(packages_module, "MAX_BYTES", 10)
    with pytest.raises(FileTooLargeError, match="Models and data"):
        installer.install(zip_of(files(), tmp_path / "mine.zip"))


def test_a_damaged_entry_leaves_nothing_behind(installer: PluginInstaller, home: Path, tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, text in {**files(), "data.txt": "as it was written"}.items():
            archive.writestr(name, text)
    (tmp_path / "mine.zip").write_bytes(packed.getvalue().replace(b"as it was written", b"as it was changed"))
    with pytest.raises(CorruptFileError, match=r"data\.txt"):
        installer.install(tmp_path / "mine.zip")
    assert names_in(home) == []


def test_a_link_in_a_folder_is_refused(installer: PluginInstaller, home: Path, tmp_path: Path) -> None:
    source = folder_of(files(), tmp_path / "work")
    try:
        (source / "passwords").symlink_to("/etc/passwd")
    except OSError:
        pytest.skip("no symbolic links here")
    with pytest.raises(PluginError, match=r"passwords in .* is a symbolic link"):
        installer.install(source)
    assert names_in(home) == []


@pytest.mark.parametrize(
    ("name", "options", "reason"),
    [
        ("my_package-1.0-py3-none-any.whl", {"group": "console_scripts"}, "no entry point in shoreline.plugins"),
        ("my_package-1.0-py3-none-any.whl", {"entry": "mine = other.plugin"}, "no entry point in shoreline.plugins"),
        ("my_package-1.0-cp27-cp27m-win32.whl", {}, "another system or another version of Python"),
        ("mine.whl", {}, "not named as wheels are"),
        (
            "my_package-1.0-py3-none-any.whl",
            {"metadata": "Requires-Dist: no-such-thing>=2\n"},
            "no-such-thing>=2 is missing",
        ),
    ],
)
def test_a_wheel_that_is_no_plugin_is_refused(
    installer: PluginInstaller, home: Path, tmp_path: Path, name: str, options: dict[str, str], reason: str
) -> None:
    with pytest.raises(PluginError, match=reason):
        installer.install(wheel_of(files(), tmp_path / name, **options))
    assert names_in(home) == []


def test_a_second_version_needs_to_be_asked_for_and_replaces_the_first(
    installer: PluginInstaller, host: PluginHost, home: Path, tmp_path: Path
) -> None:
    installer.install(zip_of({**files("1.0"), "old.py": ""}, tmp_path / "one.zip"))
    newer = zip_of(files("2.0"), tmp_path / "two.zip")
    assert installer.examine(newer).replaces == "1.0"
    with pytest.raises(PluginError, match=r"mine 1\.0 is installed already"):
        installer.install(newer)
    assert installer.install(newer, replace=True).version == "2.0"
    assert [state.version for state in host.states() if state.id == "mine"] == ["2.0"]
    assert names_in(home) == ["mine"]
    assert not (home / "mine" / "old.py").exists()


def test_a_version_that_is_refused_leaves_the_one_that_works(
    installer: PluginInstaller, host: PluginHost, tmp_path: Path
) -> None:
    installer.install(zip_of(files("1.0"), tmp_path / "one.zip"))
    with pytest.raises(PluginError, match="needs the plugin absent"):
        installer.install(zip_of(files("2.0", extra='needs = ["absent"]\n'), tmp_path / "two.zip"), replace=True)
    assert (host.state("mine").version, host.state("mine").status) == ("1.0", "enabled")
    assert "mine" in host.specs(SchedulerSpec)


def test_a_plugin_that_raises_on_import_is_there_and_says_so(installer: PluginInstaller, tmp_path: Path) -> None:
    contents = {**files(), "plugin.py": "raise RuntimeError('out of luck')"}
    state = installer.install(zip_of(contents, tmp_path / "mine.zip"))
    assert state.status == "failed"
    assert "out of luck" in state.problem


def test_removing_takes_folder_and_contributions_away(
    installer: PluginInstaller, host: PluginHost, home: Path, tmp_path: Path
) -> None:
    installer.install(zip_of(files(), tmp_path / "mine.zip"))
    installer.remove("mine")
    assert names_in(home) == []
    assert "mine" not in host.specs(SchedulerSpec)
    with pytest.raises(PluginError, match="no plugin 'mine'"):
        host.state("mine")
    with pytest.raises(PluginError, match="cannot be removed here"):
        installer.remove("inpaint")
    with pytest.raises(PluginError, match="no plugin 'ghost'"):
        installer.remove("ghost")


def test_a_linked_plugin_is_unlinked_and_its_folder_stays(home: Path, tmp_path: Path) -> None:
    work = folder_of(files(), tmp_path / "work")
    home.mkdir(parents=True)
    try:
        (home / "mine").symlink_to(work, target_is_directory=True)
    except OSError:
        pytest.skip("no symbolic links here")
    host = PluginHost.load([PluginFolder(home)], entry_points=False)
    PluginInstaller(host, home).remove("mine")
    assert names_in(home) == []
    assert (work / "plugin.py").exists()


def test_a_folder_that_cannot_be_written_is_an_error_that_names_it(host: PluginHost, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(FileError, match="Nothing was changed"):
        PluginInstaller(host, tmp_path / "file").install(zip_of(files(), tmp_path / "mine.zip"))


def test_a_plugin_stops_and_starts_with_the_one_it_needs(
    make_plugin: Callable[..., Path], load: Callable[..., PluginHost]
) -> None:
    make_plugin("aa_user", needs='["zz_base>=1.0"]')
    make_plugin("bb_top", needs='["aa_user"]')
    make_plugin("zz_base")
    host = load()
    assert {state.id: state.status for state in host.states()} == dict.fromkeys(
        ("aa_user", "bb_top", "zz_base"), "enabled"
    ), "whatever their order"
    host.disable("zz_base")
    assert [host.state(name).status for name in ("aa_user", "bb_top")] == ["lacking", "lacking"]
    assert "needs the plugin zz_base>=1.0" not in host.state("aa_user").problem
    assert "It needs the plugin zz_base, which is not there or is switched off." in host.state("aa_user").problem
    assert len(host.specs(SchedulerSpec)) == 0
    host.enable("zz_base")
    assert [state.status for state in host.states()] == ["enabled"] * 3


def test_plugins_that_need_each_other_are_off_both(
    make_plugin: Callable[..., Path], load: Callable[..., PluginHost]
) -> None:
    make_plugin("one", needs='["two"]')
    make_plugin("two", needs='["one"]')
    assert [state.status for state in load().states()] == ["lacking", "lacking"]
