"""Step 2: the bilingual tokenizer and the text encoder, taught by matching captions with pictures."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import torch
from tokenizers import AddedToken, models, normalizers, pre_tokenizers, trainers
from tokenizers import Regex as TokenRegex
from tokenizers import Tokenizer as ByteTokenizer
from torch import Tensor, nn
from torch.nn import functional

from studio.training.configuration import TextConfig
from studio.training.networks.autoencoder import to_float
from studio.training.networks.libraries import CLIPTextConfig, CLIPTextModel, CLIPTokenizer, TextEncoder, Tokenizer
from studio.training.networks.loop import Losses, Trainee, batch_indices, step_generator, take_weights, train
from studio.training.networks.reading import Readers, reading_loss
from studio.training.scenes.captions import thing_alone
from studio.training.scenes.data import TOLD, RenderedSplit, Sample
from studio.training.scenes.vocabulary import Language

BOS, EOS = "<|startoftext|>", "<|endoftext|>"
_END_OF_WORD = "</w>"
_WORDS = r"<\|startoftext\|>|<\|endoftext\|>|'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+"
"""How CLIP splits text into words before byte-pair encoding."""
_LEARNED_WORDS = r"\p{Han}|" + _WORDS.replace(r"[\p{L}]+", r"[\p{L}&&[^\p{Han}]]+")
"""How text is split when pairs are learned: no pair reaches across two Chinese characters, which CLIP runs together."""


def train_tokenizer(captions: Iterable[str], config: TextConfig) -> Tokenizer:
    """Train a byte-level BPE tokenizer that :class:`CLIPTokenizer` loads. Any text can be written in its bytes.

    A Chinese sentence is one word to CLIP, so every pair learned for the end of a word is known within it too.
    """
    tokenizer = ByteTokenizer(models.BPE(unk_token=EOS, end_of_word_suffix=_END_OF_WORD))
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.NFC(), normalizers.Replace(TokenRegex(r"\s+"), " "), normalizers.Lowercase()]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(TokenRegex(_LEARNED_WORDS), behavior="removed", invert=True),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )
    letters = sorted(pre_tokenizers.ByteLevel.alphabet())
    trainer = trainers.BpeTrainer(
        vocab_size=config.vocabulary_size - len(letters) - 2,
        min_frequency=2,
        initial_alphabet=letters,
        end_of_word_suffix=_END_OF_WORD,
        show_progress=False,
    )
    tokenizer.train_from_iterator(captions, trainer)
    learned = json.loads(tokenizer.to_str())["model"]
    merges = _known_within_words([(first, second) for first, second in learned["merges"]])
    return _as_clip(letters, [first + second for first, second in merges], merges, config.max_length)


def tokenize(tokenizer: Tokenizer, captions: Sequence[str]) -> Tensor:
    """Token ids, int64 (n, max_length), padded and truncated as the pipeline does it."""
    ids = tokenizer(
        list(captions),
        padding="max_length",
        truncation=True,
        max_length=tokenizer.model_max_length,
        return_tensors="pt",
    ).input_ids
    assert isinstance(ids, Tensor)
    return ids


def build_text_encoder(config: TextConfig, tokenizer: Tokenizer) -> TextEncoder:
    """Make an untrained text encoder for a tokenizer."""
    return CLIPTextModel(
        CLIPTextConfig(
            vocab_size=len(tokenizer),
            hidden_size=config.width,
            intermediate_size=config.width * 4,
            projection_dim=config.width,
            num_hidden_layers=config.layers,
            num_attention_heads=config.heads,
            max_position_embeddings=config.max_length,
            hidden_act="quick_gelu",
            bos_token_id=tokenizer.bos_token_id,
            eos_token_id=tokenizer.eos_token_id,
            pad_token_id=tokenizer.pad_token_id,
        )
    )


class ImageTower(nn.Module):
    """A small convolutional tower from pictures to vectors."""

    def __init__(self, width: int) -> None:
        super().__init__()
        layers: list[nn.Module] = []
        for before, after in ((3, 24), (24, 48), (48, 96), (96, 160)):
            layers += [nn.Conv2d(before, after, 3, 2, 1), nn.GroupNorm(8, after), nn.SiLU()]
        self.layers = nn.Sequential(*layers)
        self.out = nn.Linear(160 * 2, width)

    def features(self, pictures: Tensor) -> Tensor:
        """Features, float (n, 320): the mean and the maximum over the picture, of float pictures in [-1, 1]."""
        maps = self.layers(pictures)
        return torch.cat([maps.mean(dim=(2, 3)), maps.amax(dim=(2, 3))], dim=1)

    def forward(self, pictures: Tensor) -> Tensor:
        """Vectors, float (n, width)."""
        vectors: Tensor = self.out(self.features(pictures))
        return vectors


class Matcher(nn.Module):
    """Text encoder and image tower, with heads that read the grammar's labels off a caption's vector."""

    def __init__(self, text_encoder: TextEncoder, width: int) -> None:
        super().__init__()
        self.text_encoder = text_encoder
        self.tower = ImageTower(width)
        self.project = nn.Linear(width, width)
        self.readers = Readers(width)
        self.told = Readers(width, TOLD)
        self.log_scale = nn.Parameter(torch.tensor(2.0))

    def losses(self, ids: Tensor, pictures: Tensor, labels: Tensor, told: Tensor) -> Losses:
        """Match captions with pictures: all pairs of one combination count as right, in equal shares.

        Bare captions do not name every label, so their cross entropy does not fall to nothing; it still says what
        is likely. ``told``, int64 (n, 3), is number, size and place of the thing: all captions tell them, and a
        vector that need not hold them leaves them out of the padding too, which is most of what the UNet attends to.
        """
        pooled = self.text_encoder(ids).pooler_output
        texts = functional.normalize(self.project(pooled), dim=1)
        images = functional.normalize(self.tower(pictures), dim=1)
        scores = texts @ images.T * self.log_scale.clamp(max=4.0).exp()
        same = (labels[:, None] == labels[None, :]).all(dim=2).float()
        shares = same / same.sum(dim=1, keepdim=True)
        contrast = functional.cross_entropy(scores, shares) + functional.cross_entropy(scores.T, shares)
        reading = reading_loss(self.readers(pooled), labels) + reading_loss(self.told(pooled), told)
        return {"loss": 0.5 * contrast + 0.3 * reading, "contrast": contrast.detach(), "reading": reading.detach()}


def train_text_encoder(
    config: TextConfig,
    split: RenderedSplit,
    tokenizer: Tokenizer,
    folder: Path,
    device: torch.device,
    *,
    start: Path | None = None,
) -> tuple[TextEncoder, ImageTower]:
    """Train, or resume training, and return the averaged text encoder and its image tower.

    ``start`` is the folder of an earlier model, whose text encoder is trained on.
    """
    torch.manual_seed(0)
    text_encoder = build_text_encoder(config, tokenizer)
    if start is not None:
        take_weights(text_encoder, start / "text_encoder")
    matcher = Matcher(text_encoder, config.width)
    trainee = Trainee(matcher, config.train, folder, device)
    if not trainee.finished:
        _match(config, split, tokenizer, trainee)
    trainee.averaged()
    silence_unseen(matcher.text_encoder, CaptionBook(split, tokenizer).seen(), tokenizer)
    return matcher.text_encoder, matcher.tower


@torch.no_grad()
def silence_unseen(text_encoder: TextEncoder, seen: Tensor, tokenizer: Tokenizer) -> None:
    """Let tokens that no caption holds read as padding, in place: emoji and other scripts then say nothing.

    ``seen`` are token ids, int64 (n,). Untaught, their embeddings are noise, which draws an empty page.
    """
    embedding = text_encoder.get_input_embeddings().weight
    unseen = torch.ones(len(embedding), dtype=torch.bool)
    unseen[seen] = False
    unseen[[tokenizer.bos_token_id, tokenizer.eos_token_id]] = False
    embedding[unseen] = embedding[tokenizer.pad_token_id].clone()


def _match(config: TextConfig, split: RenderedSplit, tokenizer: Tokenizer, trainee: Trainee) -> None:
    captions = CaptionBook(split, tokenizer)
    labels, told = torch.from_numpy(split.labels()), torch.from_numpy(split.told())
    stride = max(1, split.pictures.shape[-1] // config.tower_resolution)
    matcher = trainee.network
    assert isinstance(matcher, Matcher)

    def losses_of(step: int) -> Losses:
        indices = batch_indices(len(labels), config.train.batch_size, step, seed=11)
        ids = captions.draw(indices, step_generator(step, 12), noise_words=0.2)
        longest = int((ids != tokenizer.pad_token_id).sum(dim=1).max()) + 1
        ids = ids[:, : min(longest, ids.shape[1])]  # attention is causal: what follows the end changes nothing
        pictures = functional.avg_pool2d(to_float(split.pictures[indices.numpy()]), stride)
        batch = (part.to(trainee.device) for part in (ids, pictures, labels[indices], told[indices]))
        return matcher.losses(*batch)

    train(trainee, losses_of)


def captions_of(sample: Sample) -> tuple[str, ...]:
    """All captions of a picture."""
    return (*sample.english, *sample.chinese)


def captions_of_thing(sample: Sample) -> tuple[str, ...]:
    """As many captions that name the picture's thing alone; its own captions if it has no thing."""
    description, own = sample.description, captions_of(sample)
    if description.subject is None:
        return own
    rng = random.Random(f"alone/{description.seed}")
    languages: tuple[Language, ...] = ("en", "zh")
    return tuple(thing_alone(description.subject, rng, languages[index % 2]) for index in range(len(own)))


class CaptionBook:
    """As many captions of every picture of a split as token ids, all of them by default, to draw from."""

    def __init__(
        self, split: RenderedSplit, tokenizer: Tokenizer, choose: Callable[[Sample], Sequence[str]] = captions_of
    ) -> None:
        texts = [text for sample in split.samples for text in choose(sample)]
        self._per_picture = len(texts) // len(split.samples)
        self._ids = tokenize(tokenizer, texts).to(torch.int32)
        self._eos = tokenizer.eos_token_id
        self._empty = tokenize(tokenizer, [""])[0]

    def seen(self) -> Tensor:
        """Ids of all tokens that the captions hold, int64 (n,)."""
        ids: Tensor = torch.unique(self._ids).long()
        return ids

    def draw(
        self, indices: Tensor, generator: torch.Generator, *, noise_words: float = 0.0, dropout: float = 0.0
    ) -> Tensor:
        """One caption for each picture, int64 (n, max_length).

        A share ``noise_words`` of them gets a few random tokens at the end, so that unknown words do little harm; a
        share ``dropout`` is empty, for classifier-free guidance.
        """
        choice = torch.randint(0, self._per_picture, indices.shape, generator=generator)
        ids = self._ids[indices * self._per_picture + choice].long()
        chances = torch.rand((2, len(ids)), generator=generator)
        for row in torch.nonzero(chances[0] < noise_words).flatten().tolist():
            self._add_noise(ids[row], generator)
        ids[chances[1] < dropout] = self._empty
        return ids

    def _add_noise(self, row: Tensor, generator: torch.Generator) -> None:
        """Insert random tokens somewhere after the start of one caption, in place."""
        count = int(torch.randint(1, 5, (), generator=generator))
        end = int((row == self._eos).nonzero()[0])
        if end + count >= len(row):
            return
        place = int(torch.randint(1, end + 1, (), generator=generator))
        noise = torch.randint(0, int(self._eos) - 1, (count,), generator=generator)
        row.copy_(torch.cat([row[:place], noise, row[place:-count]]))


def _known_within_words(merges: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Put the open form of every merge that ends a non-Latin word before it, where it is not there already."""
    known = dict.fromkeys(merges)
    result = []
    for first, second in merges:
        within = (first, second.removesuffix(_END_OF_WORD))
        if second.endswith(_END_OF_WORD) and not first.isascii() and within not in known:
            result.append(within)
        result.append((first, second))
    return list(dict.fromkeys(result))


def load_tokenizer(folder: Path) -> Tokenizer:
    """Load a saved tokenizer."""
    return CLIPTokenizer.from_pretrained(folder)


def _as_clip(letters: list[str], words: list[str], merges: list[tuple[str, str]], max_length: int) -> Tokenizer:
    """Lay the vocabulary out as CLIP does: letters, letters that end a word, merged pieces, then start and end."""
    pieces = list(dict.fromkeys([*letters, *(letter + _END_OF_WORD for letter in letters), *words, BOS, EOS]))
    special = {name: AddedToken(text, normalized=False, special=True) for name, text in (("bos", BOS), ("eos", EOS))}
    return CLIPTokenizer(
        vocab={piece: index for index, piece in enumerate(pieces)},
        merges=merges,
        bos_token=special["bos"],
        eos_token=special["eos"],
        unk_token=special["eos"],
        pad_token=special["eos"],
        model_max_length=max_length,
    )
