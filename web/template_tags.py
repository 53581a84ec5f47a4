"""What the tags of a template may say: fields by name, rows, conditions. Nothing else runs."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from typing import Any, cast

from jinja2 import StrictUndefined, TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from tickets.papers import Fields, Value

DEEPEST = 6
"""Tags within tags, and conditions within conditions."""
FILTERS = {"upper": str.upper, "lower": str.lower}
ROW: Fields = {"index": "1", "first": "1", "last": "1", "length": "1"}
"""What every row knows of its place."""
Known = Value | Fields
"""Words, rows, or one row of some."""
Scope = Mapping[str, Known]


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a template cannot be used: a word of the console, what it is about, what was meant."""

    word: str
    about: str = ""
    meant: str = ""


class Unfit(Exception):
    """A template cannot be used; `faults` say why, each in words for whoever made it."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__(", ".join(f"{fault.word} {fault.about}" for fault in faults))
        self.faults = list(dict.fromkeys(faults))


@cache
def environment() -> ImmutableSandboxedEnvironment:
    """Jinja without its functions, tests and all but two filters; what people wrote is escaped."""
    found = ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    found.globals.clear()
    found.tests.clear()
    found.filters = dict(FILTERS)
    return found


def require_plain(source: str, fields: Fields) -> None:
    """Read a template's source; `fields` are a sample of what it may hold. Raises Unfit.

    The sandbox alone has been broken out of before. Here whatever is not in a short list of
    what a template needs is refused before anything of it is compiled.
    """
    try:
        tree = environment().parse(source)
    except TemplateSyntaxError as error:
        raise Unfit(Fault("tpl_syntax", _near(source, error.lineno))) from None
    except (ValueError, OverflowError, RecursionError, MemoryError):
        raise Unfit(Fault("tpl_syntax")) from None
    if faults := list(_body(tree.body, fields, 0, "")):
        raise Unfit(*faults)


def _near(source: str, line: int) -> str:
    """The words of a source's line, for whoever looks for it in Word."""
    lines = source.splitlines()
    return words_of(lines[min(line, len(lines)) - 1])[:80] if lines else ""


def words_of(source: str) -> str:
    """A piece of XML without its elements."""
    text, shown = [], True
    for letter in source:
        shown = shown and letter != "<"
        text.append(letter if shown else "")
        shown = shown or letter == ">"
    return " ".join("".join(text).split())


def _body(body: Iterable[nodes.Node], scope: Scope, depth: int, row: str) -> Iterator[Fault]:
    """The faults of what stands between two tags; `row` is the innermost row's name."""
    if depth > DEEPEST:
        yield Fault("tpl_deep")
        return
    for node in body:
        match node:
            case nodes.Output():
                for part in node.nodes:
                    yield from _said(part, scope)
            case nodes.If():
                yield from _truth(node.test, scope, 0)
                for within in (node.body, node.elif_, node.else_):
                    yield from _body(within, scope, depth + 1, row)
            case nodes.For():
                yield from _rows(node, scope, depth, row)
            case _:
                yield Fault("tpl_refused", type(node).__name__)


def _rows(node: nodes.For, scope: Scope, depth: int, row: str) -> Iterator[Fault]:
    if not isinstance(node.target, nodes.Name) or node.recursive or node.test is not None:
        yield Fault("tpl_refused", "for")
        return
    path = _path(node.iter)
    if row and (path is None or path[0] != row):
        yield Fault("tpl_rows_within", ".".join(path or ()))  # rows times rows have no end
        return
    rows, fault = _find(node.iter, scope)
    if isinstance(rows, str | Mapping):
        yield fault or Fault("tpl_no_rows", ".".join(path or ()))
        return
    name = node.target.name
    yield from _body(node.body, {**scope, name: rows[0], "loop": ROW}, depth + 1, name)
    yield from _body(node.else_, scope, depth + 1, row)


def _said(node: nodes.Node, scope: Scope) -> Iterator[Fault]:
    """The faults of what is printed: it must be words."""
    if isinstance(node, nodes.TemplateData | nodes.Const):
        return
    yield from _words(node, scope, 0)


def _words(node: nodes.Node, scope: Scope, depth: int) -> Iterator[Fault]:
    if depth > DEEPEST:
        yield Fault("tpl_deep")
    elif isinstance(node, nodes.Const):
        return
    elif isinstance(node, nodes.Or):
        yield from _words(node.left, scope, depth + 1)
        yield from _words(node.right, scope, depth + 1)
    elif isinstance(node, nodes.Filter) and node.node is not None:
        if node.name not in FILTERS or node.args or node.kwargs:
            yield Fault("tpl_filter", node.name)
        yield from _words(node.node, scope, depth + 1)
    else:
        found, fault = _find(node, scope)
        if fault is not None:
            yield fault
        elif not isinstance(found, str):
            yield Fault("tpl_no_words", ".".join(_path(node) or ()))


def _truth(node: nodes.Node, scope: Scope, depth: int) -> Iterator[Fault]:
    """The faults of a condition: whether fields are filled in, and whether they are some words."""
    match node:
        case _ if depth > DEEPEST:
            yield Fault("tpl_deep")
        case nodes.And() | nodes.Or():
            yield from _truth(node.left, scope, depth + 1)
            yield from _truth(node.right, scope, depth + 1)
        case nodes.Not():
            yield from _truth(node.node, scope, depth + 1)
        case nodes.Compare() if all(one.op in {"eq", "ne"} for one in node.ops):
            for one in (node.expr, *(operand.expr for operand in node.ops)):
                yield from _words(one, scope, depth + 1)
        case nodes.Const():
            return
        case _:
            _, fault = _find(node, scope)
            if fault is not None:
                yield fault


def _path(node: nodes.Node) -> tuple[str, ...] | None:
    """The names of `a.b`; None for what is no name."""
    if isinstance(node, nodes.Name):
        return (node.name,)
    if isinstance(node, nodes.Getattr):
        before = _path(node.node)
        return (*before, node.attr) if before else None
    return None


def _find(node: nodes.Node, scope: Scope) -> tuple[Known, Fault | None]:
    """What a name stands for in a sample, or why it is none that a paper has."""
    path = _path(node)
    if path is None:
        return "", Fault("tpl_refused", type(node).__name__)
    found: Any = scope
    for name in path:
        if not isinstance(found, Mapping) or name not in found:
            fields = found if isinstance(found, Mapping) else {}
            near = get_close_matches(name.lower(), fields, 1)  # Word begins with a capital
            return "", Fault("tpl_unknown", ".".join(path), near[0] if near else "")
        found = found[name]
    return cast("Known", found), None
