"""The Debian package on a real system: installed by apt, used, removed with nothing left. Only where it is allowed."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from studio.paths import DESKTOP_ID

TOP = Path(__file__).resolve().parents[2]
ALLOWED = os.environ.get("SHORELINE_TEST_SYSTEM") == "1"
pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(2400),
    pytest.mark.skipif(not ALLOWED, reason="SHORELINE_TEST_SYSTEM=1 allows to install packages on this system"),
    pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root installs packages"),
    pytest.mark.skipif(shutil.which("apt-get") is None, reason="apt is not here"),
]
SYSTEM = ("/usr", "/etc", "/opt", "/srv", "/var/lib")
KEEPS_BOOKS = ("/var/lib/dpkg", "/var/lib/apt", "/usr/share/mime", "/usr/share/icons/hicolor/icon-theme.cache")
"""Where the system itself writes down what is installed."""


def system_files() -> set[str]:
    """Every path of the system but the books that it keeps about packages."""
    pruned = " -o ".join(f"-path {shlex.quote(place)}" for place in KEEPS_BOOKS)
    command = f"find {' '.join(SYSTEM)} -xdev \\( {pruned} \\) -prune -o -print"
    return set(subprocess.run(["sh", "-c", command], check=True, capture_output=True, text=True).stdout.splitlines())


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package; ``SHORELINE_TEST_DEB`` names one that was made before."""
    named = os.environ.get("SHORELINE_TEST_DEB")
    if named:
        return Path(named)
    out = tmp_path_factory.mktemp("deb")
    environment = {**os.environ, "SHORELINE_COMPRESSION": "1"}
    command = [sys.executable, str(TOP / "packaging" / "build.py"), "deb", "--out", str(out)]
    subprocess.run(command, env=environment, check=True)
    return next(out.glob("*.deb"))


def test_it_is_installed_used_and_purged_with_nothing_left(package: Path, tmp_path: Path) -> None:
    if subprocess.run(["dpkg", "-s", "shoreline"], capture_output=True, check=False).returncode == 0:
        pytest.skip("shoreline is installed on this system already")
    before = system_files()
    subprocess.run(["apt-get", "install", "-qq", "-y", "--no-install-recommends", str(package)], check=True)
    try:
        installed = system_files()
        launcher = Path(f"/usr/share/applications/{DESKTOP_ID}.desktop").read_text("utf-8")
        command = next(line for line in launcher.splitlines() if line.startswith("Exec=")).removeprefix("Exec=")
        start = shlex.split(command.replace("%F", ""))
        bare = ["env", "-i", f"HOME={tmp_path}", "PATH=/usr/bin:/bin", "LANG=C.UTF-8", "QT_QPA_PLATFORM=offscreen"]
        for arguments in (["--version"], ["doctor"], ["plugins", "list"], ["screenshot", "-o", f"{tmp_path}/a.png"]):
            subprocess.run([*bare, *start, *arguments], check=False, cwd="/", capture_output=True)
        assert (tmp_path / "a.png").is_file()
        assert system_files() == installed, "files were written beside those of the package"
    finally:
        subprocess.run(["apt-get", "purge", "-qq", "-y", "shoreline"], check=True)
    assert system_files() == before


@pytest.mark.skipif(shutil.which("lintian") is None, reason="lintian is not here")
def test_lintian_finds_nothing_but_the_packing_that_it_does_not_know_yet(package: Path) -> None:
    command = ["lintian", "--no-tag-display-limit", "--fail-on", "none", str(package)]
    said = subprocess.run(command, check=False, capture_output=True, text=True).stdout.splitlines()
    # Debian 12's lintian knows no zstandard, which its dpkg unpacks.
    assert [line for line in said if line.startswith(("E:", "W:")) and "malformed-deb-archive" not in line] == []
