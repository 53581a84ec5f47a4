"""The trained classifier: what it knows, how it is kept in a file, and how it scores a message."""

import itertools
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from triage.features import BARE, PAIR, number_shape, of_letters, of_words

FILE: Final = Path(__file__).with_name("model.npz")
FORMAT: Final = 2
ALARM: Final = -2
NOTHING: Final = -1
SIDES: Final = 2
"""Columns of the table after the labels: danger, and no report at all, each learned by itself."""

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Bag:
    """A message as features: columns of the model, and how much each counts."""

    columns: NDArray[np.int64]
    values: Floats


@dataclass(frozen=True, slots=True)
class Model:
    """Linear scores for labels, danger and no report, from one table of small numbers."""

    keys: NDArray[np.uint32]
    """Checksums of the features known, sorted."""
    rarity: Floats
    """How much each feature says: the rarer the more."""
    table: NDArray[np.int8]
    scale: Floats
    """What one step of `table` is worth, by label."""
    labels: tuple[str, ...]
    temperature: float
    version: str
    """Checksum of the training data and settings."""
    letters_weight: float

    def bag(self, words: tuple[str, ...], folded: tuple[str, ...], signs: tuple[str, ...]) -> Bag:
        """Count the features of a message that the model knows."""
        bare = tuple(map(number_shape, folded))
        return bag(
            self.keys,
            self.rarity,
            self.letters_weight,
            np.fromiter(of_words(words, bare, signs), np.uint32),
            np.fromiter(of_letters(bare), np.uint32),
        )

    def scores(self, found: Bag) -> Floats:
        """Return a score for each of `labels`, then for ALARM and NOTHING; higher is likelier."""
        rows = self.table[found.columns].astype(np.float32)
        return (found.values @ rows) * self.scale

    def knows(self, words: Sequence[str]) -> int:
        """Return how many of the words, without marks, stood in the training data."""
        wanted = np.array([crc32(number_shape(word).encode(), BARE) for word in words], np.uint32)
        columns = np.minimum(np.searchsorted(self.keys, wanted), len(self.keys) - 1)
        return int((self.keys[columns] == wanted).sum())

    def weights(self, folded: tuple[str, ...], label: str) -> list[float]:
        """Return how much each pair of neighbouring words speaks for a label."""
        words = [number_shape(word).encode() for word in folded]
        pairs = [a + b" " + b for a, b in itertools.pairwise(words)]
        if not pairs:
            return []
        ones = self._weigh([crc32(word, BARE) for word in words], label)
        twos = self._weigh([crc32(pair, PAIR) for pair in pairs], label)
        total: Floats = twos + ones[:-1] + ones[1:]
        return [float(value) for value in total]

    def _weigh(self, sums: list[int], label: str) -> Floats:
        wanted = np.array(sums, np.uint32)
        columns = np.minimum(np.searchsorted(self.keys, wanted), len(self.keys) - 1)
        weight = self.table[columns, self.labels.index(label)] * self.rarity[columns]
        known: Floats = np.where(self.keys[columns] == wanted, weight, np.float32(0))
        return known

    def save(self, file: Path) -> None:
        """Write the model as arrays and one line of JSON; no pickle in it."""
        about = {
            "format": FORMAT,
            "labels": self.labels,
            "temperature": self.temperature,
            "version": self.version,
            "letters_weight": self.letters_weight,
        }
        np.savez_compressed(
            file,
            keys=self.keys,
            rarity=self.rarity.astype(np.float16),
            table=self.table,
            scale=self.scale,
            about=np.array(json.dumps(about)),
        )


@cache
def load(file: Path = FILE) -> Model:
    """Read what `Model.save` wrote, once; raise ValueError for a file of another format."""
    with np.load(file, allow_pickle=False) as kept:
        about: dict[str, Any] = json.loads(str(kept["about"]))
        if about["format"] != FORMAT:
            raise ValueError(f"model file of format {about['format']}, not {FORMAT}")
        return Model(
            keys=kept["keys"],
            rarity=kept["rarity"].astype(np.float32),
            table=kept["table"],
            scale=kept["scale"],
            labels=tuple(about["labels"]),
            temperature=about["temperature"],
            version=about["version"],
            letters_weight=about["letters_weight"],
        )


def bag(
    keys: NDArray[np.uint32],
    rarity: Floats,
    letters_weight: float,
    words: NDArray[np.uint32],
    letters: NDArray[np.uint32],
) -> Bag:
    """Weigh known features; words and letters each fill a unit vector, letters weighed down."""
    one = _unit(keys, rarity, words)
    two = _unit(keys, rarity, letters)
    return Bag(
        np.concatenate([one.columns, two.columns]),
        np.concatenate([one.values, two.values * np.float32(letters_weight)]),
    )


def _unit(keys: NDArray[np.uint32], rarity: Floats, seen: NDArray[np.uint32]) -> Bag:
    """Count each feature once; by hand, as numpy.unique takes three times as long for so few."""
    ordered = np.sort(seen)
    first = np.ones(len(ordered), np.bool_)
    np.not_equal(ordered[1:], ordered[:-1], out=first[1:])
    starts = first.nonzero()[0]
    unique = ordered[starts]
    columns = keys.searchsorted(unique)
    np.minimum(columns, len(keys) - 1, out=columns)
    known = keys[columns] == unique
    columns = columns[known]
    ends = np.append(starts[1:], len(ordered))
    values = np.sqrt((ends - starts)[known]).astype(np.float32) * rarity[columns]
    length = np.sqrt((values * values).sum())
    return Bag(columns, values / length if length else values)
