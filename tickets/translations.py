"""The catalogues beside the Vietnamese sentences, read once from their .po files."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "locale"


@cache
def translator(language: str) -> Callable[[str], str]:
    """A function from a Vietnamese sentence to the same in `language`, or to itself."""
    file = FOLDER / language / "LC_MESSAGES" / "messages.po"
    if not file.exists():
        return str
    from babel.messages.pofile import read_po  # noqa: PLC0415  Vietnamese needs no catalogue

    with file.open("rb") as source:
        catalogue = {
            message.id: message.string
            for message in read_po(source, locale=language)
            if message.id and isinstance(message.id, str)
            if message.string and isinstance(message.string, str)
        }
    return lambda text: catalogue.get(text, text)
