"""Values on a page, each a link to its row on the page of key dates."""

import posixpath
from typing import Any, Self

from markupsafe import Markup, escape

from macros.policy import Policy
from macros.values import Value

KEY_DATES = "key-dates/"
"""The address of the page that lists all values."""


class LinkedPolicy:
    """The values of a day by name, for a page from which `key_dates` is the address of the list."""

    def __init__(self, policy: Policy, key_dates: str) -> None:
        self._policy, self._key_dates = policy, key_dates

    @classmethod
    def on_page(cls, policy: "Policy | Self", url: str, key_dates: str = KEY_DATES) -> Self:
        """Return the values for the page at `url`; both addresses are relative to the site's."""
        values = policy._policy if isinstance(policy, LinkedPolicy) else policy
        return cls(values, f"{posixpath.relpath(key_dates, url or '.')}/")

    def __dir__(self) -> list[str]:
        return dir(self._policy)

    def __getattr__(self, name: str) -> "LinkedValue":
        value = getattr(self._policy, name)
        return LinkedValue(value, f"{self._key_dates}#{name}")


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
