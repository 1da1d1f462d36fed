"""Commands on plugins: list, new, check, install, enable, disable, remove."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from studio.cli.jobs import interrupt_cancels
from studio.cli.options import AsJson, Mirror, Wheels
from studio.cli.output import print_facts
from studio.cli.services import load_plugins
from studio.generation import CancelToken
from studio.installation.extras import Extras, Fetching
from studio.paths import default_paths
from studio.plugin_host import PluginHost, PluginState
from studio.plugin_host.check import CheckReport, Finding, check_plugin
from studio.plugin_host.install import PluginInstaller
from studio.plugin_host.scaffold import new_plugin
from studio.settings import SettingsStore

PluginId = Annotated[str, typer.Argument(help="A plugin's id; `shoreline plugins list` shows them.")]

_MARKS: Final = {"good": "ok     ", "warning": "warning", "error": "ERROR  "}


def register(app: typer.Typer) -> None:
    plugins = typer.Typer(help="Make, try, install and switch plugins.", no_args_is_help=True)
    plugins.command("list")(list_plugins)
    plugins.command("new")(new)
    plugins.command("check")(check)
    plugins.command("install")(install)
    plugins.command("libraries")(libraries)
    plugins.command("enable")(enable)
    plugins.command("disable")(disable)
    plugins.command("remove")(remove)
    app.add_typer(plugins, name="plugins")


def list_plugins(as_json: AsJson = False) -> None:
    """Every plugin that was found, what it adds, and why it is off if it is."""
    host, _ = load_plugins()
    states = host.states()
    facts = {"plugins": [plugin_facts(state) for state in states]}
    print_facts(facts, as_json=as_json, text="\n".join(_state_text(state) for state in states))


def new(
    name: Annotated[str, typer.Argument(help='What the plugin is called, such as "Film grain".')],
    folder: Annotated[Path, typer.Option(help="Where to make the plugin's folder.")] = Path(),
    as_json: AsJson = False,
) -> None:
    """Write a new plugin that works, with a test, to start from."""
    made = new_plugin(name, folder, default_paths().plugins).resolve()
    files = sorted(path.name for path in made.iterdir())
    steps = [
        f"Try it:     shoreline plugins check {made}",
        f"Test it:    cd {made} && python -m pytest",
        f"Install it: shoreline plugins install {made}",
    ]
    facts = {"path": str(made), "id": made.name, "files": files}
    print_facts(facts, as_json=as_json, text="\n".join([str(made), *steps]))


def check(
    path: Annotated[Path, typer.Argument(help="The plugin's folder.")],
    as_json: AsJson = False,
) -> int:
    """Try a plugin's manifest, source, import, hooks and parameters, and run it once. Exit status 1 for an error."""
    host, _ = load_plugins(entry_points=False)
    report = check_plugin(path.resolve(), host)
    facts = {
        "path": str(report.path),
        "id": report.plugin_id,
        "ok": not report.has_errors,
        "findings": [asdict(finding) for finding in report.findings],
    }
    print_facts(facts, as_json=as_json, text=_report_text(report))
    return 1 if report.has_errors else 0


def install(
    source: Annotated[Path, typer.Argument(help="A plugin's folder, a .zip of one, or a wheel that holds one.")],
    replace: Annotated[
        bool, typer.Option("--replace", help="Put it in the place of the version that is there.")
    ] = False,
    with_libraries: Annotated[
        bool, typer.Option("--with-libraries", help="Fetch the Python packages that it needs, too.")
    ] = False,
    mirror: Mirror = "",
    wheels: Wheels = None,
    as_json: AsJson = False,
) -> int:
    """Put a plugin into your plugin folder. Nothing of it runs before it was looked at. Exit status 1 if it is off."""
    host, store = load_plugins()
    installer = _installer(host)
    cancel = CancelToken()
    with interrupt_cancels(cancel):
        wanted = with_libraries or (not as_json and _may_fetch(installer.examine(source).missing))
        how = _fetching(cancel, mirror, wheels) if wanted else None
        state = installer.install(source, replace=replace, how=how)
    _remember(host, store)
    asked = ", ".join((*state.permissions, *state.uses))
    lines = [_state_text(state), *([f"    It says that it uses: {asked}."] if asked else [])]
    if state.status == "lacking":
        lines.append("    It is installed, and works from the start on that finds what it lacks.")
    elif state.status != "enabled":
        way_out = f"mend it and install it with --replace, or `shoreline plugins remove {state.id}`"
        lines.append(f"    It is installed, but off: {way_out}.")
    print_facts(plugin_facts(state), as_json=as_json, text="\n".join(lines))
    return 0 if state.status == "enabled" else 1


def libraries(plugin_id: PluginId, mirror: Mirror = "", wheels: Wheels = None, as_json: AsJson = False) -> int:
    """Fetch the Python packages that a plugin lacks, into a folder of their own. Exit status 1 if it is off then."""
    host, store = load_plugins()
    cancel = CancelToken()
    with interrupt_cancels(cancel):
        state = _installer(host).fetch_libraries(plugin_id, _fetching(cancel, mirror, wheels))
    _remember(host, store)
    print_facts(plugin_facts(state), as_json=as_json, text=_state_text(state))
    return 0 if state.status == "enabled" else 1


def enable(plugin_id: PluginId, as_json: AsJson = False) -> int:
    """Switch a plugin on. Exit status 1 if it cannot be."""
    host, store = load_plugins()
    state = host.enable(plugin_id)
    _remember(host, store)
    print_facts(plugin_facts(state), as_json=as_json, text=_state_text(state))
    return 0 if state.status == "enabled" else 1


def disable(plugin_id: PluginId, as_json: AsJson = False) -> None:
    """Switch a plugin off, until it is enabled again."""
    host, store = load_plugins()
    state = host.disable(plugin_id)
    _remember(host, store)
    print_facts(plugin_facts(state), as_json=as_json, text=_state_text(state))


def remove(
    plugin_ids: Annotated[list[str], typer.Argument(help="Ids of plugins; `shoreline plugins list` shows them.")],
    as_json: AsJson = False,
) -> None:
    """Delete plugins that you installed, with their folders."""
    host, store = load_plugins()
    installer = _installer(host)
    for plugin_id in plugin_ids:
        host.state(plugin_id)  # a slip in one name removes none
    for plugin_id in plugin_ids:
        installer.remove(plugin_id)
    _remember(host, store)
    text = "\n".join(f"{plugin_id} was removed." for plugin_id in plugin_ids)
    print_facts({"removed": plugin_ids}, as_json=as_json, text=text)


def _installer(host: PluginHost) -> PluginInstaller:
    paths = default_paths()
    return PluginInstaller(host, paths.user_plugins, Extras(paths.engines))


def _fetching(cancel: CancelToken, mirror: str, wheels: Path | None) -> Fetching:
    return Fetching(cancel=cancel, report=lambda _progress: None, mirror=mirror, wheels=wheels and wheels.resolve())


def _may_fetch(missing: tuple[str, ...]) -> bool:
    """Ask in a terminal; elsewhere nobody can answer."""
    if not missing or not sys.stdin.isatty():
        return False
    text = f"It needs Python packages that are not here: {', '.join(missing)}. Fetch them from the package index?"
    return typer.confirm(text, err=True)


def plugin_facts(state: PluginState) -> dict[str, Any]:
    """A plugin's state as JSON values."""
    return {**asdict(state), "path": None if state.path is None else str(state.path)}


def _remember(host: PluginHost, store: SettingsStore) -> None:
    """Keep in the settings which plugins are switched off; those that are gone are forgotten."""
    disabled = sorted(state.id for state in host.states() if state.status == "disabled")
    if tuple(disabled) != store.current.disabled_plugins:
        store.update(disabled_plugins=tuple(disabled))


def _state_text(state: PluginState) -> str:
    lines = [f"{state.id} {state.version}  [{state.status}, {state.source}]"]
    if state.adds:
        lines.append(f"    adds: {', '.join(state.adds)}")
    if state.problem:
        lines.append(f"    {state.problem}")
    if state.is_remembered:
        lines.append(
            f"    It was not imported again, as it has not changed. Try again: shoreline plugins enable {state.id}"
        )
    return "\n".join(lines)


def _report_text(report: CheckReport) -> str:
    lines = [line for finding in report.findings for line in _finding_lines(finding)]
    errors = sum(finding.severity == "error" for finding in report.findings)
    warnings = sum(finding.severity == "warning" for finding in report.findings)
    lines.append(f"{report.plugin_id}: {errors} error(s), {warnings} warning(s).")
    return "\n".join(lines)


def _finding_lines(finding: Finding) -> list[str]:
    lines = [f"{_MARKS[finding.severity]} {finding.step}: {finding.message}"]
    if finding.advice:
        lines.append(f"        {finding.advice}")
    lines.extend(f"        {line}" for line in finding.details.splitlines())
    return lines
