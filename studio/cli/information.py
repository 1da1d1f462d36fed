"""Commands that tell how things stand: models list, doctor."""

from __future__ import annotations

import platform
from dataclasses import asdict
from importlib import metadata
from typing import Annotated, Any

import typer

from studio import __version__
from studio.cli.options import AsJson, Device, Memory, Precision
from studio.cli.output import print_facts
from studio.cli.places import Installation, unwritable
from studio.cli.plugins import plugin_facts
from studio.cli.services import build_services
from studio.cli.window_libraries import advice, missing_packages, uses_x11
from studio.composition import Services, wish_of
from studio.engine.device.precision import forget_measurements
from studio.engine.device.wish import Wish
from studio.engine.models.library import ModelInfo
from studio.errors import EngineMissingError
from studio.installation.store import EngineStore
from studio.paths import default_paths
from studio.text.amounts import bytes_text

Measure = Annotated[bool, typer.Option("--measure", help="Measure again which number format draws fastest.")]


def register(app: typer.Typer) -> None:
    models = typer.Typer(help="The models that can be used.", no_args_is_help=True)
    models.command("list")(list_models)
    app.add_typer(models, name="models")
    app.command("doctor")(doctor)


def list_models(as_json: AsJson = False) -> None:
    """Every model that was found, and what is wrong with it if anything."""
    models = build_services(default_paths()).library.scan()
    facts = {"models": [model_facts(model) for model in models]}
    print_facts(facts, as_json=as_json, text="\n".join(_model_text(model) for model in models) or "No models.")


def doctor(
    device: Device = None,
    precision: Precision = None,
    memory: Memory = None,
    measure: Measure = False,
    as_json: AsJson = False,
) -> int:
    """Check versions, devices, memory, models and plugins. Exit status 1 if something is wrong."""
    services = build_services(default_paths())
    if measure:
        forget_measurements(services.paths.cache)
    wish = wish_of(services.settings.current).but(device=device, precision=precision, memory=memory)
    facts = doctor_facts(services, wish)
    print_facts(facts, as_json=as_json, text=_doctor_text(facts))
    return 1 if facts["problems"] else 0


def model_facts(model: ModelInfo) -> dict[str, Any]:
    """A model as JSON values; ``size`` in bytes."""
    facts = asdict(model)
    if model.few_steps is not None and model.few_steps.weights is not None:
        facts["few_steps"]["weights"] = str(model.few_steps.weights)
    borrowed = {part: str(path) for part, path in model.borrowed}
    return {**facts, "path": str(model.path), "borrowed": borrowed}


def doctor_facts(services: Services, wish: Wish) -> dict[str, Any]:
    """All that ``shoreline doctor`` knows, as JSON values. Imports torch."""
    from studio.engine.report import engine_report

    report = engine_report(services.library, wish, services.paths.cache)
    plugins = [plugin_facts(state) for state in services.host.states()]
    models = [model_facts(model) for model in services.library.scan()]
    missing = missing_packages()
    paths = services.paths
    installation = Installation.of(EngineStore(paths.engines))
    return {
        "shoreline": __version__,
        "python": platform.python_version(),
        "system": platform.platform(),
        "qt": metadata.version("PySide6-Essentials"),
        "engine": asdict(report),
        "models": models,
        "plugins": plugins,
        "folders": {
            "settings": str(services.paths.config),
            "data": str(services.paths.data),
            "models": str(services.paths.user_models),
            "plugins": str(services.paths.user_plugins),
            "upscalers": str(services.paths.user_upscalers),
        },
        "installation": {**installation.facts(), "lines": installation.lines()},
        "missing_window_packages": list(missing),
        "problems": [
            *unwritable((paths.config, paths.data, paths.engines, paths.user_models, paths.cache)),
            *installation.problems(),
            *report.broken,
            *report.unusable,
            *_missing_parts(report.versions),
            *_problems(services, report.problem, models, plugins),
            *([_window_problem(missing)] if missing and uses_x11() else []),
        ],
    }


def _missing_parts(versions: dict[str, str]) -> list[str]:
    """One line for all: without an engine every part is missing."""
    missing = [name for name, version in versions.items() if version == "missing"]
    if not missing:
        return []
    if "torch" in missing:
        return [str(EngineMissingError())]
    return [
        f"The engine lacks {', '.join(missing)}: repair it with `shoreline engine repair`, without a network with "
        "`--wheels` and a folder that has them (`shoreline engine wheels` prints the command that fills one)."
    ]


def _problems(
    services: Services, engine: str | None, models: list[dict[str, Any]], plugins: list[dict[str, Any]]
) -> list[str]:
    found = [engine] if engine else []
    if services.settings.problem:
        found.append(services.settings.problem)
    if not any(model["problem"] is None and model["kind"] == "model" for model in models):
        found.append("There is no model that can be used. Reinstall Shoreline, or add a model folder.")
    found.extend(f"Model {model['id']}: {model['problem']}" for model in models if model["problem"])
    found.extend(f"Plugin {plugin['id']}: {plugin['problem']}" for plugin in plugins if plugin["problem"])
    return found


def _window_problem(missing: tuple[str, ...]) -> str:
    return f"The window cannot start: libraries of the system are missing. {advice(missing)}"


def _model_text(model: ModelInfo) -> str:
    what = model.what or model.kind
    text = f"{model.id}  {what}, {model.format}, {bytes_text(model.size)}  {model.path}"
    return text if model.problem is None else f"{text}\n    {model.problem}"


def _doctor_text(facts: dict[str, Any]) -> str:
    engine = facts["engine"]
    chosen = engine["chosen"]
    lines = [
        f"Shoreline {facts['shoreline']}, Python {facts['python']}, Qt {facts['qt']}, {facts['system']}",
        "Libraries: " + ", ".join(f"{name} {version}" for name, version in engine["versions"].items()),
        f"Memory: {bytes_text(engine['memory_available'])} free of {bytes_text(engine['memory_total'])}",
        "Devices: " + ("; ".join(f"{device['kind']} ({device['name']})" for device in engine["devices"]) or "none"),
    ]
    if chosen:
        layout = "channels last" if chosen["channels_last"] else "contiguous"
        lines.append(f"Draws on: {chosen['kind']}, {chosen['dtype']}, {layout}, {engine['torch_threads']} threads")
    lines.extend(f"Memory for {text}" for text in engine["memory"])
    ready = [model["id"] for model in facts["models"] if model["problem"] is None]
    lines.append(f"Models ready: {', '.join(ready) or 'none'}")
    enabled = [plugin["id"] for plugin in facts["plugins"] if plugin["status"] == "enabled"]
    lines.append(f"Plugins enabled: {', '.join(enabled) or 'none'}")
    lines.extend(f"{name.capitalize()} folder: {path}" for name, path in facts["folders"].items())
    lines.extend(facts["installation"]["lines"])
    lines.append(_window_line(tuple(facts["missing_window_packages"])))
    problems = facts["problems"]
    lines.extend(f"Problem: {problem}" for problem in problems)
    lines.append("Nothing is wrong." if not problems else f"{len(problems)} problem(s), see above.")
    return "\n".join(lines)


def _window_line(missing: tuple[str, ...]) -> str:
    if not missing:
        return "Libraries for the window: all there"
    return f"Libraries for the window (X11): {', '.join(missing)} missing. {advice(missing)}"
