"""What the evaluation counts."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from studio.training.configuration import DataConfig
from studio.training.measuring.distances import frechet_distance, precision_and_recall
from studio.training.measuring.evaluation import Classifier, describe, read, score
from studio.training.measuring.inpainting import (
    InpaintTask,
    edge_step,
    evaluate_alone,
    evaluate_inpainting,
    make_pairs,
    make_small_pairs,
)
from studio.training.measuring.tables import measured_beside, table
from studio.training.networks.reading import Readers, reading_loss
from studio.training.scenes.data import NO_ANSWER, QUESTIONS, Pictures

CONFIG = DataConfig(resolution=64)
ROW = dict.fromkeys(QUESTIONS, 0.5)


def test_questions_without_an_answer_do_not_count() -> None:
    labels = torch.tensor([[0, 1, 2, NO_ANSWER, NO_ANSWER], [0, 0, NO_ANSWER, 5, NO_ANSWER]])
    answers = torch.tensor([[0, 1, 0, 9, 9], [1, 1, 9, 5, 9]])
    row = score(answers, labels)
    assert row == {"scene": 0.5, "time_of_day": 0.5, "weather": 0.0, "object": 1.0, "colour": None}


def test_the_loss_leaves_out_what_has_no_answer() -> None:
    torch.manual_seed(0)
    scores = Readers(8)(torch.randn(3, 8))
    labels = torch.full((3, len(QUESTIONS)), NO_ANSWER)
    assert float(reading_loss(scores, labels).detach()) == 0
    labels[1, 0] = 2
    wanted = -scores[0].log_softmax(dim=1)[1, 2]
    assert float(reading_loss(scores, labels).detach()) == pytest.approx(float(wanted.detach()), rel=1e-5)


def test_the_classifier_answers_every_question_at_any_size() -> None:
    classifier = Classifier().eval()
    for side in (64, 96, 256):
        assert read(classifier, torch.rand(2, 3, side, side) * 2 - 1).shape == (2, len(QUESTIONS))


def test_the_distance_of_two_clouds_is_that_of_their_gaussians() -> None:
    torch.manual_seed(0)
    cloud = torch.randn(4000, 3)
    assert frechet_distance(cloud, cloud) == pytest.approx(0, abs=1e-6)
    assert frechet_distance(cloud, cloud + torch.tensor([2.0, 0.0, 0.0])) == pytest.approx(4, abs=1e-3)
    # For independent features of spreads 1 and 3 it is (3 - 1)² a feature.
    assert frechet_distance(cloud, 3 * torch.randn(4000, 3)) == pytest.approx(12, rel=0.1)


def test_precision_and_recall_tell_what_is_missing_from_what_is_wrong() -> None:
    torch.manual_seed(0)
    truth = torch.randn(300, 4)
    assert precision_and_recall(truth, truth) == {"precision": 1.0, "recall": 1.0}
    assert precision_and_recall(truth + 50, truth) == {"precision": 0.0, "recall": 0.0}
    few_kinds = precision_and_recall(0.1 * truth, truth)
    assert few_kinds["precision"] > 0.95
    assert few_kinds["recall"] < 0.5
    too_wide = precision_and_recall(5 * truth, truth)
    assert too_wide["precision"] < 0.5


def test_features_are_what_the_answers_are_read_from() -> None:
    classifier, pictures = Classifier().eval(), torch.rand(2, 3, 96, 96) * 2 - 1
    scores = classifier.readers(describe(classifier, pictures))
    assert torch.equal(torch.stack([part.argmax(dim=1) for part in scores], dim=1), read(classifier, pictures))


def test_a_step_is_measured_across_the_edge_alone() -> None:
    picture = np.zeros((10, 10, 3), np.uint8)
    mask = np.zeros((10, 10), bool)
    mask[2:8, 2:8] = True
    picture[mask] = 30
    picture[5, 5] = 255
    assert edge_step(picture, mask) == 30
    assert edge_step(picture, np.zeros((10, 10), bool)) == 0


def test_the_pairs_of_a_scene_differ_only_in_the_mask() -> None:
    for pair in make_pairs(CONFIG, 6):
        differs = np.abs(pair.without.astype(int) - pair.complete).max(axis=0) > 8
        assert differs.any()
        assert not (differs & ~pair.mask).any()
        assert pair.sample.description.subject is not None


def test_the_true_picture_has_the_seam_of_a_render() -> None:
    pairs = make_pairs(CONFIG, 4)
    truth = {pair.mask.tobytes() + pair.without.tobytes(): pair.complete for pair in pairs}

    def perfect(task: InpaintTask) -> Pictures:
        key = task.mask.tobytes() + np.ascontiguousarray(task.picture.transpose(2, 0, 1)).tobytes()
        return truth[key].transpose(1, 2, 0)

    def careless(task: InpaintTask) -> Pictures:
        made = task.picture.copy()
        made[task.mask] = (255, 0, 255)
        return made

    classifier = Classifier().eval()
    measured = evaluate_inpainting(perfect, classifier, pairs)
    assert measured["pairs"] == 4
    assert measured["seam_ratio"] == pytest.approx(1, abs=0.01)
    assert evaluate_inpainting(careless, classifier, pairs)["seam_ratio"] > 5


def test_the_ground_around_a_thing_named_alone_is_measured() -> None:
    pairs = make_pairs(CONFIG, 4)
    prompts = []

    def kept(task: InpaintTask) -> Pictures:
        prompts.append(task.prompt)
        return task.picture

    def darker(task: InpaintTask) -> Pictures:
        made = task.picture.copy()
        made[task.mask] = np.maximum(made[task.mask], 10) - 10
        return made

    classifier = Classifier().eval()
    assert evaluate_alone(kept, classifier, pairs)["ground"] == 0
    assert 9 < evaluate_alone(darker, classifier, pairs)["ground"] <= 10
    assert not any(word in prompt for prompt in prompts for word in (" on ", " in ", " at ", "上", "里"))


def test_small_masks_are_45_to_60_pixels_of_256() -> None:
    for pair in make_small_pairs(DataConfig(resolution=128), 4):
        longest = max(int(pair.mask.any(axis=axis).sum()) for axis in (0, 1))
        assert 22 <= longest <= 30
        changed = np.abs(pair.complete.astype(int) - pair.without).max(axis=0) > 8
        assert changed.any()
        assert not (changed & ~pair.mask).any()


def test_a_row_that_was_not_measured_is_left_out_of_the_table() -> None:
    evaluation = {**ROW, **dict.fromkeys(("english", "chinese", "ceiling", "floor", "classifier"), ROW)}
    evaluation["round_trip_psnr"] = 30.0
    assert "four steps" not in table(evaluation)
    quick = {**evaluation, "four_steps": {**ROW, "object": None}}
    assert "| drawn in four steps | 50.0 | 50.0 | 50.0 | - | 50.0 |" in table(quick)
    assert "30.0 dB" in measured_beside(evaluation)
