"""`python -m helpcentre.deploy.s3 s3://BUCKET/FOLDER`: publish site/ to a bucket of S3, for a CDN before it.

A bucket cannot be switched as a whole. So files with a hash in their names go first, then pages,
each whole and with all that it names, and what nobody needs any more is deleted last. The hashed
files of the site before stay until the next one, for pages that somebody still has open.

Deleted is only what earlier runs have put there: checksums.txt lists the last site that was put
there whole, and the object .published what stayed of the one before it, and what was begun since.
"""

import argparse
import hashlib
import os
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import boto3
from botocore.exceptions import BotoCoreError, ClientError

from helpcentre.content import redirects
from helpcentre.site import manifest
from helpcentre.site.manifest import CHECKSUMS
from helpcentre.site.headers import FOR_EVER, HASHED, REVALIDATED
from publish.hosts import NOT_SERVED, base
from helpcentre.deploy.verify import why_not_live

LIST = ".published"
"""An object with a name on each line, and before it one of these words."""
_BEGUN, _STAYED = "begun", "stayed"
"""Put there, perhaps, by a run that did not come to its end; of the site before the last."""
AT_ONCE = 16
"""Uploads at one time."""
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
        self.changed = False

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

    def names(self, file: str) -> list[tuple[str, str]]:
        """Return the names that a list there holds, such as checksums.txt, each after its word."""
        answer = self._client.get_object(Bucket=self.name, Key=self.folder + file)
        lines = answer["Body"].read().decode().splitlines()
        return [(word, name) for word, _, name in (line.partition("  ") for line in lines)]

    def put(self, file: str, content: bytes, **about: str) -> None:
        """Put a file there; `about` are further arguments of S3's own PutObject."""
        self.changed = True
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
    sums = hashlib.md5(manifest.publishable(site), usedforsecurity=False).hexdigest()
    own = {
        file.relative_to(site).as_posix(): file
        for file in site.rglob("*")
        if file.is_file() and file.name not in NOT_SERVED
    }
    there = bucket.digests()
    listed = {file: bucket.names(file) if file in there else [] for file in (CHECKSUMS, LIST)}
    if others := not any(listed.values()) and sorted(there.keys() & own.keys()):
        raise SystemExit(
            f"s3://{bucket.name}/{bucket.folder} holds {others[0]}, and was not published by this: "
            "choose another folder, or empty it first"
        )
    stayed = {name for word, name in listed[LIST] if word == _STAYED}
    begun = {name for word, name in listed[LIST] if word == _BEGUN}
    before = begun | {name for _, name in listed[CHECKSUMS]}
    is_same = there.get(CHECKSUMS) == sums and not begun
    stays = {
        file
        for file in (stayed if is_same else before) - own.keys()
        if file.startswith(HASHED) and file in there
    }
    leads = {
        f"{old}index.html": {"WebsiteRedirectLocation": path + new} for old, new in moved.items()
    }

    def upload(file: str) -> bool:
        content = own[file].read_bytes()
        # Others are always put there: what comes with them may have changed, or where they lead.
        same = there.get(file) == hashlib.md5(content, usedforsecurity=False).hexdigest()
        if same and file.startswith(HASHED):
            return False
        bucket.put(file, content, **leads.get(file, {}))
        return True

    _note(bucket, {**dict.fromkeys(stayed, _STAYED), **dict.fromkeys(before | own.keys(), _BEGUN)})
    hashed = {file for file in own if file.startswith(HASHED)}
    # Pages that lists and menus lead to go before these.
    rest = sorted(own.keys() - hashed - {CHECKSUMS}, key=lambda file: -file.count("/"))
    with ThreadPoolExecutor(AT_ONCE) as pool:
        count = sum(pool.map(upload, hashed)) + sum(pool.map(upload, rest))
    count += upload(CHECKSUMS)
    unused = ((before | stayed) & there.keys()) - own.keys() - stays
    bucket.delete(unused)
    _note(bucket, dict.fromkeys(stays, _STAYED))
    return (
        f"Published to s3://{bucket.name}/{bucket.folder}: {count} files sent, {len(unused)} gone."
    )


def _note(bucket: Bucket, names: Mapping[str, str]) -> None:
    """Have the bucket know what is there besides the files of its checksums.txt, and why."""
    lines = "".join(f"{word}  {name}\n" for name, word in sorted(names.items()))
    bucket.put(LIST, lines.encode())


def main() -> None:
    """Publish, and ask the site whether it is the new one."""
    parser = argparse.ArgumentParser(prog="python -m helpcentre.deploy.s3", description=__doc__)
    parser.add_argument("to")
    parser.add_argument("--site", type=Path, default=Path("site"))
    parser.add_argument("--seconds", type=float, default=20, help="to wait for the site to answer")
    told = parser.parse_args()
    url = os.environ.get("SITE_URL", "")
    moved = redirects.moved(Path.cwd())
    bucket = None
    try:
        bucket = Bucket(told.to)
        print(publish(told.site, bucket, moved, base()))
    except (BotoCoreError, ClientError) as error:
        state = "The site is as it was."
        if bucket and bucket.changed:
            state = "Every page there is whole, but not all may be the new ones."
        raise SystemExit(f"{told.to}: {error}\n{state} Mend that, and publish again.") from error
    sums = (told.site / CHECKSUMS).read_bytes()
    if url and (why := why_not_live(url, sums, told.seconds)):
        raise SystemExit(f"{why}: is the CDN set as publish/s3.md says?")


if __name__ == "__main__":
    main()
