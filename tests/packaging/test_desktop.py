"""What desktops read about Shoreline, and the commands behind it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import cv2
import numpy as np
import pytest

from studio import __version__
from studio.cli import desktop_entry
from studio.cli.desktop_entry import filled, launch_command
from studio.cli.main import run_command
from studio.document import Document, PaintLayer, Raster
from studio.files import save_document
from studio.paths import DESKTOP_ID

TOP = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def share(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files as a package would carry them."""
    folder = tmp_path_factory.mktemp("share")
    command = "import sys; sys.path.insert(0, 'packaging'); import desktop_files; "
    command += f"from pathlib import Path; desktop_files.write_desktop_files(Path({str(folder)!r}), 'shoreline')"
    subprocess.run([sys.executable, "-c", command], cwd=TOP, check=True)
    return folder


def test_one_id_is_used_everywhere(share: Path) -> None:
    names = [path.name for path in share.rglob("*") if path.is_file()]
    assert all(name.startswith(DESKTOP_ID) for name in names)
    launcher = (share / "applications" / f"{DESKTOP_ID}.desktop").read_text(encoding="utf-8")
    assert f"Icon={DESKTOP_ID}\n" in launcher
    assert f"StartupWMClass={DESKTOP_ID}\n" in launcher
    assert ElementTree.parse(share / "metainfo" / f"{DESKTOP_ID}.metainfo.xml").findtext("id") == DESKTOP_ID


def test_the_description_knows_the_version_that_is_built(share: Path) -> None:
    root = ElementTree.parse(share / "metainfo" / f"{DESKTOP_ID}.metainfo.xml").getroot()
    assert root.find("releases/release").attrib["version"] == __version__  # type: ignore[union-attr]


def test_nothing_stays_to_be_filled_in(share: Path) -> None:
    for path in share.rglob("*"):
        if path.suffix in (".desktop", ".xml", ".thumbnailer"):
            assert "@" not in path.read_text(encoding="utf-8"), path


@pytest.mark.skipif(shutil.which("desktop-file-validate") is None, reason="desktop-file-utils is not here")
def test_the_launcher_is_valid(share: Path) -> None:
    subprocess.run(["desktop-file-validate", share / "applications" / f"{DESKTOP_ID}.desktop"], check=True)


@pytest.mark.skipif(shutil.which("appstreamcli") is None, reason="appstream is not here")
def test_the_description_is_valid(share: Path) -> None:
    command = ["appstreamcli", "validate", "--no-net", share / "metainfo" / f"{DESKTOP_ID}.metainfo.xml"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def test_a_command_with_odd_signs_is_quoted() -> None:
    assert filled("Exec=@COMMAND@ %F", ['/a b/"c"', "50%"]) == 'Exec="/a b/\\"c\\"" "50%%" %F'


def test_an_application_folder_is_started_by_its_launcher(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "python").mkdir()
    (tmp_path / "launch").touch()
    monkeypatch.setattr(desktop_entry.sys, "prefix", str(tmp_path / "python"))
    assert launch_command() == [str(tmp_path / "launch")]


def test_an_appimage_is_started_as_a_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    image = tmp_path / "Shoreline.AppImage"
    image.touch()
    monkeypatch.setenv("APPIMAGE", str(image))
    monkeypatch.setenv("APPDIR", str(tmp_path / "mount"))
    monkeypatch.setattr(desktop_entry.sys, "prefix", str(tmp_path / "mount" / "opt" / "shoreline" / "python"))
    assert launch_command() == [str(image)]
    monkeypatch.setattr(desktop_entry.sys, "prefix", "/usr")
    assert launch_command() != [str(image)], "started from within somebody else's AppImage"


@pytest.mark.parametrize("size", [64, 512])
def test_a_thumbnail_of_a_document_is_written(tmp_path: Path, size: int) -> None:
    pixels = np.zeros((400, 600, 4), np.uint8)
    pixels[:, :300] = (200, 30, 40, 255)
    layer = PaintLayer(name="half", raster=Raster.from_array(pixels))
    save_document(Document(width=600, height=400, layers=(layer,), active_id=layer.id), tmp_path / "a.ora")
    assert run_command(["thumbnail", str(tmp_path / "a.ora"), str(tmp_path / "t.png"), "--size", str(size)]) == 0
    small = cv2.imread(str(tmp_path / "t.png"), cv2.IMREAD_UNCHANGED)
    assert small is not None
    assert max(small.shape[:2]) == size
    middle = small[small.shape[0] // 2]
    assert tuple(middle[small.shape[1] // 4]) == (40, 30, 200, 255)
    assert middle[-small.shape[1] // 4][3] == 0


def test_a_thumbnail_of_a_damaged_file_is_an_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.ora").write_bytes(b"PK\x03\x04 nothing")
    assert run_command(["thumbnail", str(tmp_path / "a.ora"), str(tmp_path / "t.png")]) == 1
    assert "a.ora" in capsys.readouterr().err
    assert not (tmp_path / "t.png").exists()
