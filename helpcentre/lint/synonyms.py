"""A synonym is spelt as search reads it, and is in one group only."""

from collections.abc import Iterator

from helpcentre.content.project import Project
from helpcentre.content.synonyms import FILE
from helpcentre.search.language import language, plain, words
from macros import strict_yaml
from macros.problem import Problem


def check(project: Project) -> Iterator[Problem]:
    """Yield a problem for each entry that is a duplicate, leads back to another, or is empty."""
    text = strict_yaml.read_text(project.root, FILE)
    reader = language(project.history.language)
    heads = {" ".join(reader.terms(word)): word for word in project.synonyms}
    first: dict[str, str] = {}
    for word, others in project.synonyms.items():
        for place, member in enumerate([word, *others]):
            line = strict_yaml.line_of(text, [word] if place == 0 else [word, place - 1])
            terms, tokens = reader.terms(member), words(plain(member))
            stems = " ".join(terms)
            if len(terms) != len(tokens):
                message = f"'{member}' has a word that is not searched, such as 'the': remove it"
                yield Problem(FILE, line, message)
            elif " ".join(tokens) != member:
                yield Problem(FILE, line, f"expected lower-case letters only, found '{member}'")
            elif place and stems in heads:
                group = "itself" if heads[stems] == word else f"the line '{heads[stems]}:'"
                message = f"'{member}' leads back to {group}: keep it on the left or on the right"
                yield Problem(FILE, line, message)
            elif stems in first:
                message = f"'{member}' is already under '{first[stems]}': remove one"
                yield Problem(FILE, line, message)
            first.setdefault(stems, word)
