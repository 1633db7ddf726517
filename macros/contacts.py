"""Values that shoppers call, write to or open: a phone number, an e-mail or web address."""

from typing import Annotated, Literal

from markupsafe import Markup
from pydantic import Field

from macros.strict_yaml import EMAIL, PHONE, WEB
from macros.values import Value, verbatim


class _Contact(Value):
    FORMS = frozenset({"plain"})
    LEADS_TO_KEY_DATES = False

    def _link(self, address: str, words: str) -> Markup:
        return Markup('<a href="{}">{}</a>').format(address, verbatim(words))


class Phone(_Contact):
    """A phone number: +44 20 7946 0018."""

    kind: Literal["phone"]
    number: Annotated[str, Field(pattern=PHONE)]

    def _html(self) -> Markup:
        return self._link(f"tel:{self.number.replace(' ', '')}", self.number)


class Email(_Contact):
    """An e-mail address: help@example.com."""

    kind: Literal["email"]
    address: Annotated[str, Field(pattern=EMAIL)]

    def _html(self) -> Markup:
        return self._link(f"mailto:{self.address}", self.address)


class Web(_Contact):
    """A web address, which reads without its scheme: example.com/help."""

    kind: Literal["web"]
    address: Annotated[str, Field(pattern=WEB)]

    def _html(self) -> Markup:
        words = self.address.removeprefix("https://").removesuffix("/")
        return self._link(self.address, words)
