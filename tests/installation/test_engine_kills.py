"""`kill -9` at any moment of an installation: the engine in use stays sound, and the next try completes."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from studio.generation import CancelToken
from studio.installation import installing
from studio.installation.installing import EnginePlan, install_engine
from studio.installation.store import EngineStore
from tests.installation.conftest import Workshop

_CHILD = """
import json, sys
from pathlib import Path
from studio.generation import CancelToken
from studio.installation import installing
from studio.installation.backends import Backend
facts = json.loads(sys.argv[1])
installing.tester = lambda: facts["tester"]
installing.tester_path = lambda: facts["path"]
backend = Backend(id="cpu", name="", systems=(), torch_backend=None, lock=Path(facts["lock"]), download=1, unpacked=1)
plan = installing.EnginePlan(backend=backend, resources=Path(), mirror=facts["mirror"])
print("ready", flush=True)
installing.install_engine(installing.EngineStore(Path(facts["store"])), plan, lambda progress: None, CancelToken())
"""


def start(store: EngineStore, plan: EnginePlan) -> subprocess.Popen[str]:
    facts = {
        "tester": installing.tester(),
        "path": installing.tester_path(),
        "lock": str(plan.backend.lock),
        "mirror": plan.mirror,
        "store": str(store.folder),
    }
    top = Path(installing.__file__).parents[2]
    child = subprocess.Popen(
        [sys.executable, "-c", _CHILD, json.dumps(facts)],
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
        env={**os.environ, "PYTHONPATH": str(top)},
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "ready\n"
    return child


@pytest.mark.skipif(sys.platform == "win32", reason="there is no kill -9")
@pytest.mark.parametrize("kills", [1, pytest.param(20, marks=pytest.mark.slow)])
def test_a_kill_leaves_the_engine_in_use_sound_and_a_rerun_completes(
    store: EngineStore, workshop: Workshop, kills: int
) -> None:
    first = install_engine(store, workshop.plan("1.0"), lambda _: None, CancelToken())
    plan = workshop.plan("2.0")
    began = time.monotonic()
    whole = start(store, plan)
    assert whole.wait() == 0
    seconds = time.monotonic() - began
    if whole.stdout is not None:
        whole.stdout.close()
    store.remove(store.require())
    moments = random.Random(14)
    for _ in range(kills):
        child = start(store, plan)
        time.sleep(moments.uniform(0, seconds))
        child.send_signal(signal.SIGKILL)
        child.wait()
        if child.stdout is not None:
            child.stdout.close()
        store.require().check()
        assert store.require().name in {engine.name for engine in store.engines()}
    again = install_engine(store, plan, lambda _: None, CancelToken())
    assert again.manifest.parts["torch"] == "2.0"
    assert store.require() == again
    assert first.folder.is_dir()
    unfinished = [path.name for path in store.folder.iterdir() if path.name.startswith((".tmp", ".old"))]
    assert unfinished == []
