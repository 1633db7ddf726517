"""A site that search engines are not to list says so on every page, and in every host's headers."""

import json
from pathlib import Path

import boto3
import pytest
from botocore.validate import ParamValidator

from publish import hosts
from publish.headers import POLICY, headers
from tests.project import Project

META = '<meta name="robots" content="noindex">'
WAYS = {
    "nginx": lambda: hosts.nginx("/srv/help", "/", {}, "80", "_"),
    "caddy": lambda: hosts.caddy("/srv/help", "/", {}, ":80"),
    "Netlify and Cloudflare": lambda: hosts.headers_file("/"),
    "CloudFront": lambda: hosts.cloudfront(),
}


@pytest.mark.slow
def test_every_page_of_such_a_site_says_so(project: Project) -> None:
    outcome = project.build(NOINDEX="1")
    assert outcome.code == 0, outcome.output
    for page in (project.root / "site").rglob("*.html"):
        assert META in page.read_text(encoding="utf-8")
    assert "X-Robots-Tag: noindex" in (project.root / "site/_headers").read_text()


@pytest.mark.site
def test_no_page_of_any_other_does(site: Path) -> None:
    for page in site.rglob("*.html"):
        assert "noindex" not in page.read_text(encoding="utf-8")
    assert "noindex" not in (site / "_headers").read_text()


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    ("told", "listed"), [("1", False), ("true", False), ("", True), ("0", True), ("false", True)]
)
def test_every_host_is_told(
    monkeypatch: pytest.MonkeyPatch, way: str, told: str, listed: bool
) -> None:
    monkeypatch.setenv("NOINDEX", told)
    assert ("X-Robots-Tag" in WAYS[way]()) is not listed


@pytest.mark.parametrize("is_open", [False, True])
def test_cloudfront_takes_the_policy_and_it_has_all_headers(is_open: bool) -> None:
    policy = json.loads(hosts.cloudfront(is_open=is_open))
    origins = policy.get("CorsConfig", {}).get("AccessControlAllowOrigins")
    assert origins == ({"Quantity": 1, "Items": ["*"]} if is_open else None)
    client = boto3.client("cloudfront", region_name="us-east-1")
    operation = client.meta.service_model.operation_model("CreateResponseHeadersPolicy")
    wrong = ParamValidator().validate(
        {"ResponseHeadersPolicyConfig": policy}, operation.input_shape
    )
    assert not wrong.has_errors(), wrong.generate_report()
    security = policy["SecurityHeadersConfig"]
    assert security["ContentSecurityPolicy"]["ContentSecurityPolicy"] == POLICY
    assert security["StrictTransportSecurity"]["AccessControlMaxAgeSec"] == 31_536_000
    assert len(security) + policy["CustomHeadersConfig"]["Quantity"] == len(headers())
