"""Pictures that wait for a decision outlive the program: each is on disk until it is applied or dropped."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence, Set
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer

from studio.errors import FileError
from studio.generation import GenerationResult
from studio.session import ANY_DOCUMENT, DocumentId, Job, JobStatus, OpenDocument, Session
from studio.ui.background.background import Background
from studio.ui.canvas.result_viewer import Place
from studio.ui.widgets.following import follow
from studio.ui.widgets.notice_bar import NoticeAction, NoticeBar, error_text

if TYPE_CHECKING:
    from studio.files.results import WaitingResult

_KEY: Final = "results"
_DAMAGED: Final = "damaged-results"
_ENOUGH: Final = 64
"""So many layers tell a document from others."""
APPLIED_MS: Final = 10_000
"""How long the file of a picture stays once it was applied: by then the journal of its document holds its layer."""


class WaitingResults(QObject):
    """Follows the queue, and writes and deletes in the background. Those of an earlier run are offered once."""

    def __init__(self, session: Session, folder: Path, notices: NoticeBar, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._folder = folder
        self._notices = notices
        self._tasks = Background("results", self)
        self._written: dict[Place, bool] = {}
        self._names: dict[Place, str] = {}
        self._applied: set[Place] = set()
        self._journaled = QTimer(self, singleShot=True, interval=APPLIED_MS)
        self._journaled.timeout.connect(self._delete_applied)
        follow(self, session.queue.jobs_changed, self._look)
        follow(self, session.opened, session.queue.claim)

    def close(self) -> None:
        """What is to be written is written first."""
        self._journaled.stop()
        self._delete_applied()
        self._tasks.close()

    # --- keeping ----------------------------------------------------------------------------------

    def _look(self) -> None:
        """Write what came, delete what was decided; what the queue forgot by itself stays for the next start."""
        jobs = {job.id: job for job in self._session.queue.jobs}
        waiting = {(job.id, index): index in job.kept for job in jobs.values() for index in job.undecided}
        gone = [place for place in self._written if place not in waiting]
        applied = {place for place in gone if place[0] in jobs and place[1] in jobs[place[0]].placed}
        self._delete([place for place in gone if place[0] in jobs and place not in applied])
        self._delete_later(applied, waiting)
        for place in gone:
            del self._written[place]
        for place, is_kept in waiting.items():
            if self._written.get(place) is not is_kept:
                self._write(jobs[place[0]], place[1], is_new=place not in self._written)
                self._written[place] = is_kept

    def _write(self, job: Job, index: int, *, is_new: bool) -> None:
        document = self._session.find(job.document_id)
        belonging = _Belonging.of(job, document)
        name = self._name((job.id, index))

        def write() -> None:
            from studio.files.results import write_facts, write_result

            result = _waiting(job, index, belonging)
            if is_new:
                write_result(self._folder, name, result)
            else:
                write_facts(self._folder, name, result.facts)

        self._tasks.run(write, lambda _nothing: self._notices.clear(_KEY), self._not_kept)

    def _delete_later(self, applied: Set[Place], waiting: Collection[Place]) -> None:
        """A kill in the next moment must not take a picture that is in no journal yet; an undo lets it wait again."""
        self._applied = (self._applied | applied).difference(waiting)
        if applied:
            self._journaled.start()

    def _delete_applied(self) -> None:
        self._delete(sorted(self._applied))
        self._applied.clear()

    def _delete(self, places: Sequence[Place]) -> None:
        if places:
            self._drop(tuple(self._name(place) for place in places))

    def _name(self, place: Place) -> str:
        """What the files of a picture are called; those of an earlier run keep their names."""
        return self._names.setdefault(place, "-".join(map(str, place)))

    def _not_kept(self, error: Exception) -> None:
        self._notices.show_error(error, key=_KEY)

    # --- offering ---------------------------------------------------------------------------------

    def offer(self) -> None:
        """Look for what waited when the program ended, and offer it."""
        self._tasks.run(lambda: _left(self._folder), self._show_offer, self._not_kept)

    def _show_offer(self, names: tuple[str, ...]) -> None:
        if not names:
            return
        one = self.tr("One result of last time waits for a decision.")
        several = self.tr("{count} results of last time wait for a decision.").format(count=len(names))
        actions = (
            NoticeAction(self.tr("Show"), lambda: self._read(names)),
            NoticeAction(self.tr("Drop"), lambda: self._drop(names)),
        )
        self._notices.show_notice(one if len(names) == 1 else several, "info", actions, key="left-results")

    def _read(self, names: tuple[str, ...]) -> None:
        self._tasks.run(lambda: _read(self._folder, names), self._restore, self._not_kept)

    def _drop(self, names: tuple[str, ...]) -> None:
        self._tasks.run(lambda: _deleted(self._folder, names), lambda _nothing: None, self._not_kept)

    def _restore(self, read: tuple[dict[str, WaitingResult], list[FileError]]) -> None:
        results, problems = read
        if problems:
            self._notices.show_notice("\n".join(map(error_text, problems)), "error", key=_DAMAGED)
        known = {job.id for job in self._session.queue.jobs}
        by_job: dict[str, dict[str, WaitingResult]] = defaultdict(dict)
        for name, result in results.items():
            by_job[result.request.id][name] = result
        self._session.queue.restore([self._restored(by_job[job_id]) for job_id in by_job if job_id not in known])
        for document in self._session.documents:
            self._session.queue.claim(document)

    def _restored(self, group: dict[str, WaitingResult]) -> Job:
        """A job that is over, with those of its pictures that wait."""
        results = tuple(group.values())
        request = results[0].request
        kept = frozenset(index for index, result in enumerate(results) if result.facts.is_kept)
        self._names.update({(request.id, index): name for index, name in enumerate(group)})
        self._written.update({(request.id, index): index in kept for index in range(len(group))})
        images = tuple(result.image for result in results)
        return Job(
            request=request,
            document_id=self._meant(results[0].facts.document),
            layers=frozenset(results[0].facts.layers),
            waits=True,
            status=JobStatus.FINISHED,
            result=GenerationResult(request=request, images=images, timings={}),
            kept=kept,
        )

    def _meant(self, file: str) -> DocumentId:
        """The open document of a file; any if there is none, as the one that is meant may be recovered later."""
        document = self._session.of_file(Path(file)) if file else None
        return ANY_DOCUMENT if document is None else document.id


@dataclass(frozen=True)
class _Belonging:
    """By what the document of a picture is found again: its file, and ids of its layers."""

    file: str = ""
    layers: tuple[str, ...] = ()

    @classmethod
    def of(cls, job: Job, document: OpenDocument | None) -> _Belonging:
        if document is None:
            return cls(layers=tuple(sorted(job.layers)))
        layers = tuple(layer.id for layer in document.document.layers[:_ENOUGH])
        return cls("" if document.file is None else str(document.file), layers)


def _waiting(job: Job, index: int, belonging: _Belonging) -> WaitingResult:
    from studio.files.results import ResultFacts, WaitingResult

    image = job.images[index]
    facts = ResultFacts(
        document=belonging.file,
        layers=belonging.layers,
        from_canvas=image.from_canvas,
        is_kept=index in job.kept,
    )
    request = replace(job.request, settings=job.settings_of(index))
    return WaitingResult(request=request, image=image, facts=facts)


def _left(folder: Path) -> tuple[str, ...]:
    from studio.files.results import left_results

    return left_results(folder)


def _deleted(folder: Path, names: tuple[str, ...]) -> None:
    from studio.files.results import delete_results

    delete_results(folder, names)


def _read(folder: Path, names: tuple[str, ...]) -> tuple[dict[str, WaitingResult], list[FileError]]:
    from studio.files.results import read_result

    results: dict[str, WaitingResult] = {}
    problems: list[FileError] = []
    for name in names:
        try:
            results[name] = read_result(folder, name)
        except FileError as error:
            problems.append(error)
    return results, problems
