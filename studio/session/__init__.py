"""What is open: documents, each with its history and file, and the queue of generation jobs. No Qt."""

from studio.session.job import Job, JobCallbacks, JobStatus, Worker
from studio.session.job_queue import GENERATE, KEPT_JOBS, UPSCALE, JobQueue
from studio.session.open_document import ANY_DOCUMENT, DocumentId, OpenDocument, Source
from studio.session.same_picture import same_picture
from studio.session.session import NEW_PICTURE, Session, random_seed

__all__ = [
    "ANY_DOCUMENT",
    "GENERATE",
    "KEPT_JOBS",
    "NEW_PICTURE",
    "UPSCALE",
    "DocumentId",
    "Job",
    "JobCallbacks",
    "JobQueue",
    "JobStatus",
    "OpenDocument",
    "Session",
    "Source",
    "Worker",
    "random_seed",
    "same_picture",
]
