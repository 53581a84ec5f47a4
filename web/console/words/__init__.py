"""Every word on the console: Vietnamese, and the same in English beside it."""

from web.console.words import (
    clusters,
    desk,
    exports,
    figures,
    keeping,
    overseeing,
    pack,
    papers,
    people,
    personal,
    programs,
    taking_in,
    ticket,
    wordings,
)

WORDS: dict[str, tuple[str, str]] = {
    **desk.WORDS,
    **ticket.WORDS,
    **overseeing.WORDS,
    **clusters.WORDS,
    **figures.WORDS,
    **exports.WORDS,
    **keeping.WORDS,
    **people.WORDS,
    **personal.WORDS,
    **wordings.WORDS,
    **pack.WORDS,
    **papers.WORDS,
    **programs.WORDS,
    **taking_in.WORDS,
}
