"""Publishing to a bucket of a local S3: what awscli then finds there, and what a reader gets."""

import json
import shlex
import shutil
import sys
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from urllib.request import Request, urlopen

import boto3
import pytest
from botocore.exceptions import ClientError
from publish import finish
from publish import s3 as program
from publish.built import CHECKSUMS
from publish.headers import FOR_EVER, HASHED
from publish.s3 import LIST
from tests.publish.editions import (
    ENVIRONMENT,
    NAMES,
    Editions,
    Reader,
    edition,
    edition_of,
    over_http,
    publish_and_kill,
)

from tests import servers
from tests.project import ROOT, Outcome, run

pytestmark = [pytest.mark.site, pytest.mark.slow]

PROGRAM = (sys.executable, "-m", "publish.s3")
AWS = str(Path(sys.executable).with_name("aws"))


@pytest.fixture(scope="module")
def s3() -> Iterator[dict[str, str]]:
    """The environment in which a local S3 is found."""
    with servers.s3() as environment:
        yield environment | ENVIRONMENT


@pytest.fixture
def bucket(s3: dict[str, str], request: pytest.FixtureRequest) -> str:
    """An empty bucket, which serves a site as S3 does."""
    name = f"help-{abs(hash(request.node.name))}"
    aws(s3, "s3", "mb", f"s3://{name}")
    return name


def aws(s3: dict[str, str], *words: str | Path) -> str:
    outcome = run(AWS, *words, cwd=ROOT, **s3)
    assert outcome.code == 0, outcome.output
    return outcome.output


def publish(s3: dict[str, str], to: str, site: Path, **environment: str) -> Outcome:
    return run(*PROGRAM, to, "--site", site, "--seconds=0", cwd=ROOT, **s3 | environment)


def there(s3: dict[str, str], to: str, folder: Path) -> dict[str, bytes]:
    """Return all files of a bucket's folder, as awscli fetches them."""
    folder.mkdir()
    aws(s3, "s3", "sync", "--only-show-errors", f"s3://{to}", folder)
    (folder / LIST).unlink(missing_ok=True)
    return files(folder)


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name not in ("_headers", "_redirects")
    }


def test_the_recipe_to_the_letter(s3: dict[str, str], site: Path, tmp_path: Path) -> None:
    """But for CloudFront, which does not run here."""
    recipe = (ROOT / "publish/s3.md").read_text(encoding="utf-8")
    commands = [line.strip() for line in recipe.splitlines() if line.startswith("    aws s3")]
    assert len(commands) == 4
    for command in commands:
        aws(s3, *shlex.split(command)[1:])
    assert "    SITE_URL=https://help.example.com/ make s3 TO=s3://help-centre-files\n" in recipe
    assert publish(s3, "s3://help-centre-files", site).code == 0
    address = f"{s3['AWS_ENDPOINT_URL']}/help-centre-files/"
    assert over_http(address)("contact/index.html").rstrip().endswith("</html>")  # by anybody
    told = json.loads(aws(s3, "s3api", "get-bucket-website", "--bucket", "help-centre-files"))
    assert told["IndexDocument"]["Suffix"] == "index.html"
    assert (site / told["ErrorDocument"]["Key"]).is_file()


@pytest.mark.parametrize("folder", ["", "/help"])
def test_the_site_is_there_as_it_was_built(
    s3: dict[str, str], bucket: str, folder: str, site: Path, tmp_path: Path
) -> None:
    outcome = publish(s3, f"s3://{bucket}{folder}", site)
    assert outcome.code == 0, outcome.output
    assert there(s3, bucket + folder, tmp_path / "down") == files(site)


def test_each_file_is_sent_as_what_it_is_and_kept_as_long_as_it_may(
    s3: dict[str, str], bucket: str, site: Path
) -> None:
    publish(s3, f"s3://{bucket}", site)
    (style,) = (site / "assets").glob("style.*.css")
    (index,) = (site / "search").glob("index.*.bin")
    for file, kind, kept in (
        ("contact/index.html", "text/html; charset=utf-8", "no-cache"),
        (f"assets/{style.name}", "text/css; charset=utf-8", FOR_EVER),
        (f"search/{index.name}", "application/octet-stream", FOR_EVER),
        ("policy.json", "application/json", "no-cache"),
        ("sitemap.xml", "application/xml", "no-cache"),
        ("llms.txt", "text/plain; charset=utf-8", "no-cache"),
    ):
        about = json.loads(aws(s3, "s3api", "head-object", "--bucket", bucket, "--key", file))
        assert (about["ContentType"], about["CacheControl"]) == (kind, kept), file


def test_hashed_files_are_sent_once_and_all_others_each_time(
    s3: dict[str, str], bucket: str, site: Path, tmp_path: Path
) -> None:
    copy = Path(shutil.copytree(site, tmp_path / "site"))
    publish(s3, f"s3://{bucket}", copy)
    others = len([name for name in files(copy) if not name.startswith(HASHED)])
    assert f": {others} files sent, 0 gone." in publish(s3, f"s3://{bucket}", copy).output
    page = copy / "contact/index.html"
    text = page.read_text(encoding="utf-8")
    page.write_text(text.replace("customer", "custemor"), encoding="utf-8")  # of the same size
    finish.write_checksums(copy)
    (style,) = (copy / "assets").glob("style.*.css")
    (tmp_path / "empty").write_bytes(b"")
    aws(s3, "s3", "cp", tmp_path / "empty", f"s3://{bucket}/assets/{style.name}")
    aws(s3, "s3", "cp", "--content-type=x/y", copy / "404.html", f"s3://{bucket}/404.html")
    outcome = publish(s3, f"s3://{bucket}", copy)
    assert f": {others + 1} files sent, 0 gone." in outcome.output
    found = there(s3, bucket, tmp_path / "down")
    assert found == files(copy)
    assert b"custemor" in found["contact/index.html"]
    about = json.loads(aws(s3, "s3api", "head-object", "--bucket", bucket, "--key", "404.html"))
    assert about["ContentType"] == "text/html; charset=utf-8"


def test_pages_are_sent_after_what_they_name_and_deletions_come_last(
    s3: dict[str, str], bucket: str, editions: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in s3.items():
        monkeypatch.setenv(name, value)
    first, second = editions.values()
    shutil.copytree(first / "contact", first / "gone")
    finish.write_checksums(first)
    steps: list[str] = []

    class Recorded(program.Bucket):
        def put(self, file: str, content: bytes, **about: str) -> None:
            super().put(file, content, **about)
            steps.append("hashed" if file.startswith(HASHED) else file if file in (CHECKSUMS, LIST) else "page")  # fmt: skip

        def delete(self, files: Iterable[str]) -> None:
            steps.extend("gone" for _ in files)
            super().delete(files)

    program.publish(first, program.Bucket(f"s3://{bucket}"), {}, "/")
    shutil.rmtree(first / "gone")
    finish.write_checksums(first)
    program.publish(second, Recorded(f"s3://{bucket}"), {}, "/")
    in_turn = [step for step, _ in groupby(steps)]
    assert in_turn == [LIST, "hashed", "page", CHECKSUMS, "gone", LIST]


def test_a_page_that_is_gone_goes_and_hashed_files_stay_until_the_next_site(
    s3: dict[str, str], bucket: str, editions: dict[str, Path], tmp_path: Path
) -> None:
    first, second = editions.values()
    third = edition(first, tmp_path, "third00000")
    shutil.rmtree(third / "contact")
    finish.write_checksums(third)
    for site in (first, second, third):
        outcome = publish(s3, f"s3://{bucket}", site)
        assert outcome.code == 0, outcome.output
    found = there(s3, bucket, tmp_path / "down")
    assert {name for name in found if "style" in name} == {
        f"assets/style.{NAMES[1]}.css",
        "assets/style.third00000.css",
    }
    assert "contact/index.html" not in found


def test_the_same_site_again_leaves_the_hashed_files_of_the_one_before(
    s3: dict[str, str], bucket: str, editions: dict[str, Path], tmp_path: Path
) -> None:
    first, second = editions.values()
    for site in (first, second, second):
        assert publish(s3, f"s3://{bucket}", site).code == 0
    found = there(s3, bucket, tmp_path / "down")
    assert {name for name in found if "style" in name} == {f"assets/style.{name}.css" for name in NAMES}  # fmt: skip


def test_what_others_keep_in_the_bucket_is_left_alone(
    s3: dict[str, str], bucket: str, editions: dict[str, Path], tmp_path: Path
) -> None:
    own = {"photo.html": b"mine", "assets/photo.jpg": b"mine", "old/index.html": b"mine"}
    own |= {"assets/a.1234567890.js": b"mine", "search/deadbeef00/notes.txt": b"mine"}
    for name, content in own.items():
        (tmp_path / "one").write_bytes(content)
        aws(s3, "s3", "cp", tmp_path / "one", f"s3://{bucket}/{name}")
    for site in editions.values():
        assert publish(s3, f"s3://{bucket}", site).code == 0
    found = there(s3, bucket, tmp_path / "down")
    assert {name: found.get(name) for name in own} == own


def test_a_site_of_somebody_else_is_not_written_over(
    s3: dict[str, str], bucket: str, site: Path, tmp_path: Path
) -> None:
    (tmp_path / "robots.txt").write_text("mine", encoding="utf-8")
    aws(s3, "s3", "cp", tmp_path / "robots.txt", f"s3://{bucket}/robots.txt")
    outcome = publish(s3, f"s3://{bucket}", site)
    assert outcome.code == 1
    assert "holds robots.txt, and was not published by this: choose another" in outcome.output
    assert there(s3, bucket, tmp_path / "down") == {"robots.txt": b"mine"}


def test_an_old_address_leads_on_where_s3_serves_the_site(
    s3: dict[str, str], bucket: str, site: Path, tmp_path: Path
) -> None:
    root = tmp_path / "project"
    root.mkdir()
    (root / "redirects.yml").write_text("redirects:\n  old/way/: contact.md\n", encoding="utf-8")
    copy = Path(shutil.copytree(site, tmp_path / "site"))
    finish.finish(copy, {"old/way/": "contact/"}, "/help/")
    outcome = run(*PROGRAM, f"s3://{bucket}/help", "--site", copy, "--seconds=0", cwd=root, **s3 | {"SITE_URL": "http://127.0.0.1:9/help/"})  # fmt: skip
    assert "does not answer as it should" in outcome.output
    key = "help/old/way/index.html"
    about = json.loads(aws(s3, "s3api", "head-object", "--bucket", bucket, "--key", key))
    assert about["WebsiteRedirectLocation"] == "/help/contact/"


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"AWS_ENDPOINT_URL": "http://127.0.0.1:9", "AWS_MAX_ATTEMPTS": "1"}, "Could not connect"),
        ({"AWS_ACCESS_KEY_ID": "", "AWS_SECRET_ACCESS_KEY": ""}, "Unable to locate credentials"),
        ({"AWS_PROFILE": "nobody"}, "The config profile (nobody) could not be found"),
        ({"SITE_AS_OF": "2027-01-15"}, "a preview is never published"),
    ],
)
def test_what_cannot_be_published_is_told_and_the_old_site_stays(
    s3: dict[str, str],
    bucket: str,
    editions: dict[str, Path],
    tmp_path: Path,
    changed: dict[str, str],
    told: str,
) -> None:
    first, second = editions.values()
    publish(s3, f"s3://{bucket}", first)
    outcome = publish(s3, f"s3://{bucket}", second, **changed)
    assert outcome.code == 1
    assert told in outcome.output
    assert "Traceback" not in outcome.output
    assert there(s3, bucket, tmp_path / "down") == files(first)


@pytest.mark.parametrize(
    ("allowed", "state"), [(0, "The site is as it was."), (30, "Every page there is whole, but")]
)
def test_a_key_that_is_refused_is_told(editions: dict[str, Path], allowed: int, state: str) -> None:
    """At once, or after so many requests."""
    first, second = editions.values()
    with servers.s3() as own:
        aws(own, "s3", "mb", "s3://help")
        assert publish(own, "s3://help", first, **ENVIRONMENT).code == 0
        address = f"{own['AWS_ENDPOINT_URL']}/moto-api/reset-auth"
        words = {"Content-Type": "text/plain"}
        urlopen(Request(address, str(allowed).encode(), words, method="POST")).close()  # noqa: S310 - our own
        outcome = publish(own, "s3://help", second, **ENVIRONMENT)
    assert outcome.code == 1
    assert "InvalidAccessKeyId" in outcome.output
    assert outcome.output.splitlines()[-1].startswith(state)
    assert outcome.output.endswith(" Mend that, and publish again.\n")


def test_an_address_that_is_none_and_a_bucket_that_is_not_there_are_told(
    s3: dict[str, str], site: Path, tmp_path: Path
) -> None:
    outcome = publish(s3, "help-centre", site)
    assert outcome.output == "expected an address such as s3://bucket/folder, found help-centre\n"
    outcome = publish(s3, "s3://nobodys", site)
    assert "The specified bucket does not exist" in outcome.output
    assert "The site is as it was. Mend that, and publish again." in outcome.output
    outcome = publish(s3, "s3://nobodys", tmp_path)
    assert "run 'make build' first" in outcome.output


def test_a_reader_never_gets_half_of_it_whenever_it_is_killed(
    s3: dict[str, str], bucket: str, more_editions: Editions
) -> None:
    client = boto3.client(
        "s3",
        endpoint_url=s3["AWS_ENDPOINT_URL"],
        aws_access_key_id=s3["AWS_ACCESS_KEY_ID"],
        aws_secret_access_key=s3["AWS_SECRET_ACCESS_KEY"],
        region_name=s3["AWS_DEFAULT_REGION"],
    )

    def fetch(path: str) -> str:
        try:
            text: str = client.get_object(Bucket=bucket, Key=path)["Body"].read().decode()
        except ClientError as error:
            raise OSError(f"{path}: {error}") from error
        return text

    def published(name: str) -> None:
        outcome = publish(s3, f"s3://{bucket}", more_editions[name])
        assert outcome.code == 0, outcome.output

    publish_and_kill(
        published,
        lambda name: (*PROGRAM, f"s3://{bucket}", "--site", str(more_editions[name])),
        lambda: edition_of(fetch("index.html")),
        Reader(fetch, ("index.html", "contact/index.html", "orders/index.html")),
        environment=s3,
    )
    client.close()
