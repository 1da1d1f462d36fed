"""A generation job as the queue shows it, and who runs it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from studio.document import LayerId
from studio.generation import CancelToken, GenerationRequest, GenerationResult, Progress
from studio.session.open_document import DocumentId


class JobStatus(StrEnum):
    QUEUED = "queued"
    RUNNING = "running"
    FINISHED = "finished"
    CANCELLED = "cancelled"
    FAILED = "failed"


@dataclass(frozen=True, kw_only=True, eq=False)
class Job:
    """One generation job as the queue shows it.

    ``document_id`` tells which open document it was asked for, ``placed`` as which layers each picture was put into
    documents. A job that ``is_cancelling`` still runs, until it has noticed.
    """

    request: GenerationRequest
    document_id: DocumentId
    status: JobStatus = JobStatus.QUEUED
    progress: Progress | None = None
    result: GenerationResult | None = None
    error: Exception | None = None
    placed: Mapping[int, frozenset[LayerId]] = field(default_factory=dict)
    is_cancelling: bool = False

    @property
    def id(self) -> str:
        return self.request.id

    @property
    def is_over(self) -> bool:
        return self.status not in (JobStatus.QUEUED, JobStatus.RUNNING)


@dataclass(frozen=True, kw_only=True)
class JobCallbacks:
    """What a worker calls, on the queue's thread: any number of progress calls, then exactly one ending."""

    progressed: Callable[[Progress], None]
    finished: Callable[[GenerationResult], None]
    cancelled: Callable[[], None]
    failed: Callable[[Exception], None]


class Worker(Protocol):
    """Runs one job at a time away from the queue's thread (or at once, for the command line)."""

    def submit(self, request: GenerationRequest, cancel: CancelToken, callbacks: JobCallbacks) -> None: ...
