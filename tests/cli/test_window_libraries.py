"""What the window needs of the system, and how its lack is told."""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Callable

import pytest

from studio.cli import information, window_libraries
from studio.errors import SystemLibraryError

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Qt brings all that it needs elsewhere")

Run = Callable[..., tuple[int, str, str]]

X11 = {"DISPLAY": ":0"}


def load_all_but(*names: str) -> window_libraries.Load:
    def load(name: str) -> object:
        if name in names:
            raise OSError(f"{name}: cannot open shared object file")
        return object()

    return load


def test_a_missing_library_is_told_by_its_package() -> None:
    load = load_all_but("libxcb-cursor.so.0", "libxkbcommon-x11.so.0")
    assert window_libraries.missing_packages(load) == ("libxcb-cursor0", "libxkbcommon-x11-0")
    with pytest.raises(SystemLibraryError, match="apt install libxcb-cursor0 libxkbcommon-x11-0"):
        window_libraries.require_window_libraries(load, X11)


def test_libraries_that_are_there_are_found() -> None:
    assert not window_libraries.missing_packages(load_all_but())
    window_libraries.require_window_libraries(load_all_but(), X11)
    assert ctypes.CDLL("libc.so.6"), "the real way of loading works here"


@pytest.mark.parametrize(
    ("environment", "needed"),
    [
        (X11, True),
        ({"DISPLAY": ":0", "QT_QPA_PLATFORM": "xcb:name"}, True),
        ({"DISPLAY": ":0", "WAYLAND_DISPLAY": "wayland-0"}, False),
        ({"DISPLAY": ":0", "QT_QPA_PLATFORM": "offscreen"}, False),
        ({}, False),
    ],
)
def test_only_a_window_that_goes_through_x11_needs_them(environment: dict[str, str], needed: bool) -> None:
    load = load_all_but("libxcb-cursor.so.0")
    assert window_libraries.uses_x11(environment) is needed
    if not needed:
        window_libraries.require_window_libraries(load, environment)


def test_the_window_says_so_instead_of_an_abort(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from studio.__main__ import run

    def missing() -> None:
        raise SystemLibraryError("The window needs libraries.", "sudo apt install libxcb-cursor0")

    monkeypatch.setattr(window_libraries, "require_window_libraries", missing)
    assert run([]) == 1
    assert "libxcb-cursor0" in capsys.readouterr().err


@pytest.mark.parametrize(("through_x11", "status"), [(True, 1), (False, 0)])
def test_the_doctor_counts_them_as_a_problem_only_where_a_window_would_need_them(
    monkeypatch: pytest.MonkeyPatch, run: Run, through_x11: bool, status: int
) -> None:
    monkeypatch.setattr(information, "missing_packages", lambda: ("libxcb-cursor0",))
    monkeypatch.setattr(information, "uses_x11", lambda: through_x11)
    found, out, _ = run("doctor")
    assert found == status
    assert "sudo apt install libxcb-cursor0" in out
    assert ("The window cannot start" in out) is through_x11
