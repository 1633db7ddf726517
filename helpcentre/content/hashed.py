"""Files whose names carry a hash of their content, so that browsers may keep them for ever."""

import hashlib

FOLDERS = ("assets/", "calendars/", "search/")
"""Folders of the built site in which every file has such a name."""


def digest(content: bytes) -> str:
    """Return the hash of `content` that names carry: ten hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()[:10]


def of_words(*parts: str) -> str:
    """Return the hash of words, whatever white space is between them; `parts` stay apart."""
    return digest("\n".join(" ".join(part.split()) for part in parts).encode())


def named(path: str, content: bytes) -> str:
    """Return `path`, such as search/worker.js, with the hash: search/worker.1a2b3c4d5e.js."""
    stem, dot, extension = path.rpartition(".")
    return f"{stem}.{digest(content)}{dot}{extension}"
