"""A synonym is spelt as search reads it, and is in one group only."""

from collections.abc import Iterator

from helpcentre.content.project import Project
from helpcentre.content.synonyms import file_of
from helpcentre.search.language import language, words
from macros import strict_yaml
from macros.problem import Problem


def check(project: Project) -> Iterator[Problem]:
    """Yield a problem for each entry that is a duplicate, leads back to another, or is empty."""
    file = file_of(project.language)
    text = strict_yaml.read_text(project.root, file)
    reader = language(project.root / project.language.folder)
    heads = {" ".join(reader.terms(word)): word for word in project.synonyms}
    first: dict[str, str] = {}
    for word, others in project.synonyms.items():
        for place, member in enumerate([word, *others]):
            line = strict_yaml.line_of(text, [word] if place == 0 else [word, place - 1])
            terms, tokens = reader.terms(member), words(reader.plain(member))
            stems = " ".join(terms)
            if len(terms) != len(tokens):
                message = f"'{member}' has a word that is not searched, such as 'the': remove it"
                yield Problem(file, line, message)
            elif not reader.is_unspaced(member) and (
                " ".join(tokens) != reader.plain(member) or member != member.lower()
            ):
                yield Problem(file, line, f"expected lower-case letters only, found '{member}'")
            elif place and stems in heads:
                group = "itself" if heads[stems] == word else f"the line '{heads[stems]}:'"
                message = f"'{member}' leads back to {group}: keep it on the left or on the right"
                yield Problem(file, line, message)
            elif stems in first:
                message = f"'{member}' is already under '{first[stems]}': remove one"
                yield Problem(file, line, message)
            first.setdefault(stems, word)
