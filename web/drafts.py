"""A paper as a .docx: by the template in force for its unit, else by the program's own."""

import asyncio
from base64 import b64decode
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from urllib.parse import quote

import structlog
from fastapi.responses import Response
from sqlalchemy.ext.asyncio import AsyncSession

from storage import paper_templates
from tickets.paper_samples import SAMPLES
from tickets.papers import Fields, Paper
from web.template_tags import Fault, Unfit

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Draft:
    """A paper with the template that it is filled into."""

    paper: Paper
    template: bytes


async def drafted(session: AsyncSession, paper: Paper) -> Draft:
    """A paper with its template; filled in later, when nothing of the database is held."""
    assert paper.fields.keys() == SAMPLES[paper.kind].keys(), "a sample lists the fields"
    row = await paper_templates.in_force(session, paper.kind, paper.unit)
    return Draft(paper, b64decode(row.content) if row else bundled(paper.kind))


@cache
def bundled(kind: str) -> bytes:
    """The program's own template of a kind."""
    return (files("web") / "templates" / "papers" / f"{kind}.docx").read_bytes()


async def answer(draft: Draft) -> Response:
    """The paper as a file that is saved."""
    return download(await asyncio.to_thread(_filled, draft), DOCX, draft.paper.file_name)


def _filled(draft: Draft) -> bytes:
    """The paper; a kept template that fits no more (as after an update) gives way to our own."""
    paper = draft.paper
    try:
        return _fill(draft.template, paper, paper.fields)
    except Unfit as unfit:
        log.error("template gives way", kind=paper.kind, unit=paper.unit, why=str(unfit))
        return _fill(bundled(paper.kind), paper, paper.fields)


def _fill(template: bytes, paper: Paper, fields: Fields) -> bytes:
    from web import word  # noqa: PLC0415  lxml costs time, and few ever ask for a draft

    author = str(fields.get("ten_co_quan", ""))
    return word.fill(template, fields, SAMPLES[paper.kind], title=paper.title, author=author)


def tried(content: bytes, kind: str) -> bytes:
    """A file that somebody wants to put in, filled with the sample. Raises Unfit.

    It is filled with nothing as well: a paper may lack any field, and have no rows.
    """
    from web import template_files, word  # noqa: PLC0415  as in _fill

    template_files.require_safe(content)
    sample = SAMPLES[kind]
    paper = Paper(kind, "", "", "", sample)
    _fill(content, paper, word.blank(sample))
    filled = _fill(content, paper, sample)
    if left := word.left_over(filled):
        raise Unfit(*left)
    if not word.has_tags(content):
        raise Unfit(Fault("tpl_no_tags"))
    return filled


def download(content: bytes, mime: str, name: str) -> Response:
    """A file that is saved, not shown."""
    headers = {
        "Cache-Control": "no-store",
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}",
    }
    return Response(content, media_type=mime, headers=headers)
