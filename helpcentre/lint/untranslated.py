"""No sentence of a translation is left in the language of its original."""

import re
from collections.abc import Callable, Iterator
from functools import cache, lru_cache, partial

import regex

from helpcentre.content import flow, plain_text, template
from helpcentre.content.project import Project
from helpcentre.search import language_of
from helpcentre.search.known_words import knows
from helpcentre.search.language import Language
from macros.problem import Problem
from macros.strict_yaml import problem_at

FEWEST = 3
"""The fewest words that are judged: fewer may be a name."""
MOST_FOREIGN = 0.75
"""The share of a sentence's words, above which it is one of the original's language."""
MOST_OWN = 0.5
"""The share of them that its own language may have in common with the original's."""
MOST_SMALL = 0.3
"""The share of the original's small words, from which it is a sentence of that language."""
_WORD = regex.compile(r"\p{L}+(?:[\'\u2019]\p{L}+)*")
_END = re.compile(rf"(?<=[.!?\u2026]) |[\u3002\uff01\uff1f\u061f{plain_text.GAP}]")
_GAP = re.compile(r"\{\{.*?\}\}|\{\w*\}")


def check(project: Project) -> Iterator[Problem]:
    """Yield a problem for each sentence of a page, flow or text that is not translated."""
    if not project.original:
        return
    name = project.original.language.name
    theirs, own = _vocabulary(language_of(project.original)), _vocabulary(language_of(project))
    for words, problem in _written(project):
        if _is_foreign(words, theirs, own):
            begins = " ".join(words.split()[:6]).rstrip(".!?")
            yield problem(f"'{begins} ...' is {name}: translate it")


def _written(project: Project) -> Iterator[tuple[str, Callable[[str], Problem]]]:
    """Yield the words of each sentence and text, and what makes a problem of a message."""
    for page in project.pages.values():
        for first_line, text in page.texts():
            for words, line in _sentences(text, first_line):
                yield words, partial(Problem, page.file, line)
    for name, steps in project.flows.items():
        file = flow.file_of(project.language, name)
        for keys, words in steps.texts():
            yield words, partial(problem_at, project.root, file, keys)
    for name, words in project.texts.all():
        yield words, partial(problem_at, project.root, project.texts.file, ("texts", name))


def _sentences(text: str, first_line: int) -> Iterator[tuple[str, int]]:
    """Yield the sentences of a text, or their parts on a line, each with its line."""
    lines = plain_text.words(template.without_values(text)).split("\n")
    for number, line in enumerate(lines, first_line):
        yield from ((sentence, number) for sentence in _END.split(line))


class _Vocabulary:
    """The words that tell a language."""

    def __init__(self, lists: Language) -> None:
        self._lists = lists
        self.small = lists.stop | frozenset(lists.plain(lists.file.light).split())
        """Words such as "the" and "please", which most sentences have."""
        self.is_word = cache(self._is_word)
        """Returns whether a word is a common one of the language."""

    def _is_word(self, word: str) -> bool:
        lists = self._lists
        parts = [part for part in lists.plain(word).split() if part not in self.small]
        if not parts or not lists.known:
            return not parts
        return all(map(knows(lists.known), map(lists.stem, parts)))


_vocabulary = cache(_Vocabulary)


@lru_cache(maxsize=1 << 14)  # under `serve` most are as they were
def _is_foreign(text: str, theirs: _Vocabulary, own: _Vocabulary) -> bool:
    """Return whether a sentence is of `theirs`, the vocabulary of the original."""
    found = _WORD.findall(plain_text.words(_GAP.sub(" ", text)))
    words = [
        word.casefold()
        for place, word in enumerate(found)
        if not (place and word[0].isupper())  # a name may be of any language
    ]
    foreign = sum(map(theirs.is_word, words))
    if len(words) < FEWEST or foreign <= MOST_FOREIGN * len(words):
        return False
    small = sum(word in theirs.small - own.small for word in words)
    known = sum(map(own.is_word, words))
    return known < MOST_OWN * len(words) or small >= max(2, MOST_SMALL * len(words))
