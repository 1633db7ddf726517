"""`python -m helpcentre.deploy.verify URL`: verify a deployment, file by file.

The site at URL is compared with its own checksums.txt or, with --site, with that of a built folder,
which also finds a host that serves another release. The host must send our headers, unless its
pages carry the policy.
"""

import argparse
import hashlib
import json
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException, HTTPResponse
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import quote, urljoin
from urllib.request import Request, urlopen

from helpcentre.content import redirects
from helpcentre.site.headers import META_POLICY, headers
from helpcentre.site.manifest import CHECKSUMS, VERSION, digests
from macros.layout import HOSTING
from macros.problem import ProblemsError

PARALLEL_REQUESTS = 8
UNREACHABLE = (OSError, HTTPException, ValueError)
"""What fetch() raises for a host that does not answer, or not by HTTP, and for a malformed URL."""


def fetch(url: str) -> bytes:
    """Return what a host answers. Raises UNREACHABLE if it does not, or if it answers an error."""
    with _open(url) as response:
        return response.read()


def _open(url: str) -> HTTPResponse:
    # Uncompressed, and from the host itself rather than from a cache on the way.
    asked = {"Cache-Control": "no-cache", "Accept-Encoding": "identity"}
    response: HTTPResponse = urlopen(Request(url, headers=asked), timeout=30)  # noqa: S310
    return response


def why_not_live(url: str, checksums: bytes, seconds: float) -> str | None:
    """Return why the site at `url` is not the one with that checksums.txt; None if it is.

    Its home page and checksums.txt must answer within so many seconds.
    """
    url = f"{url.rstrip('/')}/"
    deadline = time.monotonic() + seconds
    while True:
        try:
            if fetch(urljoin(url, CHECKSUMS)) == checksums and fetch(url):
                return None
            why = f"{url} does not show the new site"
        except UNREACHABLE as error:
            why = f"{url} does not answer as expected: {error}"
        if time.monotonic() > deadline:
            return why
        time.sleep(0.5)


def check(url: str, expected: Mapping[str, str], new_addresses: Mapping[str, str]) -> Iterator[str]:
    """Yield what is wrong with each file of the site at `url`; `expected` are SHA-256 by file.

    `new_addresses` are by old address, from the site's root: an old address may answer with the
    page that was built, or with a redirect.
    """
    targets = {redirects.file_of(old): urljoin(url, new) for old, new in new_addresses.items()}

    def problem(name: str) -> str | None:
        address = urljoin(url, quote(name.removesuffix("index.html")))
        try:
            with _open(address) as response:
                content, final_address = response.read(), response.url
        except HTTPError as error:
            # Hosts may send the page for wrong addresses with its own status.
            if not name.endswith("404.html") or error.code != 404:
                return f"{name}: the host answers {error.code}"
            content, final_address = error.read(), address
        except UNREACHABLE as error:
            return f"{name}: {error}"
        is_same = hashlib.sha256(content).hexdigest() == expected[name]
        is_redirected = final_address == targets.get(name)
        return None if is_same or is_redirected else f"{name}: not what was built"

    with ThreadPoolExecutor(PARALLEL_REQUESTS) as pool:
        yield from filter(None, pool.map(problem, expected))


def missing_headers(url: str) -> Iterator[str]:
    """Yield a problem for each of our headers that the site at `url` does not send.

    None is missing where pages carry the policy themselves: such a host cannot send our headers.
    """
    try:
        with _open(url) as response:
            if META_POLICY.encode() in response.read():
                return
    except UNREACHABLE:  # check() reports it
        return
    for name, value in headers().items():
        if response.headers.get_all(name) != [value]:
            yield f"the host does not send '{name}: {value}': see its recipe in {HOSTING}/"


def main() -> None:
    """Print what differs, and exit with status 1 if anything does."""
    parser = argparse.ArgumentParser(prog="python -m helpcentre.deploy.verify", description=__doc__)
    parser.add_argument("url")
    parser.add_argument("--site", type=Path, help="a built folder to compare with")
    args = parser.parse_args()
    url = f"{args.url.rstrip('/')}/"
    try:
        new_addresses = redirects.addresses(redirects.read(Path.cwd()))
        listed = (args.site / CHECKSUMS).read_bytes() if args.site else fetch(url + CHECKSUMS)
        expected = digests(listed.decode())
        problems = [*check(url, expected, new_addresses), *missing_headers(url)]
        if problems:
            raise SystemExit("\n".join(problems))
        version = json.loads(fetch(url + VERSION))
    except ProblemsError as error:
        raise SystemExit(str(error)) from error
    except UNREACHABLE as error:
        raise SystemExit(f"{url} is not a site of this project: {error}") from error
    print(
        f"{url}: all {len(expected)} files are as they were built, "
        f"from commit {version['commit']}, {version['built']}"
    )


if __name__ == "__main__":
    main()
