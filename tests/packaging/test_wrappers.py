"""Each kind of package around a folder of stand-ins, taken apart again by the system's own tools."""

from __future__ import annotations

import hashlib
import os
import plistlib
import re
import shutil
import subprocess
from pathlib import Path

import base_folder
import pytest
import wrappers
from PIL import Image

from studio import __version__
from studio.paths import DESKTOP_ID

TOP = Path(__file__).resolve().parents[2]
MACHINE = "linux-x86_64"


def needs(*tools: str) -> pytest.MarkDecorator:
    missing = [tool for tool in tools if shutil.which(tool) is None]
    return pytest.mark.skipif(bool(missing), reason=f"not here: {', '.join(missing)}")


def output(*command: str | Path) -> str:
    return subprocess.run(list(map(str, command)), check=True, capture_output=True, text=True).stdout


def test_the_modules_of_qt_that_are_packed_are_those_that_are_imported() -> None:
    pattern = re.compile(r"^\s*(?:from|import) PySide6\.Qt(\w+)", re.MULTILINE)
    sources = [path for folder in ("studio", "plugins") for path in (TOP / folder).rglob("*.py")]
    imported = {name for path in sources for name in pattern.findall(path.read_text(encoding="utf-8"))}
    assert imported == set(base_folder.QT_MODULES)
    assert set(base_folder.QT_MODULES) <= set(base_folder.QT_LIBRARIES)


def test_modules_are_told_apart_by_their_whole_name(tmp_path: Path) -> None:
    names = ["QtGui.abi3.so", "QtGuiExtra.abi3.so", "libQt6Gui.so.6", "Qt6Gui.dll", "QtGui.framework", "Qt6Quick.dll"]
    for name in names:
        (tmp_path / name).touch()
    base_folder._keep_modules(tmp_path.iterdir(), ("Gui",))
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(
        ["QtGui.abi3.so", "libQt6Gui.so.6", "Qt6Gui.dll", "QtGui.framework"]
    )


@needs("tar")
def test_an_archive_keeps_the_launcher_executable_and_is_the_same_twice(stub_base: Path, tmp_path: Path) -> None:
    first = wrappers.make_tar(stub_base, tmp_path, MACHINE)
    before = first.read_bytes()
    os.utime(stub_base / "launch", (1, 1))
    assert wrappers.make_tar(stub_base, tmp_path, MACHINE).read_bytes() == before
    subprocess.run(["tar", "-xf", first, "-C", _made(tmp_path / "unpacked")], check=True)
    assert os.access(tmp_path / "unpacked" / "shoreline" / "launch", os.X_OK)


@needs("dpkg-deb")
def test_a_debian_package_is_complete_and_the_same_twice(stub_base: Path, tmp_path: Path) -> None:
    made = wrappers.make_deb(stub_base, tmp_path, MACHINE)
    before = made.read_bytes()
    assert wrappers.make_deb(stub_base, tmp_path, MACHINE).read_bytes() == before
    assert output("dpkg-deb", "-f", made, "Version").strip() == __version__
    listing = output("dpkg-deb", "-c", made)
    assert "root/root" in listing
    assert "./usr/bin/shoreline -> ../lib/shoreline/launch" in listing
    for name in (
        f"share/applications/{DESKTOP_ID}.desktop",
        f"share/metainfo/{DESKTOP_ID}.metainfo.xml",
        f"share/mime/packages/{DESKTOP_ID}.xml",
        f"share/thumbnailers/{DESKTOP_ID}.thumbnailer",
        f"share/icons/hicolor/scalable/apps/{DESKTOP_ID}.svg",
        f"share/icons/hicolor/48x48/apps/{DESKTOP_ID}.png",
        "share/man/man1/shoreline.1.gz",
        "share/doc/shoreline/copyright",
        "share/lintian/overrides/shoreline",
        "lib/shoreline/lib/name with space.txt",
    ):
        assert f"./usr/{name}\n" in listing
    _check_sums(made, tmp_path)


def _check_sums(deb: Path, tmp_path: Path) -> None:
    """Each file of the package is in its own list, with its own sum."""
    root, control = tmp_path / "root", tmp_path / "control"
    output("dpkg-deb", "-x", deb, root)
    output("dpkg-deb", "-e", deb, control)
    listed = dict(reversed(line.split("  ", 1)) for line in (control / "md5sums").read_text("utf-8").splitlines())
    files = [path for path in root.rglob("*") if path.is_file() and not path.is_symlink()]
    sums = {str(path.relative_to(root)): hashlib.md5(path.read_bytes()).hexdigest() for path in files}
    assert listed == sums


@needs("rpmbuild", "rpm")
def test_an_rpm_package_is_complete(stub_base: Path, tmp_path: Path) -> None:
    made = wrappers.make_rpm(stub_base, tmp_path, MACHINE)
    listing = output("rpm", "-qpl", made)
    assert f"/usr/share/applications/{DESKTOP_ID}.desktop\n" in listing
    assert "/usr/lib/shoreline/lib/name with space.txt\n" in listing
    assert "/usr/bin/shoreline\n" in listing
    assert "libxcb-cursor.so.0()(64bit)" in output("rpm", "-qp", "--requires", made)


@needs("mksquashfs", "unsquashfs")
def test_an_appimage_is_the_runtime_and_the_folder(
    stub_base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    runtime = tmp_path / "runtime"
    runtime.write_bytes(b"\x7fELF" + b"\0" * 4092)
    monkeypatch.setenv("APPIMAGE_RUNTIME", str(runtime))
    made = wrappers.make_appimage(stub_base, tmp_path, MACHINE)
    before = made.read_bytes()
    assert wrappers.make_appimage(stub_base, tmp_path, MACHINE).read_bytes() == before
    assert before.startswith(runtime.read_bytes())
    listing = output("unsquashfs", "-ll", "-o", "4096", made)
    assert "squashfs-root/AppRun -> opt/shoreline/launch" in listing
    assert f"squashfs-root/{DESKTOP_ID}.desktop" in listing
    assert f"squashfs-root/.DirIcon -> {DESKTOP_ID}.png" in listing


def test_an_appimage_without_a_runtime_is_refused(
    stub_base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("APPIMAGE_RUNTIME", raising=False)
    with pytest.raises(SystemExit, match="APPIMAGE_RUNTIME"):
        wrappers.make_appimage(stub_base, tmp_path, MACHINE)


@needs("makensis")
def test_the_windows_installer_compiles(stub_base: Path, tmp_path: Path) -> None:
    made = wrappers.make_nsis(stub_base, tmp_path, "windows-x86_64")
    assert made.read_bytes()[:2] == b"MZ"
    with Image.open(tmp_path / "shoreline.ico") as icon:
        assert {(16, 16), (256, 256)} <= set(icon.info["sizes"])


def test_a_macos_bundle_can_be_read(stub_base: Path, tmp_path: Path) -> None:
    app = wrappers.make_app(stub_base, tmp_path, "macos-arm64")
    facts = plistlib.loads((app / "Contents" / "Info.plist").read_bytes())
    assert facts["CFBundleIdentifier"] == DESKTOP_ID
    assert facts["CFBundleShortVersionString"] == __version__
    assert os.access(app / "Contents" / "MacOS" / facts["CFBundleExecutable"], os.X_OK)
    with Image.open(app / "Contents" / "Resources" / facts["CFBundleIconFile"]) as icon:
        assert icon.format == "ICNS"
    assert (app / "Contents" / "Resources" / "shoreline" / "launch").is_file()


def test_sums_are_as_sha256sum_reads_them(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"a")
    sums = wrappers.write_sums([tmp_path / "a"], tmp_path)
    assert sums.read_text("utf-8") == f"{hashlib.sha256(b'a').hexdigest()}  a\n"


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder
