"""CONTRIBUTING.md lists every lint rule, in the words of the rule's own docstring."""

from types import ModuleType

from helpcentre import lint
from tests.project import ROOT


def test_the_table_of_rules_is_complete() -> None:
    lists = [rules for rules in vars(lint).values() if isinstance(rules, tuple)]
    rules = {rule for rules in lists for rule in rules if isinstance(rule, ModuleType)}
    rows = []
    for rule in rules:
        id_ = rule.__name__.rpartition(".")[2].replace("_", "-")
        meaning = (rule.__doc__ or "").splitlines()[0].rstrip(".")
        rows.append(f"| `{id_}` | {meaning} |")
    table = "\n".join(sorted(rows))
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert table in text, f"the table in CONTRIBUTING.md should be:\n{table}"
