"""What is wrong with something a person wrote, said so that the person can mend it."""

from collections.abc import Iterable
from typing import NamedTuple


class Problem(NamedTuple):
    """One mistake: where it stands, and what would be right."""

    file: str
    """Path from the project's root, with forward slashes."""
    line: int
    """Counted from 1, from the top of the file, front matter included."""
    message: str

    def annotation(self, level: str) -> str:
        """Return the workflow command that makes GitHub show it on its line."""
        message = self.message.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
        file = self.file.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
        file = file.replace(":", "%3A").replace(",", "%2C")
        return f"::{level} file={file},line={self.line}::{message}"

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


class ProblemsError(ValueError):
    """Content that cannot be used, with every mistake found in it, in order of file and line."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__("\n".join(map(str, self.problems)))
