"""Downloads, against a small hub on this computer's own loopback address."""

from __future__ import annotations

import hashlib
import json
import re
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from studio.engine.download import RemoteFile, choose_files, download_model
from studio.errors import Cancelled, ModelError
from studio.generation import CancelToken

REPOSITORY = "someone/painter"
SHA = "0123456789abcdef0123456789abcdef01234567"


class Hub(ThreadingHTTPServer):
    """Serves one repository as the hub does; remembers which byte ranges were asked for."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answer)
        self.files: dict[str, bytes] = {}
        self.hashes: dict[str, str] = {}
        self.asked: list[tuple[str, str | None]] = []
        self.ignores_ranges = False

    @property
    def endpoint(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Answer(BaseHTTPRequestHandler):
    server: Hub

    def do_GET(self) -> None:
        if self.path.startswith(f"/api/models/{REPOSITORY}"):
            self._send(200, json.dumps(self._listing()).encode(), "application/json")
            return
        match = re.fullmatch(rf"/{REPOSITORY}/resolve/{SHA}/(.+)", self.path)
        name = match.group(1) if match else ""
        if name not in self.server.files:
            self._send(404, b"", "text/plain")
            return
        wanted = self.headers.get("Range")
        self.server.asked.append((name, wanted))
        content = self.server.files[name]
        start = int(wanted[6:-1]) if wanted and not self.server.ignores_ranges else 0
        self._send(206 if start else 200, content[start:], "application/octet-stream")

    def _listing(self) -> dict[str, Any]:
        siblings = []
        for name, content in self.server.files.items():
            entry: dict[str, Any] = {"rfilename": name, "size": len(content)}
            if name.endswith(".safetensors"):
                sha256 = self.server.hashes.get(name) or hashlib.sha256(content).hexdigest()
                entry["lfs"] = {"size": len(content), "sha256": sha256, "pointerSize": 130}
            siblings.append(entry)
        return {"id": REPOSITORY, "modelId": REPOSITORY, "sha": SHA, "siblings": siblings, "tags": [], "private": False}

    def _send(self, status: int, body: bytes, kind: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_message: Any) -> None:
        """Keep the test's output clean."""


@pytest.fixture
def hub(models_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    server = Hub()
    tiny = models_folder / "tiny"
    server.files = {path.relative_to(tiny).as_posix(): path.read_bytes() for path in tiny.rglob("*") if path.is_file()}
    server.files["safety_checker/model.safetensors"] = b"unwanted"
    server.files["unet/diffusion_pytorch_model.bin"] = b"pickled"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def fetch(hub: Hub, target: Path, cancel: CancelToken | None = None) -> list[tuple[int, int]]:
    seen: list[tuple[int, int]] = []
    download_model(
        REPOSITORY,
        target,
        lambda done, total: seen.append((done, total)),
        cancel or CancelToken(),
        endpoint=hub.endpoint,
    )
    return seen


def test_fetches_what_a_model_needs_and_nothing_else(hub: Hub, tmp_path: Path, models_folder: Path) -> None:
    seen = fetch(hub, tmp_path / "painter")
    fetched = {path.relative_to(tmp_path / "painter").as_posix() for path in (tmp_path / "painter").rglob("*.*")}
    assert fetched == {name for name in hub.files if not name.endswith(".bin") and "safety" not in name}
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)
    assert seen[-1][0] == seen[-1][1] == sum(len(hub.files[name]) for name in fetched)


def test_a_cancelled_download_goes_on_where_it_stopped(hub: Hub, tmp_path: Path) -> None:
    weights = "vae/diffusion_pytorch_model.safetensors"
    part = tmp_path / "painter" / f"{weights}.part"
    part.parent.mkdir(parents=True)
    part.write_bytes(hub.files[weights][:1000])
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        fetch(hub, tmp_path / "painter", cancel)
    assert hub.asked == []

    fetch(hub, tmp_path / "painter")
    assert (weights, "bytes=1000-") in hub.asked
    assert (tmp_path / "painter" / weights).read_bytes() == hub.files[weights]
    assert not part.exists()
    hub.asked.clear()
    fetch(hub, tmp_path / "painter")
    assert hub.asked == []


def test_a_cancel_in_the_middle_keeps_what_came(hub: Hub, tmp_path: Path) -> None:
    cancel = CancelToken()
    hub.files["unet/diffusion_pytorch_model.safetensors"] += bytes(5_000_000)
    with pytest.raises(Cancelled):
        download_model(
            REPOSITORY,
            tmp_path / "painter",
            lambda done, total: cancel.cancel() if done > 2_000_000 else None,
            cancel,
            endpoint=hub.endpoint,
        )
    part = tmp_path / "painter" / "unet" / "diffusion_pytorch_model.safetensors.part"
    assert part.stat().st_size > 1_000_000


def test_a_server_without_ranges_starts_the_file_anew(hub: Hub, tmp_path: Path) -> None:
    hub.ignores_ranges = True
    weights = "vae/diffusion_pytorch_model.safetensors"
    part = tmp_path / "painter" / f"{weights}.part"
    part.parent.mkdir(parents=True)
    part.write_bytes(b"x" * 1000)
    fetch(hub, tmp_path / "painter")
    assert (tmp_path / "painter" / weights).read_bytes() == hub.files[weights]


def test_damaged_content_is_refused_and_not_kept(hub: Hub, tmp_path: Path) -> None:
    weights = "vae/diffusion_pytorch_model.safetensors"
    hub.hashes[weights] = "0" * 64
    with pytest.raises(ModelError, match="arrived damaged"):
        fetch(hub, tmp_path / "painter")
    assert not (tmp_path / "painter" / weights).exists()
    assert not (tmp_path / "painter" / f"{weights}.part").exists()


def test_a_name_outside_the_folder_is_refused(hub: Hub, tmp_path: Path) -> None:
    hub.files["../evil.json"] = b"{}"
    with pytest.raises(ModelError, match="outside its folder"):
        fetch(hub, tmp_path / "painter")
    assert not (tmp_path / "evil.json").exists()


def test_a_repository_of_another_kind_is_refused_before_anything_is_fetched(hub: Hub, tmp_path: Path) -> None:
    del hub.files["model_index.json"]
    with pytest.raises(ModelError, match="no model_index"):
        fetch(hub, tmp_path / "painter")
    assert hub.asked == []


def test_an_unknown_repository_says_so(hub: Hub, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"someone/gone could not be downloaded"):
        download_model("someone/gone", tmp_path, lambda done, total: None, CancelToken(), endpoint=hub.endpoint)


def test_offline_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with pytest.raises(ModelError, match="Check the name, the network"):
        download_model(REPOSITORY, tmp_path, lambda done, total: None, CancelToken(), endpoint="http://127.0.0.1:9")


def test_half_precision_copies_and_checkpoints_beside_the_folders_are_left_out() -> None:
    names = [
        "model_index.json",
        "unet/diffusion_pytorch_model.safetensors",
        "unet/diffusion_pytorch_model.fp16.safetensors",
        "vae/diffusion_pytorch_model.fp16.safetensors",
        "v1-5-pruned.safetensors",
        "tokenizer/merges.txt",
        "README.md",
        "unet/pytorch_model.bin",
    ]
    kept = [file.name for file in choose_files([RemoteFile(name, 1) for name in names])]
    assert kept == [names[0], names[1], names[3], names[5]]
