"""`python -m publish.verify URL`: hold every file of a live site against its own list of checksums.

The list is the site's checksums.txt; with --site it is that of a built folder, which tells a host
that serves another release, too. The host must send our headers, unless the pages carry the policy.
"""

import argparse
import hashlib
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPResponse
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import quote, urljoin
from urllib.request import Request, urlopen

from publish.finish import CHECKSUMS
from publish.headers import META_POLICY, headers

AT_ONCE = 8
"""Requests at one time."""


def _ask(url: str) -> HTTPResponse:
    # As it is, uncompressed; and from the host itself, not from a cache on the way.
    words = {"Cache-Control": "no-cache", "Accept-Encoding": "identity"}
    answer: HTTPResponse = urlopen(Request(url, headers=words), timeout=30)  # noqa: S310 - as asked
    return answer


def _fetch(url: str) -> bytes:
    with _ask(url) as answer:
        return answer.read()


def why_not_live(url: str, sums: bytes, seconds: float) -> str | None:
    """Say why the site at `url` is not the release with that checksums.txt; None if it is.

    Its home page and checksums.txt must answer within so many seconds.
    """
    ends = time.monotonic() + seconds
    while True:
        try:
            if _fetch(urljoin(url, CHECKSUMS)) == sums and _fetch(url):
                return None
            why = f"{url} does not show the new release"
        except OSError as error:
            why = f"{url} does not answer as it should: {error}"
        if time.monotonic() > ends:
            return why
        time.sleep(0.5)


def _parts(line: str) -> tuple[str, str, str]:
    """Return the digest of a line of sha256sum, the spaces after it, and the file's name."""
    return line.partition("  ")


def check(url: str, sums: str) -> Iterator[str]:
    """Yield what is wrong with each file of the site at `url`, by a list such as checksums.txt."""
    expected = {name: digest for digest, _, name in map(_parts, sums.splitlines())}

    def wrong(name: str) -> str | None:
        address = urljoin(url, quote(name.removesuffix("index.html")))
        try:
            found = hashlib.sha256(_fetch(address)).hexdigest()
        except HTTPError as error:
            # The page for wrong addresses may be sent as what it is.
            if name != "404.html" or error.code != 404:
                return f"{name}: the host answers {error.code}"
            found = hashlib.sha256(error.read()).hexdigest()
        except OSError as error:
            return f"{name}: {error}"
        return None if found == expected[name] else f"{name}: not what was built"

    with ThreadPoolExecutor(AT_ONCE) as pool:
        yield from filter(None, pool.map(wrong, expected))


def missing_headers(url: str) -> Iterator[str]:
    """Yield each of our headers that the site at `url` comes without.

    None is missed where pages carry the policy themselves: such a host sends no headers of ours.
    """
    try:
        with _ask(url) as answer:
            if META_POLICY.encode() in answer.read():
                return
    except OSError:  # check() says so of this file, too
        return
    for name, value in headers().items():
        if answer.headers.get_all(name) != [value]:
            yield f"the host does not send '{name}: {value}': see its recipe in publish/"


def main() -> None:
    """Print what differs; exit 1 if anything does."""
    parser = argparse.ArgumentParser(prog="python -m publish.verify", description=__doc__)
    parser.add_argument("url")
    parser.add_argument("--site", type=Path, help="a built folder to compare with")
    told = parser.parse_args()
    url = told.url if told.url.endswith("/") else f"{told.url}/"
    try:
        sums = (
            (told.site / CHECKSUMS).read_text() if told.site else _fetch(url + CHECKSUMS).decode()
        )
    except OSError as error:
        raise SystemExit(f"the list of checksums cannot be read: {error}") from error
    wrong = [*check(url, sums), *missing_headers(url)]
    if wrong:
        raise SystemExit("\n".join(wrong))
    print(f"{url}: all {len(sums.splitlines())} files are as they were built")


if __name__ == "__main__":
    main()
