"""Makes what people install: ``python packaging/build.py WHAT``, with WHAT one of

    base       the folder that all others are made of
    tar        that folder as an archive
    deb rpm appimage    for Linux
    nsis       the installer for Windows
    app dmg    for macOS
    offline    the archive with an engine for the processor inside; nothing is fetched later
    all        all that this system can make

``--out`` (dist) is where they go; packaging/README.md says what each needs.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import wrappers
from base_folder import build_base, chosen_python, platform_name

Maker = Callable[[Path, Path, str], Path]

MAKERS: dict[str, Maker] = {
    "tar": wrappers.make_tar,
    "deb": wrappers.make_deb,
    "rpm": wrappers.make_rpm,
    "appimage": wrappers.make_appimage,
    "nsis": wrappers.make_nsis,
    "app": wrappers.make_app,
    "dmg": wrappers.make_dmg,
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["base", *MAKERS, "offline", "all"])
    parser.add_argument("--out", type=Path, default=Path("dist"))
    parser.add_argument("--base", type=Path, help="a folder that was made before, instead of making it now")
    parser.add_argument("--wheels", type=Path, help="a folder of wheels, used instead of the index")
    arguments = parser.parse_args()
    out = arguments.out.resolve()
    out.mkdir(parents=True, exist_ok=True)
    base = arguments.base.resolve() if arguments.base else out / "shoreline"
    if not arguments.base:
        build_base(base, chosen_python(), wheels=arguments.wheels)
    made = [_make(name, base, out, arguments.wheels) for name in _wanted(arguments.what)]
    for path in [base, *made]:
        sys.stdout.write(f"{path}\n")
    files = [path for path in made if path.is_file()]
    if files:
        wrappers.write_sums(files, out)
    return 0


def _wanted(what: str) -> list[str]:
    if what != "all":
        return [] if what == "base" else [what]
    if sys.platform == "darwin":
        return ["tar", "dmg", "offline"]
    if os.name == "nt":
        return ["nsis"]
    tools = {"tar": "tar", "deb": "dpkg-deb", "rpm": "rpmbuild", "appimage": "mksquashfs"}
    found = [name for name, tool in tools.items() if shutil.which(tool)]
    return [name for name in found if name != "appimage" or os.environ.get("APPIMAGE_RUNTIME")] + ["offline"]


def _make(name: str, base: Path, out: Path, wheels: Path | None) -> Path:
    machine = platform_name()
    if name == "offline":
        return _make_offline(base, out, machine, wheels)
    return MAKERS[name](base, out, machine)


def _make_offline(base: Path, out: Path, machine: str, wheels: Path | None) -> Path:
    """The folder with an engine in it, made by the folder's own command, as it would be on a person's machine."""
    whole = out / "offline" / base.name
    shutil.rmtree(whole.parent, ignore_errors=True)
    shutil.copytree(base, whole, symlinks=True)
    launch = whole / ("shoreline.cmd" if os.name == "nt" else "launch")
    source = ["--wheels", str(wheels)] if wheels else []
    subprocess.run([str(launch), "engine", "install", "cpu", "--into", str(whole / "engines"), *source], check=True)
    made = wrappers.make_tar(whole, out, machine, suffix="-offline")
    shutil.rmtree(whole.parent)
    return made


if __name__ == "__main__":
    sys.exit(main())
