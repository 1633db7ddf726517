"""Search: the index as files, and the parts of the worker that answers from it in the browser."""

import json
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from helpcentre.content.hashed import named
from helpcentre.content.page import CONTACT, LISTS, url_of
from helpcentre.content.project import Project
from helpcentre.content.synonyms import groups
from helpcentre.search import encoding, index, known_words
from helpcentre.search.index import Index
from helpcentre.search.language import Language, folded, language, snowball, words
from helpcentre.search.pages import SearchPage, read

FOLDER = "search"
"""In the built site, and below theme/."""
INDEX = "index.bin"
OTHER_WORDS = 150
"""So many words of another language are known: every question has some of them."""


def pages_of(project: Project, html: Mapping[str, str]) -> tuple[list[SearchPage], SearchPage]:
    """Return the pages of `project` that answer, and what stands for customer care.

    `html` is the content of their articles, by path under docs/. Pages that only list answers are
    left out: they would come before the answers.
    """
    pages = [
        read(
            html[page.source],
            page.url,
            project.answer(page).striptags(),
            [phrase.text for phrase in page.phrases],
            is_reference=page.front_matter.reference,
        )
        for page in sorted(project.pages.values(), key=lambda page: page.url)
        if page.front_matter.template not in LISTS
    ]
    out_of_scope = tuple(phrase.text for phrase in project.out_of_scope)
    if contact := project.pages.get(CONTACT):
        url, answer = contact.url, project.answer(contact).striptags()
    else:  # it is not translated
        url, answer = (
            f"../{url_of(CONTACT)}",
            project.texts.fill("care_hours", project.policy).striptags(),
        )
    return pages, SearchPage(url, "", answer, phrases=out_of_scope)


def language_of(project: Project) -> Language:
    """Return how search reads the project's language."""
    return language(project.root / project.language.folder)


def index_of(project: Project, html: Mapping[str, str]) -> Index:
    """Return the index of the pages of `project`; see pages_of() for `html`."""
    pages, person = pages_of(project, html)
    return Index.of(pages, person, language_of(project), groups(project.synonyms))


def published(
    project: Project, html: Mapping[str, str], name: str = ""
) -> tuple[str, dict[str, bytes]]:
    """Return what the index is named, which `name` says or a hash, and its files by path."""
    files = dict(files_of(index_of(project, html), other_languages(project)))
    whole = files.pop(INDEX)
    name = name or named(INDEX, whole)
    files[name] = whole
    return name, {f"{FOLDER}/{file}": content for file, content in files.items()}


def other_languages(project: Project) -> bytes:
    """Return the words by which questions in the site's other languages are known, as JSON, if any.

    By language tag: the letters of its script, if this language has another, the commonest words
    of its phrases that no phrase of this language has, and the text that leads there.
    """
    if len(project.editions) == 1:
        return b""
    known, script = _words_of(project), project.language.script
    found = {}
    for translated in project.editions:
        if translated is not project:
            language, texts = translated.language, translated.texts
            common = [word for word, _ in _words_of(translated).most_common() if word not in known]
            text = texts.fill("search_other_language", translated.policy, language=language.name)
            found[language.tag] = {
                "script": language.script if language.script != script else "",
                "common": " ".join(common[:OTHER_WORDS]),
                "text": text,
            }
    return json.dumps(found, ensure_ascii=False).encode()


def _words_of(project: Project) -> Counter[str]:
    """Return how often each plain word is in the phrases of the project's pages."""
    phrases = [phrase.text for page in project.pages.values() for phrase in page.phrases]
    return _counted("\n".join(phrases), language_of(project))


@lru_cache(maxsize=16)
def _counted(text: str, language: Language) -> Counter[str]:
    return Counter(words(language.plain(text)))


def files_of(made: Index, others: bytes = b"") -> Mapping[str, bytes]:
    """Return the index as files by name; `others` is what other_languages() gives.

    INDEX is the whole index or, on a large site, names the parts of it, which are in a folder with
    a hash of them all in its name.
    """
    language = made.language
    asides = {
        name: (named(f"{name}.{kind}", content), content)
        for name, kind, content in (
            ("known", "bin", language.known),
            ("languages", "json", others),
        )
        if content
    }
    about = made.about() | {name: file for name, (file, _) in asides.items()}
    if len(made.pages) <= encoding.ONE_FILE:
        whole = encoding.one_file(made.pages, made.terms, about, language)
        return {INDEX: whole} | dict(asides.values())
    terms = index.with_groups(made.terms)
    manifest, parts = encoding.many_files(made.pages, terms, about, language)
    return {INDEX: manifest} | parts | dict(asides.values())


def names_file(language: Language) -> dict[str, bytes]:
    """Return the file of names that are not counted, by its name; empty without a list of them."""
    return {named("names.bin", language.names): language.names} if language.names else {}


def worker_parts(
    language: Language, scripts: Path, *, counts: bool = False, numbers: str = ""
) -> list[str]:
    """Return the parts of the worker for a language; the files of most are in the folder `scripts`.

    Each part comes after those whose names it uses. With `counts` the worker says what of a
    question may be counted, for which it fetches names_file(); `numbers` are words that may not.
    """
    own = scripts / f"stemmer-{language.tag}.js"  # of English: a first search fetches 1.7 KB less
    return [
        f"const LANGUAGE = {language.as_json()};",
        *(_texts(own) if own.exists() else _snowball(language.algorithm)),
        *_texts(scripts / "language.js"),
        f"const LEVELS = {index.LEVELS}, COUNTS = {len(index.COUNTS)};",
        f"const REMAINDER = {known_words.REMAINDER};",
        *_texts(scripts / "index.js", scripts / "ranking.js"),
        *(
            [
                f"const NAMES = {json.dumps(next(iter(names_file(language)), ''))};",
                f"const NUMBER_WORDS = {json.dumps(folded(numbers).split())};",
                *_texts(scripts / "insights.js"),
            ]
            if counts
            else ['const counted = () => "";']
        ),
        *_texts(scripts / "worker.js"),
    ]


def _texts(*files: Path) -> list[str]:
    return [file.read_text(encoding="utf-8") for file in files]


def _snowball(algorithm: str) -> list[str]:
    """Return Snowball's own script for an algorithm, as Sphinx has it, or one that keeps words."""
    if not algorithm:
        return ["const stemmed = (word) => word;"]
    return [
        *_texts(snowball() / "base-stemmer.js", snowball() / f"{algorithm}-stemmer.js"),
        f"const snowball = new {algorithm.title()}Stemmer();",
        "const stemmed = (word) => snowball.stemWord(word);",
    ]
