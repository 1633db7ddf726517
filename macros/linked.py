"""Values on a page, each a link to its row on the page of key dates."""

import posixpath
from typing import Any

from markupsafe import Markup, escape

from macros.policy import Policy
from macros.values import Value

KEY_DATES = "key-dates/"
"""The address of the page that lists all values."""


class LinkedPolicy(Policy):
    """The same values for the page at `url`; both addresses are relative to the site's."""

    def __init__(self, policy: Policy, url: str, key_dates: str = KEY_DATES) -> None:
        super().__init__(policy._values)
        self._key_dates = f"{posixpath.relpath(key_dates, url or '.')}/"

    def __getattr__(self, name: str) -> Any:
        return LinkedValue(super().__getattr__(name), f"{self._key_dates}#{name}")


class LinkedValue:
    """A value whose text is a link, if its kind leads to the key dates; its forms are escaped."""

    def __init__(self, value: Value, href: str) -> None:
        self._value, self._href = value, href

    @property
    def forms(self) -> frozenset[str]:
        """The forms that pages may name."""
        return self._value.forms

    def hint(self, form: str) -> str:
        """Return where a language would name the form `form`, which the value does not have."""
        return self._value.hint(form)

    def __html__(self) -> Markup:
        if not self._value.LEADS_TO_KEY_DATES:
            html = self._value.__html__()
            is_one_label = html.count("<") <= 2 and "<a " not in html
            # Where markup cannot be shown, this element says where the value begins and ends.
            return (
                html if is_one_label else Markup('<bdi class="value-whole">{}</bdi>').format(html)
            )
        return Markup('<a class="row" href="{}">{}</a>').format(self._href, self._value)

    def __str__(self) -> str:
        return str(self.__html__())

    def __getattr__(self, form: str) -> Any:
        if form not in self._value.forms:
            raise AttributeError(form)
        part = getattr(self._value, form)
        return LinkedValue(part, self._href) if isinstance(part, Value) else escape(part)
