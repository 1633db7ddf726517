"""The one command that publishes: what it refuses, wherever the site would go."""

import json
import os
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from helpcentre.site.manifest import PREVIEW, VERSION, write_checksums
from tests.deploy.builds import publish
from tests.project import Outcome

pytestmark = pytest.mark.slow  # each command is a process

EVERYWHERE = ("github", "s3://help/folder", "user@host:/srv/help")


@pytest.mark.parametrize(
    "to",
    [
        *("", "srv/help", "host:", "host:~/help", "/", "//", "~/help", "-oProxyCommand=x:/srv"),
        *("s3:", "s3://", "s3:///help", "gh-pages", "https://host.example/"),
    ],
)
def test_a_place_that_cannot_be_published_to_is_a_usage_error(to: str) -> None:
    outcome = publish(to, "--")
    assert outcome == Outcome(
        2,
        "TO: expected /folder, user@host:/folder, s3://bucket, s3://bucket/folder or github, "
        f"found '{to}'\n",
    )


@pytest.mark.parametrize("to", ["github", "s3://help"])
def test_only_a_server_can_be_rolled_back(to: str) -> None:
    outcome = publish(to, "--rollback")
    message = "only a server keeps releases to go back to: publish an older commit\n"
    assert outcome == Outcome(2, message)


@pytest.mark.parametrize("to", EVERYWHERE)
def test_a_folder_without_a_built_site_is_not_published(to: str, tmp_path: Path) -> None:
    outcome = publish(to, "--site", tmp_path)
    assert outcome.code == 1
    assert f"there is no built site in {tmp_path}/: run 'make build' first" in outcome.output


@pytest.mark.site
@pytest.mark.parametrize("to", EVERYWHERE)
def test_a_preview_is_never_published(to: str, builds: Mapping[str, Path], tmp_path: Path) -> None:
    site = next(iter(builds.values()))
    outcome = publish(to, "--site", site, SITE_AS_OF="2027-01-15")
    assert outcome.code == 1
    assert "a preview is never published: unset SITE_AS_OF" in outcome.output
    preview = Path(shutil.copytree(site, tmp_path / "site"))
    version = json.loads((preview / VERSION).read_text()) | {PREVIEW: "2027-01-15"}
    (preview / VERSION).write_text(json.dumps(version))
    write_checksums(preview)
    outcome = publish(to, "--site", preview)
    assert outcome.code == 1
    assert f"{preview}/ is a preview of 2027-01-15, and is never published" in outcome.output


@pytest.mark.site
def test_a_full_disk_here_is_reported(
    small_disk: Path, builds: Mapping[str, Path], tmp_path: Path
) -> None:
    free = os.statvfs(small_disk).f_bavail * os.statvfs(small_disk).f_frsize
    (small_disk / "large").write_bytes(bytes(free - 100_000))
    site = next(iter(builds.values()))
    outcome = publish(tmp_path / "srv", "--site", site, TMPDIR=str(small_disk))
    assert outcome.code == 1
    assert "No space left on device" in outcome.output
    assert "Traceback" not in outcome.output
    assert not (tmp_path / "srv").exists()
