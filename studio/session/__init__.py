"""What is open: the document with its history, and the queue of generation jobs. No Qt."""

from studio.session.session import (
    GENERATE,
    KEPT_JOBS,
    NEW_PICTURE,
    UPSCALE,
    Job,
    JobCallbacks,
    JobStatus,
    Session,
    Worker,
    random_seed,
    same_picture,
)

__all__ = [
    "GENERATE",
    "KEPT_JOBS",
    "NEW_PICTURE",
    "UPSCALE",
    "Job",
    "JobCallbacks",
    "JobStatus",
    "Session",
    "Worker",
    "random_seed",
    "same_picture",
]
