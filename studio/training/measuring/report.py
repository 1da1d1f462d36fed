"""Step 4, the end: everything that is measured of a model folder, kept in it as a table and a card."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import torch

from studio.engine.models.few_steps import has_few_steps
from studio.training.configuration import StarterConfig
from studio.training.measuring.card import model_card
from studio.training.measuring.evaluation import evaluate, train_classifier
from studio.training.measuring.inpainting import (
    Inpainter,
    evaluate_alone,
    evaluate_inpainting,
    make_pairs,
    make_small_pairs,
)
from studio.training.measuring.looks import evaluate_looks
from studio.training.measuring.speed import measure_speed
from studio.training.networks.few_steps import load_few_steps
from studio.training.networks.integration import load_folder, measure_folder
from studio.training.scenes.data import prepare_split

SHEETS_FOLDER = "sheets"
"""In the work folder: pictures of every thing and scene, to be looked at with each evaluation."""

NOTES_FILE = "notes.md"
"""In the work folder: how this run was trained otherwise than by the plain recipe, for the card."""


def evaluate_folder(
    config: StarterConfig,
    path: Path,
    work: Path,
    device: torch.device,
    inpaint: Inpainter | None = None,
) -> dict[str, Any]:
    """Evaluate the model in ``path``; write ``evaluation.json`` and the card ``README.md`` beside it.

    Renders and the classifier are made under ``work`` if they are missing. A ``notes.md`` there goes into the card: it
    says how this copy departs from the recipe. ``inpaint`` draws with the model as the
    application does; without it inpainting is not measured.
    """
    pipeline = load_folder(path).to(device)
    four_steps = None
    if has_few_steps(path):
        four_steps = load_folder(path).to(device)
        load_few_steps(four_steps, path)
    judge = prepare_split(config.data, "judge", work)
    classifier = train_classifier(config.evaluation, judge, work / "classifier", device).to(device)
    held_out = prepare_split(config.data, "held-out", work)
    evaluation = evaluate(config.evaluation, pipeline, classifier, held_out, four_steps=four_steps)
    evaluation["looks"] = evaluate_looks(config.evaluation, pipeline, work / SHEETS_FOLDER)
    if inpaint is not None:
        pairs = make_pairs(config.data, config.evaluation.inpaint_pairs)
        evaluation["inpainting"] = evaluate_inpainting(inpaint, classifier, pairs)
        evaluation["inpainting"]["alone"] = evaluate_alone(inpaint, classifier, pairs[: config.evaluation.alone_pairs])
        small = make_small_pairs(config.data, config.evaluation.small_pairs)
        evaluation["inpainting"]["small"] = evaluate_alone(inpaint, classifier, small)
    if four_steps is not None:
        evaluation["speed"] = measure_speed(
            path, steps=config.evaluation.inference_steps, guidance_scale=config.evaluation.guidance_scale
        )
    notes = (work / NOTES_FILE).read_text("utf-8-sig").strip() if (work / NOTES_FILE).exists() else ""
    (path / "evaluation.json").write_text(json.dumps(evaluation, indent=2) + "\n", "utf-8")
    size = measure_folder(path).total_bytes
    (path / "README.md").write_text(model_card(config, pipeline, evaluation, size, notes), "utf-8")
    return evaluation
