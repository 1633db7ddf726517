"""CONTRIBUTING.md lists every lint rule, in the words of the rule's own docstring."""

from importlib import import_module
from pkgutil import iter_modules

from helpcentre import lint
from tests.project import ROOT


def test_the_table_of_rules_is_complete() -> None:
    rows = []
    for module in iter_modules(lint.__path__, "helpcentre.lint."):
        rule = import_module(module.name) if not module.name.endswith("__main__") else None
        if hasattr(rule, "check") or hasattr(rule, "check_rendered"):
            id_ = module.name.rpartition(".")[2].replace("_", "-")
            rows.append(f"| `{id_}` | {(rule.__doc__ or '').splitlines()[0].rstrip('.')} |")
    table = "\n".join(sorted(rows))
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert table in text, f"the table in CONTRIBUTING.md should be:\n{table}"
