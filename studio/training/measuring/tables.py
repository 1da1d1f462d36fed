"""What was measured of a model, as Markdown for its card and for the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from studio.training.scenes.data import QUESTIONS

_CLOUDS = {"drawn": "the drawn pictures", "four_steps": "those in four steps", "ceiling": "the renders' round trips"}


def table(evaluation: dict[str, Any]) -> str:
    """The evaluation as a Markdown table, in percent."""
    rows = [
        ("drawn, all", evaluation),
        ("drawn from English", evaluation["english"]),
        ("drawn from Chinese", evaluation["chinese"]),
        ("drawn in four steps", evaluation.get("four_steps")),
        ("ceiling: renders through the autoencoder", evaluation["ceiling"]),
        ("floor: captions shuffled", evaluation["floor"]),
        ("classifier on held-out renders", evaluation["classifier"]),
    ]
    lines = ["| pictures | scene | time of day | weather | object | colour |", "| --- " * 6 + "|"]
    lines += [
        f"| {title} | " + " | ".join(_percent(row[name]) for name in QUESTIONS) + " |" for title, row in rows if row
    ]
    return "\n".join(lines)


def measured_beside(evaluation: dict[str, Any]) -> str:
    """What was measured beside the table, a line each."""
    lines = [f"Round trip through the autoencoder: {evaluation['round_trip_psnr']} dB."]
    inpainting, speed, distance, cloud = (evaluation.get(name) for name in ("inpainting", "speed", "distance", "cloud"))
    if distance:
        quick = f", {distance['four_steps']} of those in four steps" if "four_steps" in distance else ""
        lines.append(
            f"Fréchet distance to held-out renders in the classifier's features: {distance['drawn']} of the drawn "
            f"pictures{quick}, {distance['ceiling']} of the renders' round trips."
        )
    if cloud:
        clouds = [
            f"{_percent(row['precision'])} % and {_percent(row['recall'])} % of {title}"
            for key, title in _CLOUDS.items()
            if (row := cloud.get(key))
        ]
        lines.append(f"Precision and recall there: {', '.join(clouds)}.")
    if inpainting:
        lines.append(
            f"Inpainting, {inpainting['pairs']} pairs: object {_percent(inpainting['object'])} %, "
            f"colour {_percent(inpainting['colour'])} %, step across the mask's edge {inpainting['seam']} "
            f"levels, {inpainting['seam_ratio']} times that of a render ({inpainting['render_seam']})."
        )
        lines += [line for name, row in inpainting.items() if isinstance(row, dict) for line in [_inpainted(name, row)]]
    if speed:
        lines.append(
            f"One picture: {speed['full']} s in {evaluation['inference_steps']} steps, {speed['four_steps']} s in 4 "
            f"(float32, {speed['threads']} threads), {speed['peak_mebibytes']:.0f} MiB at the peak."
        )
    return "\n".join(lines)


def looks_table(looks: dict[str, Any]) -> str:
    """What :func:`studio.training.measuring.looks.evaluate_looks` measured as a Markdown table, in percent."""
    titles = {
        "likeness": "things alone: likeness of the outline to the render's, median",
        "named": "things alone: named by their outline",
        "whole": "things alone: in one piece",
        "count": "one to three of a thing: as many as asked for",
        "place": "left, middle or right: where asked for",
    }
    lines = ["| measured on | drawn | ceiling | floor |", "| --- " * 4 + "|"]
    for name, title in titles.items():
        table_row, key = (looks["things"], name) if name in looks["things"] else (looks[name], "right")
        lines.append(_looks_line(title, [part[key] for part in (table_row, table_row["ceiling"], table_row["floor"])]))
    whole = looks["wholeness"]
    for kind in whole["ceiling"]:
        values = [part[kind] for part in (whole, whole["ceiling"], whole["floor"])]
        lines.append(_looks_line(f"in one piece: {kind}", values))
    return "\n".join(lines)


def _looks_line(title: str, values: Sequence[float]) -> str:
    return f"| {title} | " + " | ".join(_percent(value) for value in values) + " |"


def _inpainted(name: str, row: dict[str, Any]) -> str:
    titles = {"alone": "Prompts that name the thing alone", "small": "Masks of 45 to 60 pixels of 256"}
    ground = f", ground off by {row['ground']} levels" if "ground" in row else ""
    return (
        f"{titles[name]}, {row['pairs']} pairs: object {_percent(row['object'])} % "
        f"(render {_percent(row['ceiling'])} %, another one's {_percent(row['floor'])} %){ground}."
    )


def _percent(share: float | None) -> str:
    return "-" if share is None else f"{100 * share:.1f}"
