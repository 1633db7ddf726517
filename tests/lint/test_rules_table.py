"""CONTRIBUTING.md lists every lint rule, in the words of the rule's own docstring."""

from helpcentre import lint
from tests.project import ROOT


def test_the_table_of_rules_is_complete() -> None:
    rules = {
        *lint.PAGE_RULES,
        *lint.TRANSLATION_RULES,
        *lint.RENDERED_RULES,
        *lint.PROJECT_RULES,
        *lint.LANGUAGE_RULES,
        *lint.SHOWN_RULES,
        *lint.EDITORIAL_RULES,
        *lint.WARNINGS,
    }
    rows = []
    for rule in rules:
        id_ = rule.__name__.rpartition(".")[2].replace("_", "-")
        meaning = (rule.__doc__ or "").splitlines()[0].rstrip(".")
        rows.append(f"| `{id_}` | {meaning} |")
    table = "\n".join(sorted(rows))
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert table in text, f"the table in CONTRIBUTING.md should be:\n{table}"
