"""An error in something a person wrote, with its place and the way to fix it."""

from collections.abc import Callable, Iterable
from typing import NamedTuple, TypeVar


class Problem(NamedTuple):
    """One error: where it is, what was found, and how to fix it."""

    file: str
    """Path from the project's root, with forward slashes."""
    line: int
    """Counted from 1, from the top of the file, front matter included."""
    message: str
    rule: str = ""
    """The id of the lint rule; empty for a file that cannot be read."""

    def annotation(self, level: str) -> str:
        """Return the workflow command that makes GitHub show it on its line."""
        message, file = _escaped(str(self).partition(": ")[2]), _escaped(self.file)
        file = file.replace(":", "%3A").replace(",", "%2C")
        return f"::{level} file={file},line={self.line}::{message}"

    def __str__(self) -> str:
        rule = f" [{self.rule}]" if self.rule else ""
        return f"{self.file}:{self.line}: {self.message}{rule}"


class ProblemsError(ValueError):
    """Content that cannot be used, with every error found in it, in order of file and line."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__("\n".join(map(str, self.problems)))


Name = TypeVar("Name")
Read = TypeVar("Read")


def read_each(
    names: Iterable[Name], read: Callable[[Name], Read]
) -> tuple[dict[Name, Read], list[Problem]]:
    """Return what `read` returns, by name, and the problems of those for which it raises them."""
    found: dict[Name, Read] = {}
    problems: list[Problem] = []
    for name in names:
        try:
            found[name] = read(name)
        except ProblemsError as error:
            problems += error.problems
    return found, problems


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
