"""Putting an engine into a folder: fetch, check, compile, try, and only then use it.

Nothing that is in use is touched before the last step, which is a rename. A cancel or a kill leaves a folder that
begins with ``.tmp-``, removed by the next installation, and the packages that had arrived, so that it goes on there.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import shutil
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Final, Literal

from packaging.requirements import Requirement

from studio.errors import EngineError, EngineUnusableError, FileError, ShorelineError
from studio.generation import CancelToken
from studio.installation.backends import Backend
from studio.installation.complaints import explained
from studio.installation.present import as_constraints, normalised, of_application
from studio.installation.running import Running, run_uv
from studio.installation.store import (
    CACHE,
    LIBRARIES,
    Engine,
    EngineStore,
    Manifest,
    folder_bytes,
    python_tag,
    write_manifest,
)
from studio.installation.uv_tool import for_this_python, start_leashed, without_other_pythons
from studio.installation.wheel_folder import WheelFolder
from studio.message import Message, in_turn
from studio.system.parts import OPTIONAL
from studio.system.time_left import seconds_left
from studio.text.amounts import bytes_text
from studio.text.exceptions import reason_for

REQUIREMENTS: Final = "requirements.txt"
"""What an engine consists of, as ranges; beside the locks in the resources' folder ``engine``."""

_MEASURE_SECONDS: Final = 1.0
"""How often the arriving bytes are counted: counting walks some ten thousand files."""
_TRY_SECONDS: Final = 1800.0
"""Only against a trial that hangs, and it can be cancelled: on a busy machine a sound engine took over ten minutes."""
_SPARE_BYTES: Final = 512 * 10**6

Stage = Literal["preparing", "tidying", "fetching", "compiling", "trying"]


@dataclass(frozen=True, kw_only=True)
class EngineProgress:
    """How far an installation is. ``done`` and ``total`` are bytes on the disk, ``total`` roughly.

    "tidying" removes what an installation that was ended left behind.
    """

    stage: Stage
    done: int = 0
    total: int = 0
    seconds_left: float | None = None
    text: str = ""


Report = Callable[[EngineProgress], None]


@dataclass(frozen=True, kw_only=True)
class EnginePlan:
    """What to install, and from where.

    ``resources`` is the folder with the locks. ``wheels`` is a folder of wheels for a machine without a network:
    nothing else is asked then, and what lies there decides the versions. ``mirror`` is the address of another index.
    """

    backend: Backend
    resources: Path
    wheels: Path | None = None
    mirror: str = ""


def install_engine(store: EngineStore, plan: EnginePlan, report: Report, cancel: CancelToken) -> Engine:
    """Install an engine, try it in a process of its own, and use it from the next start on.

    Raises `Cancelled`; `FileError` for a disk that is full or cannot be written, or while another installation runs;
    `WheelsMissingError` for a folder of wheels that lacks what is needed; `EngineError` when packages cannot be had or
    are not what they should be, `EngineUnusableError` when the engine was made but cannot draw here. The engine in use
    stays in use then.
    """
    report = _until_cancelled(report, cancel)
    with _telling_what_stays(store), store.locked():
        if plan.wheels is not None:
            WheelFolder(plan.wheels).check(requirement_lines(plan.resources), of_application(store.folder))
        report(EngineProgress(stage="preparing", total=plan.backend.unpacked))
        store.tidy(lambda done, total: report(EngineProgress(stage="tidying", done=done, total=total)))
        report(EngineProgress(stage="preparing", total=plan.backend.unpacked))
        _check_space(store, plan)
        unfinished = store.folder / f".tmp-{secrets.token_hex(6)}"
        try:
            unfinished.mkdir(mode=0o700)
            _fetch(store, plan, unfinished, report, cancel)
            report(EngineProgress(stage="trying", done=1, total=1))
            parts, problems = _try(plan, unfinished / LIBRARIES, cancel)
            manifest = _manifest(plan, unfinished, parts, problems)
            cancel.raise_if_cancelled()
            write_manifest(unfinished, manifest)
            engine = store.put_in_place(unfinished, _name(plan.backend, manifest))
        except OSError as error:
            raise FileError(
                "The engine could not be written below {folder}: {reason}.",
                "Free some disk space, or check that you may write there.",
                folder=store.folder,
                reason=reason_for(error),
            ) from error
        finally:
            shutil.rmtree(unfinished, ignore_errors=True)
        shutil.rmtree(store.folder / CACHE, ignore_errors=True)
        return engine


@contextmanager
def _telling_what_stays(store: EngineStore) -> Iterator[None]:
    """An error says that the engine in use is as it was, where there is one."""
    try:
        yield
    except (EngineError, FileError) as error:
        if store.current() is not None:
            error.advice = in_turn(error.advice, Message("The engine in use stays as it was."))
        raise


def _until_cancelled(report: Report, cancel: CancelToken) -> Report:
    """Whoever stopped the work hears of no later stage; each telling is a moment to end it."""

    def tell(progress: EngineProgress) -> None:
        cancel.raise_if_cancelled()
        report(progress)

    return tell


def _fetch(store: EngineStore, plan: EnginePlan, folder: Path, report: Report, cancel: CancelToken) -> None:
    cache = store.folder / CACHE
    meter = _Meter(plan.backend.unpacked, report)
    run_uv(_arguments(plan, folder), cache, cancel, lambda lines: meter.look(lines, cache), partial(_explained, plan))


def _explained(plan: EnginePlan, text: str, engines: Path) -> ShorelineError:
    """The error for uv's words; where a folder of wheels lacks packages, with all their names."""
    error = explained(text, engines)
    if plan.wheels is None or isinstance(error, FileError):
        return error
    return WheelFolder(plan.wheels).error(_requirements(plan), of_application(engines)) or error


def _arguments(plan: EnginePlan, folder: Path) -> list[str]:
    """What uv is asked. Only wheels are taken: building a package would run its code."""
    common = ["pip", "install", *for_this_python(), "--target", str(folder / LIBRARIES)]
    common += ["--only-binary", ":all:", "--compile-bytecode"]
    backend = plan.backend
    if plan.wheels is not None:
        return [*common, "--no-index", "--find-links", str(plan.wheels), *_ranges(plan, folder)]
    if plan.mirror:
        common += ["--default-index", plan.mirror]
    if backend.lock is not None:
        return [*common, "--no-deps", "--require-hashes", "--requirements", str(backend.lock)]
    if backend.torch_backend and not plan.mirror:
        common += ["--torch-backend", backend.torch_backend]
    return [*common, *_ranges(plan, folder)]


def _ranges(plan: EnginePlan, folder: Path) -> list[str]:
    """The requirements as ranges, held to what the application itself has and without those packages."""
    kept = of_application(folder.parent)
    lists = {
        "requirements": "\n".join(_requirements(plan)),
        "constraints": as_constraints(kept),
        "excludes": "\n".join(kept),
    }
    arguments: list[str] = []
    for option, text in lists.items():
        path = folder / f"{option}.txt"
        path.write_text(text, encoding="utf-8")
        arguments += [f"--{option}", str(path)]
    return arguments


def _requirements(plan: EnginePlan) -> list[str]:
    """What an engine consists of; a folder of wheels may lack parts that drawing can do without."""
    lines = requirement_lines(plan.resources)
    if plan.wheels is None:
        return lines
    wheels = WheelFolder(plan.wheels)
    left_out = {name for name in OPTIONAL if not wheels.has(name)}
    # spandrel imports torchvision; one of another release than PyTorch breaks every import of transformers.
    left_out |= {"spandrel"} if "torchvision" in left_out else set()
    return [line for line in lines if normalised(Requirement(line).name) not in left_out]


def requirement_lines(resources: Path) -> list[str]:
    """What an engine consists of, as ranges, from the resources' folder ``engine``."""
    lines = (resources / REQUIREMENTS).read_text(encoding="utf-8-sig").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def _try(plan: EnginePlan, libraries: Path, cancel: CancelToken) -> tuple[dict[str, str], tuple[str, ...]]:
    """Import every part and draw a picture in another process. Returns versions, and what drawing can do without."""
    command = [*tester(), str(libraries)]
    # Threads that wait for work in a loop would take the processor from whatever else runs beside.
    environment = {"OMP_WAIT_POLICY": "PASSIVE", **without_other_pythons(os.environ), "PYTHONPATH": tester_path()}
    with Running(start_leashed(command, environment), stdout=True) as trial:
        limit = time.monotonic() + _TRY_SECONDS
        trial.wait(cancel, lambda _lines: _check_time(limit))
        return _verdict(plan.backend, trial)


def tester() -> list[str]:
    """What starts the self-test, less the folder to try. -P: what lies in the working folder is not imported."""
    return [sys.executable, "-P", "-m", "studio.installation.selftest"]


def tester_path() -> str:
    """The ``PYTHONPATH`` that lets it find what this process finds."""
    return os.pathsep.join(path for path in sys.path if path)


def _check_time(limit: float) -> None:
    if time.monotonic() > limit:
        raise EngineUnusableError(
            "The new engine did not draw within {try_seconds:.0f} s.",
            "Choose another engine.",
            try_seconds=_TRY_SECONDS,
        )


def _verdict(backend: Backend, trial: Running) -> tuple[dict[str, str], tuple[str, ...]]:
    try:
        answer = json.loads(trial.output().strip().splitlines()[-1])
    except (ValueError, IndexError):
        answer = {}
    if trial.status or not answer.get("drew"):
        reason = answer.get("problem") or (trial.text().strip().splitlines() or ["it gave no answer"])[-1]
        raise EngineUnusableError(
            "The new engine cannot draw on this machine: {reason}",
            answer.get("advice") or "Choose another engine, or processor only.",
            reason=reason[:300],
        )
    problems = list(answer["problems"])
    if backend.id != "cpu" and answer["device"] == "cpu":
        problems.append("PyTorch does not find the graphics card; the processor draws.")
    return dict(answer["parts"]), tuple(problems)


def _manifest(plan: EnginePlan, folder: Path, parts: Mapping[str, str], problems: Sequence[str]) -> Manifest:
    return Manifest(
        backend=plan.backend.id,
        backend_name=plan.backend.name,
        python=python_tag(),
        made=datetime.now(UTC).isoformat(timespec="seconds"),
        bytes=folder_bytes(folder),
        parts=dict(parts),
        problems=tuple(problems),
    )


def _name(backend: Backend, manifest: Manifest) -> str:
    """The same packages have the same name, so that a repair replaces what it repairs."""
    facts = json.dumps([manifest.python, sorted(manifest.parts.items())])
    return f"{backend.id}-{hashlib.sha256(facts.encode()).hexdigest()[:10]}"


def _check_space(store: EngineStore, plan: EnginePlan) -> None:
    wanted = plan.backend.unpacked + _SPARE_BYTES - folder_bytes(store.folder / CACHE)
    free = shutil.disk_usage(store.folder).free
    if free < wanted:
        raise FileError(
            "The engine needs about {wanted} below {folder}, where {free} are free.",
            "Free some disk space, remove an engine that you no longer use, or choose a smaller one.",
            wanted=bytes_text(wanted),
            folder=store.folder,
            free=bytes_text(free),
        )


class _Meter:
    """Turns what uv says and what lies on the disk into progress."""

    def __init__(self, total: int, report: Report, clock: Callable[[], float] = time.monotonic) -> None:
        self._total = total
        self._report = report
        self._stage: Stage = "fetching"
        self._text = ""
        self._clock = clock
        self._measured = float("-inf")
        self._began: tuple[float, int] | None = None

    def _hear(self, line: str) -> None:
        if line.startswith(("Downloading", "Building")):
            self._text = line.strip()
        elif line.startswith(("Installed", "Prepared")):
            self._stage, self._text = "compiling", ""

    def look(self, lines: Iterable[str], cache: Path) -> None:
        """Report, at most once a second: lines of uv, and what lies in its cache by now."""
        for line in lines:
            self._hear(line)
        now = self._clock()
        if now - self._measured < _MEASURE_SECONDS:
            return
        self._measured = now
        done = min(folder_bytes(cache), self._total)
        left = self._seconds_left(now, done) if self._stage == "fetching" else None
        self._report(
            EngineProgress(stage=self._stage, done=done, total=self._total, seconds_left=left, text=self._text)
        )

    def _seconds_left(self, now: float, done: int) -> float | None:
        """By what has arrived since the first look; what an earlier try had fetched took no time now."""
        began, at_first = self._began = self._began or (now, done)
        return seconds_left(now - began, (done - at_first) / max(1, self._total - at_first))
