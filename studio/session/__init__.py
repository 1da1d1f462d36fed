"""What is open: the document with its history, and the queue of generation jobs. No Qt."""

from studio.session.session import (
    KEPT_JOBS,
    UPSCALE_LABELS,
    Job,
    JobCallbacks,
    JobStatus,
    Session,
    Worker,
    random_seed,
    same_picture,
)

__all__ = [
    "KEPT_JOBS",
    "UPSCALE_LABELS",
    "Job",
    "JobCallbacks",
    "JobStatus",
    "Session",
    "Worker",
    "random_seed",
    "same_picture",
]
