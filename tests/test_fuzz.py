"""Whatever bytes come from outside, a reader refuses them in its own words; the short form."""

from collections.abc import Callable

import pytest

from tests import fuzzed, fuzzing
from tests.conftest import PROVE

EXAMPLES = {"events": 40, "pages": 30, "sheets": 40, "words": 30, "pictures": 15, "packs": 4}
MORE = 60 if PROVE else 1


@pytest.mark.timeout(900)
@pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgresql", marks=pytest.mark.prove)])
def test_no_reader_of_outside_bytes_breaks(make_database: Callable[[str], str], kind: str) -> None:
    with fuzzed.inside(make_database(kind)) as found:
        for name, (strategy, check) in fuzzed.targets(found).items():
            fuzzing.tries(strategy, check, examples=EXAMPLES[name] * MORE)
