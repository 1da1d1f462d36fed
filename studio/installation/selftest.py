"""Tries an engine, in a process of its own: ``python -m studio.installation.selftest LIBRARIES``.

Prints one line of JSON: ``parts`` (library to version), ``problems`` of parts that drawing can do without, ``drew``
with the ``device`` or, if not, the ``problem``.
"""

from __future__ import annotations

import importlib
import importlib.metadata
import json
import sys
from typing import Any

from studio.system.parts import NEEDED, OPTIONAL


def try_engine(libraries: str) -> dict[str, Any]:
    """Import every part and draw the starter's beach in four steps."""
    sys.path.append(libraries)
    parts: dict[str, str] = {}
    problems: list[str] = []
    for name in (*NEEDED, *OPTIONAL):
        try:
            importlib.import_module(name)
            parts[name] = importlib.metadata.version(name)
        except BaseException as error:  # noqa: BLE001 - a broken library may raise anything; the window must hear what
            text = _reason(name, error)
            if name in NEEDED:
                return {"parts": parts, "problems": problems, "drew": False, "problem": text}
            problems.append(f"{OPTIONAL[name]} cannot be used: {text}")
    try:
        device = _draw()
    except Exception as error:  # noqa: BLE001 - as above
        problem = f"{type(error).__name__}: {error}"
        return {"parts": parts, "problems": problems, "drew": False, "problem": problem}
    return {"parts": parts, "problems": problems, "drew": True, "device": device}


def _reason(name: str, error: BaseException) -> str:
    if isinstance(error, ModuleNotFoundError) and error.name == name:
        return f"{name} is missing"
    return f"{name} does not load ({type(error).__name__}: {error})"


def _draw() -> str:
    """A picture by the libraries alone: what is tried here is the engine, not Shoreline. Returns the device."""
    diffusers = importlib.import_module("diffusers")
    torch = importlib.import_module("torch")
    paths = importlib.import_module("studio.paths").default_paths()
    pipeline = diffusers.StableDiffusionPipeline.from_pretrained(paths.starter_model, safety_checker=None)
    device = "cuda" if torch.cuda.is_available() else "mps" if torch.backends.mps.is_available() else "cpu"
    pipeline = pipeline.to(device)
    pipeline.set_progress_bar_config(disable=True)
    picture = pipeline("美丽的海滩", num_inference_steps=4, width=128, height=128, output_type="np").images[0]
    if not float(picture.std()) > 0.01:
        raise ValueError("the picture that was drawn is empty")
    return device


def main() -> int:
    answer = try_engine(sys.argv[1])
    sys.stdout.write(json.dumps(answer) + "\n")
    return 0 if answer["drew"] else 1


if __name__ == "__main__":
    sys.exit(main())
