"""The address at which shoppers reach customer care, if the site names one."""

from macros.problem import Problem

FILE = "mkdocs.yml"


def check(address: object) -> list[Problem]:
    """Return a problem if `address`, extra.contact_url as MkDocs has read it, can be no link."""
    if not address or str(address).startswith(("https://", "mailto:")):
        return []
    message = f"contact_url (CONTACT_URL): expected https://... or mailto:..., found '{address}'"
    return [Problem(FILE, 1, message)]
