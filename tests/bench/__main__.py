"""Runs benchmarks, prints a table and writes bench.json beside it."""

from __future__ import annotations

import argparse
import importlib
import json
import os
import platform
import sys
import time
import traceback
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tests.bench.measurement import Measurement

_FOLDER = Path(__file__).parent
_PREFIX = "bench_"


def names() -> list[str]:
    """The benchmarks in this folder."""
    return sorted(path.stem.removeprefix(_PREFIX) for path in _FOLDER.glob(f"{_PREFIX}*.py"))


def main(arguments: list[str]) -> int:
    options = _parsed(arguments)
    if options.list:
        sys.stdout.write("\n".join(names()) + "\n")
        return 0
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    console = Console(width=None if sys.stdout.isatty() else 150)
    results: dict[str, list[Measurement]] = {}
    failures: dict[str, str] = {}
    for name in options.names or names():
        console.print(f"[bold]{name}[/] ...")
        try:
            results[name] = importlib.import_module(f"tests.bench.{_PREFIX}{name}").run()
        except Exception:  # noqa: BLE001 - one broken benchmark must not hide the others
            failures[name] = traceback.format_exc()
            console.print(failures[name], style="red", markup=False)
            continue
        console.print(_table(results[name]))
    _write(options.output, results, failures)
    console.print(f"Written to {options.output}")
    return 1 if failures else 0


def _parsed(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("names", nargs="*", choices=[*names(), []], metavar="NAME", help=f"of: {', '.join(names())}")
    parser.add_argument("--list", action="store_true", help="print the names and stop")
    parser.add_argument("--output", type=Path, default=Path("bench.json"), help="the JSON file (%(default)s)")
    return parser.parse_args(arguments)


def _table(measurements: Iterable[Measurement]) -> Table:
    table = Table(show_edge=False, pad_edge=False)
    for heading in ("measured", "value", "goal", "", "ours", "peer", "note"):
        table.add_column(heading, justify="right" if heading in ("value", "goal") else "left")
    for item in measurements:
        sign = {"higher": ">=", "lower": "<="}[item.better]
        goal = "" if item.goal is None else f"{sign} {item.goal:g} {item.unit}"
        mark = {None: "", True: "[green]met[/]", False: "[red]missed[/]"}[item.meets_goal]
        table.add_row(item.name, f"{item.value:.3g} {item.unit}", goal, mark, item.ours, item.peer, item.note)
    return table


def _write(path: Path, results: dict[str, list[Measurement]], failures: dict[str, str]) -> None:
    """Figures of benchmarks that did not run now are kept from the file that is there."""
    known = json.loads(path.read_text("utf-8")).get("benchmarks", {}) if path.is_file() else {}
    machine = {
        "system": platform.platform(),
        "python": platform.python_version(),
        "cores": os.cpu_count(),
        "load": os.getloadavg()[0] if hasattr(os, "getloadavg") else None,
    }
    for name, measurements in results.items():
        figures = [{**asdict(item), "meets_goal": item.meets_goal} for item in measurements]
        known[name] = {"measured": time.strftime("%Y-%m-%dT%H:%M:%S"), "machine": machine, "figures": figures}
    for name, text in failures.items():
        known[name] = {"measured": time.strftime("%Y-%m-%dT%H:%M:%S"), "machine": machine, "failed": text}
    path.write_text(json.dumps({"benchmarks": known}, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
