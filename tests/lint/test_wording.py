"""A value that cannot be put into words is an error of policy.yml, whether or not a page states it."""

import pytest
from markupsafe import Markup

from macros.policy import FILE
from macros.values import Duration, Label
from tests.project import Project, problems


def test_a_value_that_cannot_be_worded_is_an_error(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Duration, "_words", lambda *_: 1 / 0)
    project.edit(FILE, "\n", "\n# Values that were read before have their words.\n")
    line = project.line_of(FILE, "  seller_response_time:")
    message = "'seller_response_time' cannot be worded: ZeroDivisionError('division by zero')"
    where = "its words are in languages/en/language.yml"
    assert f"{FILE}:{line}: {message}; {where} [wording]" in problems(project)


def test_a_value_of_another_day_is_worded_too(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So that no change stops a build on its own day."""
    project.set_value(
        "reason_other",
        "rows:\n      - {from: 2020-01-01, value: {kind: label, text: Other reason}}\n"
        "      - {from: 2027-03-01, value: {kind: label, text: Unspeakable}}",
    )
    html = Label._html

    def fail(label: Label) -> Markup:
        if label.text == "Unspeakable":
            raise KeyError(label.text)
        return html(label)

    monkeypatch.setattr(Label, "_html", fail)
    line = project.line_of(FILE, "  reason_other:")
    message = (
        "'reason_other' cannot be worded: KeyError('Unspeakable'); its words are in"
        " languages/en/language.yml"
    )
    assert problems(project) == [f"{FILE}:{line}: {message} [wording]"]
