"""A synonym is spelt as search reads it, and is in one group only."""

from collections.abc import Iterator

from helpcentre.content.project import Project
from helpcentre.content.synonyms import file_of
from helpcentre.search.language import language, words
from macros.problem import Problem
from macros.strict_yaml import problem_at


def check(project: Project) -> Iterator[Problem]:
    """Yield a problem for each entry that is a duplicate, leads back to another, or is empty."""
    file = file_of(project.language)
    reader = language(project.root / project.language.folder)
    heads = {" ".join(reader.terms(word)): word for word in project.synonyms}
    first: dict[str, str] = {}
    for word, others in project.synonyms.items():
        for place, member in enumerate([word, *others]):
            terms, tokens = reader.terms(member), words(reader.plain(member))
            stems, message = " ".join(terms), ""
            if len(terms) != len(tokens):
                message = f"'{member}' has a word that is not searched, such as 'the': remove it"
            elif not reader.is_unspaced(member) and (
                " ".join(tokens) != reader.plain(member) or member != member.lower()
            ):
                message = f"expected lower-case letters only, found '{member}'"
            elif place and stems in heads:
                group = "itself" if heads[stems] == word else f"the line '{heads[stems]}:'"
                message = f"'{member}' leads back to {group}: keep it on the left or on the right"
            elif stems in first:
                message = f"'{member}' is already under '{first[stems]}': remove one"
            if message:
                keys = (word, place - 1) if place else (word,)
                yield problem_at(project.root, file, keys, message)
            first.setdefault(stems, word)
