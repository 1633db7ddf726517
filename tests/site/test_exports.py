"""policy.json and llms.txt: the same truth for programs."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import checks
from macros.clock import VARIABLE, today
from macros.policy import read
from publish import machines
from tests.project import DAY, ROOT, Project

pytestmark = pytest.mark.site


@pytest.fixture
def policy(site: Path) -> Any:
    return json.loads((site / "policy.json").read_text(encoding="utf-8"))


def test_policy_json_is_valid_by_the_schema_beside_it(site: Path, policy: Any) -> None:
    schema = json.loads((site / policy["$schema"]).read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(policy, schema)


def test_the_schema_refuses_what_is_no_value(site: Path, policy: Any) -> None:
    schema = json.loads((site / policy["$schema"]).read_text(encoding="utf-8"))
    policy["values"]["refund_arrival"]["value"]["min"] = "three"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(policy, schema)


def test_it_says_all_that_is_known_of_every_value(policy: Any) -> None:
    history = read(ROOT)
    assert policy["zone"] == history.zone
    assert list(policy["values"]) == list(history.entries)
    for stated in history.on(DAY):
        told = policy["values"][stated.name]
        assert told["reads"] == stated.value.plain
        assert told["value"]["kind"] == stated.value.kind
        assert told["source"]["says"] == stated.entry.says
        assert [fact["id"] for fact in told["source"]["facts"]] == list(stated.entry.facts)
        assert told["checked"] == stated.entry.checked.isoformat()
        assert told["owner"] == stated.owner


def test_it_names_the_pages_that_state_a_value(policy: Any) -> None:
    pages = policy["values"]["refund_arrival"]["pages"]
    assert {
        "title": "When will I receive my refund?",
        "url": "refunds/when-will-i-receive-my-refund/",
    } in pages


def test_addresses_are_whole_where_the_sites_own_is_known(help_site: Path) -> None:
    address = "https://host.example/help/refunds/when-will-i-receive-my-refund/"
    policy = json.loads((help_site / "policy.json").read_text(encoding="utf-8"))
    assert address in [page["url"] for page in policy["values"]["refund_arrival"]["pages"]]
    assert f"({address})" in (help_site / "llms.txt").read_text(encoding="utf-8")


def test_llms_txt_lists_every_answer_once_with_its_sentence(site: Path) -> None:
    text = (site / "llms.txt").read_text(encoding="utf-8")
    policy = read(ROOT).on(DAY)
    content = checks.page.read_all(ROOT)[0]
    for page in content.values():
        listed = f"- [{page.front_matter.title}]({page.url}): "
        assert text.count(listed) == (page.front_matter.template is None), page.file
    assert f"A refund usually takes {policy.refund_arrival.plain}" in text
    assert "<" not in text


def test_past_and_future_rows_are_told(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = (
        "rows:\n"
        "      - {from: 2020-01-01, value: {kind: duration, count: 48, unit: hour}}\n"
        "      - {from: 2027-01-01, zone: Europe/Paris, value: {kind: duration, count: 24, unit: hour}}"
    )
    text = (project.root / "policy.yml").read_text(encoding="utf-8")
    start = text.index("value:", text.index("  seller_response_time:"))
    end = text.index("\n", start)
    (project.root / "policy.yml").write_text(text[:start] + rows + text[end:], encoding="utf-8")
    monkeypatch.setenv(VARIABLE, str(DAY))
    today.cache_clear()
    machines.write(project.root, checks.read(project.root), "", "Help")
    told = json.loads((project.root / "policy.json").read_text(encoding="utf-8"))
    value = told["values"]["seller_response_time"]
    assert value["since"] == "2020-01-01"
    assert value["reads"] == "48 hours"
    assert [(row["from"], row["zone"], row["reads"]) for row in value["rows"]] == [
        ("2020-01-01", "Asia/Shanghai", "48 hours"),
        ("2027-01-01", "Europe/Paris", "24 hours"),
    ]
    jsonschema.validate(told, json.loads((project.root / machines.SCHEMA).read_text("utf-8")))


def test_a_build_on_another_day_changes_no_file_for_programs(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = []
    for day in (DAY, date(2026, 12, 24)):
        monkeypatch.setenv(VARIABLE, str(day))
        today.cache_clear()
        machines.write(project.root, checks.read(project.root), "", "Help")
        written.append([(project.root / name).read_bytes() for name in ("policy.json", "llms.txt")])
    today.cache_clear()
    assert written[0] == written[1]
