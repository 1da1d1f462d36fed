"""A generation job as the queue shows it, and who runs it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from studio.document import LayerId
from studio.generation import (
    CancelToken,
    GeneratedImage,
    GenerationRequest,
    GenerationResult,
    GenerationSettings,
    Progress,
    settings_of,
)
from studio.session.open_document import ANY_DOCUMENT, DocumentId


class JobStatus(StrEnum):
    QUEUED = "queued"
    RUNNING = "running"
    FINISHED = "finished"
    CANCELLED = "cancelled"
    FAILED = "failed"


@dataclass(frozen=True, kw_only=True, eq=False)
class Job:
    """One generation job as the queue shows it.

    ``document_id`` tells which open document it was asked for, or is `ANY_DOCUMENT` for one of an earlier run of the
    program. ``waits`` says that its pictures wait for a decision and do not become layers at once, ``placed`` as which
    layers each picture was put into documents, ``undone`` which of these an undo took away again. Pictures that are
    ``dropped`` are not wanted, those that are ``kept`` are. A job that ``is_cancelling`` still runs, until it has
    noticed. The generation mask of one that ``spends_mask`` goes once a picture is placed. One that was cancelled or
    failed has a result too, if pictures of it were done by then. ``layers`` are some that the document of a job of an
    earlier run had: it is for the one that has one of them, once that is open.
    """

    request: GenerationRequest
    document_id: DocumentId
    waits: bool = False
    status: JobStatus = JobStatus.QUEUED
    progress: Progress | None = None
    result: GenerationResult | None = None
    error: Exception | None = None
    placed: Mapping[int, frozenset[LayerId]] = field(default_factory=dict)
    undone: frozenset[int] = frozenset()
    dropped: frozenset[int] = frozenset()
    kept: frozenset[int] = frozenset()
    is_cancelling: bool = False
    spends_mask: bool = False
    layers: frozenset[LayerId] = frozenset()

    @property
    def id(self) -> str:
        return self.request.id

    @property
    def is_over(self) -> bool:
        return self.status not in (JobStatus.QUEUED, JobStatus.RUNNING)

    def is_for(self, document_id: DocumentId) -> bool:
        """Whether its pictures belong on this open document."""
        return self.document_id in (document_id, ANY_DOCUMENT)

    @property
    def images(self) -> tuple[GeneratedImage, ...]:
        """The pictures that are done by now."""
        if self.result is not None:
            return self.result.images
        return () if self.progress is None else self.progress.images

    @property
    def undecided(self) -> tuple[int, ...]:
        """Those of its pictures that were neither made layers nor dropped."""
        if not self.waits:
            return ()
        decided = (self.placed.keys() - self.undone) | self.dropped
        return tuple(index for index in range(len(self.images)) if index not in decided)

    def settings_of(self, index: int) -> GenerationSettings:
        """The settings that make picture ``index`` again on its own."""
        if self.result is not None:
            return self.result.settings_of(index)
        return self.images[index].settings or settings_of(self.request.settings, self.images[index])


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
