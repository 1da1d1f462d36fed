"""Engines of tiny packages, installed by the real uv from an index on this machine, and all that can go wrong."""

from __future__ import annotations

import shutil
import threading
import time
from pathlib import Path

import pytest

from studio.errors import Cancelled, EngineError, EngineUnusableError, FileError
from studio.generation import CancelToken
from studio.installation import installing
from studio.installation.installing import EnginePlan, install_engine
from studio.installation.store import Engine, EngineStore
from tests.installation.conftest import TORCH, Index, Workshop, make_engine_wheels, make_wheel, write_lock


def install(store: EngineStore, plan: EnginePlan, workshop: Workshop, cancel: CancelToken | None = None) -> Engine:
    return install_engine(store, plan, workshop.reported.append, cancel or CancelToken())


def leftovers(store: EngineStore) -> list[str]:
    return [path.name for path in store.folder.iterdir() if path.name.startswith((".tmp", ".old"))]


def test_an_engine_is_installed_tried_and_used(store: EngineStore, workshop: Workshop) -> None:
    engine = install(store, workshop.plan(), workshop)
    assert store.current() == engine
    assert engine.manifest.parts["torch"] == "1.0"
    assert engine.manifest.problems == ()
    assert (engine.libraries / "torch.py").is_file()
    assert list(engine.libraries.rglob("torch.*.pyc")), "compiled, so that the first start is quick"
    assert workshop.reported[0].stage == "preparing"
    assert workshop.reported[-1].stage == "trying"
    assert leftovers(store) == []
    assert not (store.folder / ".cache").exists()


def test_a_newer_engine_is_used_and_the_one_before_is_kept(store: EngineStore, workshop: Workshop) -> None:
    first = install(store, workshop.plan("1.0"), workshop)
    second = install(store, workshop.plan("2.0"), workshop)
    assert store.current() == second
    assert store.previous() == first
    assert store.go_back() == first
    assert store.current() == first
    assert store.go_back() == second


def test_a_repair_replaces_what_it_repairs(store: EngineStore, workshop: Workshop) -> None:
    engine = install(store, workshop.plan(), workshop)
    (engine.libraries / "torch.py").unlink()
    again = install(store, workshop.plan(), workshop)
    assert again.folder == engine.folder
    assert (again.libraries / "torch.py").is_file()
    assert store.previous() is None


def test_a_package_with_another_hash_is_refused(store: EngineStore, workshop: Workshop, index: Index) -> None:
    plan = workshop.plan()
    index.publish([make_wheel(workshop.folder, "peft", "1.0", "print('somebody else')")])
    with pytest.raises(EngineError, match="hash"):
        install(store, plan, workshop)
    assert store.current() is None
    assert leftovers(store) == []


def test_the_engine_in_use_survives_a_failure(store: EngineStore, workshop: Workshop, index: Index) -> None:
    engine = install(store, workshop.plan("1.0"), workshop)
    plan = workshop.plan("2.0")
    index.refuse = 403
    with pytest.raises(EngineError, match="refused"):
        install(store, plan, workshop)
    assert store.current() == engine
    index.refuse = 0
    assert install(store, plan, workshop).manifest.parts["torch"] == "2.0"


def test_a_server_that_is_not_there_is_said(store: EngineStore, workshop: Workshop) -> None:
    plan = workshop.plan(mirror="http://127.0.0.1:9/simple/")
    with pytest.raises(EngineError, match="network or the server"):
        install(store, plan, workshop)


def test_a_proxy_that_is_not_there_is_said(
    store: EngineStore, workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("NO_PROXY", "")
    with pytest.raises(EngineError, match=r"network or the server|proxy"):
        install(store, workshop.plan(), workshop)


def test_a_missing_package_is_said(store: EngineStore, workshop: Workshop, index: Index) -> None:
    plan = workshop.plan()
    shutil.rmtree(index.folder / "simple" / "tokenizers")
    with pytest.raises(EngineError, match="not all there"):
        install(store, plan, workshop)


def test_a_cancel_while_the_server_is_silent_takes_effect_and_leaves_nothing(
    store: EngineStore, workshop: Workshop, index: Index
) -> None:
    plan, cancel = workshop.plan(), CancelToken()
    index.hold.clear()

    def cancel_once_asked() -> None:
        while not index.asked:
            time.sleep(0.01)
        cancel.cancel()

    thread = threading.Thread(target=cancel_once_asked)
    thread.start()
    with pytest.raises(Cancelled):
        install(store, plan, workshop, cancel)
    thread.join()
    assert store.engines() == ()
    assert leftovers(store) == []


def test_a_cancel_during_the_trial_leaves_the_engine_in_use(store: EngineStore, workshop: Workshop) -> None:
    engine = install(store, workshop.plan("1.0"), workshop)
    cancel = CancelToken()

    def at_the_trial(progress: installing.EngineProgress) -> None:
        if progress.stage == "trying":
            cancel.cancel()

    with pytest.raises(Cancelled):
        install_engine(store, workshop.plan("2.0"), at_the_trial, cancel)
    assert store.engines() == (engine,)


def test_an_engine_that_cannot_draw_is_not_used(store: EngineStore, workshop: Workshop, index: Index) -> None:
    wheels = make_engine_wheels(workshop.folder / "bad")
    wheels[1] = make_wheel(workshop.folder / "bad", "diffusers", "1.0", "raise OSError('libcudart.so is missing')")
    index.publish(wheels)
    lock = workshop.folder / "bad.txt"
    write_lock(lock, wheels)
    plan = EnginePlan(backend=workshop.backend(lock), resources=workshop.folder, mirror=index.address)
    with pytest.raises(EngineUnusableError, match="libcudart"):
        install(store, plan, workshop)
    assert store.engines() == ()
    assert leftovers(store) == []


def test_a_part_that_drawing_can_do_without_is_noted(store: EngineStore, workshop: Workshop, index: Index) -> None:
    wheels = [wheel for wheel in make_engine_wheels(workshop.folder / "some") if not wheel.name.startswith("av-")]
    index.publish(wheels)
    lock = workshop.folder / "some.txt"
    write_lock(lock, wheels)
    plan = EnginePlan(backend=workshop.backend(lock), resources=workshop.folder, mirror=index.address)
    (problem,) = install(store, plan, workshop).manifest.problems
    assert problem == "films cannot be used: av is missing"


NMS = "raise RuntimeError('operator torchvision::nms does not exist')"


@pytest.mark.parametrize(
    ("source", "requires", "said"),
    [
        ("", ("torch==0.9",), r"torchvision 1.0 was made for PyTorch 0.9, not for 1.0\+cpu"),
        (NMS, ("torch==1.0",), r"torchvision 1.0 was not made for this build of PyTorch, 1.0\+cpu: .*nms"),
    ],
)
def test_torchvision_of_another_build_is_refused(
    store: EngineStore, workshop: Workshop, index: Index, source: str, requires: tuple[str, ...], said: str
) -> None:
    folder = workshop.folder / "odd"
    wheels = [path for path in make_engine_wheels(folder) if not path.name.startswith(("torch-", "torchvision"))]
    wheels.append(make_wheel(folder, "torch", "1.0+cpu", TORCH))
    wheels.append(make_wheel(folder, "torchvision", "1.0", source, requires=requires))
    index.publish(wheels)
    lock = workshop.folder / "odd.txt"
    write_lock(lock, wheels)
    plan = EnginePlan(backend=workshop.backend(lock), resources=workshop.folder, mirror=index.address)
    with pytest.raises(EngineUnusableError, match=said) as caught:
        install(store, plan, workshop)
    assert "from the same index" in caught.value.advice
    assert store.engines() == ()


def test_what_lies_in_the_working_folder_or_belongs_to_another_python_is_not_tried(
    store: EngineStore, workshop: Workshop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "desk").mkdir()
    (tmp_path / "desk" / "torch.py").write_text("raise OSError('somebody else')", encoding="utf-8")
    monkeypatch.chdir(tmp_path / "desk")
    monkeypatch.setenv("PYTHONHOME", str(tmp_path))
    assert install(store, workshop.plan(), workshop).manifest.problems == ()


def test_a_card_that_pytorch_does_not_find_is_noted(store: EngineStore, workshop: Workshop) -> None:
    plan = workshop.plan()
    backend = workshop.backend(plan.backend.lock, backend_id="cuda13")
    plan = EnginePlan(backend=backend, resources=workshop.folder, mirror=plan.mirror)
    (problem,) = install(store, plan, workshop).manifest.problems
    assert "graphics card" in problem


def test_a_folder_of_wheels_needs_no_network(store: EngineStore, workshop: Workshop, index: Index) -> None:
    wheels = make_engine_wheels(workshop.folder / "carried")
    for wheel in wheels:
        if wheel.name.startswith(("torchvision", "spandrel")):
            wheel.unlink()
    lines = [wheel.name.split("-")[0].replace("_", "-") for wheel in wheels]
    (workshop.folder / installing.REQUIREMENTS).write_text("\n".join(lines), encoding="utf-8")
    plan = EnginePlan(
        backend=workshop.backend(None), resources=workshop.folder, wheels=workshop.folder / "carried", mirror=""
    )
    engine = install(store, plan, workshop)
    assert index.asked == []
    assert "torchvision" not in engine.manifest.parts
    assert len(engine.manifest.problems) == 2


def test_the_end_is_foretold_once_something_says_when(tmp_path: Path) -> None:
    now, told = [0.0], []
    meter = installing._Meter(1_000_000, lambda progress: told.append(progress.seconds_left), lambda: now[0])
    for seconds, arrived in ((0, 200_000), (1.5, 204_000), (4, 205_000), (8, 600_000), (10, 600_000)):
        now[0] = seconds
        (tmp_path / "wheel").write_bytes(bytes(arrived))
        meter.look([], tmp_path)
    assert told == [None, None, None, pytest.approx(8.0), pytest.approx(10.0)]
    now[0] = 12
    meter.look(["Prepared 40 packages in 2s"], tmp_path)
    assert told[-1] is None, "compiling has no figures"


def test_two_installations_at_once_are_refused(store: EngineStore, workshop: Workshop) -> None:
    with store.locked(), pytest.raises(FileError, match="already"):
        install(store, workshop.plan(), workshop)


def test_too_little_room_is_said_before_anything_is_fetched(
    store: EngineStore, workshop: Workshop, index: Index
) -> None:
    plan = workshop.plan()
    backend = workshop.backend(plan.backend.lock, unpacked=10**18)
    with pytest.raises(FileError, match="GB are free"):
        install(store, EnginePlan(backend=backend, resources=workshop.folder, mirror=index.address), workshop)
    assert index.asked == []


def test_a_folder_that_cannot_be_written_is_said(workshop: Workshop, tmp_path: Path) -> None:
    blocked = tmp_path / "blocked"
    blocked.write_text("a file where the folder should be", encoding="utf-8")
    with pytest.raises(FileError, match="cannot be written"):
        install(EngineStore(blocked / "engines"), workshop.plan(), workshop)
