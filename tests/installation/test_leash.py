"""What is started for an installation ends with whoever started it, and a command that is asked to end says so."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from studio.generation import CancelToken
from studio.installation import installing, uv_tool
from studio.installation.running import Running
from studio.installation.store import EngineStore
from studio.installation.uv_tool import start_leashed
from studio.paths import default_paths
from tests.cli.conftest import home  # noqa: F401 - the fixture is used by its name
from tests.installation.conftest import Index
from tests.installation.test_engine_store import make as make_engine

TOP = Path(uv_tool.__file__).parents[2]
needs_signals = pytest.mark.skipif(sys.platform == "win32", reason="there is no kill -9")

_STARTER = """
import os, sys
from studio.installation.uv_tool import start_leashed
inner = "import subprocess, sys; subprocess.run([sys.executable, '-c', sys.argv[1]])"
sleeper = "import os, time; print(os.getpid(), flush=True); time.sleep(600)"
child = start_leashed([sys.executable, "-c", inner, sleeper], os.environ)
print(child.pid, child.stdout.readline(), flush=True)
sys.stdin.read()
"""


@needs_signals
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_what_was_started_ends_with_a_process_that_is_killed(number: int) -> None:
    starter = subprocess.Popen(
        [sys.executable, "-c", _STARTER],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(TOP)},
    )
    with starter:
        assert starter.stdout is not None
        started = [psutil.Process(int(pid)) for pid in starter.stdout.readline().split()]
        assert len(started) == 2
        starter.send_signal(number)
        starter.wait()
        _gone, alive = psutil.wait_procs(started, 60)
    assert alive == []


def test_the_status_and_both_outputs_pass_through() -> None:
    command = [sys.executable, "-c", "import sys; print('out'); print('complaint', file=sys.stderr); sys.exit(3)"]
    with Running(start_leashed(command, os.environ), stdout=True) as child:
        child.wait(CancelToken())
        assert (child.status, child.output(), child.text()) == (3, "out\n", "complaint\n")


_COMMAND = """
import json, sys
from studio.cli import engine, main
from studio.installation import activation, installing
from studio.installation.backends import Machine
facts = json.loads(sys.argv[1])
installing.tester = lambda: facts["tester"]
installing.tester_path = lambda: facts["path"]
installing.of_application = lambda _engines: facts["kept"]
engine.look_at_machine = lambda: Machine("linux-x86_64")
activation._in_environment = lambda _paths: False
sys.exit(main.run_command(facts["arguments"], to_the_end=True))
"""


@needs_signals
@pytest.mark.parametrize("name", ["SIGTERM", pytest.param("SIGHUP", marks=pytest.mark.slow)])
def test_a_command_that_is_asked_to_end_stops_and_says_what_stays(
    name: str,
    home: Path,  # noqa: F811
    index: Index,
    tmp_path: Path,
) -> None:
    store = EngineStore(default_paths().engines)
    engine = make_engine(store, "cpu-1")
    store.use(engine)
    index.was_asked.clear()
    index.hold.clear()
    command = start_command(["engine", "repair", "--mirror", index.address], tmp_path)
    with command:
        assert command.stderr is not None
        first = command.stderr.readline()
        assert index.was_asked.wait(60), first + command.stderr.read()
        children = psutil.Process(command.pid).children(recursive=True)
        command.send_signal(getattr(signal, name))
        said = command.stderr.read()
        command.wait()
    assert first == "preparing\n"
    assert command.returncode == 130
    assert f"The engine {engine.name} stays in use" in said
    assert "Traceback" not in said
    assert children
    assert psutil.wait_procs(children, 60)[1] == []
    assert store.require() == engine
    assert store.unfinished() == ()


def start_command(arguments: list[str], folder: Path) -> subprocess.Popen[str]:
    """A command of Shoreline's in a process of its own, on a plain machine without PyTorch."""
    facts = {
        "tester": installing.tester(),
        "path": installing.tester_path(),
        "kept": installing.of_application(folder),
        "arguments": arguments,
    }
    return subprocess.Popen(
        [sys.executable, "-c", _COMMAND, json.dumps(facts)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(TOP)},
    )
