"""Pins what the application and its engines are made of: ``python packaging/lock.py``.

``packaging/locks/base.txt`` is the application without the engine; ``resources/engine/*.txt`` the engines, each
without the packages of the application, which it uses. Every package is held by version and SHA-256. No address of an
index is written.

Builds of PyTorch that the usual index does not have are locked only with ``--all``, where their indexes are reachable:
the release does that.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterable
from pathlib import Path

from packaging.requirements import Requirement

TOP = Path(__file__).resolve().parent.parent
ENGINE = TOP / "resources" / "engine"
BASE_LOCK = TOP / "packaging" / "locks" / "base.txt"
PYTHON = "3.11"
"""The oldest Python that an application folder may be made with; newer ones stand in the same lock."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--all", action="store_true", help="also the builds that only PyTorch's own indexes have")
    arguments = parser.parse_args()
    BASE_LOCK.parent.mkdir(exist_ok=True)
    _compile(base_requirements(), BASE_LOCK, constraints=None, without=frozenset())
    kept = pinned_names(BASE_LOCK)
    table = tomllib.loads((ENGINE / "backends.toml").read_text(encoding="utf-8"))
    for name, backend in {row["lock"]: row.get("torch_backend") for row in table["backend"]}.items():
        if backend is None or arguments.all:
            _compile(engine_requirements(), ENGINE / name, constraints=BASE_LOCK, without=kept, backend=backend)
    return 0


def engine_requirements() -> list[str]:
    """What an engine consists of."""
    lines = (ENGINE / "requirements.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def base_requirements() -> list[str]:
    """What the application needs without an engine: the rest of pyproject.toml, and uv, which installs engines."""
    project = tomllib.loads((TOP / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    engine = {Requirement(line).name for line in engine_requirements()}
    return [line for line in project["dependencies"] if Requirement(line).name not in engine] + ["uv>=0.9"]


def pinned_names(lock: Path) -> frozenset[str]:
    """Names of the packages in a lock."""
    return frozenset(re.findall(r"^([A-Za-z0-9_.-]+)==", lock.read_text(encoding="utf-8"), re.MULTILINE))


def _compile(
    requirements: Iterable[str],
    lock: Path,
    *,
    constraints: Path | None,
    without: frozenset[str],
    backend: str | None = None,
) -> None:
    command = [sys.executable, "-m", "uv", "pip", "compile", "-", "--universal", "--python-version", PYTHON]
    command += ["--generate-hashes", "--no-annotate", "--no-header", "--quiet", "--output-file", str(lock)]
    command += ["--only-binary", ":all:", "--no-config"]
    command += ["--constraints", str(constraints)] if constraints else []
    command += ["--torch-backend", backend] if backend else []
    for name in sorted(without):
        command += ["--no-emit-package", name]
    subprocess.run(command, input="\n".join(requirements), text=True, check=True, cwd=TOP)
    # uv lists packages that it left out at the end, and would name indexes in such comments.
    lines = [line for line in lock.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    lock.write_text("\n".join(line for line in lines if line) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
