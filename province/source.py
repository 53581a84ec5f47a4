"""A YAML file as plain values, and the line on which each of them stands."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

Loc = tuple[int | str, ...]

# BaseLoader leaves every scalar as it was written: `yes`, `07:00` and `2025-03-01` mean what the
# pack's types make of them, not what YAML 1.1 guesses (True, 420 minutes, a date).
_Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_NOTHING = frozenset({"", "~", "null"})


@lru_cache(16)
def _composed(text: str) -> yaml.Node | None:
    """A file's nodes, which nobody changes: a pack is read again with one file changed."""
    node: yaml.Node | None = yaml.compose(text, Loader=_Loader)
    return node


class Source:
    """One file: `value` (None when it cannot be read) and `problems` as (line, reason)."""

    def __init__(self, path: Path) -> None:
        self.name = path.name
        self.problems: list[tuple[int, str]] = []
        self._node = self._compose(path)
        self._met: set[int] = set()
        self.value: Any = None if self._node is None else self._plain(self._node)

    def line(self, loc: Sequence[int | str]) -> int:
        """Return the line of the part at `loc`, or of the nearest part around it that exists."""
        node, line = self._node, 1
        for step in loc:
            found = None if node is None else _child(node, step)
            if found is None:
                break
            line, node = found
        return line

    def _compose(self, path: Path) -> yaml.Node | None:
        try:
            node = _composed(path.read_text("utf-8"))
        except FileNotFoundError:
            self.problems.append((1, "thiếu tệp này"))
        except UnicodeDecodeError:
            self.problems.append((1, "tệp không phải UTF-8"))
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            self.problems.append((mark.line + 1 if mark else 1, f"sai cú pháp: {error.problem}"))
        except yaml.YAMLError as error:
            self.problems.append((1, f"sai cú pháp: {error}"))
        else:
            if node is None:
                self.problems.append((1, "tệp trống"))
            return node
        return None

    def _plain(self, node: yaml.Node) -> Any:
        if isinstance(node, yaml.ScalarNode):
            return None if not node.style and node.value in _NOTHING else node.value
        if id(node) in self._met:
            self._complain(node, "không dùng neo (&, *): hãy viết lại giá trị")
            return None
        self._met.add(id(node))
        if isinstance(node, yaml.SequenceNode):
            return [self._plain(item) for item in node.value]
        return dict(self._pairs(node))

    def _pairs(self, node: yaml.Node) -> Iterator[tuple[str, Any]]:
        first_lines: dict[str, int] = {}
        for key, value in node.value:
            name = key.value if isinstance(key, yaml.ScalarNode) else "?"
            if name in first_lines:
                self._complain(key, f"'{name}' viết hai lần (lần đầu ở dòng {first_lines[name]})")
            first_lines.setdefault(name, key.start_mark.line + 1)
            yield name, self._plain(value)

    def _complain(self, node: yaml.Node, reason: str) -> None:
        self.problems.append((node.start_mark.line + 1, reason))


def _child(node: yaml.Node, step: int | str) -> tuple[int, yaml.Node] | None:
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int):
        if step < len(node.value):
            item = node.value[step]
            return item.start_mark.line + 1, item
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == step:
                return key.start_mark.line + 1, value
    return None
