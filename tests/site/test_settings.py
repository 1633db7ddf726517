"""Addresses that a publisher sets are checked before anything is built."""

from typing import Any

import pytest

from helpcentre.site import settings


@pytest.mark.parametrize(
    ("addresses", "message"),
    [
        (("", "", "https://elsewhere.example/insights"), "insights (INSIGHTS_URL): expected a path of the site's own host"),
        (("", "", "//elsewhere.example/insights"), "insights (INSIGHTS_URL): expected a path of the site's own host"),
        (("", "", "/"), "insights (INSIGHTS_URL): expected a path of the site's own host"),
        (("", "", "/a b"), "insights (INSIGHTS_URL): expected a path of the site's own host"),
        (("ftp://host/", "", ""), "site_url (SITE_URL): expected https://host/"),
        (("https://host/?x=1", "", ""), "site_url (SITE_URL): expected https://host/"),
        (("", "javascript:alert(1)", ""), "contact_url (CONTACT_URL): expected https://"),
        (("", "//elsewhere.example/", ""), "contact_url (CONTACT_URL): expected https://"),
        (("", 5, ""), "contact_url (CONTACT_URL): expected https://"),
        (("", "", "", "http://shop.example"), "FRAMED_BY: expected origins such as https://shop.example"),
        (("", "", "", "https://a.example https://b.example/"), "FRAMED_BY: expected origins such as https://shop.example"),
        (("", "", "", "https://a.example; script-src"), "FRAMED_BY: expected origins such as https://shop.example"),
        (("", "", "", "*"), "FRAMED_BY: expected origins such as https://shop.example"),
    ],
)  # fmt: skip
def test_a_setting_that_is_not_valid_is_reported(addresses: tuple[Any, ...], message: str) -> None:
    problem, *_ = settings.check(*addresses)
    assert str(problem).startswith(f"mkdocs.yml:1: {message}")


def test_the_setting_of_votes_is_refused_with_its_new_name() -> None:
    (problem,) = settings.check("", "", "", votes="/votes")
    assert "unknown setting votes (VOTES_URL): use insights (INSIGHTS_URL)" in str(problem)
