"""Commands on engines, what draws: list, install, use, back, repair, remove."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from studio.cli.jobs import interrupt_cancels
from studio.cli.options import AsJson, Mirror, Wheels
from studio.cli.output import print_facts
from studio.errors import Cancelled, SettingError
from studio.generation import CancelToken
from studio.installation.activation import engine_state
from studio.installation.backends import Backend, Machine, choose_backend, find_backend, known_backends, look_at_machine
from studio.installation.installing import EnginePlan, EngineProgress, install_engine
from studio.installation.store import Engine, EngineStore
from studio.installation.wheel_command import download_command
from studio.paths import Paths, default_paths
from studio.text.amounts import bytes_text, duration_text

Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress on stderr.")]
Name = Annotated[str, typer.Argument(help="An engine's name; `shoreline engine list` shows them.")]


def register(app: typer.Typer) -> None:
    engine = typer.Typer(
        help="Install and change what draws: PyTorch and the libraries around it.", no_args_is_help=True
    )
    engine.command("list")(list_engines)
    engine.command("install")(install)
    engine.command("use")(use)
    engine.command("back")(back)
    engine.command("repair")(repair)
    engine.command("remove")(remove)
    engine.command("tidy")(tidy)
    engine.command("wheels")(wheels_command)
    app.add_typer(engine, name="engine")


def list_engines(as_json: AsJson = False) -> None:
    """Engines that are installed, which one is in use, and those that could be installed on this machine."""
    paths = default_paths()
    store, machine = EngineStore(paths.engines), look_at_machine()
    backends = _backends(paths, machine)
    state = engine_state(paths)
    best, why = choose_backend(backends, machine)
    current = store.current()
    facts = {
        "state": state.kind,
        "problem": state.problem,
        "engines": [_facts(engine, current) for engine in store.engines()],
        "bundled": _bundled(paths, state.engine),
        "available": [
            {"id": backend.id, "name": backend.name, "download": backend.download, "unpacked": backend.unpacked}
            for backend in backends
        ],
        "recommended": best.id,
        "why": str(why),
        "folder": str(paths.engines),
        "left": store.left_bytes(),
        "busy": store.is_busy(),
    }
    print_facts(facts, as_json=as_json, text=_list_text(facts))


def install(
    backend: Annotated[str, typer.Argument(help="Which one; `shoreline engine list` shows them.")] = "auto",
    wheels: Wheels = None,
    mirror: Mirror = "",
    into: Annotated[Path | None, typer.Option(help="Another folder for engines; for those who package.")] = None,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> None:
    """Fetch an engine, try it, and use it. What is in use stays until the new one has drawn a picture."""
    paths = default_paths()
    machine = look_at_machine()
    backends = _backends(paths, machine)
    if backend == "auto":
        chosen, why = choose_backend(backends, machine)
        if not quiet:
            typer.echo(f"{chosen.name}. {why}", err=True)
    else:
        chosen = find_backend(backends, backend)
    _install(paths, chosen, into=into, wheels=wheels, mirror=mirror, quiet=quiet, as_json=as_json)


def use(name: Name, as_json: AsJson = False) -> None:
    """Use another installed engine from the next start on."""
    store = EngineStore(default_paths().engines)
    store.use(store.find(name))
    _say(store, store.find(name), as_json=as_json)


def back(as_json: AsJson = False) -> None:
    """Use the engine before this one again."""
    store = EngineStore(default_paths().engines)
    _say(store, store.go_back(), as_json=as_json)


def repair(wheels: Wheels = None, mirror: Mirror = "", quiet: Quiet = False, as_json: AsJson = False) -> None:
    """Fetch the engine in use anew and put it in the place of what is there."""
    paths = default_paths()
    engine = EngineStore(paths.engines).current()
    if engine is None:
        raise SettingError("There is no engine to repair.", "Install one: `shoreline engine install`.")
    chosen = find_backend(_backends(paths, look_at_machine()), engine.manifest.backend)
    _install(paths, chosen, wheels=wheels, mirror=mirror, quiet=quiet, as_json=as_json)


def remove(name: Name, as_json: AsJson = False) -> None:
    """Delete an engine."""
    store = EngineStore(default_paths().engines)
    store.remove(store.find(name))
    print_facts({"removed": name}, as_json=as_json, text=f"{name} was removed.")


def tidy(quiet: Quiet = False, as_json: AsJson = False) -> None:
    """Remove what installations that did not end well have left, and the packages that were kept for the next try."""
    line = _ProgressLine(quiet=quiet)
    try:
        removed = EngineStore(default_paths().engines).clear(
            lambda done, total: line.show(EngineProgress(stage="tidying", done=done, total=total))
        )
    finally:
        line.done()
    print_facts({"removed": removed}, as_json=as_json, text=f"{bytes_text(removed)} were removed.")


def wheels_command(
    backend: Annotated[str, typer.Argument(help="Which one; `shoreline engine list` shows them.")] = "auto",
    as_json: AsJson = False,
) -> None:
    """Print the command that fills a folder with an engine's wheels, for a machine that has a network and pip.

    They are for this machine's system and Python; carry the folder here and give it to `install --wheels`.
    """
    paths = default_paths()
    machine = look_at_machine()
    backends = _backends(paths, machine)
    chosen = choose_backend(backends, machine)[0] if backend == "auto" else find_backend(backends, backend)
    command = download_command(chosen, paths.engine_resources, machine.system)
    print_facts({"backend": chosen.id, "command": command}, as_json=as_json, text=command)


def _install(
    paths: Paths,
    chosen: Backend,
    *,
    into: Path | None = None,
    wheels: Path | None,
    mirror: str,
    quiet: bool,
    as_json: bool,
) -> None:
    if engine_state(paths).kind == "environment":
        raise SettingError(
            "This installation has PyTorch in its own Python environment, so it needs no engine.",
            "Change it with pip, there where Shoreline is installed.",
        )
    plan = EnginePlan(
        backend=chosen, resources=paths.engine_resources, wheels=wheels and wheels.resolve(), mirror=mirror
    )
    line = _ProgressLine(quiet=quiet)
    store = EngineStore(into or paths.engines)
    cancel = CancelToken()
    with interrupt_cancels(cancel):
        try:
            engine = install_engine(store, plan, line.show, cancel)
        except Cancelled:
            line.done()
            typer.echo(_stopped_text(store), err=True)
            raise
        finally:
            line.done()
    _say(store, engine, as_json=as_json)


def _say(store: EngineStore, engine: Engine, *, as_json: bool) -> None:
    facts = _facts(engine, store.current())
    text = [f"{engine.name} is in use ({engine.manifest.backend_name}, {bytes_text(engine.manifest.bytes)})."]
    print_facts(facts, as_json=as_json, text="\n".join([*text, *engine.manifest.problems]))


def _stopped_text(store: EngineStore) -> str:
    engine = store.current()
    stays = "There is no engine yet" if engine is None else f"The engine {engine.name} stays in use"
    return f"The installation was stopped. {stays}; what has arrived is kept for the next try."


class _ProgressLine:
    """Bytes and time left on one line of stderr; a line a stage where stderr is no terminal."""

    def __init__(self, *, quiet: bool) -> None:
        self._quiet = quiet
        self._live = sys.stderr.isatty()
        self._stage = ""

    def show(self, progress: EngineProgress) -> None:
        if self._quiet or (not self._live and progress.stage == self._stage):
            return
        self._stage = progress.stage
        text: str = progress.stage
        if progress.stage in ("fetching", "tidying"):
            text += f" {bytes_text(progress.done)} of about {bytes_text(progress.total)}"
        if progress.seconds_left is not None:
            text += f", about {duration_text(progress.seconds_left)} left"
        sys.stderr.write(f"\r\x1b[K{text}" if self._live else f"{text}\n")
        sys.stderr.flush()

    def done(self) -> None:
        if self._live and not self._quiet:
            sys.stderr.write("\r\x1b[K")


def _backends(paths: Paths, machine: Machine) -> tuple[Backend, ...]:
    return known_backends(paths.engine_resources, machine.system)


def _bundled(paths: Paths, engine: Engine | None) -> dict[str, Any] | None:
    """The engine that came with the application, where that draws."""
    is_bundled = engine is not None and engine.folder.parent == paths.bundled_engines
    return _facts(engine, engine) if engine is not None and is_bundled else None


def _facts(engine: Engine, current: Engine | None) -> dict[str, Any]:
    in_use = current is not None and current.name == engine.name
    return {"name": engine.name, "folder": str(engine.folder), "in_use": in_use, **asdict(engine.manifest)}


def _list_text(facts: dict[str, Any]) -> str:
    states = {
        "environment": "PyTorch is part of this Python environment; no engine is needed.",
        "installed": "",
        "missing": "No engine is installed.",
        "unusable": facts["problem"],
    }
    lines = [states[facts["state"]]] if states[facts["state"]] else []
    for engine in facts["engines"]:
        lines += _engine_lines(engine)
    if facts["bundled"] is not None:
        lines += ["The engine that came with Shoreline draws:", *_engine_lines(facts["bundled"])]
    if facts["busy"]:
        lines.append("An engine is being installed or removed right now.")
    elif facts["left"]:
        lines.append(f"Kept for the next try: {bytes_text(facts['left'])}; `shoreline engine tidy` removes that.")
    lines.append("Can be installed here (sizes are rough):")
    for backend in facts["available"]:
        mark = "recommended: " + facts["why"] if backend["id"] == facts["recommended"] else ""
        sizes = f"{bytes_text(backend['download'])} to fetch, {bytes_text(backend['unpacked'])} on the disk"
        lines.append(f"  {backend['id']}  {backend['name']}, {sizes}  {mark}".rstrip())
    return "\n".join(lines)


def _engine_lines(engine: dict[str, Any]) -> list[str]:
    mark = "*" if engine["in_use"] else " "
    torch = engine["parts"].get("torch")
    line = f"{mark} {engine['name']}  {engine['backend_name']}, {bytes_text(engine['bytes'])}, torch {torch}"
    return [line, *(f"    {problem}" for problem in engine["problems"])]
