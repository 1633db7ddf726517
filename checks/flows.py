"""What flows name must exist, their words state no number by hand, and a page shows each."""

from collections.abc import Iterator

from checks import facts, flow, hard_coded, names
from checks.asks import CONTACT
from checks.content import Content
from macros.problem import Problem
from macros.strict_yaml import did_you_mean, line_of, read_text


def check(content: Content) -> Iterator[Problem]:
    """Yield a problem for each value, page or fact that a flow names wrongly or may not name."""
    for name, each in content.flows.items():
        yield from _of_flow(name, each, content)
    for page in content.pages.values():
        shown = page.front_matter.flow
        if shown and shown not in content.flows:
            near = did_you_mean(shown, content.flows)
            message = f"there is no {flow.FOLDER}/{shown}.yml without mistakes{near}"
            yield Problem(page.file, page.line_of_key("flow"), message)


def _of_flow(name: str, each: flow.Flow, content: Content) -> Iterator[Problem]:
    file = f"{flow.FOLDER}/{name}.yml"
    text = read_text(content.root, file)
    for keys, message in each.mistakes():
        yield Problem(file, line_of(text, keys), message)
    for keys, words in each.texts():
        line = line_of(text, keys)
        for _, message in names.mistakes(words, content.policy):
            yield Problem(file, line, message)
        for typed, instead in hard_coded.in_words(words, content.policy):
            yield Problem(file, line, f"'{typed}' is typed by hand: {instead}")
    shown_on = [page for page in content.pages.values() if page.front_matter.flow == name]
    if not shown_on:
        yield Problem(file, 1, f"no page shows it: write 'flow: {name}' at the top of one")
    for key, outcome in each.outcomes.items():
        line = line_of(text, ("outcomes", key, "link"))
        if outcome.link not in content.pages or outcome.link in [page.source for page in shown_on]:
            near = did_you_mean(outcome.link, content.pages)
            yield Problem(file, line, f"there is no other page docs/{outcome.link}{near}")
        if not outcome.facts and outcome.link != CONTACT:
            message = f"an outcome without 'facts' leads to {CONTACT}: the source is silent there"
            yield Problem(file, line, message)
        for fact in outcome.facts:
            if fact not in content.facts:
                message = f"unknown fact '{fact}': see {facts.FILE}"
                yield Problem(file, line_of(text, ("outcomes", key, "facts")), message)
    for page in shown_on:
        if missing := sorted(each.facts & set(content.facts) - set(page.front_matter.sources)):
            message = f"{file}, which the page shows, states {', '.join(missing)}: claim it here"
            yield Problem(page.file, page.line_of_key("sources"), message)
