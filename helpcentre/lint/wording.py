"""Every value has words, in each of its forms, on each day on which it holds."""

from collections.abc import Iterator, Sequence

from helpcentre.content.project import Project
from macros import policy
from macros.problem import Problem
from macros.strict_yaml import problem_at
from macros.values import Place, Value


def check(project: Project) -> Iterator[Problem]:
    """Yield a problem for each value that cannot be worded: an error in macros/ or its data."""
    file = project.language.words.file
    reported: set[str] = set()
    for name, entry in project.history.entries.items():
        values = [entry.value] if entry.value else [row.value for row in entry.rows]
        for message in sorted({*_missing_forms(name, values, project)} - reported):
            reported.add(message)
            yield problem_at(project.root, file, ("phrases", "places"), message)
        for value in values:
            try:
                _ = str(value), [getattr(value, form) for form in value.forms]
            except Exception as error:
                message = f"'{name}' cannot be worded: {error!r}; its words are in {file}"
                yield problem_at(project.root, policy.FILE, ("values", name), message)


def _missing_forms(name: str, values: Sequence[Value], project: Project) -> Iterator[str]:
    """Yield which forms a place lacks that this value is at another time."""
    places = project.language.phrases.places
    countries = {value.country for value in values if isinstance(value, Place)}
    needed = {form for country in countries for form in places.get(country, {})}
    for country in sorted(countries):
        for form in sorted(needed - places.get(country, {}).keys()):
            others = ", ".join(sorted(countries - {country}))
            where = f"'phrases.places.{country}.{form}' is missing"
            yield f"{where}: a value is {country} on some days, and {others} on others"
