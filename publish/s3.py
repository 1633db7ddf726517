"""`python -m publish.s3 s3://BUCKET/FOLDER`: publish site/ to a bucket of S3, for a CDN before it.

A bucket cannot be switched as a whole. So files with a hash in their names go first, then pages,
each whole and with all that it names, and what nobody needs any more is deleted last. The hashed
files of the site before stay until the next one, for pages that somebody still has open.

Deleted is only what earlier runs have put there: checksums.txt lists the last one that came to its
end, and the object .publishing what was begun since.
"""

import argparse
import hashlib
import os
import re
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import boto3
from botocore.exceptions import BotoCoreError, ClientError

from checks import redirects
from macros.clock import VARIABLE
from publish.finish import CHECKSUMS
from publish.headers import FOR_EVER, HASHED, REVALIDATED
from publish.hosts import NOT_SERVED, base
from publish.verify import why_not_live

BEGUN = ".publishing"
"""An object with the names of all that runs which did not come to their end may have put there."""
AT_ONCE = 16
"""Uploads at one time."""
_HASH = re.compile(rf"^(?:{'|'.join(HASHED)}).*\b[0-9a-f]{{10}}\b")
"""What names of hashed files look like."""
_TYPES = {
    ".bin": "application/octet-stream",
    ".css": "text/css; charset=utf-8",
    ".gz": "application/gzip",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".xml": "application/xml",
}


class Bucket:
    """A folder of a bucket; it may be the whole of it."""

    def __init__(self, to: str) -> None:
        """Take an address such as s3://bucket/help. Raises SystemExit if it is none."""
        parts = urlsplit(to)
        if parts.scheme != "s3" or not parts.netloc:
            raise SystemExit(f"expected an address such as s3://bucket/folder, found {to}")
        self.name = parts.netloc
        self.folder = f"{parts.path.strip('/')}/".lstrip("/")
        self._client: Any = boto3.client("s3")

    def digests(self) -> dict[str, str]:
        """Return the names of what is there, each with the MD5 of its content.

        Where the bucket encrypts by keys of its own it is another number, and equals no MD5.
        """
        pages = self._client.get_paginator("list_objects_v2").paginate(
            Bucket=self.name, Prefix=self.folder
        )
        return {
            found["Key"].removeprefix(self.folder): found["ETag"].strip('"')
            for page in pages
            for found in page.get("Contents", ())
        }

    def names(self, file: str) -> set[str]:
        """Return the names that a list there holds, such as checksums.txt."""
        answer = self._client.get_object(Bucket=self.name, Key=self.folder + file)
        lines = answer["Body"].read().decode().splitlines()
        return {line.partition("  ")[2] for line in lines}

    def put(self, file: str, content: bytes, **about: str) -> None:
        """Put a file there; `about` are further arguments of S3's own PutObject."""
        self._client.put_object(
            Bucket=self.name,
            Key=self.folder + file,
            Body=content,
            ContentType=_TYPES.get(Path(file).suffix, "application/octet-stream"),
            CacheControl=FOR_EVER if file.startswith(HASHED) else REVALIDATED,
            **about,
        )

    def delete(self, files: Iterable[str]) -> None:
        """Delete files; what is gone already does no harm."""
        for file in files:
            self._client.delete_object(Bucket=self.name, Key=self.folder + file)


def publish(site: Path, bucket: Bucket, moved: Mapping[str, str], path: str) -> str:
    """Publish the built folder `site`, which is served under `path`; return what was done.

    `moved` has the new address by each old one. Raises SystemExit for what must not be published,
    and the errors of boto3; then every page there is whole, but some may be old and some new.
    """
    if os.environ.get(VARIABLE):
        raise SystemExit(f"a preview is never published: unset {VARIABLE} and build again")
    if not (site / CHECKSUMS).is_file():
        raise SystemExit(f"there is no {site}/ to publish: run 'make build' first")
    own = {
        path.relative_to(site).as_posix(): path
        for path in site.rglob("*")
        if path.is_file() and path.name not in NOT_SERVED
    }
    there = bucket.digests()
    if "index.html" in there and not {CHECKSUMS, BEGUN} & there.keys():
        raise SystemExit(
            f"s3://{bucket.name}/{bucket.folder} holds a site that was not published by this: "
            "choose another folder, or empty it first"
        )
    leads = {
        f"{old}index.html": {"WebsiteRedirectLocation": path + new} for old, new in moved.items()
    }
    before = {name for file in (CHECKSUMS, BEGUN) if file in there for name in bucket.names(file)}

    def upload(file: str) -> bool:
        content = own[file].read_bytes()
        if there.get(file) == hashlib.md5(content, usedforsecurity=False).hexdigest():
            return False
        bucket.put(file, content, **leads.get(file, {}))
        return True

    begun = sorted({*before, *own})
    bucket.put(BEGUN, "".join(f"-  {name}\n" for name in begun).encode())
    hashed = {file for file in own if file.startswith(HASHED)}
    # Pages that lists and menus lead to go before these.
    rest = sorted(own.keys() - hashed - {CHECKSUMS}, key=lambda file: -file.count("/"))
    with ThreadPoolExecutor(AT_ONCE) as pool:
        count = sum(pool.map(upload, hashed)) + sum(pool.map(upload, rest))
    upload(CHECKSUMS)
    unused = [
        file
        for file in there.keys() - own.keys() - {BEGUN}
        # Of files that we have put there: hashed ones stay until the next site, pages do not.
        if (file not in before and _HASH.search(file))
        or (file in before and not _HASH.search(file))
    ]
    bucket.delete([*unused, BEGUN])
    return (
        f"Published to s3://{bucket.name}/{bucket.folder}: {count} files new, {len(unused)} gone."
    )


def main() -> None:
    """Publish, and ask the site whether it is the new one."""
    parser = argparse.ArgumentParser(prog="python -m publish.s3", description=__doc__)
    parser.add_argument("to")
    parser.add_argument("--site", type=Path, default=Path("site"))
    parser.add_argument("--seconds", type=float, default=20, help="to wait for the site to answer")
    told = parser.parse_args()
    url = os.environ.get("SITE_URL", "")
    moved = redirects.moved(Path.cwd())
    try:
        print(publish(told.site, Bucket(told.to), moved, base()))
    except (BotoCoreError, ClientError) as error:
        raise SystemExit(
            f"{told.to}: {error}\nEvery page there is whole, but not all may be the new ones. "
            "Mend that, and publish again."
        ) from error
    sums = (told.site / CHECKSUMS).read_bytes()
    if url and (why := why_not_live(url, sums, told.seconds)):
        raise SystemExit(f"{why}: is the CDN set as publish/s3.md says?")


if __name__ == "__main__":
    main()
