"""Values that shoppers call, write to or open: a phone number, an e-mail or web address."""

from typing import Annotated, Literal

from markupsafe import Markup
from pydantic import Field

from macros.strict_yaml import EMAIL, PHONE, WEB
from macros.values import Value, verbatim
from macros.wording import Wording


class _Contact(Value):
    """What a link opens."""

    FORMS = frozenset({"plain"})
    LEADS_TO_KEY_DATES = False

    def _html(self) -> Markup:
        words = verbatim(self._words(self._wording))
        return Markup('<a href="{}">{}</a>').format(self._address(), words)

    def _address(self) -> str:
        raise NotImplementedError


class Phone(_Contact):
    """A phone number: +44 20 7946 0018."""

    kind: Literal["phone"]
    number: Annotated[str, Field(pattern=PHONE)]

    def _address(self) -> str:
        return f"tel:{self.number.replace(' ', '')}"

    def _words(self, words: Wording) -> str:
        return self.number


class Email(_Contact):
    """An e-mail address: help@example.com."""

    kind: Literal["email"]
    address: Annotated[str, Field(pattern=EMAIL)]

    def _address(self) -> str:
        return f"mailto:{self.address}"

    def _words(self, words: Wording) -> str:
        return self.address


class Web(_Contact):
    """A web address, which reads without its scheme: example.com/help."""

    kind: Literal["web"]
    address: Annotated[str, Field(pattern=WEB)]

    def _address(self) -> str:
        return self.address

    def _words(self, words: Wording) -> str:
        return self.address.removeprefix("https://").removesuffix("/")
