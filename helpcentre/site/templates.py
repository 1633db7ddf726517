"""What templates know: of a page, and of the whole site."""

from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment
from jinja2.bccache import Bucket, BytecodeCache
from markupsafe import Markup

from helpcentre.content import template, usage
from helpcentre.content.page import Page
from helpcentre.content.project import Project
from helpcentre.site import headers, languages
from helpcentre.site.last_changed import last_changes

MAX_IN_MENU, MAX_ON_PAGE = 12, 100
"""Topics and questions that a list names; where there are more, it links to the page of all."""


class Compiled(BytecodeCache):
    """Templates as Jinja has compiled them, for the next build, or that of another language."""

    def __init__(self) -> None:
        """Begin with none."""
        self._code: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give Jinja the code of a template, which Jinja compares with the template's text."""
        if code := self._code.get(bucket.key):
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code of a template."""
        self._code[bucket.key] = bucket.bytecode_to_string()


def meta(page: Page, project: Project) -> dict[str, Any]:
    """Return what templates know of a page."""
    front, answer = page.front_matter, project.answer(page)
    return {
        **{key: value for key, value in front if value is not None},
        "is_unread": project.is_unread(page),
        "is_stale": project.is_stale(page),
        "answer": answer,
        "description": answer.striptags(),
        "archived": project.is_over(page),
        "related": [source for source in front.related if source not in project.hidden],
        "calculators": [
            (calculator, example, example.work_out(project.policy))
            for calculator, example in front.calculators
        ],
    }


def filters(project: Project, inline: Mapping[str, str]) -> dict[str, Callable[..., Any]]:
    """Return the filters of templates; `inline` are the pictures that pages contain, by path."""
    words = project.language.words
    return {
        "day": words.day,
        "first_day": words.first_day,
        "moment": words.moment,
        "country": words.country,
        "filled": lambda text: template.fill(text, project.policy),
        "flow": project.flows.__getitem__,
        "picture": lambda path: Markup(inline[path]),  # noqa: S704 - our own
        "at_root": languages.at_root(project.language),
    }


def compile_all(env: Environment, theme: Path) -> None:
    """Compile every template in the folder `theme`."""
    for file in theme.rglob("*.html"):
        env.get_template(file.relative_to(theme).as_posix())


def of_site(project: Project, address: str) -> dict[str, Any]:
    """Return what templates know of the site at `address`, which may be empty: unknown."""
    words = project.language.words

    @lru_cache(maxsize=None, typed=True)  # markup is not the same as words that look like it
    def text(name: str, /, **slots: object) -> Markup:
        return project.texts.fill(name, project.policy, **slots)

    return {
        "MAX_IN_MENU": MAX_IN_MENU,
        "MAX_ON_PAGE": MAX_ON_PAGE,
        "first_weekday": words.locale.first_week_day,
        "policy": project.policy,
        "pages_by_value": usage.pages_by_value(project),
        "phrases": words.phrases,
        "has_unread": project.has_unread,
        "is_staging": headers.is_staging(),
        "language": project.language,
        "editions": project.editions,
        "last_changes": last_changes,
        "site_address": address.removesuffix(project.language.address),
        "t": text,
        "texts": project.texts,
    }
