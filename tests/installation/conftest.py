"""An index of tiny packages on this machine, and folders for engines made of them by the real uv."""

from __future__ import annotations

import base64
import hashlib
import os
import sysconfig
import threading
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from studio.installation import installing
from studio.installation.backends import Backend
from studio.installation.installing import EnginePlan, EngineProgress
from studio.installation.present import distributions
from studio.installation.store import EngineStore
from studio.system.parts import NEEDED, OPTIONAL

_DIFFUSERS = """
import numpy as np
class StableDiffusionPipeline:
    @classmethod
    def from_pretrained(cls, path, **options):
        return cls()
    def to(self, device):
        return self
    def set_progress_bar_config(self, **options):
        pass
    def __call__(self, prompt, **options):
        class Drawn:
            images = [np.linspace(0, 1, 48).reshape(4, 4, 3)]
        return Drawn
"""
TORCH = """
class cuda:
    is_available = staticmethod(lambda: False)
class backends:
    class mps:
        is_available = staticmethod(lambda: False)
"""


def make_wheel(
    folder: Path,
    name: str,
    version: str,
    source: str = "",
    *,
    requires: tuple[str, ...] = (),
    tag: str = "py3-none-any",
) -> Path:
    """A wheel with one module, as the binary distribution format describes it."""
    module = name.replace("-", "_")
    info = f"{module}-{version}.dist-info"
    needs = "".join(f"Requires-Dist: {line}\n" for line in requires)
    files = {
        f"{module}.py": source,
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n{needs}",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: tests\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = "".join(f"{path},{_record_hash(text)},{len(text.encode())}\n" for path, text in files.items())
    files[f"{info}/RECORD"] = f"{record}{info}/RECORD,,\n"
    path = folder / f"{module}-{version}-{tag}.whl"
    with zipfile.ZipFile(path, "w") as archive:
        for entry, text in files.items():
            archive.writestr(entry, text)
    return path


def _record_hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return "sha256=" + base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def make_engine_wheels(folder: Path, version: str = "1.0") -> list[Path]:
    """Every part of an engine as a tiny package that draws a ramp of grey."""
    folder.mkdir(exist_ok=True)
    sources = {"diffusers": _DIFFUSERS, "torch": TORCH}
    names = (*NEEDED, *OPTIONAL)
    return [make_wheel(folder, name.replace("_", "-"), version, sources.get(name, "")) for name in names]


def write_lock(path: Path, wheels: list[Path]) -> None:
    """A lock as packaging/lock.py writes it."""
    lines = []
    for wheel in wheels:
        name, version = wheel.name.split("-")[:2]
        lines.append(f"{name}=={version} \\\n    --hash=sha256:{hashlib.sha256(wheel.read_bytes()).hexdigest()}\n")
    path.write_text("".join(lines), encoding="utf-8")


@dataclass
class Index:
    """A package index on the loopback address.

    ``refuse`` is the status that everything is answered with; while ``hold`` is not set nothing is answered.
    """

    folder: Path
    address: str = ""
    refuse: int = 0
    hold: threading.Event = field(default_factory=threading.Event)
    asked: list[str] = field(default_factory=list)
    was_asked: threading.Event = field(default_factory=threading.Event)

    def publish(self, wheels: list[Path]) -> None:
        """Offer wheels by the simple repository API."""
        for wheel in wheels:
            folder = self.folder / "simple" / wheel.name.split("-")[0].replace("_", "-")
            folder.mkdir(parents=True, exist_ok=True)
            (folder / wheel.name).write_bytes(wheel.read_bytes())
            links = "".join(f'<a href="{path.name}">{path.name}</a>' for path in sorted(folder.glob("*.whl")))
            (folder / "index.html").write_text(f"<!DOCTYPE html><html><body>{links}</body></html>", encoding="utf-8")


class _Handler(SimpleHTTPRequestHandler):
    def __init__(self, *arguments: object, index: Index) -> None:
        self._index = index
        super().__init__(*arguments, directory=str(index.folder))  # type: ignore[arg-type]

    def do_GET(self) -> None:
        self._index.asked.append(self.path)
        self._index.was_asked.set()
        self._index.hold.wait()
        if self._index.refuse:
            self.send_error(self._index.refuse)
        else:
            super().do_GET()

    do_HEAD = do_GET  # noqa: N815 - the name that http.server calls

    def log_message(self, *_arguments: object) -> None:
        """Tests print nothing."""


class _Server(ThreadingHTTPServer):
    def handle_error(self, *_arguments: object) -> None:
        """A client that was ended in the middle of an answer is what some tests are about."""


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    folder = tmp_path / "index"
    (folder / "simple").mkdir(parents=True)
    made = Index(folder)
    made.hold.set()
    server = _Server(("127.0.0.1", 0), partial(_Handler, index=made))
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    made.address = f"http://127.0.0.1:{server.server_port}/simple/"
    yield made
    made.hold.set()
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def store(tmp_path: Path) -> EngineStore:
    return EngineStore(tmp_path / "engines")


@dataclass
class Workshop:
    """Makes plans for tiny engines and remembers what was reported."""

    folder: Path
    index: Index
    reported: list[EngineProgress] = field(default_factory=list)

    def backend(self, lock: Path | None, *, backend_id: str = "cpu", unpacked: int = 10_000_000) -> Backend:
        return Backend(
            id=backend_id,
            name="Processor only",
            systems=(),
            torch_backend=None,
            lock=lock,
            download=unpacked,
            unpacked=unpacked,
        )

    def plan(self, version: str = "1.0", **changes: object) -> EnginePlan:
        """Publish an engine of a version and return the plan to install it by its lock."""
        wheels = make_engine_wheels(self.folder / f"wheels-{version}", version)
        self.index.publish(wheels)
        lock = self.folder / f"lock-{version}.txt"
        write_lock(lock, wheels)
        values: dict[str, object] = {"backend": self.backend(lock), "mirror": self.index.address}
        return EnginePlan(resources=self.folder, **(values | changes))  # type: ignore[arg-type]


@pytest.fixture(scope="session")
def bare_packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """This environment's packages without those of an engine, as they are where Shoreline is installed as an app."""
    folder = tmp_path_factory.mktemp("bare")
    engine = (*NEEDED, *OPTIONAL)
    for entry in Path(sysconfig.get_path("purelib")).iterdir():
        if not entry.name.startswith(engine) and entry.suffix != ".pth":
            (folder / entry.name).symlink_to(entry)
    return folder


@pytest.fixture(autouse=True)
def without_an_engine(bare_packages: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The self-test runs beside the application's packages alone."""
    python, *options = installing.tester()
    command = [python, "-S", *options]
    monkeypatch.setattr(installing, "tester", lambda: command)
    monkeypatch.setattr(installing, "of_application", lambda _engines: distributions([bare_packages]))
    top = Path(installing.__file__).parents[2]
    monkeypatch.setattr(installing, "tester_path", lambda: os.pathsep.join((str(top), str(bare_packages))))


@pytest.fixture
def workshop(tmp_path: Path, index: Index) -> Workshop:
    return Workshop(tmp_path, index)
