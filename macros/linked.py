"""Values on a page, each a link to its row on the page of key dates.

Names of buttons and places stay as they are: a button that is a link would mislead.
"""

from typing import Any

from markupsafe import Markup

from macros.policy import Policy
from macros.values import Label, Place, Value


class LinkedPolicy:
    """The values of a day by name, for a page from which `key_dates` leads to the page of all."""

    def __init__(self, policy: Policy, key_dates: str) -> None:
        self._policy, self._key_dates = policy, key_dates

    def __getattr__(self, name: str) -> "Value | Linked":
        value: Value = getattr(self._policy, name)
        if isinstance(value, Label | Place):
            return value
        return Linked(value, f"{self._key_dates}#{name}")


class Linked:
    """A value whose text is a link; its forms are the value's own."""

    def __init__(self, value: Value, href: str) -> None:
        self._value, self._href = value, href

    def __html__(self) -> Markup:
        return Markup('<a class="row" href="{}">{}</a>').format(self._href, self._value)

    def __str__(self) -> str:
        return str(self.__html__())

    def __getattr__(self, form: str) -> Any:
        return getattr(self._value, form)
