"""Downloading from addresses outside the hub: any file, Civitai's pages, and what is refused on the way."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from studio.engine.models.arrivals import WAITING, Fetched, Places
from studio.engine.models.library import ModelLibrary
from studio.engine.models.model_notes import read_notes
from studio.engine.models.offer import Choice
from studio.engine.models.offers import fetch_chosen, look_at
from studio.engine.models.web import Web
from studio.errors import Cancelled, ModelError, UnsafeModelError
from studio.generation import CancelToken
from studio.message import Message
from studio.paths import default_paths
from tests.engine.checkpoint_files import write_sparse
from tests.engine.web_server import WebServer, broken_off, content, redirect, serving, told

LORA = {"lora_unet_down_blocks_0_attentions_0_a.lora_down.weight": (4, 320)}
UPSCALER = {"model.0.weight": (8, 3, 3, 3), "model.1.sub.0.weight": (8, 8)}


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[WebServer]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1,localhost")
    monkeypatch.setattr("studio.engine.models.retries._RETRY_SECONDS", (0.0, 0.0, 0.0))
    with serving(WebServer()) as made:
        yield made


@pytest.fixture
def places(tmp_path: Path) -> Places:
    configs = default_paths().resources / "models" / "configs"
    return Places(models=tmp_path / "models", upscalers=tmp_path / "upscalers", configs=configs)


@pytest.fixture
def ink(tmp_path: Path) -> bytes:
    return write_sparse(tmp_path / "made" / "ink.safetensors", LORA).read_bytes()


def web(server: WebServer, cancel: CancelToken | None = None, **tokens: str) -> Web:
    cancel = cancel or CancelToken()
    return Web(cancel=cancel, tokens=tokens, civitai=server.address, trusts_loopback=True)


def look(server: WebServer, path: str) -> list[Choice]:
    return list(look_at(server.address + path, CancelToken(), web=web(server)).choices)


def fetch(server: WebServer, path: str, name: str, places: Places, cancel: CancelToken | None = None) -> Fetched:
    cancel = cancel or CancelToken()
    asked = web(server, cancel, **{"127.0.0.1": "secret"})
    return fetch_chosen(server.address + path, [name], places, lambda _done, _total: None, cancel, web=asked)


# --- any file --------------------------------------------------------------------------------------


def test_a_link_is_looked_at_and_its_file_comes_to_the_models(server: WebServer, places: Places, ink: bytes) -> None:
    server.replies["/x?id=5"] = redirect("/real")
    server.replies["/real"] = content(ink, "ink.safetensors")
    assert look(server, "/x?id=5") == [Choice(file="ink.safetensors", size=len(ink))]
    fetched = fetch(server, "/x?id=5", "ink.safetensors", places)
    assert fetched == Fetched(place=places.models / "ink.safetensors")
    assert fetched.place.read_bytes() == ink
    assert [path.name for path in places.models.iterdir()] == ["ink.safetensors"], "nothing is left of the download"
    (found,) = ModelLibrary([places.models]).scan()
    assert found.kind == "lora"


def test_the_name_is_that_of_the_address_where_the_server_gives_none(server: WebServer, ink: bytes) -> None:
    server.replies["/get/my%20ink.safetensors?x=1"] = content(ink)
    assert look(server, "/get/my%20ink.safetensors?x=1")[0].file == "my ink.safetensors"


def test_an_upscaler_comes_to_the_upscalers(server: WebServer, places: Places, tmp_path: Path) -> None:
    server.replies["/up.safetensors"] = content(write_sparse(tmp_path / "up.safetensors", UPSCALER).read_bytes())
    assert fetch(server, "/up.safetensors", "up.safetensors", places) == Fetched(
        place=places.upscalers / "up.safetensors"
    )


def test_what_cannot_be_used_is_kept_and_says_why(server: WebServer, places: Places, tmp_path: Path) -> None:
    riddle = write_sparse(tmp_path / "riddle.safetensors", {"strange": (2, 2)}).read_bytes()
    server.replies["/riddle.safetensors"] = content(riddle)
    fetched = fetch(server, "/riddle.safetensors", "riddle.safetensors", places)
    assert fetched.place.is_file()
    assert "does not know" in fetched.problem
    assert isinstance(fetched.problem, Message), "which a window can translate"


def test_a_download_that_broke_off_goes_on_where_it_stopped(server: WebServer, places: Places, ink: bytes) -> None:
    server.replies["/ink.safetensors"] = broken_off(ink, 200)
    with pytest.raises(ModelError, match=r"closed|broke off"):
        fetch(server, "/ink.safetensors", "ink.safetensors", places)
    (part,) = places.models.rglob("*.part")
    kept = part.stat().st_size
    assert 0 < kept < len(ink)
    assert not ModelLibrary([places.models]).scan(), "half a file is no model yet"
    server.replies["/ink.safetensors"] = content(ink)
    fetched = fetch(server, "/ink.safetensors", "ink.safetensors", places)
    assert fetched.place.read_bytes() == ink
    assert server.asked[-1][1]["range"] == f"bytes={kept}-"


def test_a_cancel_keeps_what_has_come(server: WebServer, places: Places, ink: bytes) -> None:
    cancel = CancelToken()
    server.replies["/ink.safetensors"] = content(ink)

    def stop(_done: int, _total: int) -> None:
        cancel.cancel()

    with pytest.raises(Cancelled):
        fetch_chosen(
            f"{server.address}/ink.safetensors", ["ink.safetensors"], places, stop, cancel, web=web(server, cancel)
        )
    assert list((places.models / WAITING).rglob("*.part"))


def test_a_file_of_that_name_is_not_written_over(server: WebServer, places: Places, ink: bytes) -> None:
    server.replies["/ink.safetensors"] = content(ink)
    places.models.mkdir()
    (places.models / "ink.safetensors").write_bytes(b"mine")
    with pytest.raises(ModelError, match="is there already"):
        fetch(server, "/ink.safetensors", "ink.safetensors", places)
    assert (places.models / "ink.safetensors").read_bytes() == b"mine"


def test_a_full_disk_is_told_before_anything_comes(
    server: WebServer, places: Places, ink: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.replies["/ink.safetensors"] = content(ink)
    free = type("Usage", (), {"free": 1000})()
    monkeypatch.setattr("studio.engine.models.fetching.shutil.disk_usage", lambda _path: free)
    with pytest.raises(ModelError, match="are free"):
        fetch(server, "/ink.safetensors", "ink.safetensors", places)


@pytest.mark.parametrize("name", ["model.ckpt", "model.PT", "model.safetensors.pth", "x.bin"])
def test_pickles_are_refused_with_the_reason(server: WebServer, name: str) -> None:
    server.replies["/get"] = content(b"\x80\x04", name)
    with pytest.raises(UnsafeModelError, match="can run code"):
        look(server, "/get")


@pytest.mark.parametrize(
    "name",
    ["../up.safetensors", "a/b.safetensors", "a\\\\b.safetensors", "C:x.safetensors", ".hidden.safetensors",
     "con.safetensors", "x" * 250 + ".safetensors", "new\tline.safetensors"],
)  # fmt: skip
def test_names_that_lead_elsewhere_are_refused(server: WebServer, name: str) -> None:
    server.replies["/get"] = content(b"", name)
    with pytest.raises(ModelError, match="no name of a file"):
        look(server, "/get")


@pytest.mark.parametrize("name", ["readme.txt", "model.zip", "model"])
def test_other_files_are_refused(server: WebServer, name: str) -> None:
    server.replies["/get"] = content(b"abc", name)
    with pytest.raises(ModelError, match="no file of weights"):
        look(server, "/get")


def test_a_way_that_leaves_https_is_not_gone(server: WebServer) -> None:
    server.replies["/get"] = redirect("http://example.org/ink.safetensors")
    with pytest.raises(ModelError, match=r"http://example.org/ink.safetensors is no https"):
        look(server, "/get")


def test_a_way_in_circles_ends(server: WebServer) -> None:
    server.replies["/get"] = redirect("/get")
    with pytest.raises(ModelError, match="without an end"):
        look(server, "/get")


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        (lambda answer: answer.send(200, b"<html>", "text/html; charset=utf-8"), "web page"),
        (lambda answer: answer.send(403, b""), "not given to everyone"),
        (lambda answer: answer.send(404, b""), "error 404"),
        (lambda answer: answer.send(503, b""), "out of order"),
    ],
)
def test_answers_that_are_no_file_say_what_they_are(server: WebServer, reply: object, words: str) -> None:
    server.replies["/get.safetensors?token=secret"] = reply
    with pytest.raises(ModelError, match=words) as told_:
        look(server, "/get.safetensors?token=secret")
    assert "secret" not in str(told_.value)


# --- Civitai ---------------------------------------------------------------------------------------


def civitai(server: WebServer, ink: bytes, **changes: object) -> None:
    """A version with a file, a pickle of the same, and the pictures that it was taught with."""
    file = {
        "name": "ink.safetensors", "sizeKB": len(ink) / 1024, "primary": True,
        "hashes": {"SHA256": hashlib.sha256(ink).hexdigest().upper()},
        "downloadUrl": f"{server.address}/api/download/models/77",
    }  # fmt: skip
    pickle = {
        "name": "ink.pt",
        "sizeKB": 5,
        "downloadUrl": f"{server.address}/api/download/models/77?format=PickleTensor",
    }
    data = {"name": "pictures.zip", "sizeKB": 9, "downloadUrl": f"{server.address}/api/download/models/77?type=Data"}
    version = {
        "id": 77, "modelId": 5, "name": "v2", "baseModel": "SD 1.5", "trainedWords": ["wet ink"],
        "model": {"name": "Ink", "type": "LORA"}, "files": [pickle, data, {**file, **changes}],
    }  # fmt: skip
    server.replies["/api/v1/models/5"] = told({"id": 5, "modelVersions": [{"id": 77}, {"id": 70}]})
    server.replies["/api/v1/model-versions/77"] = told(version)
    server.replies["/api/download/models/77"] = redirect("/store/abc")
    server.replies["/store/abc"] = content(ink, "ink.safetensors")


@pytest.mark.parametrize(
    "path",
    ["/models/5", "/models/5/ink-style", "/models/5?modelVersionId=77", "/api/download/models/77",
     "/api/v1/model-versions/77"],
)  # fmt: skip
def test_pages_of_civitai_offer_the_files_of_a_version(server: WebServer, ink: bytes, path: str) -> None:
    civitai(server, ink)
    offer = look_at(server.address + path, CancelToken(), web=web(server))
    assert offer.choices == (Choice(file="ink.safetensors", size=len(ink)),)
    assert (offer.asked, offer.refused) == ("ink.safetensors", 1)
    assert offer.address == f"{server.address}/models/5?modelVersionId=77"


def test_a_file_of_civitai_is_checked_and_brings_its_words(server: WebServer, places: Places, ink: bytes) -> None:
    civitai(server, ink)
    fetched = fetch(server, "/models/5?modelVersionId=77", "ink.safetensors", places)
    notes = read_notes(fetched.place)
    assert (notes.words, notes.made_for, notes.title) == (("wet ink",), "SD 1.5", "Ink")
    assert notes.source == "https://civitai.com/models/5"
    assert json.loads((places.models / "ink.civitai.info").read_text("utf-8"))["id"] == 77


def test_a_file_that_is_another_than_civitai_says_is_not_taken(server: WebServer, places: Places, ink: bytes) -> None:
    civitai(server, ink, hashes={"SHA256": "0" * 64})
    with pytest.raises(ModelError, match="damaged"):
        fetch(server, "/models/5", "ink.safetensors", places)
    assert not list(places.models.rglob("*.safetensors"))


def test_the_token_goes_to_civitai_alone(server: WebServer, places: Places, ink: bytes) -> None:
    civitai(server, ink)
    with serving(WebServer()) as store:
        store.replies["/abc"] = content(ink, "ink.safetensors")
        server.replies["/api/download/models/77"] = redirect(f"http://localhost:{store.server_port}/abc")
        fetch(server, "/models/5", "ink.safetensors", places)
        assert {headers.get("authorization") for _path, headers in store.asked} == {None}
    assert {headers.get("authorization") for _path, headers in server.asked} == {"Bearer secret"}


def test_a_file_that_cannot_be_had_without_a_login_asks_for_a_token(server: WebServer, ink: bytes) -> None:
    civitai(server, ink)
    server.replies["/api/download/models/77"] = lambda answer: answer.send(401, b"")
    with pytest.raises(ModelError, match="API token of Civitai"):
        web(server).file_at(f"{server.address}/api/download/models/77")


@pytest.mark.parametrize("values", [[], {"id": 77}, {"id": 77, "modelId": 5, "files": [{"name": 5}]}])
def test_answers_of_civitai_that_make_no_sense_are_told(server: WebServer, values: object) -> None:
    server.replies["/api/v1/model-versions/77"] = told(values)
    with pytest.raises(ModelError, match="Civitai"):
        look(server, "/models/5?modelVersionId=77")
