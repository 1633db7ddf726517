"""policy.json and llms.txt: what the pages state, for programs."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from helpcentre.site import exports
from tests.macros.test_kinds import add_every_kind
from tests.project import DAY, Project, load, own_content

pytestmark = pytest.mark.site

CONTENT = own_content()


@pytest.fixture
def policy(site: Path) -> Any:
    return json.loads((site / "policy.json").read_text(encoding="utf-8"))


def test_policy_json_is_valid_by_the_schema_beside_it(site: Path, policy: Any) -> None:
    schema = json.loads((site / policy["$schema"]).read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(policy, schema)


def test_the_schema_refuses_what_is_not_a_value(site: Path, policy: Any) -> None:
    schema = json.loads((site / policy["$schema"]).read_text(encoding="utf-8"))
    policy["values"]["refund_arrival"]["value"]["min"] = "three"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(policy, schema)


def test_it_has_all_that_is_known_of_every_value(policy: Any) -> None:
    assert policy["zone"] == CONTENT.history.zone
    assert list(policy["values"]) == list(CONTENT.history.entries)
    for current in CONTENT.policy:
        published = policy["values"][current.name]
        assert published["reads"] == current.value.plain
        assert published["value"]["kind"] == current.value.kind
        assert published["source"]["says"] == current.entry.source_quote
        assert [fact["id"] for fact in published["source"]["facts"]] == list(current.entry.facts)
        assert published["checked"] == current.entry.checked.isoformat()
        assert published["owner"] == current.owner


def test_it_names_the_pages_that_state_a_value(policy: Any) -> None:
    pages = policy["values"]["refund_arrival"]["pages"]
    assert {
        "title": "When will I receive my refund?",
        "url": "refunds/when-will-i-receive-my-refund/",
    } in pages


def test_addresses_are_absolute_where_the_sites_own_is_known(help_site: Path) -> None:
    address = "https://host.example/help/refunds/when-will-i-receive-my-refund/"
    policy = json.loads((help_site / "policy.json").read_text(encoding="utf-8"))
    assert address in [page["url"] for page in policy["values"]["refund_arrival"]["pages"]]
    assert f"({address})" in (help_site / "llms.txt").read_text(encoding="utf-8")


def test_llms_txt_lists_every_answer_once_with_its_sentence(site: Path) -> None:
    text = (site / "llms.txt").read_text(encoding="utf-8")
    for page in CONTENT.pages.values():
        listed = f"- [{page.front_matter.title}]({page.url}): "
        assert text.count(listed) == (page.front_matter.template is None), page.file
    assert f"A refund usually takes {CONTENT.policy.refund_arrival.plain}" in text
    assert "<" not in text


def test_past_and_future_rows_are_published(project: Project) -> None:
    project.set_value(
        "seller_response_time",
        "rows:\n"
        "      - {from: 2020-01-01, value: {kind: duration, count: 48, unit: hour}}\n"
        "      - {from: 2027-01-01, zone: Europe/Paris, value: {kind: duration, count: 24, unit: hour}}",
    )
    exports.write(project.root, load(project.root), "")
    published = json.loads((project.root / "policy.json").read_text(encoding="utf-8"))
    value = published["values"]["seller_response_time"]
    assert value["since"] == "2020-01-01"
    assert value["reads"] == "48 hours"
    assert [(row["from"], row["zone"], row["reads"]) for row in value["rows"]] == [
        ("2020-01-01", "Asia/Shanghai", "48 hours"),
        ("2027-01-01", "Europe/Paris", "24 hours"),
    ]
    jsonschema.validate(
        published, json.loads((project.root / exports.SCHEMA).read_text(encoding="utf-8"))
    )


def test_a_value_of_every_kind_is_published(project: Project) -> None:
    add_every_kind(project)
    content = load(project.root)
    exports.write(project.root, content, "")
    published = json.loads((project.root / "policy.json").read_text(encoding="utf-8"))
    schema = json.loads((project.root / exports.SCHEMA).read_text(encoding="utf-8"))
    jsonschema.validate(published, schema)
    for current in content.policy:
        assert published["values"][current.name]["reads"] == current.value.plain
    published["values"]["example_0"]["value"]["kind"] = "no such kind"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(published, schema)


def test_a_build_on_another_day_changes_no_file_for_programs(project: Project) -> None:
    written = []
    for day in (DAY, date(2026, 12, 24)):
        exports.write(project.root, load(project.root, day), "")
        written.append([(project.root / name).read_bytes() for name in ("policy.json", "llms.txt")])
    assert written[0] == written[1]
