"""A second start hands its files to the window that is open."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from studio.ui.window import single_instance
from studio.ui.window.single_instance import FirstInstance, Turn, hand_over


@pytest.fixture
def data() -> Iterator[Path]:
    """A folder with a name so short that a socket may lie in it."""
    with tempfile.TemporaryDirectory(prefix="s", dir=None if sys.platform == "win32" else "/tmp") as folder:
        yield Path(folder)


@pytest.fixture
def second_start(qtbot: QtBot) -> Callable[[Path, list[Path]], bool]:
    """Another start, in a process of its own."""

    def start(data: Path, files: list[Path]) -> bool:
        code = "import sys; from pathlib import Path; from studio.ui.window.single_instance import hand_over; "
        code += "sys.exit(not hand_over(Path(sys.argv[1]), [Path(name) for name in sys.argv[2:]]))"
        top = str(Path(single_instance.__file__).parents[3])
        environment = {**os.environ, "PYTHONPATH": top}
        child = subprocess.Popen([sys.executable, "-c", code, data, *files], env=environment)
        qtbot.waitUntil(lambda: child.poll() is not None, timeout=60_000)
        return child.returncode == 0

    return start


def test_without_a_window_there_is_nobody_to_hand_to(data: Path) -> None:
    assert not hand_over(data, [])


def test_files_arrive_with_whole_paths(
    qtbot: QtBot, data: Path, second_start: Callable[[Path, list[Path]], bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(data)
    first = FirstInstance(data)
    assert first.listen()
    heard: list[list[Path]] = []
    first.asked.connect(heard.append)
    odd = Path(os.fsdecode(b"b\xff.png")) if sys.platform.startswith("linux") else Path("海.png")
    assert second_start(data, [Path("a.png"), odd])
    assert second_start(data, [])
    assert heard == [[data / "a.png", data / odd], []]
    first.close()


def test_a_socket_that_a_kill_left_is_replaced(data: Path, second_start: Callable[[Path, list[Path]], bool]) -> None:
    if sys.platform != "win32":
        stale = socket.socket(socket.AF_UNIX)
        stale.bind(str(data / "window.socket"))
        stale.close()
    assert not hand_over(data, [])
    first = FirstInstance(data)
    assert first.listen()
    assert second_start(data, [])
    first.close()


def test_a_start_waits_for_the_window_of_another(qtbot: QtBot, data: Path) -> None:
    turn = Turn.wait(data)
    code = (
        "import sys; from pathlib import Path; from studio.ui.window.single_instance import Turn, hand_over\n"
        "data = Path(sys.argv[1]); print('there', flush=True)\n"
        "turn = Turn.wait(data); given = hand_over(data, [Path('a.png')]); turn.end(); sys.exit(not given)"
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(single_instance.__file__).parents[3])}
    with subprocess.Popen(
        [sys.executable, "-c", code, data], env=environment, cwd=data, stdout=subprocess.PIPE
    ) as child:
        assert child.stdout is not None
        assert child.stdout.readline().strip() == b"there"
        first = FirstInstance(data)
        heard: list[list[Path]] = []
        first.asked.connect(heard.append)
        qtbot.wait(200)
        assert child.poll() is None, "it waits"
        first.listen()
        turn.end()
        qtbot.waitUntil(lambda: child.poll() is not None, timeout=60_000)
    assert child.returncode == 0
    assert heard == [[data / "a.png"]]
    first.close()
    assert not (data / "start.lock").exists()


def test_a_start_that_has_no_window_in_time_is_not_waited_for(data: Path) -> None:
    hung, second = Turn.wait(data), Turn.wait(data, patience=0.0)
    second.end()
    hung.end()
    third = Turn.wait(data, patience=0.0)
    assert (data / "start.lock").exists()
    third.end()


def test_where_there_can_be_no_lock_nobody_waits(data: Path) -> None:
    (data / "file").write_text("", encoding="utf-8")
    Turn.wait(data / "file" / "below").end()


@pytest.mark.skipif(sys.platform == "win32", reason="a pipe there")
def test_only_the_person_may_connect(data: Path) -> None:
    first = FirstInstance(data)
    assert first.listen()
    assert (data / "window.socket").stat().st_mode & 0o077 == 0
    assert data.stat().st_mode & 0o077 == 0
    first.close()


@pytest.mark.skipif(sys.platform == "win32", reason="a pipe there")
@pytest.mark.parametrize(
    "message", [b"\n", b"{}\n", b'{"files": 3, "activation": ""}\n', b'{"files": [3]}\n', b"[" * 9999 + b"\n"]
)
def test_nonsense_is_refused_and_opens_nothing(qtbot: QtBot, data: Path, message: bytes) -> None:
    first = FirstInstance(data)
    first.listen()
    heard: list[object] = []
    first.asked.connect(heard.append)
    with socket.socket(socket.AF_UNIX) as client, ThreadPoolExecutor(max_workers=1) as thread:
        client.settimeout(10)
        client.connect(str(data / "window.socket"))
        client.sendall(message)
        answer = thread.submit(client.recv, 10)
        qtbot.waitUntil(answer.done, timeout=10_000)
        assert answer.result() == b"no\n"
    assert heard == []
    first.close()


def test_a_folder_that_cannot_be_made_leaves_the_window_alone(data: Path) -> None:
    (data / "file").write_text("", encoding="utf-8")
    assert not FirstInstance(data / "file" / "below").listen()
