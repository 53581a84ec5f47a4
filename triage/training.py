"""How the classifier is made from the labelled examples and the words of a pack."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import numpy as np
import yaml
from numpy.typing import NDArray

from province.pack import Pack
from triage import learning, model
from triage.features import number_shape, of_letters, of_words
from triage.learning import Rows
from triage.reading import Reader, Reading

EXAMPLES: Final = Path(__file__).with_name("examples")
DUTIES: Final = Path(__file__).with_name("duties.yaml")
HEADING: Final = "heading"
"""The writer of terms from the pack and the list of duties: no messages, so they count less."""
NO_REPORT: Final = frozenset({"not_a_report", "status_question"})
"""Categories of texts from which no ticket is opened."""
NEVER: Final = 1e-4
"""Cost of an example that says nothing: next to none, as none cannot be divided by."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What the learning was tuned to, by leaving out one writer at a time."""

    letters: float = 0.7
    cost: float = 1.0
    rounds: int = 8
    heading_cost: float = 0.5
    most_balance: float = 5.0
    """How much more an example of a rare category may count than one of a common one."""
    office_share: float = 0.2
    """How much of what speaks for an office is added to each of the categories that it leads."""
    temperature: float = 0.12
    seen: int = 5
    """Examples a feature must stand in to be kept."""
    urgent_cost: float = 5.0
    hard_cost: float = 3.0


@dataclass(frozen=True, slots=True)
class Example:
    """One labelled text."""

    text: str
    category: str
    urgent: bool | None = None
    hard: bool = False
    writer: str = ""


@dataclass(frozen=True, slots=True)
class Trained:
    """What a training run made and of what."""

    version: str
    examples: int
    labels: int
    features: int
    file: Path | None = field(default=None)


def read_examples(folder: Path = EXAMPLES) -> list[Example]:
    """Read every .jsonl file of a folder in the order of names; a file's name is its writer."""
    found = []
    for file in sorted(folder.glob("*.jsonl")):
        for line in file.read_text("utf-8").splitlines():
            if line.strip():
                found.append(_example(json.loads(line), file.stem))
    return found


def _example(row: dict[str, object], writer: str) -> Example:
    return Example(
        text=str(row["text"]),
        category=str(row["category"]),
        urgent=bool(row.get("urgent", False)),
        hard=row.get("alarm") == "hard",
        writer=writer,
    )


def of_pack(pack: Pack) -> list[Example]:
    """Return the labels and phrases of a pack as examples; they say nothing of danger."""
    return [
        Example(text, route.category, writer=HEADING)
        for route in pack.routing
        for text in (route.label, *route.phrases)
    ]


def of_duties() -> list[Example]:
    """Return the terms of every category's duties as short examples."""
    duties = yaml.safe_load(DUTIES.read_text("utf-8"))
    return [
        Example(term.strip(), category, writer=HEADING)
        for category, terms in duties.items()
        for term in terms.split(";")
    ]


def train(
    pack: Pack,
    *,
    folder: Path = EXAMPLES,
    file: Path | None = model.FILE,
    settings: Settings | None = None,
) -> Trained:
    """Learn from the examples of `folder` and from `pack`, and write the model to `file`.

    Equal data and settings give an equal model, so its version is their checksum.
    """
    examples = read_examples(folder) + of_pack(pack) + of_duties()
    made = learn(pack, examples, settings or Settings())
    if file is not None:
        made.save(file)
    return Trained(made.version, len(examples), len(made.labels), len(made.keys), file)


def learn(pack: Pack, examples: Sequence[Example], settings: Settings) -> model.Model:
    """Return the model learned from these examples alone."""
    reader = Reader(pack)
    counted = [_count(reader.read(example.text)) for example in examples]
    keys, rarity = _vocabulary(counted, settings.seen)
    rows = _rows(counted, keys, rarity, settings.letters)
    labels = tuple(sorted({example.category for example in examples}))
    table = _table(rows, examples, labels, _offices(pack, labels), settings)
    scale = np.maximum(np.abs(table).max(axis=0), 1e-9) / 127
    return model.Model(
        keys=keys,
        rarity=rarity,
        table=np.rint(table / scale).astype(np.int8),
        scale=scale.astype(np.float32),
        labels=labels,
        temperature=settings.temperature,
        version=version(examples, settings),
        letters_weight=settings.letters,
    )


def version(examples: Iterable[Example], settings: Settings) -> str:
    """Return the checksum of data and settings."""
    digest = hashlib.sha256(repr(settings).encode())
    for example in examples:
        digest.update(repr(example).encode())
    return digest.hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class _Counted:
    words: NDArray[np.uint32]
    letters: NDArray[np.uint32]


def _count(reading: Reading) -> _Counted:
    bare = tuple(map(number_shape, reading.folded))
    return _Counted(
        np.fromiter(of_words(reading.words, bare, reading.signs), np.uint32),
        np.fromiter(of_letters(bare), np.uint32),
    )


def _vocabulary(
    counted: Sequence[_Counted], seen: int
) -> tuple[NDArray[np.uint32], NDArray[np.float32]]:
    times: Counter[int] = Counter()
    for one in counted:
        times.update(np.unique(np.concatenate([one.words, one.letters])).tolist())
    keys = np.array(sorted(key for key, count in times.items() if count >= seen), np.uint32)
    share = np.array([(1 + len(counted)) / (1 + times[int(key)]) for key in keys])
    rarity = (np.log(share) + 1).astype(np.float16).astype(np.float32)
    return keys, rarity


def _rows(
    counted: Sequence[_Counted],
    keys: NDArray[np.uint32],
    rarity: NDArray[np.float32],
    letters: float,
) -> Rows:
    bags = [model.bag(keys, rarity, letters, one.words, one.letters) for one in counted]
    starts = np.cumsum([0, *(len(bag.columns) for bag in bags)])
    columns = np.concatenate([bag.columns for bag in bags]).astype(np.int64)
    values = np.concatenate([bag.values for bag in bags]).astype(np.float64)
    return Rows(starts, columns, values, len(keys))


def _offices(pack: Pack, labels: Sequence[str]) -> NDArray[np.int64]:
    """The number of each label's office: who leads it in this pack, and one for no reports.

    Whom a ticket goes to is the routing's business; these only gather categories that are alike.
    """
    leads = {route.category: route.lead for route in pack.routing}
    office = [leads.get(label, "") for label in labels]
    return np.array([sorted(set(office)).index(one) for one in office])


def _table(
    rows: Rows,
    examples: Sequence[Example],
    labels: tuple[str, ...],
    offices: NDArray[np.int64],
    settings: Settings,
) -> learning.Singles:
    place = {label: i for i, label in enumerate(labels)}
    classes = np.array([place[example.category] for example in examples])
    each, kept = np.arange(len(examples)), len(labels) + model.SIDES
    targets = -np.ones((len(examples), kept + offices.max() + 1))
    targets[each, classes] = 1.0
    targets[each, kept + offices[classes]] = 1.0
    targets[:, kept + model.ALARM] = [1.0 if example.urgent else -1.0 for example in examples]
    targets[:, kept + model.NOTHING] = [1.0 if e.category in NO_REPORT else -1.0 for e in examples]
    weight = np.array([settings.heading_cost if e.writer == HEADING else 1.0 for e in examples])
    cost = np.repeat(settings.cost * weight[:, None], targets.shape[1], axis=1)
    count = np.bincount(classes, weights=weight, minlength=len(labels))
    balance = np.clip(count.mean() / count, 1 / settings.most_balance, settings.most_balance)
    cost[each, classes] *= balance[classes]
    cost[:, kept + model.ALARM] = [_alarm_cost(example, settings) for example in examples]
    learned = learning.margins(rows, targets, cost=cost, rounds=settings.rounds)
    table = learned[:, :kept]
    table[:, : len(labels)] += settings.office_share * learned[:, kept + offices]
    return table


def _alarm_cost(example: Example, settings: Settings) -> float:
    if example.urgent is None:
        return NEVER
    if example.urgent:
        return settings.urgent_cost
    return settings.hard_cost if example.hard else 1.0
