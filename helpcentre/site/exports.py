"""The site for programs: policy.json with its JSON Schema, llms.txt, and robots.txt.

None has the day of the build, so that a build that changes nothing changes no file.
"""

import json
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from urllib.parse import urljoin

from markupsafe import Markup
from pydantic import BaseModel, Field

from helpcentre.content import usage
from helpcentre.content.page import Page
from helpcentre.content.project import Project
from macros.kinds import AnyValue
from macros.policy import CurrentValue

SCHEMA = "policy.schema.json"


class PublishedRow(BaseModel):
    """A value from a day on."""

    begins: date = Field(serialization_alias="from")
    zone: str = Field(description="IANA time zone in which that day begins")
    reads: str
    translations: dict[str, str] = Field(description="how it reads, by language tag")
    value: AnyValue


class PublishedFact(BaseModel):
    """A fact of the source."""

    id: str
    fact: str


class PublishedSource(BaseModel):
    """Where a value comes from."""

    facts: list[PublishedFact]
    says: str = Field(description="the source's own words")
    note: str | None = Field(description="how those words are read, where they leave it open")


class PublishedPage(BaseModel):
    """A page that states a value."""

    title: str
    url: str = Field(description="relative to this file where the site's address is not known")


class PublishedWords(BaseModel):
    """A value in words."""

    means: str | None = Field(description="null while what it means now is not translated")
    reads: str = Field(description="the words as pages show them, with an announced change")


class PublishedValue(PublishedWords):
    """A value in force, in words of the original language."""

    translations: dict[str, PublishedWords] = Field(description="by language tag")
    value: AnyValue
    since: date | None = Field(description="first day of the row in force; null if always")
    rows: list[PublishedRow] = Field(description="all rows, past and future; empty if always")
    source: PublishedSource
    owner: str
    checked: date = Field(description="when it was last compared with the source")
    pages: list[PublishedPage]


class PublishedPolicy(BaseModel):
    """Every value that the help centre states."""

    schema_: str = Field(serialization_alias="$schema")
    zone: str = Field(description="the marketplace's IANA time zone")
    language: str
    values: dict[str, PublishedValue]


def write(site: Path, project: Project, address: str) -> None:
    """Write these files into the built folder `site`.

    `address` is the site's, with a slash at the end, or empty if it is not known.
    """
    _write(site / "policy.json", _policy(project, address).model_dump_json(by_alias=True, indent=2))
    schema = PublishedPolicy.model_json_schema(mode="serialization")
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
    _write(site / SCHEMA, json.dumps(schema, indent=2))
    write_llms(site, project, address)
    sitemap = [f"Sitemap: {urljoin(address, 'sitemap.xml')}"] if address else []
    _write(site / "robots.txt", "\n".join(["User-agent: *", "Allow: /", *sitemap]))


def write_llms(site: Path, project: Project, address: str) -> None:
    """Write llms.txt into the folder `site` of one language, which is at `address`."""
    _write(site / "llms.txt", "\n".join(_llms(project, address)))


def _write(path: Path, text: str) -> None:
    path.write_text(text + "\n", encoding="utf-8", newline="\n")


def _policy(project: Project, address: str) -> PublishedPolicy:
    users = usage.pages_by_value(project)
    values = {
        current.name: _value(current, users.get(current.name, []), project, address)
        for current in project.policy
    }
    return PublishedPolicy(
        schema_=SCHEMA, zone=project.history.zone, language=project.language.tag, values=values
    )


def _value(
    current: CurrentValue, users: Iterable[Page], project: Project, address: str
) -> PublishedValue:
    entry = current.entry
    return PublishedValue.model_construct(
        means=entry.means,
        reads=current.value.plain,
        translations={
            translation.language.tag: PublishedWords(
                means=translation.texts.means.get(current.name),
                reads=getattr(translation.policy, current.name).plain,
            )
            for translation in project.translations.values()
        },
        value=current.value,
        since=current.since,
        rows=[_row(current.name, number, project) for number in range(len(entry.rows))],
        source=PublishedSource(
            facts=[PublishedFact(id=id_, fact=project.facts[id_].fact) for id_ in entry.facts],
            says=entry.source_quote,
            note=entry.note,
        ),
        owner=current.owner,
        checked=entry.checked,
        pages=[
            PublishedPage(title=page.front_matter.title, url=urljoin(address, page.url))
            for page in users
        ],
    )


def _row(name: str, number: int, project: Project) -> PublishedRow:
    row = project.history.entries[name].rows[number]
    return PublishedRow.model_construct(
        begins=row.begins,
        zone=row.zone or project.history.zone,
        reads=row.value.plain,
        translations={
            translation.language.tag: translation.history.entries[name].rows[number].value.plain
            for translation in project.translations.values()
        },
        value=row.value,
    )


def _llms(project: Project, address: str) -> Iterator[str]:
    """Yield the lines of llms.txt: the pages by topic, each with its one-sentence answer."""
    home = project.pages["index.md"]
    texts = project.texts
    yield f"# {texts.fill('site_name', project.policy)}"
    yield ""
    yield f"> {project.answer(home).striptags()}"
    yield ""
    policy = urljoin(address, "../policy.json" if project.original else "policy.json")
    file = Markup("[policy.json]({})").format(policy)
    yield str(texts.fill("llms_values", project.policy, file=file))
    if project.has_unread:
        yield f"\n{texts.fill('site_translated_by_machine', project.policy)}"
    if others := [translation for translation in project.editions if translation is not project]:
        yield f"\n## {texts.fill('language', project.policy)}\n"
        up = "../" if project.original else ""
        for translation in others:
            url = urljoin(address, f"{up}{translation.language.address}llms.txt")
            yield f"- [{translation.language.name}]({url})"
    topics = [page for page in project.pages.values() if page.source.endswith("/index.md")]
    folders = {topic.url: topic.front_matter.title for topic in topics} | {
        "": texts.fill("more_help", project.policy)
    }
    for folder, title in folders.items():
        yield f"\n## {title}\n"
        for page in project.pages.values():
            own = f"{page.source.partition('/')[0]}/"
            if (own if own in folders else "") == folder and page.front_matter.template is None:
                url = urljoin(address, page.url)
                yield f"- [{page.front_matter.title}]({url}): {project.answer(page).striptags()}"
