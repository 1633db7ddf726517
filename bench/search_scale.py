"""What our search costs on a site of many generated articles.

    python -m bench.search_scale [COUNT ...]

A row for each COUNT of articles (1,000, 5,000 and 10,000): CPU seconds and peak MB to make the
index, and its MB; then, over 200 questions each asked in a browser with an empty cache, the KB and
ms up to its ten results, median and max; and of 100 questions, how many have the same page first as
the same index in one file gives. Takes two to four minutes per COUNT.

Needs the development environment, and a browser (`make test` installs both).
"""

import argparse
import gzip
import json
import random
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from statistics import median
from unittest import mock

import zopfli.gzip
from playwright.sync_api import Browser, sync_playwright

from bench.articles import articles
from bench.engines import Answer, Engine, write_ours
from helpcentre import search
from helpcentre.content import synonyms
from helpcentre.search import encoding
from helpcentre.search.index import Index
from helpcentre.search.language import language as lists_of
from helpcentre.search.pages import SearchPage
from macros import language
from tests import browser
from tests.project import ROOT
from tests.site_server import serving

COUNTS = (1_000, 5_000, 10_000)
LANGUAGE = language.read(ROOT)
LISTS = lists_of(ROOT / LANGUAGE.folder)
QUESTIONS = 200


def index_of(pages: Sequence[SearchPage]) -> Mapping[str, bytes]:
    """Return the index of `pages` with this project's synonyms, as files by name."""
    groups = synonyms.groups(synonyms.read(ROOT, LANGUAGE))
    return search.files_of(Index.of(pages, None, LISTS, groups))


def write_index(count: int, site: Path) -> None:
    """Write the index of `count` articles, and print what that cost; runs as its own process."""
    pages = list(articles(count))
    before = resource.getrusage(resource.RUSAGE_SELF)
    files = index_of(pages)
    after = resource.getrusage(resource.RUSAGE_SELF)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    print(json.dumps([cpu, after.ru_maxrss / 1024]))
    write_ours(site, files, ROOT, LISTS)


def questions(pages: Sequence[SearchPage]) -> Iterator[str]:
    """Yield shortened titles, search phrases in a sentence, misspelt titles, and words of texts."""
    chance = random.Random(3)  # noqa: S311 - reproducible, and not a secret
    for number in range(QUESTIONS):
        page = chance.choice(pages)
        title = page.title.split()
        if number % 4 == 0:
            yield " ".join(title[:3])
        elif number % 4 == 1:
            yield f"how do i {chance.choice(page.phrases)} please"
        elif number % 4 == 2:
            word = max(title, key=len)
            cut = chance.randrange(1, len(word))
            yield page.title.replace(word, word[:cut] + word[cut + 1 :])
        else:
            yield " ".join(chance.sample(page.text.split(), 6))


def ask_cold(chromium: Browser, address: str, site: Path, question: str) -> tuple[Answer, int]:
    """Ask in a browser with an empty cache; return the answer and the bytes transferred."""
    context = chromium.new_context()
    engine = Engine(context.new_page(), address, site)
    engine.start_ours()
    (answer,) = engine.ask([question])
    transferred = engine.transferred()
    context.close()
    return answer, transferred


def ask_one_file(
    chromium: Browser, site: Path, pages: Sequence[SearchPage], asked: Sequence[str]
) -> list[Answer]:
    """Ask the same index in one file, which is written into the folder `site`."""
    with (
        mock.patch.object(encoding, "ONE_FILE", len(pages)),
        # Zopfli would take minutes; the index is the same.
        mock.patch.object(zopfli.gzip, "compress", lambda content, **_: gzip.compress(content)),
    ):
        write_ours(site, index_of(pages), ROOT, LISTS)
    with serving(site) as address:
        engine = Engine(chromium.new_page(), address, site)
        engine.start_ours()
        return engine.ask(asked)


def measure(count: int, chromium: Browser) -> None:
    """Print the row of a site of `count` articles."""
    pages = list(articles(count))
    asked = list(questions(pages))
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder) / "site"
        command = (sys.executable, "-m", "bench.search_scale", str(count), "--write", str(site))
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, cwd=ROOT)
        cpu, memory = json.loads(done.stdout)
        size = sum(file.stat().st_size for file in site.rglob("*.bin"))
        with serving(site) as address:
            cold = [ask_cold(chromium, address, site, question) for question in asked]
        in_one_file = ask_one_file(chromium, Path(folder) / "one-file", pages, asked)
    same = sum(
        answer.pages[0] == other.pages[0]
        for (answer, _), other in zip(cold, in_one_file, strict=True)
    )
    kilobytes = [transferred / 1000 for _, transferred in cold]
    times = [answer.ms for answer, _ in cold]
    print(
        f"| {count:,} | {cpu:.1f} | {memory:.0f} | {size / 1e6:.1f} | {median(kilobytes):.0f}"
        f" | {max(kilobytes):.0f} | {median(times):.0f} | {max(times):.0f}"
        f" | {100 * same / len(asked):.1f} |",
        flush=True,
    )


def main() -> None:
    """Print a row for each count; or, for a process of its own, write one index."""
    parser = argparse.ArgumentParser(prog="python -m bench.search_scale")
    parser.add_argument("counts", nargs="*", type=int, metavar="COUNT", help="of articles")
    parser.add_argument("--write", type=Path, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.write:
        write_index(args.counts[0], args.write)
        return
    print(
        "| articles | CPU s | peak MB | index MB | KB, median | KB, max | ms, median | ms, max"
        " | same first |"
    )
    print("|---|---|---|---|---|---|---|---|---|")
    with sync_playwright() as playwright:
        chromium = browser.launch(playwright)
        for count in args.counts or COUNTS:
            measure(count, chromium)
        chromium.close()


if __name__ == "__main__":
    main()
