"""How far drawn pictures are from renders, as clouds of the classifier's features."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

_NEIGHBOURS = 3
"""A cloud reaches around each of its points as far as its third nearest one."""


def frechet_distance(one: Tensor, other: Tensor) -> float:
    """Distance of two clouds of features, (n, d) and (m, d), taken as Gaussians; 0 for the same mean and covariance.

    The measure of "GANs Trained by a Two Time-Scale Update Rule Converge to a Local Nash Equilibrium", in features of
    our own: it compares with figures of this model only.
    """
    first, second = one.double().numpy(), other.double().numpy()
    root = _square_root(np.cov(first, rowvar=False))
    shared = np.linalg.eigvalsh(root @ np.cov(second, rowvar=False) @ root).clip(min=0)
    spread = first.var(axis=0, ddof=1).sum() + second.var(axis=0, ddof=1).sum() - 2 * np.sqrt(shared).sum()
    return round(float(np.square(first.mean(axis=0) - second.mean(axis=0)).sum() + spread), 3)


def precision_and_recall(one: Tensor, truth: Tensor) -> dict[str, float]:
    """Share of the points of ``one``, (n, d), that lie within the cloud ``truth``, (m, d), and of the truth within it.

    The measures of "Improved Precision and Recall Metric for Assessing Generative Models": what is drawn that might be
    a render, and what is rendered that might be drawn. Both depend on how many points there are: take as many of each.
    """
    return {"precision": _within(one, truth), "recall": _within(truth, one)}


def _within(points: Tensor, cloud: Tensor) -> float:
    """Share of the points that a neighbourhood of some point of the cloud holds."""
    own = torch.cdist(cloud.double(), cloud.double())
    reach = own.kthvalue(min(_NEIGHBOURS + 1, len(cloud)), dim=1).values  # the nearest is the point itself
    held = (torch.cdist(points.double(), cloud.double()) <= reach).any(dim=1)
    return round(float(held.float().mean()), 4)


def _square_root(covariance: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    values, vectors = np.linalg.eigh(covariance)
    root: npt.NDArray[np.float64] = (vectors * np.sqrt(values.clip(min=0))) @ vectors.T
    return root
