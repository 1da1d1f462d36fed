"""Libraries of plugins: fetched by the real uv from an index on this machine, beside what there is."""

from __future__ import annotations

import importlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from studio.api import FilterSpec
from studio.errors import Cancelled, EngineError, EngineMissingError, FileError, PluginError, WheelsMissingError
from studio.generation import CancelToken
from studio.installation import extras as extras_module
from studio.installation.extras import Extras, Fetching
from studio.installation.installing import install_engine
from studio.installation.present import distributions
from studio.installation.store import EngineStore
from studio.plugin_host import PluginFolder, PluginHost
from studio.plugin_host.install import PluginInstaller
from tests.installation.conftest import Index, Workshop, make_wheel

PLUGIN = """
from studio.api import FilterSpec, hookimpl

def run(pixels, parameters, cancel, report):
    return pixels

@hookimpl
def shoreline_filters():
    import pebble
    return [FilterSpec(id="pebble", name=pebble.NAME, run=run)]
"""


@pytest.fixture
def extras(tmp_path: Path) -> Iterator[Extras]:
    before = list(sys.path)
    yield Extras(tmp_path / "engines")
    sys.path[:] = before
    for name in [name for name, module in sys.modules.items() if str(tmp_path) in str(getattr(module, "__file__", ""))]:
        del sys.modules[name]
    importlib.invalidate_caches()


@pytest.fixture
def how(index: Index) -> Fetching:
    return Fetching(cancel=CancelToken(), report=lambda _progress: None, mirror=index.address)


def there(extras: Extras, tmp_path: Path) -> dict[str, str]:
    return distributions([EngineStore(tmp_path / "engines").extra_libraries])


def leftovers(tmp_path: Path) -> list[str]:
    return [path.name for path in (tmp_path / "engines").iterdir() if path.name.startswith((".tmp", ".old", ".cache"))]


def publish(index: Index, folder: Path) -> None:
    """pebble, which shore and dune need too; gravel is for dune alone; hard needs an old NumPy."""
    index.publish(
        [
            make_wheel(folder, "pebble", "1.0", "NAME = 'round'"),
            make_wheel(folder, "pebble", "2.0", "NAME = 'flat'"),
            make_wheel(folder, "gravel", "1.0"),
            make_wheel(folder, "shore", "1.0", requires=("pebble<2", "numpy>=2")),
            make_wheel(folder, "dune", "1.0", requires=("pebble", "gravel")),
            make_wheel(folder, "hard", "1.0", requires=("numpy<2",)),
            make_wheel(folder, "drawer", "1.0", requires=("torch",)),
        ]
    )


@pytest.fixture(autouse=True)
def published(index: Index, tmp_path: Path) -> None:
    publish(index, tmp_path)


def test_what_fits_is_installed_and_can_be_imported_at_once(extras: Extras, how: Fetching, tmp_path: Path) -> None:
    extras.install("mine", ["shore"], how)
    assert there(extras, tmp_path) == {"shore": "1.0", "pebble": "1.0"}
    assert importlib.import_module("pebble").NAME == "round"
    assert extras.wanted() == {"mine": ("shore",)}
    assert not extras.needs_new_start
    assert leftovers(tmp_path) == []
    assert "--hash=sha256:" in (tmp_path / "engines" / "extras" / "chosen.txt").read_text("utf-8")
    assert sys.path[-1] == str(tmp_path / "engines" / "extras" / "lib")


@pytest.mark.slow
def test_a_library_in_use_that_is_replaced_asks_for_a_new_start(extras: Extras, how: Fetching) -> None:
    extras.install("mine", ["pebble<2"], how)
    importlib.import_module("pebble")
    extras.install("other", ["gravel"], how)
    assert not extras.needs_new_start
    extras.install("mine", ["pebble>=2"], how)
    assert extras.needs_new_start


def test_what_does_not_fit_shoreline_is_refused_by_name_before_anything_is_fetched(
    extras: Extras, how: Fetching, index: Index
) -> None:
    with pytest.raises(PluginError, match=r"mine needs numpy<2, but numpy \d.*Shoreline or its engine"):
        extras.install("mine", ["numpy<2"], how)
    assert index.asked == []


@pytest.mark.slow
def test_what_a_library_needs_must_fit_as_well(extras: Extras, how: Fetching, tmp_path: Path) -> None:
    extras.install("mine", ["pebble"], how)
    with pytest.raises(PluginError, match=r"(?s)other needs does not go together.*hard.*numpy"):
        extras.install("other", ["hard"], how)
    assert there(extras, tmp_path) == {"pebble": "2.0"}
    assert extras.wanted() == {"mine": ("pebble",)}


@pytest.mark.slow
def test_two_plugins_that_exclude_each_other_are_told_apart(extras: Extras, how: Fetching, tmp_path: Path) -> None:
    extras.install("mine", ["pebble<2"], how)
    with pytest.raises(PluginError, match=r"(?s)the other\s+plugins.*pebble"):
        extras.install("other", ["pebble>=2"], how)
    assert there(extras, tmp_path) == {"pebble": "1.0"}


@pytest.mark.parametrize("line", ["pebble @ https://somewhere.example/pebble.whl", "pebble >>> 1", "../pebble", "-e ."])
def test_requirements_that_are_no_packages_of_the_index_are_refused(extras: Extras, how: Fetching, line: str) -> None:
    with pytest.raises(PluginError, match="mine asks for"):
        extras.install("mine", [line], how)
    assert extras.wanted() == {}


@pytest.mark.parametrize("line", ["no-such-thing", "pebble>=9"])
def test_what_the_index_does_not_have_is_said(extras: Extras, how: Fetching, tmp_path: Path, line: str) -> None:
    with pytest.raises(PluginError, match=r"(?s)mine.*(no-such-thing|pebble)"):
        extras.install("mine", [line], how)
    assert leftovers(tmp_path) in ([], [".cache-extras"])


def test_a_package_that_would_have_to_be_built_is_refused(
    extras: Extras, how: Fetching, index: Index, tmp_path: Path
) -> None:
    folder = index.folder / "simple" / "raw"
    folder.mkdir()
    (folder / "raw-1.0.tar.gz").write_bytes(b"not looked at")
    (folder / "index.html").write_text('<html><body><a href="raw-1.0.tar.gz">raw-1.0.tar.gz</a></body></html>', "utf-8")
    with pytest.raises(PluginError, match=r"(?s)raw"):
        extras.install("mine", ["raw"], how)
    assert not any(path.endswith(".tar.gz") for path in index.asked)


@pytest.mark.slow
def test_parts_of_an_engine_come_with_an_engine_only(
    extras: Extras, how: Fetching, index: Index, bare_packages: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(extras_module, "of_application", lambda _engines: distributions([bare_packages]))
    with pytest.raises(EngineMissingError, match="Preferences > Engine"):
        extras.install("mine", ["drawer"], how)
    index.publish([make_wheel(tmp_path, "torch", "9.0")])
    for line in ("torch>=2", "drawer"):
        with pytest.raises(EngineMissingError, match="Preferences > Engine"):
            extras.install("mine", [line], how)
    assert extras.wanted() == {}


@pytest.mark.slow
def test_packages_of_an_engine_keep_their_versions(
    extras: Extras, how: Fetching, workshop: Workshop, bare_packages: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(extras_module, "of_application", lambda _engines: distributions([bare_packages]))
    store = EngineStore(workshop.folder / "engines")
    install_engine(store, workshop.plan(), lambda _progress: None, CancelToken())
    extras.install("mine", ["drawer", "torch"], how)
    assert distributions([store.extra_libraries]) == {"drawer": "1.0"}
    with pytest.raises(PluginError, match=r"needs torch>=2, but torch 1\.0"):
        extras.install("mine", ["torch>=2"], how)
    install_engine(store, workshop.plan("3.0"), lambda _progress: None, CancelToken())
    assert distributions([store.extra_libraries]) == {"drawer": "1.0"}, "another engine leaves what plugins need"
    extras.install("mine", ["drawer", "torch>=2"], how)


def test_removal_drops_what_only_one_needed_without_a_network(
    extras: Extras, how: Fetching, index: Index, tmp_path: Path
) -> None:
    extras.install("mine", ["dune"], how)
    extras.install("other", ["pebble"], how)
    index.asked.clear()
    extras.remove("mine")
    assert there(extras, tmp_path) == {"pebble": "2.0"}
    library = EngineStore(tmp_path / "engines").extra_libraries
    assert {path.name for path in library.glob("*.py")} == {"pebble.py"}
    assert not list(library.glob("__pycache__/gravel*"))
    assert list(library.glob("__pycache__/pebble*"))
    assert importlib.import_module("pebble").NAME == "flat"
    extras.remove("other")
    extras.remove("never there")
    assert there(extras, tmp_path) == {}
    assert index.asked == []


@pytest.mark.slow
def test_a_cancel_while_the_server_is_silent_leaves_what_was_there(
    extras: Extras, how: Fetching, index: Index, tmp_path: Path
) -> None:
    extras.install("mine", ["pebble"], how)
    index.asked.clear()
    index.hold.clear()

    def cancel_once_asked() -> None:
        while not index.asked:
            time.sleep(0.01)
        how.cancel.cancel()

    thread = threading.Thread(target=cancel_once_asked)
    thread.start()
    with pytest.raises(Cancelled):
        extras.install("other", ["gravel"], how)
    thread.join()
    assert there(extras, tmp_path) == {"pebble": "2.0"}
    assert extras.wanted() == {"mine": ("pebble",)}


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="kills as POSIX does")
def test_a_kill_leaves_what_was_there(extras: Extras, how: Fetching, index: Index, tmp_path: Path) -> None:
    extras.install("mine", ["pebble"], how)
    index.asked.clear()
    index.hold.clear()
    code = (
        "import sys; from pathlib import Path\n"
        "from studio.generation import CancelToken\n"
        "from studio.installation.extras import Extras, Fetching\n"
        "how = Fetching(cancel=CancelToken(), report=lambda _: None, mirror=sys.argv[2])\n"
        "Extras(Path(sys.argv[1])).install('other', ['gravel'], how)\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path / "engines"), index.address],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
    )
    while not index.asked:
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.wait()
    index.hold.set()
    assert there(extras, tmp_path) == {"pebble": "2.0"}
    extras.install("other", ["gravel"], how)
    assert there(extras, tmp_path) == {"pebble": "2.0", "gravel": "1.0"}
    assert leftovers(tmp_path) == []


@pytest.mark.slow
def test_a_server_that_refuses_or_is_not_there_is_said(extras: Extras, how: Fetching, index: Index) -> None:
    index.refuse = 403
    with pytest.raises((EngineError, PluginError), match=r"refused|had as wheels"):
        extras.install("mine", ["pebble"], how)
    away = Fetching(cancel=CancelToken(), report=lambda _progress: None, mirror="http://127.0.0.1:9/simple/")
    with pytest.raises(EngineError, match="network or the server"):
        extras.install("mine", ["pebble"], away)


def test_two_installations_at_once_are_refused(extras: Extras, how: Fetching, tmp_path: Path) -> None:
    with EngineStore(tmp_path / "engines").locked(), pytest.raises(FileError, match="already"):
        extras.install("mine", ["pebble"], how)


@pytest.mark.slow
def test_a_folder_of_wheels_needs_no_network(extras: Extras, index: Index, tmp_path: Path) -> None:
    how = Fetching(cancel=CancelToken(), report=lambda _progress: None, wheels=tmp_path)
    extras.install("mine", ["shore"], how)
    assert there(extras, tmp_path) == {"shore": "1.0", "pebble": "1.0"}
    assert index.asked == []


def test_what_a_folder_of_wheels_lacks_for_a_plugin_is_named_with_the_way_to_fill_it(
    extras: Extras, tmp_path: Path
) -> None:
    how = Fetching(cancel=CancelToken(), report=lambda _progress: None, wheels=tmp_path / "carried")
    with pytest.raises(FileError, match="cannot be read"):
        extras.install("mine", ["shore"], how)
    (tmp_path / "carried").mkdir()
    with pytest.raises(WheelsMissingError, match="no wheel") as caught:
        extras.install("mine", ["shore>=1"], how)
    assert 'pip download --only-binary :all: --dest FOLDER "shore>=1"' in caught.value.advice
    make_wheel(tmp_path / "carried", "shore", "1.0", requires=("pebble",))
    with pytest.raises(WheelsMissingError, match="lacks what the plugin mine needs: cliff, reef>=2"):
        extras.install("mine", ["shore", "reef>=2", "cliff", "tide; sys_platform == 'nowhere'"], how)
    with pytest.raises(WheelsMissingError, match=r"lacks what the plugin mine needs: pebble\."):
        extras.install("mine", ["shore"], how)
    assert extras.wanted() == {}


# --- by way of a plugin -------------------------------------------------------------------------------


@pytest.fixture
def plugins(tmp_path: Path, extras: Extras) -> Iterator[tuple[PluginHost, PluginInstaller, Path]]:
    home = tmp_path / "plugins"
    host = PluginHost.load([PluginFolder(home)], entry_points=False)
    yield host, PluginInstaller(host, home, extras), home
    sys.modules.pop("shoreline_plugin_mine", None)


def written(folder: Path, requires: str = "pebble") -> Path:
    folder.mkdir(parents=True)
    about = f'id = "mine"\nname = "Mine"\nversion = "1"\napi_version = 1\nrequires = ["{requires}"]\n'
    (folder / "plugin.toml").write_text(about, "utf-8")
    (folder / "plugin.py").write_text(PLUGIN, "utf-8")
    return folder


def test_a_plugin_is_installed_with_its_libraries_and_takes_them_along(
    plugins: tuple[PluginHost, PluginInstaller, Path], how: Fetching, tmp_path: Path, extras: Extras
) -> None:
    host, installer, home = plugins
    source = written(tmp_path / "work")
    assert installer.examine(source).missing == ("pebble",)
    with pytest.raises(PluginError, match=r"pebble is missing.*--with-libraries"):
        installer.install(source)
    assert not (home / "mine").exists()
    state = installer.install(source, how=how)
    assert (state.status, state.adds, state.missing) == ("enabled", ("filter pebble",), ())
    assert host.specs(FilterSpec)["pebble"].name == "flat"
    installer.remove("mine")
    assert there(extras, tmp_path) == {}


def test_a_plugin_that_lies_there_already_gets_its_libraries(
    plugins: tuple[PluginHost, PluginInstaller, Path], how: Fetching, extras: Extras, tmp_path: Path
) -> None:
    host, installer, home = plugins
    state = host.add(written(home / "mine"))
    assert (state.status, state.missing) == ("lacking", ("pebble",))
    assert "Install it in the window of plugins, or with `shoreline plugins libraries mine`" in state.problem
    assert installer.fetch_libraries("mine", how).status == "enabled"


@pytest.mark.slow
def test_a_plugin_whose_libraries_cannot_be_had_is_not_installed(
    plugins: tuple[PluginHost, PluginInstaller, Path], how: Fetching, tmp_path: Path, extras: Extras
) -> None:
    _, installer, home = plugins
    with pytest.raises(PluginError, match="hard"):
        installer.install(written(tmp_path / "work", "hard"), how=how)
    assert not (home / "mine").exists()
    assert extras.wanted() == {}


@pytest.mark.slow
def test_libraries_are_dropped_again_where_the_plugin_cannot_be_written(
    plugins: tuple[PluginHost, PluginInstaller, Path], how: Fetching, tmp_path: Path, extras: Extras
) -> None:
    _, installer, home = plugins
    home.write_text("a file where the folder should be", "utf-8")
    with pytest.raises(FileError):
        installer.install(written(tmp_path / "work"), how=how)
    assert extras.wanted() == {}
