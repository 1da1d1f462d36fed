"""The three networks at toy size."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from diffusers import DDIMScheduler

from studio.training.configuration import AutoencoderConfig, DataConfig, DenoiserConfig, Schedule, preset
from studio.training.networks.autoencoder import (
    SCALING_FACTOR,
    build_autoencoder,
    encode,
    normalise_latents,
    psnr,
    round_trip,
    to_float,
    train_autoencoder,
)
from studio.training.networks.denoiser import (
    Latents,
    Lessons,
    attend_quickly,
    build_denoiser,
    build_scheduler,
    snr_weights,
    stratified_times,
    thing_boxes,
    velocity_to,
    windows,
)
from studio.training.networks.loop import Losses, Trainee, step_generator
from studio.training.networks.masking import cells_to_draw, inside
from studio.training.networks.previews import fit_preview
from studio.training.networks.text_encoder import (
    CaptionBook,
    Matcher,
    build_text_encoder,
    captions_of_thing,
    load_tokenizer,
    silence_unseen,
    tokenize,
    train_tokenizer,
)
from studio.training.scenes.data import NO_ANSWER, Pictures, RenderedSplit, make_sample, render
from studio.training.scenes.vocabulary import THINGS

SMOKE = preset("smoke")
_THINGS = {thing.name: thing for thing in THINGS}


@pytest.fixture(scope="module")
def split() -> RenderedSplit:
    samples = tuple(make_sample(DataConfig(), "train", i) for i in range(12))
    pictures: Pictures = torch.stack([torch.from_numpy(render(s.description, 64)) for s in samples]).numpy()
    return RenderedSplit(pictures, samples)


@pytest.fixture(scope="module")
def captions(split: RenderedSplit) -> list[str]:
    return [text for sample in split.samples for text in (*sample.english, *sample.chinese)]


def test_the_tokenizer_writes_any_text(captions: list[str], tmp_path: Path) -> None:
    train_tokenizer(captions, SMOKE.text).save_pretrained(tmp_path)
    tokenizer = load_tokenizer(tmp_path)
    assert type(tokenizer).__name__ == "CLIPTokenizer"
    assert tokenizer.pad_token_id == tokenizer.eos_token_id != tokenizer.bos_token_id
    for text in ("a beautiful beach", "美丽的海滩", "zürich 🏖", "qwx"):
        ids = tokenizer(text).input_ids
        assert ids[0] == tokenizer.bos_token_id
        assert ids[-1] == tokenizer.eos_token_id
        assert tokenizer.decode(ids, skip_special_tokens=True) == text


def test_captions_are_drawn_padded_and_dropped(split: RenderedSplit, captions: list[str]) -> None:
    tokenizer = train_tokenizer(captions, SMOKE.text)
    book = CaptionBook(split, tokenizer)
    indices = torch.arange(12)
    drawn = book.draw(indices, torch.Generator().manual_seed(0), noise_words=1.0)
    assert drawn.shape == (12, 77)
    assert (drawn[:, 0] == tokenizer.bos_token_id).all()
    assert (drawn == tokenizer.eos_token_id).any(dim=1).all()
    empty = book.draw(indices, torch.Generator().manual_seed(0), dropout=1.0)
    assert torch.equal(empty, tokenize(tokenizer, [""] * 12))


def test_an_untrained_autoencoder_already_keeps_colours(split: RenderedSplit) -> None:
    pictures = to_float(split.pictures)
    autoencoder = build_autoencoder(preset("cpu").autoencoder, 64).eval()
    assert psnr(round_trip(autoencoder, pictures), pictures) > 15


def test_normalising_latents_changes_no_picture(split: RenderedSplit) -> None:
    pictures = to_float(split.pictures)
    autoencoder = build_autoencoder(SMOKE.autoencoder, 64).eval()
    before = round_trip(autoencoder, pictures)
    normalise_latents(autoencoder, split.pictures)
    scaled = encode(autoencoder, pictures) * SCALING_FACTOR
    assert torch.allclose(scaled.mean(dim=(0, 2, 3)), torch.zeros(4), atol=0.02)
    assert torch.allclose(scaled.std(dim=(0, 2, 3)), torch.ones(4), atol=0.02)
    assert (round_trip(autoencoder, pictures) - before).abs().mean() < 0.02  # bfloat16 rounds


def test_the_preview_map_has_the_shape_that_the_engine_reads(split: RenderedSplit) -> None:
    autoencoder = build_autoencoder(SMOKE.autoencoder, 64).eval()
    normalise_latents(autoencoder, split.pictures)
    preview = fit_preview(autoencoder, split.pictures)
    factors, bias = torch.tensor(preview["latent_rgb_factors"]), torch.tensor(preview["latent_rgb_bias"])
    assert factors.shape == (4, 3)
    assert bias.shape == (3,)
    latents = encode(autoencoder, to_float(split.pictures)) * SCALING_FACTOR
    shown = torch.einsum("nchw,cr->nrhw", latents, factors) + bias[:, None, None]
    wanted = torch.nn.functional.avg_pool2d(to_float(split.pictures), 8)
    assert (shown - wanted).abs().mean() < 0.1


def test_the_schedule_ends_in_pure_noise_which_still_counts() -> None:
    scheduler = build_scheduler()
    assert isinstance(scheduler, DDIMScheduler)
    assert scheduler.alphas_cumprod[-1] == 0
    weights = snr_weights(scheduler.alphas_cumprod, 5.0)
    assert weights[-1] == 1
    assert weights.max() <= 1
    assert weights.min() > 0


def test_the_velocity_leads_to_the_clean_latents() -> None:
    scheduler = build_scheduler()
    clean, noise, times = torch.randn(4, 4, 8, 8), torch.randn(4, 4, 8, 8), torch.tensor([0, 300, 700, 999])
    alphas = scheduler.alphas_cumprod[times]
    noisy = scheduler.add_noise(clean, noise, times)
    assert torch.allclose(velocity_to(clean, noisy, alphas), scheduler.get_velocity(clean, noise, times), atol=1e-4)
    rough = scheduler.add_noise(clean + 0.1 * torch.randn(clean.shape), noise, times)
    shares = alphas.view(-1, 1, 1, 1)
    found = shares.sqrt() * rough - (1 - shares).sqrt() * velocity_to(clean, rough, alphas)
    assert torch.allclose(found, clean, atol=1e-5), "what was roughened is smooth again"


def test_things_are_found_in_pictures(split: RenderedSplit) -> None:
    boxes = thing_boxes(split)
    assert boxes.shape == (12, 4)
    has_thing = torch.tensor([sample.description.subject is not None for sample in split.samples])
    assert torch.equal(boxes.any(dim=1), has_thing)
    assert torch.equal(inside(boxes, 16).flatten(1).any(dim=1), has_thing)
    quarter = inside(torch.tensor([[0.5, 0.0, 1.0, 0.5]]), 4)
    assert quarter[0, 0].tolist() == [[0, 0, 1, 1], [0, 0, 1, 1], [0, 0, 0, 0], [0, 0, 0, 0]]


def test_a_window_holds_its_thing_where_the_picture_has_it() -> None:
    boxes = torch.tensor([[0.0, 0.75, 0.25, 1.0], [0.375, 0.375, 0.625, 0.625], [0.5, 0.0, 1.0, 0.5]])
    pictures = inside(boxes, 32).repeat(1, 4, 1, 1).half()
    order = torch.tensor([2, 0, 1])
    seen = windows(pictures, order, boxes[order])
    assert seen.shape == (3, 4, 16, 16)
    assert torch.equal(seen.sum(dim=(2, 3)), pictures[order].float().sum(dim=(2, 3))), "no thing is cut, none is scaled"
    down, across = (float(where.float().mean() + 0.5) / 16 for where in seen[2, 0].nonzero(as_tuple=True))
    assert (down, across) == (0.5, 0.5)
    down, across = (float(where.float().mean() + 0.5) / 16 for where in seen[1, 0].nonzero(as_tuple=True))
    assert (down, across) == (0.75, 0.25), "as far to the left and as low as it can be without being cut"


def test_a_thing_larger_than_a_window_shows_a_part() -> None:
    box = torch.tensor([[0.1, 0.1, 0.9, 0.9]])
    assert windows(inside(box, 16), torch.tensor([0]), box).shape == (1, 1, 8, 8)


def test_lessons_look_closely_at_things_until_the_end(split: RenderedSplit) -> None:
    boxes = thing_boxes(split)
    whole = torch.randn(12, 4, 8, 8).half()
    schedule = Schedule(steps=100, batch_size=3, learning_rate=1e-3)
    config = DenoiserConfig(small_share=0.1, small_batch=5, close_share=0.5, close_batch=4, train=schedule)
    lessons = Lessons(config, Latents(whole, torch.randn(12, 4, 4, 4).half()), boxes)
    drawn = [lessons.draw(step, step_generator(step, 22)) for step in range(100)]
    assert {tuple(lesson.clean.shape) for lesson in drawn[:10]} == {(5, 4, 4, 4)}
    assert {tuple(lesson.clean.shape) for lesson in drawn[10:85]} == {(3, 4, 8, 8), (4, 4, 4, 4)}
    assert {tuple(lesson.clean.shape) for lesson in drawn[85:]} == {(3, 4, 8, 8)}
    close = [lesson for lesson in drawn[10:] if len(lesson.clean) == 4]
    assert 20 <= len(close) <= 55
    for lesson in close:
        assert boxes[lesson.indices].any(dim=1).all(), "only what holds a thing is looked at closely"
        assert torch.equal(lesson.weights, torch.ones(4, 1, 4, 4))
        assert lesson.drawn.all(), "a window is drawn whole"
    again = lessons.draw(50, step_generator(50, 22))
    assert torch.equal(again.clean, drawn[50].clean)


def test_masks_lie_around_things_or_anywhere_and_some_are_turned_inside_out() -> None:
    things = torch.tensor([[0.4, 0.4, 0.6, 0.6]]).repeat(400, 1)
    drawn = cells_to_draw(things, 32, 1.0, torch.Generator().manual_seed(1))
    assert set(drawn.unique().tolist()) == {0.0, 1.0}
    assert drawn.any(dim=(1, 2, 3)).all(), "there is always something to draw"
    cells = inside(things, 32)
    share = ((drawn * cells).sum(dim=(1, 2, 3)) == cells.sum(dim=(1, 2, 3))).float().mean()
    assert 0.55 < share < 0.85, "most masks hold the whole thing"
    corner = drawn[:, 0, 0, 0].mean()
    assert 0.08 < corner < 0.25, "some draw all but the middle"
    none = cells_to_draw(torch.zeros(50, 4), 32, 1.0, torch.Generator().manual_seed(1))
    assert 0.02 < none.mean() < 0.8


def test_only_a_share_of_the_pictures_gets_a_mask() -> None:
    things = torch.zeros(300, 4)
    assert cells_to_draw(things, 8, 0.0, torch.Generator().manual_seed(2)).all()
    some = cells_to_draw(things, 8, 0.5, torch.Generator().manual_seed(2))
    assert 0.4 < some.all(dim=3).all(dim=2).float().mean() < 0.6


def test_lessons_of_inpainting_weigh_only_what_is_drawn(split: RenderedSplit) -> None:
    boxes = thing_boxes(split)
    schedule = Schedule(steps=10, batch_size=12, learning_rate=1e-3)
    config = DenoiserConfig(small_share=0, close_share=0, inpaint_share=1, thing_weight=1, train=schedule)
    lessons = Lessons(config, Latents(torch.randn(12, 4, 16, 16).half(), torch.empty(0, 4, 0, 0)), boxes)
    lesson = lessons.draw(3, step_generator(3, 22))
    assert not lesson.drawn.all()
    assert torch.equal(lesson.weights > 0, lesson.drawn > 0)
    assert torch.allclose(lesson.weights.mean(dim=(1, 2, 3)), torch.ones(12)), "a small mask counts as much"


def test_in_lessons_of_inpainting_a_thing_weighs_as_much_as_its_ground(split: RenderedSplit) -> None:
    boxes = thing_boxes(split)
    schedule = Schedule(steps=10, batch_size=12, learning_rate=1e-3)
    config = DenoiserConfig(small_share=0, close_share=0, inpaint_share=0.5, thing_weight=5, train=schedule)
    lessons = Lessons(config, Latents(torch.randn(12, 4, 16, 16).half(), torch.empty(0, 4, 0, 0)), boxes)
    drawn = [lessons.draw(step, step_generator(step, 22)) for step in range(4)]
    weighed = [pair for lesson in drawn for pair in zip(lesson.weights, lesson.drawn, strict=True)]
    masked = [(weights, cells) for weights, cells in weighed if not cells.all()]
    assert len(masked) >= 12
    assert all(torch.allclose(weights, cells / cells.mean()) for weights, cells in masked)
    assert any(weights.max() > 4 * weights.min() for weights, cells in weighed if cells.all()), "not so in whole ones"


def test_some_lessons_of_inpainting_name_the_thing_alone(split: RenderedSplit) -> None:
    boxes = thing_boxes(split)
    schedule = Schedule(steps=10, batch_size=12, learning_rate=1e-3)
    config = DenoiserConfig(small_share=0, close_share=0, inpaint_share=1, alone_share=1, train=schedule)
    lessons = Lessons(config, Latents(torch.randn(12, 4, 16, 16).half(), torch.empty(0, 4, 0, 0)), boxes)
    drawn = [lessons.draw(step, step_generator(step, 22)) for step in range(6)]
    told = torch.cat([lesson.alone for lesson in drawn])
    cells = torch.cat([lesson.drawn for lesson in drawn])
    seen = inside(boxes[torch.cat([lesson.indices for lesson in drawn])], 16)
    assert told.any()
    assert not told.all()
    assert (seen <= cells)[told].all(), "only where the whole thing is to be drawn"
    assert seen[told].flatten(1).any(dim=1).all(), "and where there is one"
    never = Lessons(replace(config, alone_share=0.0), lessons._latents, boxes)
    assert not never.draw(0, step_generator(0, 22)).alone.any()


def test_captions_of_the_thing_alone_name_nothing_else(split: RenderedSplit) -> None:
    for sample in split.samples:
        captions, subject = captions_of_thing(sample), sample.description.subject
        assert len(captions) == len(sample.english) + len(sample.chinese)
        if subject is None:
            assert captions == (*sample.english, *sample.chinese)
        else:
            bare = replace(subject, size="", place="")
            assert captions[0].endswith(_THINGS[bare.thing].nouns_en + _THINGS[bare.thing].plurals_en)
            assert not any(word in text for text in captions for word in (" on ", " in ", " with ", "边", "里"))


def test_timesteps_may_lean_towards_much_noise() -> None:
    even, late = (stratified_times(1000, power, torch.Generator().manual_seed(0)) for power in (1.0, 0.5))
    assert even.float().mean() == pytest.approx(499.5, abs=2)
    assert late.float().mean() == pytest.approx(666, abs=3)
    assert late.min() >= 0
    assert late.max() == 999


def test_pictures_without_things_are_seen_whole() -> None:
    config = DenoiserConfig(small_share=0, close_share=1, train=Schedule(steps=9, batch_size=2, learning_rate=1e-3))
    lessons = Lessons(config, Latents(torch.randn(4, 4, 8, 8), torch.empty(0, 4, 0, 0)), torch.zeros(4, 4))
    assert lessons.draw(0, step_generator(0, 22)).clean.shape == (2, 4, 8, 8)


def test_the_denoiser_has_the_shape_that_pipelines_expect() -> None:
    unet = build_denoiser(SMOKE.denoiser, 128, 32)
    assert unet.config.sample_size == 16
    assert unet.config.in_channels == 4
    latents, words = torch.randn(1, 4, 16, 16), torch.randn(1, 77, 32)
    assert unet(latents, torch.tensor([999]), encoder_hidden_states=words).sample.shape == latents.shape


def test_quick_attention_learns_the_same() -> None:
    torch.manual_seed(0)
    unet = build_denoiser(SMOKE.denoiser, 128, 32)
    latents, words = torch.randn(2, 4, 16, 16), torch.randn(2, 77, 32)

    def passed() -> tuple[torch.Tensor, torch.Tensor]:
        unet.zero_grad()
        drawn = unet(latents, torch.tensor([500, 20]), encoder_hidden_states=words).sample
        drawn.square().mean().backward()
        return drawn.detach(), unet.mid_block.attentions[0].transformer_blocks[0].attn1.to_q.weight.grad.clone()

    before, slope_before = passed()
    usual = set(map(type, unet.attn_processors.values()))
    attend_quickly(unet, torch.device("cpu"))
    after, slope_after = passed()
    assert set(map(type, unet.attn_processors.values())) != usual
    assert torch.allclose(before, after, atol=1e-5)
    assert slope_before.abs().max() > 0
    assert torch.allclose(slope_before, slope_after, rtol=1e-3, atol=1e-8)


def test_an_autoencoder_with_a_critic_resumes_to_the_same_place(
    split: RenderedSplit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    brief = Schedule(steps=6, batch_size=2, learning_rate=1e-3, warmup_steps=1, save_every=1)
    config = AutoencoderConfig(channels=(8, 8, 8, 8), crop=32, adversarial_weight=0.1, train=brief)

    def trained(folder: Path) -> dict[str, torch.Tensor]:
        torch.manual_seed(0)
        train_autoencoder(config, split.pictures, split.pictures, folder, torch.device("cpu"))
        state = torch.load(folder / "checkpoint.pt", weights_only=True)
        return {**state["network"], **{f"critic.{k}": v for k, v in state["companions"]["critic"].items()}}

    unbroken = trained(tmp_path / "unbroken")
    update = Trainee.update

    def broken_off(trainee: Trainee, losses: Losses) -> None:
        if trainee.step == 4:
            raise KeyboardInterrupt
        update(trainee, losses)

    with monkeypatch.context() as patch:
        patch.setattr(Trainee, "update", broken_off)
        with pytest.raises(KeyboardInterrupt):
            trained(tmp_path / "broken")
    resumed = trained(tmp_path / "broken")
    assert unbroken.keys() == resumed.keys()
    assert all(torch.equal(unbroken[name], resumed[name]) for name in unbroken)


def test_an_autoencoder_that_is_trained_on_keeps_the_scale_of_its_latents(split: RenderedSplit, tmp_path: Path) -> None:
    still = Schedule(steps=1, batch_size=2, learning_rate=1e-9, warmup_steps=1, save_every=1)
    config = AutoencoderConfig(channels=(8, 8, 8, 8), crop=32, train=still)
    device, some, others = torch.device("cpu"), split.pictures[:6], split.pictures[6:]
    first = train_autoencoder(config, some, some, tmp_path / "first", device)
    first.save_pretrained(tmp_path / "model" / "vae")
    second = train_autoencoder(config, others, others, tmp_path / "second", device, start=tmp_path / "model")
    for name, weights in first.state_dict().items():
        assert torch.allclose(weights, second.state_dict()[name], atol=1e-5), name


def test_the_text_encoder_is_asked_for_number_and_place(split: RenderedSplit, captions: list[str]) -> None:
    torch.manual_seed(0)
    tokenizer = train_tokenizer(captions, SMOKE.text)
    matcher = Matcher(build_text_encoder(SMOKE.text, tokenizer), SMOKE.text.width)
    ids = CaptionBook(split, tokenizer).draw(torch.arange(12), torch.Generator().manual_seed(0))
    pictures, labels = to_float(split.pictures), torch.from_numpy(split.labels())
    told = torch.from_numpy(split.told())
    asked = matcher.losses(ids, pictures, labels, told)["reading"]
    unasked = matcher.losses(ids, pictures, labels, torch.full_like(told, NO_ANSWER))["reading"]
    assert float(asked) - float(unasked) == pytest.approx(math.log(3) + math.log(3) + math.log(4), rel=0.2)


def test_what_no_caption_holds_says_nothing(split: RenderedSplit, captions: list[str]) -> None:
    tokenizer = train_tokenizer(captions, SMOKE.text)
    encoder = build_text_encoder(SMOKE.text, tokenizer).eval()
    seen = CaptionBook(split, tokenizer).seen()
    known, empty = tokenize(tokenizer, captions[:4]), tokenize(tokenizer, [""])
    unknown = empty.clone()
    unknown[0, 1:4] = torch.tensor([token for token in range(len(tokenizer)) if token not in seen][:3])
    with torch.no_grad():
        before = encoder(known).last_hidden_state
        silence_unseen(encoder, seen, tokenizer)
        after = encoder(known).last_hidden_state
        nothing, said = (encoder(ids).last_hidden_state for ids in (empty, unknown))
    assert torch.equal(before, after)
    assert torch.allclose(said, nothing, atol=1e-5)
