"""Publishing to a bucket of a local S3: what is there then, and what a reader gets meanwhile."""

import os
import shlex
import shutil
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import unquote
from urllib.request import Request, urlopen

import boto3
import pytest
from botocore.exceptions import ClientError

from helpcentre.content.hashed import FOLDERS
from helpcentre.deploy import s3 as publisher
from helpcentre.deploy.s3 import LIST
from helpcentre.site.headers import FOR_EVER, NOT_SERVED
from helpcentre.site.manifest import write_checksums
from macros.layout import CONTENT, HOSTING
from tests import servers
from tests.deploy import builds as publishing
from tests.deploy.builds import (
    ENVIRONMENT,
    MODULE,
    NAMES,
    PROGRAM,
    Builds,
    Reader,
    name_of,
    over_http,
    publish_and_kill,
)
from tests.project import ROOT, Outcome, run, run_module

pytestmark = [pytest.mark.site, pytest.mark.slow]

INCOMPLETE = "Every page there is complete, but some may be old and some new."


@pytest.fixture(scope="module")
def s3() -> Iterator[dict[str, str]]:
    """The environment in which a local S3 is found."""
    with servers.s3() as environment:
        yield environment


@pytest.fixture
def bucket(s3: dict[str, str], request: pytest.FixtureRequest) -> str:
    """An empty bucket."""
    name = f"help-{abs(hash(request.node.name))}"
    client(s3).create_bucket(Bucket=name)
    return name


def client(s3: dict[str, str]) -> "boto3.client":
    """Return AWS' own client in Python, which is sooner there than the command line."""
    return boto3.client(
        "s3",
        endpoint_url=s3["AWS_ENDPOINT_URL"],
        aws_access_key_id=s3["AWS_ACCESS_KEY_ID"],
        aws_secret_access_key=s3["AWS_SECRET_ACCESS_KEY"],
        region_name=s3["AWS_DEFAULT_REGION"],
    )


def put(s3: dict[str, str], bucket: str, name: str, content: bytes, kind: str = "x/y") -> None:
    client(s3).put_object(Bucket=bucket, Key=name, Body=content, ContentType=kind)


def head(s3: dict[str, str], bucket: str, name: str) -> tuple[str, str]:
    """Return how an object is sent: its type, and how long it may be kept."""
    found = client(s3).head_object(Bucket=bucket, Key=name)
    return found["ContentType"], found["CacheControl"]


def objects(s3: dict[str, str], bucket: str, folder: str = "") -> dict[str, bytes]:
    """Return the content of all objects in a folder of a bucket, but for our list."""
    pages = client(s3).get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=folder)
    keys = [found["Key"] for page in pages for found in page.get("Contents", ())]
    return {
        key.removeprefix(folder): client(s3).get_object(Bucket=bucket, Key=key)["Body"].read()
        for key in keys
        if not key.endswith(LIST)
    }


def files(folder: Path) -> dict[str, bytes]:
    """Return the content of all files of a built site that are for readers."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name not in NOT_SERVED
    }


def publish(s3: dict[str, str], to: str, site: Path, **environment: str) -> Outcome:
    return publishing.publish(f"s3://{to}", "--site", site, "--seconds=0", **s3 | environment)


def stylesheets(s3: dict[str, str], bucket: str) -> set[str]:
    return {name for name in objects(s3, bucket) if "style" in name}


def test_by_the_recipe_each_file_is_there_as_what_it_is(
    s3: dict[str, str], builds: Mapping[str, Path]
) -> None:
    """But for the recipe's commands for CloudFront, which does not run here."""
    (name, site), _ = builds.items()
    recipe = (ROOT / HOSTING / "s3.md").read_text(encoding="utf-8")
    commands = [line.strip() for line in recipe.splitlines() if line.startswith("    aws s3")]
    assert len(commands) == 4
    for command in commands:
        outcome = run(*shlex.split(command), cwd=ROOT, **s3)
        assert outcome.code == 0, outcome.output
    assert (
        "\n    SITE_URL=https://help.example.com/ make publish TO=s3://help-centre-files\n"
        in recipe
    )
    bucket = "help-centre-files"
    outcome = publish(s3, bucket, site)
    assert outcome.code == 0, outcome.output
    assert objects(s3, bucket) == files(site)
    address = f"{s3['AWS_ENDPOINT_URL']}/{bucket}/"
    assert over_http(address)("contact/index.html").rstrip().endswith("</html>")  # by anybody
    website = client(s3).get_bucket_website(Bucket=bucket)
    assert website["IndexDocument"]["Suffix"] == "index.html"
    assert (site / website["ErrorDocument"]["Key"]).is_file()
    for file, kind, kept in (
        ("index.html", "text/html", "no-cache"),
        ("orders/not-received/index.html", "text/html", "no-cache"),
        (f"assets/style.{name}.css", "text/css", FOR_EVER),
        (f"search/index.{name}.bin", "application/octet-stream", FOR_EVER),
        ("policy.json", "application/json", "no-cache"),
        ("llms.txt", "text/plain; charset=utf-8", "no-cache"),
    ):
        assert head(s3, bucket, file) == (kind, kept), file


def test_damaged_objects_are_sent_again(
    s3: dict[str, str], bucket: str, builds: Mapping[str, Path], tmp_path: Path
) -> None:
    (name, built), _ = builds.items()
    site = Path(shutil.copytree(built, tmp_path / "site"))
    assert publish(s3, bucket, site).code == 0
    page = site / "contact/index.html"
    text = page.read_text(encoding="utf-8")
    page.write_text(text.replace("customer", "custemor"), encoding="utf-8")  # of the same size
    write_checksums(site)
    put(s3, bucket, f"assets/style.{name}.css", b"")
    put(s3, bucket, f"assets/site.{name}.js", (site / f"assets/site.{name}.js").read_bytes())
    put(s3, bucket, "404.html", (site / "404.html").read_bytes())
    assert publish(s3, bucket, site).code == 0
    assert objects(s3, bucket) == files(site)
    assert head(s3, bucket, "404.html")[0] == "text/html"
    # What is there under its hashed name is not sent again.
    assert client(s3).head_object(Bucket=bucket, Key=f"assets/site.{name}.js")["ContentType"] == "x/y"  # fmt: skip


def test_files_are_sent_before_what_names_them_and_deletions_come_last(
    builds: Mapping[str, Path], more_builds: Builds
) -> None:
    """By the requests that the server got."""
    first, second = more_builds["first"], next(iter(builds.values()))
    shutil.copytree(first / "contact", first / "gone")
    write_checksums(first)
    with servers.s3() as own:
        client(own).create_bucket(Bucket="help")
        assert publish(own, "help", first).code == 0
        log = Path(own["LOG"])
        start = len(log.read_text())
        assert publish(own, "help", second).code == 0
        requests = [
            line.split('"')[1].split()[:2]
            for line in log.read_text()[start:].splitlines()
            if '"PUT ' in line or '"DELETE ' in line
        ]
    steps: list[str] = []
    for method, path in requests:
        name = unquote(path.partition("?")[0]).removeprefix("/help/")
        kind = {
            name == LIST: "list",
            name.startswith(FOLDERS): "hashed",
            name.endswith(".html") and name.count("/") > 1: "page",
            name.endswith(".txt"): "text",
            method == "DELETE": "deleted",
        }.get(True, "listing or other")
        if steps[-1:] != [kind]:
            steps.append(kind)
    assert steps == ["list", "hashed", "page", "listing or other", "text", "deleted", "list"]


def test_what_is_gone_is_deleted_hashed_files_stay_for_one_site_and_others_keep_theirs(
    s3: dict[str, str], bucket: str, builds: Mapping[str, Path], more_builds: Builds
) -> None:
    theirs = {"photo.html": b"mine", "assets/photo.jpg": b"mine", "old/index.html": b"mine"}
    theirs |= {"assets/a.1234567890.js": b"mine", "search/deadbeef00/notes.txt": b"mine"}
    for name, content in theirs.items():
        put(s3, bucket, name, content)
    third = more_builds["third"]
    shutil.rmtree(third / "contact")
    write_checksums(third)
    for site in (*builds.values(), third, third):
        outcome = publish(s3, bucket, site)
        assert outcome.code == 0, outcome.output
    found = objects(s3, bucket)
    assert {name for name in found if "style" in name} == {
        f"assets/style.{NAMES[1]}.css",
        "assets/style.third.css",
    }
    assert "contact/index.html" not in found
    assert {name: found.get(name) for name in theirs} == theirs


def test_what_an_interrupted_run_sent_is_deleted_when_nobody_reads_it_any_more(
    s3: dict[str, str],
    bucket: str,
    builds: Mapping[str, Path],
    more_builds: Builds,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first, second = builds.values()
    third = more_builds["third"]
    shutil.copytree(third / "orders/not-received", third / "orders/gone")
    write_checksums(third)
    for name, value in s3.items():
        monkeypatch.setenv(name, value)
    aws = publisher._aws

    def interrupted(*words: str, stdin: str = "") -> str:
        if "--include=*" in words:  # the files that list pages, among others
            raise KeyboardInterrupt
        return aws(*words, stdin=stdin)

    to = f"s3://{bucket}"
    publisher.publish(first, to, {}, "/")
    monkeypatch.setattr(publisher, "_aws", interrupted)
    with pytest.raises(SystemExit, match=INCOMPLETE):
        publisher.publish(third, to, {}, "/")
    monkeypatch.setattr(publisher, "_aws", aws)
    assert "orders/gone/index.html" in objects(s3, bucket)
    publisher.publish(second, to, {}, "/")
    assert "orders/gone/index.html" not in objects(s3, bucket)
    # Pages of both may be open.
    assert stylesheets(s3, bucket) == {f"assets/style.{name}.css" for name in (*NAMES, "third")}
    publisher.publish(first, to, {}, "/")
    assert stylesheets(s3, bucket) == {f"assets/style.{name}.css" for name in NAMES}


def test_a_site_of_somebody_else_is_not_overwritten(
    s3: dict[str, str], bucket: str, builds: Mapping[str, Path]
) -> None:
    put(s3, bucket, "help/robots.txt", b"mine")
    outcome = publish(s3, f"{bucket}/help", next(iter(builds.values())))
    assert outcome.code == 1
    assert "holds robots.txt, which was not published by this command: choose" in outcome.output
    assert objects(s3, bucket) == {"help/robots.txt": b"mine"}


def test_an_old_address_redirects_where_s3_serves_the_site(
    s3: dict[str, str], bucket: str, builds: Mapping[str, Path], tmp_path: Path
) -> None:
    root = tmp_path / "project"
    (root / CONTENT).mkdir(parents=True)
    (root / CONTENT / "redirects.yml").write_text(
        "redirects:\n  old/way/: contact.md\n", encoding="utf-8"
    )
    site = Path(shutil.copytree(next(iter(builds.values())), tmp_path / "site"))
    shutil.copytree(site / "contact", site / "old/way")  # a page that leads on, after a build
    (site / "assets/step.0123456789.webp").write_bytes(b"a picture")
    write_checksums(site)
    environment = s3 | ENVIRONMENT | {"SITE_URL": "http://127.0.0.1:9/help/"}
    words = (f"s3://{bucket}/help", "--site", site, "--seconds=0")
    outcome = run_module(MODULE, *words, cwd=root, **environment)
    assert outcome.code == 1
    assert "does not answer as expected" in outcome.output
    assert objects(s3, bucket, "help/") == files(site)
    found = client(s3).head_object(Bucket=bucket, Key="help/old/way/index.html")
    assert found["WebsiteRedirectLocation"] == "/help/contact/"
    assert head(s3, bucket, "help/assets/step.0123456789.webp") == ("image/webp", FOR_EVER)


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"AWS_ENDPOINT_URL": "http://127.0.0.1:9", "AWS_MAX_ATTEMPTS": "1"}, "Could not connect"),
        ({"AWS_ACCESS_KEY_ID": "", "AWS_SECRET_ACCESS_KEY": ""}, "Unable to locate credentials"),
        ({"AWS_PROFILE": "nobody"}, "The config profile (nobody) could not be found"),
        ({"PATH": "/nowhere"}, "'aws', the command line client of AWS, is needed: install it"),
    ],
)
def test_a_client_that_cannot_reach_s3_is_reported_and_the_old_site_stays(
    s3: dict[str, str],
    bucket: str,
    builds: Mapping[str, Path],
    changed: dict[str, str],
    why: str,
) -> None:
    put(s3, bucket, "index.html", b"one")
    outcome = publish(s3, bucket, next(iter(builds.values())), **changed)
    assert outcome.code == 1
    assert why in outcome.output
    assert "Traceback" not in outcome.output
    assert objects(s3, bucket) == {"index.html": b"one"}


@pytest.mark.parametrize(("allowed", "state"), [(0, "The site is as it was."), (9, INCOMPLETE)])
def test_a_refused_key_is_reported(builds: Mapping[str, Path], allowed: int, state: str) -> None:
    """At once, or after so many requests."""
    with servers.s3() as own:
        client(own).create_bucket(Bucket="help")
        address = f"{own['AWS_ENDPOINT_URL']}/moto-api/reset-auth"
        words = {"Content-Type": "text/plain"}
        urlopen(Request(address, str(allowed).encode(), words, method="POST")).close()  # noqa: S310 - our own
        outcome = publish(own, "help", next(iter(builds.values())))
    assert outcome.code == 1
    assert "InvalidAccessKeyId" in outcome.output
    assert outcome.output.endswith(f"\n{state} Fix the cause, and publish again.\n")


def test_a_bucket_that_does_not_exist_is_reported(
    s3: dict[str, str], builds: Mapping[str, Path]
) -> None:
    outcome = publish(s3, "nobodys", next(iter(builds.values())))
    assert outcome.code == 1
    assert "The specified bucket does not exist" in outcome.output
    assert "The site is as it was. Fix the cause, and publish again." in outcome.output


def test_a_reader_never_gets_half_of_a_site_whenever_publishing_is_killed(
    s3: dict[str, str], bucket: str, more_builds: Builds
) -> None:
    """The publisher that is killed runs AWS's own program, so that one kill ends both."""
    by_its_own = s3 | {"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
    own = client(s3)

    def fetch(path: str) -> str:
        try:
            text: str = own.get_object(Bucket=bucket, Key=path)["Body"].read().decode()
        except ClientError as error:
            raise OSError(f"{path}: {error}") from error
        return text

    def publish_whole(name: str) -> None:
        outcome = publish(s3, bucket, more_builds[name])
        assert outcome.code == 0, outcome.output

    publish_and_kill(
        publish_whole,
        lambda name: (*PROGRAM, f"s3://{bucket}", "--site", more_builds[name]),
        lambda: name_of(fetch("index.html")),
        Reader(fetch, ("index.html", "contact/index.html", "orders/index.html")),
        environment=by_its_own,
    )
    own.close()
