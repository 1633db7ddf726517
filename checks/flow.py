"""Flows: a few plain questions that end on one outcome. flows/NAME.yml, checked as a whole."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated

from pydantic import Field, field_validator

from macros import strict_yaml
from macros.policy import FactId
from macros.problem import Problem, ProblemsError
from macros.strict_yaml import did_you_mean
from macros.values import Strict, Text

FOLDER = "flows"

Name = Annotated[str, Field(pattern=strict_yaml.NAME)]


def _without_html(words: str) -> str:
    if any(mark in words for mark in '<>"'):
        raise ValueError("expected words without HTML or straight quotes")
    return words


class Answer(Strict):
    """One answer to a question, and what comes after it."""

    says: Text
    """The words on the button; they may name values."""
    next: Name
    """The question or outcome that follows."""

    _words = field_validator("says")(_without_html)


class Question(Strict):
    """One question, with the answers a shopper may give."""

    ask: Text
    answers: Annotated[dict[Name, Answer], Field(min_length=2)]
    """By the names that stand in the page's address."""

    _words = field_validator("ask")(_without_html)


class Outcome(Strict):
    """Where a flow ends: what holds, the next step, and the page that tells more."""

    says: Text
    then: Text
    link: Text
    """A page, as a path under docs/."""
    facts: Annotated[tuple[FactId, ...], Field(strict=False)]
    """What it states; none where the source is silent, and the outcome says whom to ask."""

    _words = field_validator("says", "then")(_without_html)


class Flow(Strict):
    """The questions, of which the first begins, and the outcomes."""

    title: Text
    questions: Annotated[dict[Name, Question], Field(min_length=1, max_length=50)]
    outcomes: Annotated[dict[Name, Outcome], Field(min_length=1)]

    _words = field_validator("title")(_without_html)

    def mistakes(self) -> Iterator[tuple[tuple[str, ...], str]]:
        """Yield what keeps a path from ending, or a step from being reached, with its keys."""
        for name in self.questions.keys() & self.outcomes.keys():
            yield ("outcomes", name), f"'{name}' names both a question and an outcome"
        known = self.questions.keys() | self.outcomes.keys()
        for name, question in self.questions.items():
            for key, answer in question.answers.items():
                if answer.next not in known:
                    near = did_you_mean(answer.next, known)
                    yield (
                        ("questions", name, "answers", key),
                        f"'{answer.next}' is neither a question nor an outcome{near}",
                    )
        reached: set[str] = set()
        yield from self._follow(next(iter(self.questions)), (), reached)
        for part, names in (("questions", self.questions), ("outcomes", self.outcomes)):
            for name in names:
                if name not in reached:
                    yield (part, name), f"no answer leads to '{name}'"

    def _follow(
        self, name: str, before: tuple[str, ...], reached: set[str]
    ) -> Iterator[tuple[tuple[str, ...], str]]:
        """Add to `reached` all that `name` leads to. Yield a mistake for each circle."""
        reached.add(name)
        if name not in self.questions:
            return
        path = (*before, name)
        for key, answer in self.questions[name].answers.items():
            if answer.next in path:
                circle = " > ".join((*path[path.index(answer.next) :], answer.next))
                yield ("questions", name, "answers", key), f"this path never ends: {circle}"
            elif answer.next not in reached:
                yield from self._follow(answer.next, path, reached)

    @property
    def facts(self) -> set[str]:
        """The ids of the facts that its outcomes state."""
        return {fact for outcome in self.outcomes.values() for fact in outcome.facts}

    def texts(self) -> Iterator[tuple[tuple[str, ...], str]]:
        """Yield all words that shoppers read, each with its keys in the file."""
        yield ("title",), self.title
        for name, question in self.questions.items():
            yield ("questions", name, "ask"), question.ask
            for key, answer in question.answers.items():
                yield ("questions", name, "answers", key, "says"), answer.says
        for name, outcome in self.outcomes.items():
            yield ("outcomes", name, "says"), outcome.says
            yield ("outcomes", name, "then"), outcome.then


def read_all(root: Path) -> tuple[Mapping[str, Flow], list[Problem]]:
    """Return the flows that can be read, by the names of their files, and what is wrong."""
    flows: dict[str, Flow] = {}
    problems: list[Problem] = []
    for path in sorted((root / FOLDER).glob("*.yml")):
        try:
            flows[path.stem] = strict_yaml.read_file(root, f"{FOLDER}/{path.name}", Flow)
        except ProblemsError as error:
            problems += error.problems
    return flows, problems
