"""Whatever policy.yml or front matter contains gives values, or errors that name the file."""

import re
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from helpcentre.content import page
from macros import policy, strict_yaml
from macros.problem import ProblemsError
from tests.macros.test_kinds import EXAMPLES
from tests.macros.test_policy import write
from tests.project import DAY, with_language

pytestmark = pytest.mark.slow
FUZZ = settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)

anything: st.SearchStrategy[Any] = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.integers(min_value=-(10**40), max_value=10**40),
        st.floats(),
        st.dates(),
        st.datetimes(),
        st.text(),
        st.sampled_from(["Asia/Shanghai", "Europe/Berlin", "business day", "CN", "F1", "{{ x }}"]),
    ),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=6,
)


def maybe(usual: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.one_of(usual, usual, usual, anything)


def varied(example: str) -> st.SearchStrategy[Any]:
    """A value like `example`, of which any part may be anything."""

    def vary(part: Any) -> st.SearchStrategy[Any]:
        if isinstance(part, dict):
            return maybe(st.fixed_dictionaries({key: vary(inner) for key, inner in part.items()}))
        if isinstance(part, list):
            return maybe(st.tuples(*map(vary, part)).map(list))
        return maybe(st.just(part))

    return vary(yaml.load(example, Loader=strict_yaml._Loader))  # noqa: S506 - a safe loader


values = st.one_of(
    *map(varied, EXAMPLES),
    st.fixed_dictionaries(
        {
            "kind": maybe(st.just("range")),
            "min": maybe(st.integers(0, 30)),
            "max": maybe(st.integers(0, 30)),
            "unit": maybe(st.sampled_from(["hour", "day", "business day"])),
        }
    ),
    st.fixed_dictionaries(
        {
            "kind": maybe(st.just("instant")),
            "at": maybe(st.datetimes().map(lambda moment: moment.replace(second=0, microsecond=0))),
            "zone": maybe(
                st.sampled_from(["UTC", "Asia/Shanghai", "Africa/Casablanca", "Nowhere"])
            ),
        }
    ),
    st.fixed_dictionaries({"kind": maybe(st.just("label")), "text": maybe(st.text())}),
    st.fixed_dictionaries({"kind": maybe(st.just("place")), "country": maybe(st.text(max_size=2))}),
    anything,
)
entries = st.fixed_dictionaries(
    {
        "means": maybe(st.text()),
        "facts": maybe(st.just(["F1"])),
        "source_quote": maybe(st.text()),
        "checked": maybe(st.dates()),
    },
    optional={
        "value": values,
        "rows": st.lists(
            maybe(st.fixed_dictionaries({"from": maybe(st.dates()), "value": values})), max_size=3
        ),
        "notice": maybe(st.integers(0, 400)),
        "note": anything,
        "owner": anything,
    },
)
policies = st.one_of(
    st.fixed_dictionaries(
        {
            "zone": maybe(st.just("Asia/Shanghai")),
            "owner": maybe(st.just("Editors")),
            "check_every": maybe(st.just(180)),
            "values": maybe(
                st.dictionaries(
                    maybe(st.from_regex(r"\A[a-z]{1,5}\Z")).map(str), entries, max_size=2
                )
            ),
        }
    ),
    anything,
)
front_matters = st.one_of(
    st.fixed_dictionaries(
        {
            "title": maybe(st.text()),
            "description": maybe(st.text()),
            "reviewed": maybe(st.dates()),
            "review_every": maybe(st.integers()),
            "related": maybe(st.lists(st.text(), max_size=2)),
            "sources": maybe(st.just(["F1"])),
        },
        optional=dict.fromkeys(("template", "icon", "menu", "archived", "last_day", "x"), anything),
    ),
    anything,
)


def read_policy(text: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder), text)
        try:
            found = policy.read(Path(folder)).on(DAY)
        except ProblemsError as error:
            names_its_place(error, policy.FILE)
        else:
            for value in (current.value for current in found):
                assert str(value)
                assert all(str(getattr(value, form)) for form in value.forms)


def read_page(text: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "docs").mkdir()
        (Path(folder) / "docs/a.md").write_text(text, encoding="utf-8", newline="")
        try:
            found = page.read(Path(folder), "docs/a.md")
        except ProblemsError as error:
            names_its_place(error, "docs/a.md")
        else:
            assert isinstance(found.front_matter.reviewed, date)


def names_its_place(error: ProblemsError, file: str) -> None:
    """Fail unless each of the errors names its file and line, and is short."""
    assert error.problems
    for problem in error.problems:
        assert problem.file == file
        assert problem.line >= 1
        assert problem.message
        assert len(problem.message) < 2000


@FUZZ
@given(policies)
def test_any_policy_is_read_or_refused(content: Any) -> None:
    read_policy(yaml.safe_dump(content, allow_unicode=True, sort_keys=False))


@FUZZ
@given(front_matters)
def test_any_front_matter_is_read_or_refused(content: Any) -> None:
    read_page(f"---\n{yaml.safe_dump(content, allow_unicode=True, sort_keys=False)}---\nBody\n")


@FUZZ
@given(st.text(alphabet=st.sampled_from("ab1:-[]{}&*!|>'\"#%@,? \n\t\\<=~.é\u2028\ufeff")))
def test_any_text_is_read_or_refused(text: str) -> None:
    read_policy(text)
    read_page(text)
    read_page(f"---\n{text}\n---\nBody\n")


@FUZZ
@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = with_language(Path(folder)) / policy.FILE
        file.parent.mkdir()
        file.write_bytes(content)
        try:
            policy.read(Path(folder))
        except ProblemsError as error:
            names_its_place(error, policy.FILE)


def test_anchors_merges_tags_and_bombs_are_read_or_refused() -> None:
    bomb = "\n".join(
        ["a0: &a0 [x, x]", *(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 60))]
    )
    for text in (
        bomb,
        "values:\n  thing: {value: *none}",
        "values: &v\n  <<: *v\n",
        "values: &v [*v]\n",
        "base: &b {kind: label}\nvalues: {x: {value: {<<: *b, text: Hi}}}\n",
        "values: !!python/object/apply:os.system ['true']\n",
        "values: !!binary aGk=\n",
        "values: !!set {a, b}\n",
        "values: !unknown {}\n",
        "? [complex, key]\n: value\n",
        "values: 0o7777777777777777777777777777\n",
        "values: " + "9" * 10_000 + "\n",
        "values: .inf\n",
        "%YAML 9.9\n---\nvalues: {}\n",
        "a: 1\n---\nb: 2\n",
    ):
        read_policy(text)
        if not re.search(r"^---", text, re.MULTILINE):
            read_page(f"---\n{text}\n---\nBody\n")
