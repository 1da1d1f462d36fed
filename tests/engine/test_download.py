"""Downloads, against a small hub that misbehaves in every way that networks and servers do."""

from __future__ import annotations

import gzip
import json
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from studio.engine.models.download import download_model
from studio.engine.models.families.table import FAMILIES
from studio.engine.models.fetching import RemoteFile
from studio.engine.models.repository_files import choose_files, weights_variant
from studio.errors import Cancelled, ModelError
from studio.generation import CancelToken
from tests.engine.hub_server import REPOSITORY, Answer, HubServer

WEIGHTS = "vae/diffusion_pytorch_model.safetensors"


@pytest.fixture
def hub(models_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[HubServer]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setattr("studio.engine.models.retries._RETRY_SECONDS", (0.0, 0.0, 0.0))
    server = HubServer()
    tiny = models_folder / "tiny"
    server.files = {path.relative_to(tiny).as_posix(): path.read_bytes() for path in tiny.rglob("*") if path.is_file()}
    server.files["safety_checker/model.safetensors"] = b"unwanted"
    server.files["unet/diffusion_pytorch_model.bin"] = b"pickled"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield server
    server.released.set()
    server.shutdown()
    thread.join()
    server.server_close()


def fetch(hub: HubServer, target: Path, cancel: CancelToken | None = None) -> list[tuple[int, int]]:
    seen: list[tuple[int, int]] = []
    download_model(
        REPOSITORY,
        target,
        lambda done, total: seen.append((done, total)),
        cancel or CancelToken(),
        endpoint=hub.endpoint,
    )
    return seen


def begun(hub: HubServer, folder: Path, content: bytes, tag: str = "") -> Path:
    """A part of the weights that an earlier download left."""
    part = folder / f"{WEIGHTS}.part"
    part.parent.mkdir(parents=True)
    part.write_bytes(content)
    if tag:
        part.with_name(part.name + ".etag").write_text(tag)
    return part


# --- what is fetched ------------------------------------------------------------------------------


def test_fetches_what_a_model_needs_and_nothing_else(hub: HubServer, tmp_path: Path) -> None:
    seen = fetch(hub, tmp_path / "painter")
    fetched = {path.relative_to(tmp_path / "painter").as_posix() for path in (tmp_path / "painter").rglob("*.*")}
    assert fetched == {name for name in hub.files if not name.endswith(".bin") and "safety" not in name}
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)
    assert seen[-1][0] == seen[-1][1] == sum(len(hub.files[name]) for name in fetched)


INDEX = {name: ["diffusers", "Kind"] for name in ("unet", "vae", "text_encoder", "tokenizer", "scheduler")}
SDXL_INDEX = INDEX | {"text_encoder_2": ["transformers", "Kind"], "tokenizer_2": ["transformers", "Kind"]}


def chosen(names: list[str], family: str = "sd1", begun: tuple[str, ...] = ()) -> list[str]:
    index = SDXL_INDEX if family == "sdxl" else INDEX
    found = choose_files([RemoteFile(name, 1) for name in names], index, FAMILIES[family], lambda name: name in begun)
    return [file.name for file in found]


NEEDED = ["vae/diffusion_pytorch_model.safetensors", "text_encoder/model.safetensors", "unet/config.json"]


def test_half_precision_is_chosen_where_there_is_a_choice() -> None:
    half = [name.replace(".safetensors", ".fp16.safetensors") for name in NEEDED[:2]]
    unet = "unet/diffusion_pytorch_model.safetensors"
    kept = chosen([*NEEDED, *half, unet, "README.md", "v1-5-pruned.safetensors", "unet/model.onnx", "model_index.json"])
    assert sorted(kept) == sorted([*half, unet, "unet/config.json", "model_index.json"])


def test_full_precision_that_is_there_already_is_gone_on_with() -> None:
    both = ["unet/diffusion_pytorch_model.safetensors", "unet/diffusion_pytorch_model.fp16.safetensors"]
    assert both[0] in chosen([*NEEDED, *both], begun=(both[0],))
    assert both[1] in chosen([*NEEDED, *both], begun=(both[1],))


def test_only_whole_sets_of_shards_count() -> None:
    full = [f"unet/diffusion_pytorch_model-0000{n}-of-00002.safetensors" for n in (1, 2)]
    index = ["unet/diffusion_pytorch_model.safetensors.index.json"]
    half = [f"unet/diffusion_pytorch_model.fp16-0000{n}-of-00002.safetensors" for n in (1, 2)]
    half_index = ["unet/diffusion_pytorch_model.safetensors.index.fp16.json"]
    assert set(chosen([*NEEDED, *full, *index, *half, *half_index])) == {*NEEDED, *half, *half_index}
    assert set(chosen([*NEEDED, *full, *index, *half[:1], *half_index])) == {*NEEDED, *full, *index}


def test_what_stable_diffusion_xl_ships_twice_is_fetched_once() -> None:
    """The layout of its repository: both precisions, ONNX, OpenVINO, an older autoencoder and one-file checkpoints."""
    folders = {"unet": "diffusion_pytorch_model", "vae": "diffusion_pytorch_model"}
    folders |= {"text_encoder": "model", "text_encoder_2": "model"}
    wanted = [f"{folder}/{stem}.fp16.safetensors" for folder, stem in folders.items()]
    unwanted = [f"{folder}/{stem}.safetensors" for folder, stem in folders.items()]
    unwanted += ["vae_1_0/diffusion_pytorch_model.safetensors", "unet/openvino_model.bin", "unet/model.onnx_data"]
    unwanted += ["sd_xl_base_1.0.safetensors", "sd_xl_base_1.0_0.9vae.safetensors", "vae_decoder/config.json"]
    assert sorted(chosen([*unwanted, *wanted], "sdxl")) == sorted(wanted)


def test_weights_that_could_run_code_only_are_refused_before_they_are_fetched(hub: HubServer, tmp_path: Path) -> None:
    del hub.files["unet/diffusion_pytorch_model.safetensors"]
    with pytest.raises(ModelError, match="no weights in safetensors in its folder unet"):
        fetch(hub, tmp_path / "painter")
    assert [name for name, _ in hub.asked] == ["model_index.json"]


def test_a_model_of_another_kind_is_refused_before_its_weights_are_fetched(hub: HubServer, tmp_path: Path) -> None:
    hub.files["model_index.json"] = b'{"_class_name": "PixArtSigmaPipeline"}'
    with pytest.raises(ModelError, match="PixArtSigmaPipeline model, which is not supported"):
        fetch(hub, tmp_path / "painter")
    assert [name for name, _ in hub.asked] == ["model_index.json"]


def test_the_variant_on_the_disk_is_found() -> None:
    assert weights_variant(["config.json", "model.safetensors"]) is None
    assert weights_variant(["config.json", "model.fp16.safetensors"]) == "fp16"
    assert weights_variant(["model.fp16.safetensors", "model.safetensors"]) is None
    assert weights_variant(["diffusion_pytorch_model.fp16-00001-of-00002.safetensors"]) == "fp16"


def test_without_room_on_the_disk_nothing_is_fetched(
    hub: HubServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(tmp_path)
    monkeypatch.setattr("shutil.disk_usage", lambda _path: usage._replace(free=1000))
    with pytest.raises(ModelError, match=r"needs \d.* more .*Free some disk space"):
        fetch(hub, tmp_path / "painter")
    assert [name for name, _ in hub.asked] == ["model_index.json"]


# --- resume and cancel ----------------------------------------------------------------------------


def test_a_cancelled_download_goes_on_where_it_stopped(hub: HubServer, tmp_path: Path) -> None:
    part = begun(hub, tmp_path / "painter", hub.files[WEIGHTS][:1000], hub.tag)
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        fetch(hub, tmp_path / "painter", cancel)
    assert hub.asked == []

    fetch(hub, tmp_path / "painter")
    assert (WEIGHTS, "bytes=1000-") in hub.asked
    assert (tmp_path / "painter" / WEIGHTS).read_bytes() == hub.files[WEIGHTS]
    assert [path.name for path in part.parent.iterdir() if part.name in path.name] == []
    hub.asked.clear()
    fetch(hub, tmp_path / "painter")
    assert hub.asked == []


def test_a_cancel_in_the_middle_keeps_what_came(hub: HubServer, tmp_path: Path) -> None:
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


def test_a_server_without_ranges_starts_the_file_anew(hub: HubServer, tmp_path: Path) -> None:
    hub.ignores_ranges = True
    begun(hub, tmp_path / "painter", b"x" * 1000)
    fetch(hub, tmp_path / "painter")
    assert (tmp_path / "painter" / WEIGHTS).read_bytes() == hub.files[WEIGHTS]


@pytest.mark.parametrize("tag", ['"old"', 'W/"old"', ""], ids=["strong", "weak", "unknown"])
def test_a_file_that_has_changed_meanwhile_starts_anew(hub: HubServer, tmp_path: Path, tag: str) -> None:
    begun(hub, tmp_path / "painter", b"x" * 1000, tag)
    fetch(hub, tmp_path / "painter")
    assert (tmp_path / "painter" / WEIGHTS).read_bytes() == hub.files[WEIGHTS]


@pytest.mark.parametrize("tag", ['"\u00fc"', '"a\nb"', '"a\0"', '"' + "x" * 9, "\ufeff", "nonsense"])
def test_a_part_with_an_odd_tag_starts_anew(hub: HubServer, tmp_path: Path, tag: str) -> None:
    """As servers send, and as a power cut leaves: none may stop every later try."""
    begun(hub, tmp_path / "painter", b"x" * 1000, tag)
    fetch(hub, tmp_path / "painter")
    assert (tmp_path / "painter" / WEIGHTS).read_bytes() == hub.files[WEIGHTS]


def test_a_part_that_is_too_long_starts_anew(hub: HubServer, tmp_path: Path) -> None:
    begun(hub, tmp_path / "painter", b"x" * (len(hub.files[WEIGHTS]) + 1))
    fetch(hub, tmp_path / "painter")
    assert (tmp_path / "painter" / WEIGHTS).read_bytes() == hub.files[WEIGHTS]


def test_a_whole_part_is_only_checked(hub: HubServer, tmp_path: Path) -> None:
    begun(hub, tmp_path / "painter", hub.files[WEIGHTS])
    fetch(hub, tmp_path / "painter")
    assert WEIGHTS not in [name for name, _ in hub.asked]


def test_another_file_of_the_same_size_is_replaced(hub: HubServer, tmp_path: Path) -> None:
    place = tmp_path / "painter" / "unet" / "config.json"
    place.parent.mkdir(parents=True)
    place.write_bytes(b" " * len(hub.files["unet/config.json"]))
    fetch(hub, tmp_path / "painter")
    assert place.read_bytes() == hub.files["unet/config.json"]


def stalled_content(answer: Answer, name: str) -> None:
    if name != WEIGHTS:
        answer.send_content(name)
        return
    answer.send_response(200)
    answer.send_header("Content-Length", str(len(answer.server.files[name])))
    answer.end_headers()
    answer.wfile.write(answer.server.files[name][:500])
    answer.wfile.flush()
    answer.server.released.wait(60)


def silent(answer: Answer, *_name: str) -> None:
    answer.server.released.wait(60)


@pytest.mark.parametrize("where", ["listing", "head", "body"])
def test_a_cancel_does_not_wait_for_a_silent_server(hub: HubServer, tmp_path: Path, where: str) -> None:
    """The server holds its answer back until the test has ended: only the cancel can end this."""
    asked = threading.Event()

    def held(answer: Answer, *name: str) -> None:
        asked.set()
        (stalled_content if where == "body" else silent)(answer, *name)

    if where == "listing":
        hub.listing = held
    else:
        hub.content = held
    cancel = CancelToken()
    waiter = threading.Thread(target=lambda: (asked.wait(60), cancel.cancel()))
    waiter.start()
    with pytest.raises(Cancelled):
        fetch(hub, tmp_path / "painter", cancel)
    assert not hub.released.is_set()
    waiter.join()


# --- servers that misbehave -----------------------------------------------------------------------


@pytest.mark.parametrize("stall", [silent, stalled_content])
def test_a_silent_server_is_asked_again_and_then_given_up(
    hub: HubServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stall: Callable[..., None]
) -> None:
    monkeypatch.setattr("studio.engine.models.exchange.SILENCE_SECONDS", 0.2)
    hub.content = lambda answer, name: stall(answer, name) if name == WEIGHTS else answer.send_content(name)
    with pytest.raises(ModelError, match="sent nothing for"):
        fetch(hub, tmp_path / "painter")
    assert [name for name, _ in hub.asked].count(WEIGHTS) == 4


def test_a_broken_connection_is_gone_on_with(hub: HubServer, tmp_path: Path) -> None:
    def breaks_off(answer: Answer, name: str) -> None:
        content, start = answer.server.files[name], answer.start()
        answer.send_response(206 if start else 200)
        answer.send_header("Content-Length", str(len(content) - start))
        answer.send_header("ETag", answer.server.tag)
        answer.send_header("Content-Range", f"bytes {start}-{len(content) - 1}/{len(content)}")
        answer.end_headers()
        answer.wfile.write(content[start : start + 2_000_000])
        answer.close_connection = True

    hub.files["unet/diffusion_pytorch_model.safetensors"] += bytes(11_000_000)
    hub.content = breaks_off
    fetch(hub, tmp_path / "painter")
    ranges = [wanted for name, wanted in hub.asked if name == "unet/diffusion_pytorch_model.safetensors"]
    assert ranges[:3] == [None, "bytes=2000000-", "bytes=4000000-"]


@pytest.mark.parametrize("place", ["bytes 0-9/10", "bytes 999-5/*", "nonsense", f"bytes {'9' * 5000}-5/*"])
def test_a_range_that_was_not_asked_for_starts_anew(hub: HubServer, tmp_path: Path, place: str) -> None:
    begun(hub, tmp_path / "painter", b"x" * 1000)

    def misplaced(answer: Answer, name: str) -> None:
        if answer.headers.get("Range"):
            answer.send(206, b"rubbish", Content_Range=place)
        else:
            answer.send_content(name)

    hub.content = misplaced
    fetch(hub, tmp_path / "painter")
    assert (tmp_path / "painter" / WEIGHTS).read_bytes() == hub.files[WEIGHTS]


def endless(answer: Answer, **headers: str) -> None:
    """Sends until the client hangs up; no more than a gigabyte."""
    answer.send_response(200)
    for name, value in headers.items():
        answer.send_header(name.replace("_", "-"), value)
    answer.end_headers()
    for _ in range(1000):
        answer.wfile.write(bytes(1_000_000))


def gzip_bomb(answer: Answer) -> None:
    answer.send(200, gzip.compress(bytes(300_000_000), 1), Content_Encoding="gzip")


def gzip_twice(answer: Answer) -> None:
    answer.send(200, gzip.compress(gzip.compress(bytes(30_000_000))), Content_Encoding="gzip, gzip")


FLOODS: list[Callable[[Answer], None]] = [
    endless,
    lambda answer: endless(answer, Content_Length="1000000000"),
    lambda answer: endless(answer, Content_Length="nonsense"),
    gzip_bomb,
    gzip_twice,
    lambda answer: answer.send(200, b"\x8b\x00\x80" * 1000, Content_Encoding="br"),
    lambda answer: answer.send(200, b"no gzip at all", Content_Encoding="gzip"),
]


@pytest.mark.parametrize("flood", FLOODS)
def test_more_than_was_announced_is_not_taken(hub: HubServer, tmp_path: Path, flood: Callable[[Answer], None]) -> None:
    hub.content = lambda answer, name: flood(answer) if name == WEIGHTS else answer.send_content(name)
    with pytest.raises(ModelError, match=r"than (it|was) announced|packs its answer|packed wrongly|Content-Length"):
        fetch(hub, tmp_path / "painter")
    assert not (tmp_path / "painter" / WEIGHTS).exists()
    assert sum(path.stat().st_size for path in tmp_path.rglob("*.part")) <= len(hub.files[WEIGHTS])


@pytest.mark.parametrize("flood", [endless, gzip_bomb, gzip_twice])
def test_a_listing_without_end_is_not_taken(hub: HubServer, tmp_path: Path, flood: Callable[[Answer], None]) -> None:
    hub.listing = flood
    with pytest.raises(ModelError, match=r"than it announced|packs its answer"):
        fetch(hub, tmp_path / "painter")


def test_an_honest_packed_answer_is_read(hub: HubServer, tmp_path: Path) -> None:
    hub.listing = lambda answer: answer.send(
        200, gzip.compress(json.dumps(answer.values()).encode()), "application/json", Content_Encoding="gzip"
    )
    fetch(hub, tmp_path / "painter")


def sent(body: bytes, kind: str = "application/json") -> Callable[[Answer], None]:
    return lambda answer: answer.send(200, body, kind)


ODD_FILES: list[Any] = [
    None, [], {}, {"rfilename": 5, "size": 1}, {"rfilename": "a", "size": "1"}, {"rfilename": "a", "size": -1},
    {"rfilename": "a", "size": True}, {"rfilename": "a", "size": 10**18}, {"rfilename": "a", "size": 1.5},
    {"rfilename": "a"}, {"rfilename": ["a"], "size": 1},
]  # fmt: skip
LISTINGS = [
    b"", b"nonsense", b"[]", b"null", b"5", b"{}", b'{"siblings": 5}', b'{"siblings": {}}', b"\xff\xfe",
    b"[" * 100_000, b'{"siblings": ' + b"[" * 100_000, b'{"siblings": [' + b"{}," * 30_000 + b"{}]}",
    b'{"siblings": [], "sha": "../../main"}', b'{"siblings": [], "sha": 5}', b'{"siblings": [' + b"9" * 10_000 + b"]}",
    *(json.dumps({"siblings": [odd]}).encode() for odd in ODD_FILES),
]  # fmt: skip


@pytest.mark.parametrize("body", LISTINGS, ids=lambda body: body[:40].decode("latin-1"))
def test_a_listing_that_is_none_says_so(hub: HubServer, tmp_path: Path, body: bytes) -> None:
    hub.listing = sent(body)
    with pytest.raises(ModelError, match="list of the files of someone/painter cannot be read"):
        fetch(hub, tmp_path / "painter")
    assert not (tmp_path / "painter").exists()


PAGE = b"<!DOCTYPE html><html><body>Please log in</body></html>"


def test_a_login_page_in_place_of_the_listing_is_named(hub: HubServer, tmp_path: Path) -> None:
    hub.listing = sent(PAGE, "text/html; charset=utf-8")
    with pytest.raises(ModelError, match=r"web page came instead.*log in to the network"):
        fetch(hub, tmp_path / "painter")


def test_a_login_page_in_place_of_a_file_is_named_and_not_kept(hub: HubServer, tmp_path: Path) -> None:
    hub.content = lambda answer, name: sent(PAGE, "text/html")(answer)
    with pytest.raises(ModelError, match="web page came instead"):
        fetch(hub, tmp_path / "painter")
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


class Refusal(NamedTuple):
    status: int
    headers: dict[str, str]
    says: str


REFUSALS = [
    Refusal(401, {}, r"error 401.*HF_TOKEN"),
    Refusal(401, {"X_Error_Code": "RepoNotFound"}, "not on the hub, or is private"),
    Refusal(401, {"X_Error_Code": "GatedRepo"}, r"is gated.*accept"),
    Refusal(403, {"X_Error_Code": "GatedRepo"}, r"is gated.*accept"),
    Refusal(403, {"X_Error_Message": "Access to this gated model is restricted"}, r"is gated.*accept"),
    Refusal(403, {}, r"does not allow.*Ask its owner"),
    Refusal(404, {}, "not on the hub, or is private"),
    Refusal(410, {}, "error 410"),
    Refusal(418, {}, "error 418"),
    Refusal(429, {"Retry_After": "7200"}, r"too many requests.*in 120 minutes"),
    Refusal(500, {}, r"out of order \(error 500\)"),
    Refusal(503, {"Retry_After": "Fri, 01 Jan 2100 00:00:00 GMT"}, r"out of order.*in \d+ minutes"),
]


@pytest.mark.parametrize("refusal", REFUSALS)
@pytest.mark.parametrize("where", ["listing", "content"])
def test_a_refusal_says_what_to_do(hub: HubServer, tmp_path: Path, refusal: Refusal, where: str) -> None:
    def refuse(answer: Answer, *_name: str) -> None:
        answer.send(refusal.status, PAGE, "text/html", **refusal.headers)

    setattr(hub, where, refuse)
    with pytest.raises(ModelError, match=refusal.says):
        fetch(hub, tmp_path / "painter")


@pytest.mark.parametrize("headers", [{}, {"Retry_After": "0"}, {"Retry_After": "soon"}])
@pytest.mark.parametrize("status", [429, 503])
def test_a_server_that_is_busy_is_asked_again(
    hub: HubServer, tmp_path: Path, status: int, headers: dict[str, str]
) -> None:
    def busy_twice(answer: Answer) -> None:
        if hub.listings <= 2:
            answer.send(status, b"", **headers)
        else:
            answer.send_listing()

    hub.listing = busy_twice
    fetch(hub, tmp_path / "painter")
    assert hub.listings == 3


def test_a_redirection_without_end_is_given_up_at_once(hub: HubServer, tmp_path: Path) -> None:
    hub.listing = lambda answer: answer.send(302, b"", Location=answer.path)
    with pytest.raises(ModelError, match="could not be downloaded"):
        fetch(hub, tmp_path / "painter")
    assert hub.listings < 40


def test_damaged_content_is_fetched_anew_once_then_refused_and_not_kept(hub: HubServer, tmp_path: Path) -> None:
    hub.hashes[WEIGHTS] = "0" * 64
    with pytest.raises(ModelError, match="arrived damaged"):
        fetch(hub, tmp_path / "painter")
    assert [name for name, _ in hub.asked].count(WEIGHTS) == 2
    assert not (tmp_path / "painter" / WEIGHTS).exists()
    assert not (tmp_path / "painter" / f"{WEIGHTS}.part").exists()


def test_small_files_are_checked_by_the_hash_of_git(hub: HubServer, tmp_path: Path) -> None:
    name = "vae/config.json"
    hub.content = lambda answer, asked: (
        answer.send(200, b" " * len(hub.files[name])) if asked == name else answer.send_content(asked)
    )
    with pytest.raises(ModelError, match=r"config\.json .*arrived damaged"):
        fetch(hub, tmp_path / "painter")


@pytest.mark.parametrize(
    "name", ["../evil.json", "/evil.json", "unet/../../evil.json", "..\\evil.json", "C:evil.json", "a\0b", "", "."]
)
def test_a_name_outside_the_folder_is_refused(hub: HubServer, tmp_path: Path, name: str) -> None:
    hub.files[name] = b"{}"
    with pytest.raises(ModelError, match="outside its folder"):
        fetch(hub, tmp_path / "painter")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "name", ["..", "../x", "a/../b", "a/b/c", "", " ", "a b/c", "https://hub/a/b", "a/b?x=1", "a\\b", "a" * 100]
)
def test_what_is_no_name_of_a_repository_is_refused_unasked(hub: HubServer, tmp_path: Path, name: str) -> None:
    with pytest.raises(ModelError, match="is no name of a repository"):
        download_model(name, tmp_path, lambda done, total: None, CancelToken(), endpoint=hub.endpoint)
    assert hub.tokens == []


def test_a_repository_of_another_kind_is_refused_before_anything_is_fetched(hub: HubServer, tmp_path: Path) -> None:
    del hub.files["model_index.json"]
    with pytest.raises(ModelError, match="no model_index"):
        fetch(hub, tmp_path / "painter")
    assert hub.asked == []


def test_an_unknown_repository_says_so(hub: HubServer, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"someone/gone is not on the hub"):
        download_model("someone/gone", tmp_path, lambda done, total: None, CancelToken(), endpoint=hub.endpoint)


def test_offline_says_so(hub: HubServer, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="Check the name or address, the network"):
        download_model(REPOSITORY, tmp_path, lambda done, total: None, CancelToken(), endpoint="http://127.0.0.1:9")


# --- what people have set up ----------------------------------------------------------------------


def test_endpoint_token_and_offline_mode_are_those_of_the_hub(
    hub: HubServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import huggingface_hub

    monkeypatch.setattr(huggingface_hub.constants, "ENDPOINT", hub.endpoint)
    monkeypatch.setenv("HF_TOKEN", "hf_of_a_person")
    download_model(REPOSITORY, tmp_path / "painter", lambda done, total: None, CancelToken())
    assert set(hub.tokens) == {"Bearer hf_of_a_person"}
    monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_OFFLINE", True)
    with pytest.raises(ModelError, match=r"(?i)offline"):
        download_model(REPOSITORY, tmp_path / "painter", lambda done, total: None, CancelToken())


def test_a_process_that_has_loaded_nothing_else_can_download(hub: HubServer, tmp_path: Path) -> None:
    """The hub's library loads its parts as they are asked for; the window has loaded none of them."""
    code = (
        "import sys; from pathlib import Path; from studio.engine.models.download import download_model; "
        "from studio.generation import CancelToken; "
        "download_model(sys.argv[1], Path(sys.argv[2]), print, CancelToken(), endpoint=sys.argv[3])"
    )
    command = [sys.executable, "-c", code, REPOSITORY, str(tmp_path / "painter"), hub.endpoint]
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "painter" / WEIGHTS).read_bytes() == hub.files[WEIGHTS]


def test_a_proxy_that_the_system_names_is_used(hub: HubServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import huggingface_hub

    monkeypatch.setenv("NO_PROXY", "")
    monkeypatch.setenv("no_proxy", "")
    monkeypatch.setenv("HTTP_PROXY", hub.endpoint)
    monkeypatch.setenv("http_proxy", hub.endpoint)
    huggingface_hub.close_session()
    hub.listing = lambda answer: None
    try:
        with pytest.raises(ModelError):
            download_model(REPOSITORY, tmp_path, lambda done, total: None, CancelToken(), endpoint="http://hub.invalid")
        assert hub.tokens != []
    finally:
        huggingface_hub.close_session()
