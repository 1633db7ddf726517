"""`python -m helpcentre.deploy.prepare SITE`: add to the built folder SITE what one host needs.

Every build is ready for hosts that send our headers. Each step is idempotent.
"""

import argparse
import gzip
import hashlib
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import brotli

from helpcentre.content import hashed
from helpcentre.deploy.verify import UNREACHABLE, fetch
from helpcentre.site.headers import META_POLICY, NOT_SERVED
from helpcentre.site.manifest import CHECKSUMS, COMPRESSED, digests, publishable, write_checksums

_TEXT = (".css", ".html", ".js", ".json", ".svg", ".txt", ".xml")
_CHARSET = '<meta charset="utf-8">'
_WITH_POLICY = f'{_CHARSET}<meta http-equiv="Content-Security-Policy" content="{META_POLICY}">'


def add_meta_policy(site: Path) -> None:
    """Put into each page as much of the policy as it can carry, for a host without our headers.

    It cannot carry frame-ancestors, Strict-Transport-Security, nosniff and the other headers.
    """
    for path in site.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        if _WITH_POLICY not in text:
            path.write_text(text.replace(_CHARSET, _WITH_POLICY, 1), encoding="utf-8")
    write_checksums(site)


def add_previous(site: Path, read: Callable[[str], bytes]) -> None:
    """Add the hashed files of the site before, for pages of it that are open in a browser.

    `read` returns a file of that site by its name. If one cannot be read, none is added, and a note
    is printed: a site that is down must not keep its successor from being published.
    """
    files = {}
    try:
        for name, digest in digests(read(CHECKSUMS).decode()).items():
            if name.startswith(hashed.FOLDERS) and ".." not in name and not (site / name).exists():
                files[name] = read(name)
                if hashlib.sha256(files[name]).hexdigest() != digest:
                    raise ValueError(f"{name} is not what was built")
    except UNREACHABLE as error:
        print(f"note: no files of the site before are kept: {error}", file=sys.stderr)
        return
    for name, content in files.items():
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_bytes(content)


def compress(site: Path) -> None:
    """Put a copy by brotli and one by gzip beside each text file, where they are smaller."""
    for path in [path for path in site.rglob("*") if path.suffix in _TEXT and path.is_file()]:
        content = path.read_bytes()
        copies = (brotli.compress(content), gzip.compress(content, 9, mtime=0))
        for suffix, copy in zip(COMPRESSED, copies, strict=True):
            if len(copy) < len(content):
                path.with_name(path.name + suffix).write_bytes(copy)


def put_under(folder: Path, site: Path) -> None:
    """Make `folder` the root of a host that serves `site` under the path that it was built for.

    What such a host reads at its root is moved there; its page for wrong addresses is copied. A
    folder that holds anything but what an earlier run put there is refused, by SystemExit.
    """
    # The first line of _headers is the path, such as /help/*.
    path = (site / NOT_SERVED[0]).read_text(encoding="utf-8").partition("*")[0]
    inside = folder / path.strip("/")
    ours, theirs = site.resolve(), folder.resolve()
    if ours.is_relative_to(theirs) or theirs.is_relative_to(ours):
        raise SystemExit(f"{folder}/ and {site}/ must not be nested: name another folder")
    if folder.exists():
        is_earlier = (inside / CHECKSUMS).is_file() and (folder / "404.html").is_file()
        if any(folder.iterdir()) and not is_earlier:
            raise SystemExit(f"{folder}/ holds other files: name a folder that does not exist yet")
        shutil.rmtree(folder)
    shutil.copytree(site, inside)
    if path != "/":
        for name in NOT_SERVED:
            (inside / name).rename(folder / name)
        shutil.copy(site / "404.html", folder)


def main() -> None:
    """Prepare the folder that the arguments name."""
    parser = argparse.ArgumentParser(
        prog="python -m helpcentre.deploy.prepare", description=__doc__
    )
    parser.add_argument("site", type=Path)
    parser.add_argument("--previous", metavar="URL", help="keep the hashed files of the site there")
    parser.add_argument("--host-root", type=Path, metavar="DIR", help="make DIR the host's root")
    args = parser.parse_args()
    publishable(args.site)
    if args.previous:
        add_previous(args.site, lambda name: fetch(f"{args.previous.rstrip('/')}/{name}"))
    if args.host_root:
        put_under(args.host_root, args.site)


if __name__ == "__main__":
    main()
