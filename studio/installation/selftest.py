"""Tries an engine, in a process of its own: ``python -m studio.installation.selftest LIBRARIES``.

Prints one line of JSON: ``parts`` (library to version), ``problems`` of parts that drawing can do without, ``drew``
with the ``device`` or, if not, the ``problem``, and the ``advice`` if there is a better one than another engine.
"""

from __future__ import annotations

import importlib
import importlib.metadata
import json
import sys
from typing import Any, Final

from packaging.requirements import InvalidRequirement, Requirement

from studio.system.parts import NEEDED, OPTIONAL

_PAIR: Final = (
    "Take torch and torchvision from the same index, such as https://download.pytorch.org/whl/cpu for the processor, "
    "or leave torchvision out: then only enlarging with networks is missing."
)


def try_engine(libraries: str) -> dict[str, Any]:
    """Import every part and draw the starter's beach in four steps."""
    sys.path.append(libraries)
    parts: dict[str, str] = {}
    problems: list[str] = []
    failed: dict[str, str] = {}
    for name in (*NEEDED, *OPTIONAL):
        try:
            importlib.import_module(name)
            parts[name] = importlib.metadata.version(name)
        except BaseException as error:  # noqa: BLE001 - a broken library may raise anything; the window must hear what
            text = failed[name] = _reason(name, error)
            if name in NEEDED:
                return {"parts": parts, "problems": problems, "drew": False, "problem": text}
            problems.append(f"{OPTIONAL[name]} cannot be used: {text}")
    unfit = _unfit_pair(parts["torch"], failed.get("torchvision"))
    if unfit is not None:
        return {"parts": parts, "problems": problems, "drew": False, "problem": unfit, "advice": _PAIR}
    try:
        device = _draw()
    except Exception as error:  # noqa: BLE001 - as above
        problem = f"{type(error).__name__}: {error}"
        return {"parts": parts, "problems": problems, "drew": False, "problem": problem}
    return {"parts": parts, "problems": problems, "drew": True, "device": device}


def _unfit_pair(torch: str, failed: str | None) -> str | None:
    """What is wrong where torchvision is of another release than this version of PyTorch, or ``failed`` to load.

    It ends all drawing then, not only what it is for: transformers imports it wherever it is there.
    """
    try:
        version = importlib.metadata.version("torchvision")
        wanted = [Requirement(line) for line in importlib.metadata.requires("torchvision") or ()]
    except (importlib.metadata.PackageNotFoundError, InvalidRequirement):
        return None
    other = next((need for need in wanted if need.name == "torch" and not need.specifier.contains(torch, True)), None)
    if other is not None:
        return f"torchvision {version} was made for PyTorch {str(other.specifier).lstrip('=')}, not for {torch}."
    return failed and f"torchvision {version} was not made for this build of PyTorch, {torch}: {failed}."


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
