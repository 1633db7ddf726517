"""synonyms.yml: what shoppers call the things that pages name."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated

from pydantic import Field, RootModel

from macros import strict_yaml
from macros.problem import Problem, ProblemsError
from macros.strict_yaml import WORDS
from search.language import Language, plain, words

FILE = "search/synonyms.yml"

Words = Annotated[str, Field(pattern=WORDS)]


class _Groups(RootModel[dict[Words, Annotated[list[Words], Field(min_length=1)]]]):
    pass


def read(root: Path, language: Language) -> list[tuple[str, ...]]:
    """Return the groups of synonyms, each with the pages' own word first.

    Raises ProblemsError for each entry that stands twice, leads back to another, or says nothing.
    """
    groups = strict_yaml.read_file(root, FILE, _Groups).root
    if problems := list(_problems(groups, strict_yaml.read_text(root, FILE), language)):
        raise ProblemsError(problems)
    return [(word, *others) for word, others in groups.items()]


def _problems(groups: Mapping[str, list[str]], text: str, language: Language) -> Iterator[Problem]:
    heads = {" ".join(language.terms(word)): word for word in groups}
    first: dict[str, str] = {}
    for word, others in groups.items():
        for place, member in enumerate([word, *others]):
            line = strict_yaml.line_of(text, [word] if place == 0 else [word, place - 1])
            stems = " ".join(language.terms(member))
            spoken = list(words(plain(member)))
            if len(language.terms(member)) != len(spoken):
                message = (
                    f"'{member}' holds a word that is not searched, such as 'the': leave it out"
                )
                yield Problem(FILE, line, message)
            elif " ".join(spoken) != member:
                yield Problem(FILE, line, f"expected small letters only, found '{member}'")
            elif place and stems in heads:
                circle = "itself" if heads[stems] == word else f"the line '{heads[stems]}:'"
                message = f"'{member}' leads back to {circle}: keep it on the left or on the right"
                yield Problem(FILE, line, message)
            elif stems in first:
                message = f"'{member}' stands under '{first[stems]}' already: keep one of them"
                yield Problem(FILE, line, message)
            first.setdefault(stems, word)
