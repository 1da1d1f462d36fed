"""The tensors of a network from its files to the device, several at a time."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from queue import SimpleQueue
from typing import Final

import torch

from studio.engine.models.number_formats import in_format
from studio.engine.models.packed_layers import unpacked
from studio.engine.models.tensor_files import StoredTensor, TensorReader

_MOST_THREADS: Final = 4
"""More of them wait for memory."""
_BATCH: Final = 1 << 20
"""Bytes that are worth a thread's turn: biases go along with their weights."""


@dataclass(frozen=True)
class WantedTensor:
    """A tensor by its ``name`` in the network, in a number format, or as it lies in its file for ``None``."""

    name: str
    stored: StoredTensor
    dtype: torch.dtype | None

    def read(self, reader: TensorReader, device: str, layout: torch.memory_format) -> torch.Tensor:
        """The tensor on a device; with four dimensions in a memory layout. Raises `ModelError`."""
        as_it_lies = self.dtype in (None, self.stored.dtype) and device == "cpu"
        return self.formatted(reader.read(self.stored, lasting=as_it_lies).to(device), layout)

    def formatted(self, tensor: torch.Tensor, layout: torch.memory_format) -> torch.Tensor:
        """What was read, or a tensor without numbers, in the wanted format and a memory layout."""
        if self.dtype is None:
            return tensor
        if self.stored.is_packed and not tensor.is_meta:
            return unpacked(tensor, self.stored.entry.dtype, self.dtype).reshape(self.stored.shape)
        return in_format(tensor, self.dtype, layout)


_Batch = list[WantedTensor]
_Made = tuple[WantedTensor, torch.Tensor]


def stream(wanted: Sequence[WantedTensor], device: str, layout: torch.memory_format) -> Generator[_Made]:
    """Each tensor on a device, in the order in which they are wanted; few are made before they are taken.

    To be closed where it is left early. Raises `ModelError` naming a file that is not whole.
    """
    # Other devices are served by one thread at a time.
    count = min(torch.get_num_threads(), _MOST_THREADS) if device == "cpu" else 1
    readers: SimpleQueue[TensorReader] = SimpleQueue()

    def read(batch: _Batch) -> list[_Made]:
        reader = readers.get()
        try:
            return [(each, each.read(reader, device, layout)) for each in batch]
        finally:
            readers.put(reader)

    with ExitStack() as stack:
        for _ in range(count):
            readers.put(stack.enter_context(TensorReader()))
        threads = stack.enter_context(_threads(count))
        for made in _in_order(threads, read, _batches(wanted), ahead=2 * count):
            yield from made


@contextmanager
def _threads(count: int) -> Iterator[ThreadPoolExecutor]:
    """Threads in which torch uses one processor each: together they wait less than all do for one tensor."""
    before = torch.get_num_threads()
    threads = ThreadPoolExecutor(count, "tensors", initializer=torch.set_num_threads, initargs=(1,))
    try:
        yield threads
    finally:
        threads.shutdown(cancel_futures=True)
        torch.set_num_threads(before)  # what threads to come begin with


def _in_order(
    threads: ThreadPoolExecutor, make: Callable[[_Batch], list[_Made]], batches: Iterator[_Batch], *, ahead: int
) -> Iterator[list[_Made]]:
    """What is made of each batch, at most so many ahead of who takes them."""
    coming: deque[Future[list[_Made]]] = deque()
    for batch in batches:
        coming.append(threads.submit(make, batch))
        if len(coming) > ahead:
            yield coming.popleft().result()
    while coming:
        yield coming.popleft().result()


def _batches(wanted: Sequence[WantedTensor]) -> Iterator[_Batch]:
    """Runs of tensors; those that are made of the same stored one stay together."""
    batch: _Batch = []
    size = 0
    for each in wanted:
        is_another = not batch or batch[-1].stored.place != each.stored.place
        if size >= _BATCH and is_another:
            yield batch
            batch, size = [], 0
        batch.append(each)
        size += each.stored.size if is_another else 0
    if batch:
        yield batch
