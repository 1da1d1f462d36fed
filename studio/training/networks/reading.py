"""Reading the grammar's answers off a vector: shared by the text encoder's training and by the classifier."""

from __future__ import annotations

from collections.abc import Mapping

import torch
from torch import Tensor, nn
from torch.nn import functional

from studio.training.scenes.data import NO_ANSWER, QUESTIONS


class Readers(nn.ModuleList):
    """One linear head for each question and its answers, ``QUESTIONS`` by default."""

    def __init__(self, width: int, questions: Mapping[str, tuple[str, ...]] = QUESTIONS) -> None:
        super().__init__(nn.Linear(width, len(answers)) for answers in questions.values())

    def forward(self, features: Tensor) -> list[Tensor]:
        """Scores, one (n, answers) tensor a question, of features (n, width)."""
        return [head(features) for head in self]


def reading_loss(scores: list[Tensor], labels: Tensor) -> Tensor:
    """Mean cross entropy where there is an answer, summed over the questions; ``labels`` are int64 (n, questions)."""
    losses = []
    for index, score in enumerate(scores):
        answered = int((labels[:, index] != NO_ANSWER).sum())
        total = functional.cross_entropy(score, labels[:, index], ignore_index=NO_ANSWER, reduction="sum")
        losses.append(total / max(1, answered))
    return torch.stack(losses).sum()
