"""Flows: a few plain questions that end on one outcome: languages/TAG/flows/NAME.yml."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Annotated, ClassVar

from pydantic import Field

from helpcentre.content import translation
from helpcentre.content.hashed import of_words
from helpcentre.content.page import PlainText
from helpcentre.content.translation import Forms, State
from macros import strict_yaml
from macros.language import Language
from macros.policy import FactId, Name
from macros.problem import Problem, read_each
from macros.strict_yaml import did_you_mean
from macros.values import Strict, Text

FOLDER = "flows"


class Answer(Strict):
    """One answer to a question, and what comes after it."""

    label: PlainText
    """The words on the button; they may name values."""
    next: Name
    """The question or outcome that follows."""


class Question(Strict):
    """One question, with the answers a shopper may give."""

    text: PlainText
    answers: Annotated[dict[Name, Answer], Field(min_length=2)]
    """By the names that the page's address uses."""


class Outcome(Strict):
    """The end of a flow: the result, the next step, and the page with more about it."""

    result: PlainText
    next_step: PlainText
    link: Text
    """A page, as a path under docs/."""
    facts: Annotated[tuple[FactId, ...], Field(strict=False)]
    """The facts it states; none where the source is silent: then it names whom to ask."""


class Flow(Strict):
    """The questions, beginning with the first, and the outcomes."""

    REFUSES_CUT_WORDS: ClassVar = True
    RENAMED: ClassVar = {
        "ask": "text",
        "says": "label' for an answer or 'result' for an outcome",
        "then": "next_step",
    }

    translation: State | None = None
    """Where it comes from, if it is translated."""
    title: PlainText
    questions: Annotated[dict[Name, Question], Field(min_length=1, max_length=50)]
    outcomes: Annotated[dict[Name, Outcome], Field(min_length=1)]

    def errors(self) -> Iterator[tuple[tuple[str, ...], str]]:
        """Yield what keeps a path from ending or a step from being reached, with its keys."""
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
        self, name: str, parents: tuple[str, ...], reached: set[str]
    ) -> Iterator[tuple[tuple[str, ...], str]]:
        """Add to `reached` all that `name` leads to. Yield an error for each loop."""
        reached.add(name)
        if name not in self.questions:
            return
        path = (*parents, name)
        for key, answer in self.questions[name].answers.items():
            if answer.next in path:
                loop = " > ".join((*path[path.index(answer.next) :], answer.next))
                yield ("questions", name, "answers", key), f"this path never ends: {loop}"
            elif answer.next not in reached:
                yield from self._follow(answer.next, path, reached)

    @cached_property
    def hash(self) -> str:
        """The hash of its words and steps."""
        return of_words(self.model_dump_json(exclude={"translation"}))

    def differences(self, original: "Flow", forms: Forms) -> Iterator[tuple[tuple[str, ...], str]]:
        """Yield what a translation drops, adds or leaves as in its original, with its keys."""
        ours, theirs = dict(self._steps()), dict(original._steps())
        for keys in theirs.keys() - ours.keys():
            yield keys[:2], f"it lacks {'.'.join(keys)}"
        for keys, leads_to in ours.items():
            if keys not in theirs:
                yield keys, "the original has no such step"
            elif leads_to != theirs[keys]:
                yield keys, f"expected {theirs[keys]}, as in the original, found {leads_to}"
        if list(ours) != list(theirs) and ours.keys() == theirs.keys():
            yield ("questions",), "its steps are in another order than in the original"
        words = dict(original.texts())
        for keys, own in self.texts():
            translated = words.get(keys, own)
            for message in translation.values_differ(own, translated, forms):
                yield keys, f"this text {message}"
            if keys in words and translation.is_copied(own, translated):
                yield keys, "this text is not translated"

    def _steps(self) -> Iterator[tuple[tuple[str, ...], str]]:
        """Yield the keys of each answer and outcome, and what it leads to and states."""
        for name, question in self.questions.items():
            for key, answer in question.answers.items():
                yield ("questions", name, "answers", key), f"'next: {answer.next}'"
        for name, outcome in self.outcomes.items():
            facts = ", ".join(outcome.facts)
            yield ("outcomes", name), f"'link: {outcome.link}' and 'facts: [{facts}]'"

    @property
    def facts(self) -> set[str]:
        """The ids of the facts that its outcomes state."""
        return {fact for outcome in self.outcomes.values() for fact in outcome.facts}

    def texts(self) -> Iterator[tuple[tuple[str, ...], str]]:
        """Yield each text that shoppers read, with its keys in the file."""
        yield ("title",), self.title
        for name, question in self.questions.items():
            yield ("questions", name, "text"), question.text
            for key, answer in question.answers.items():
                yield ("questions", name, "answers", key, "label"), answer.label
        for name, outcome in self.outcomes.items():
            yield ("outcomes", name, "result"), outcome.result
            yield ("outcomes", name, "next_step"), outcome.next_step


def file_of(language: Language, name: str) -> str:
    """Return the path of the flow `name` in `language`, from the project's root."""
    return f"{language.folder}/{FOLDER}/{name}.yml"


def read_all(root: Path, language: Language) -> tuple[Mapping[str, Flow], list[Problem]]:
    """Return the flows that can be read, by file name without .yml, and what is wrong."""
    names = sorted(path.stem for path in (root / language.folder / FOLDER).glob("*.yml"))
    return read_each(names, lambda name: strict_yaml.read_file(root, file_of(language, name), Flow))
