"""Tensors of a network are read and converted by several threads, and come in the order in which they are wanted."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
import torch
from safetensors.torch import save_file

from studio.engine.models.headers import read_header
from studio.engine.models.tensor_files import StoredTensor, TensorReader
from studio.engine.models.tensor_stream import WantedTensor, stream
from studio.errors import ModelError

LAYOUT = torch.channels_last
COUNT = 24


@pytest.fixture
def two_threads() -> Iterator[None]:
    before = torch.get_num_threads()
    torch.set_num_threads(2)
    yield
    torch.set_num_threads(before)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Large convolutions, each with a small bias, and one matrix of which the rows are taken apart."""
    tensors = {"rows": torch.randn(600, 512).half()}
    for number in range(COUNT):
        tensors[f"{number:02}.weight"] = torch.randn(64, 512 + 8 * number, 3, 3).half()
        tensors[f"{number:02}.bias"] = torch.randn(64).half()
    save_file(tensors, tmp_path / "network.safetensors")
    return tmp_path / "network.safetensors"


def wanted(path: Path, dtype: torch.dtype | None) -> list[WantedTensor]:
    tensors: list[WantedTensor] = []
    for name, entry in read_header(path).tensors.items():
        if name == "rows":
            slices = [StoredTensor(path, entry, (200, 512), "rows", start) for start in (0, 200, 400)]
            tensors += [WantedTensor(f"{name}{each.start}", each, dtype) for each in slices]
        else:
            tensors.append(WantedTensor(name, StoredTensor(path, entry, entry.shape), dtype))
    return tensors


@pytest.mark.usefixtures("two_threads")
@pytest.mark.parametrize("dtype", [torch.bfloat16, torch.float32, torch.float16, None])
def test_what_comes_is_what_one_thread_reads_in_the_same_order(file: Path, dtype: torch.dtype | None) -> None:
    tensors = wanted(file, dtype)
    with closing(stream(tensors, "cpu", LAYOUT)) as given:
        come = list(given)
    assert [each for each, _ in come] == tensors
    with TensorReader() as reader:
        for each, tensor in come:
            expected = reader.read(each.stored).to(dtype or torch.float16)
            assert tensor.dtype == expected.dtype
            assert torch.equal(tensor, expected), each.name
            assert dtype is None or tensor.dim() < 4 or tensor.is_contiguous(memory_format=LAYOUT)


@pytest.mark.usefixtures("two_threads")
def test_torch_has_as_many_threads_after_as_before_however_it_ends(file: Path) -> None:
    tensors = wanted(file, torch.bfloat16)
    with closing(stream(tensors, "cpu", LAYOUT)) as given:
        next(given)
    assert torch.get_num_threads() == 2
    with file.open("r+b") as opened:
        opened.truncate(file.stat().st_size // 2)
    with closing(stream(tensors, "cpu", LAYOUT)) as given, pytest.raises(ModelError, match="it ends too soon"):
        list(given)
    assert torch.get_num_threads() == 2


@pytest.mark.usefixtures("two_threads")
def test_rows_of_one_matrix_are_read_once_and_few_tensors_ahead(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read = list[str]()
    numbers = TensorReader._numbers

    def counted(self: TensorReader, stored: StoredTensor, raw: torch.Tensor) -> torch.Tensor:
        read.append(stored.taken)
        return numbers(self, stored, raw)

    monkeypatch.setattr(TensorReader, "_numbers", counted)
    with closing(stream(wanted(file, torch.bfloat16), "cpu", LAYOUT)) as given:
        next(given)
    assert len(read) < COUNT
    read.clear()
    with closing(stream(wanted(file, torch.bfloat16), "cpu", LAYOUT)) as given:
        assert len(list(given)) == 2 * COUNT + 3
    assert read.count("rows") == 1
