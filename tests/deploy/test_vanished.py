"""What the live site has and the new one lacks: pages stop publishing, headings are a warning."""

from pathlib import Path

import pytest

from helpcentre.deploy import vanished
from helpcentre.site.manifest import write_checksums
from tests.deploy.builds import publish
from tests.site_server import serving

HOME = "<!doctype html><title>A</title><h1 id=top>A</h1>{}"


def site(folder: Path, **pages: str) -> Path:
    """Return a site of a home page and these, by path with underscores for slashes."""
    for name, html in {"index.html": "", "404.html": "", **pages}.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(HOME.format(html), encoding="utf-8")
    write_checksums(folder)
    return folder


LATE = "orders/late/index.html"
LINES = "\n\n  old.html: PAGE.md\n  orders/late/: PAGE.md"


def test_a_page_of_the_live_site_that_is_gone_stops_publishing(tmp_path: Path) -> None:
    live = site(tmp_path / "live", **{LATE: "", "old.html": "", "help/index.html": ""})
    new = site(tmp_path / "new", **{"help/index.html": ""})
    with serving(live) as url, pytest.raises(SystemExit) as caught:
        list(vanished.check(new, url))
    assert "has pages that the new site lacks" in str(caught.value)
    assert str(caught.value).endswith(LINES)


def test_another_systems_pages_are_known_by_its_sitemap(tmp_path: Path) -> None:
    live = tmp_path / "live"
    live.mkdir()
    (live / "404.html").touch()
    new = site(tmp_path / "new", **{"help/index.html": ""})
    with serving(live) as url:
        addresses = ("", "help", "orders/late/", "old.html", "more.xml", "caf%C3%A9/")
        listed = "".join(f"<url><loc>{url}{address}</loc></url>" for address in addresses)
        (live / "sitemap.xml").write_text(f"{listed}<loc>https://elsewhere.example/x/</loc>")
        with pytest.raises(SystemExit) as caught:
            list(vanished.check(new, url))
    assert str(caught.value).endswith(LINES)


def test_a_heading_that_is_gone_is_a_warning(tmp_path: Path) -> None:
    headings = '<h2 id="stays">A</h2><h3 id="goes">A</h3>'
    live = site(tmp_path / "live", **{LATE: headings, "help/index.html": headings})
    new = site(tmp_path / "new", **{LATE: '<p id="stays">A</p>', "help/index.html": headings})
    with serving(live) as url:
        warnings = list(vanished.check(new, url))
    assert warnings == ["warning: orders/late/#goes is gone, and somebody may have kept it"]


@pytest.mark.parametrize("url", ["http://127.0.0.1:9/", "not an address"])
def test_a_site_that_does_not_answer_demands_nothing(tmp_path: Path, url: str) -> None:
    assert list(vanished.check(site(tmp_path / "new"), url)) == []


def test_the_command_publishes_nothing_then(tmp_path: Path) -> None:
    live, new = site(tmp_path / "live", **{LATE: ""}), site(tmp_path / "new")
    to = tmp_path / "server"
    with serving(live) as url:
        outcome = publish(to, "--site", new, SITE_URL=url)
    assert outcome.code == 1
    assert "  orders/late/: PAGE.md\n" in outcome.output
    assert not to.exists()
