"""What `mkdocs serve` makes once somebody asks for it: the pages and the index of a language."""

import threading
from collections.abc import Callable
from typing import Any


class OnDemand:
    """What is made when a path is first asked for that has a part of its own."""

    def __init__(self) -> None:
        """Begin with nothing to make."""
        self.lock = threading.RLock()
        """Held while a build runs, and while something is made."""
        self.makers: dict[str, Callable[[], None]] = {}
        """By the part of paths. MkDocs empties the folder that it serves before each build, and
        so none is left from before it."""

    def app(self, serve: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
        """Return the WSGI app that makes what a path needs before `serve` answers."""

        def answer(environ: Any, start_response: Any) -> Any:
            started: list[Any] = []
            self._make(environ["PATH_INFO"])
            body = serve(environ, lambda *args: started.append(args))
            while self._make(environ["PATH_INFO"]):  # a build has replaced the site meanwhile
                body = serve(environ, lambda *args: started.append(args))
            start_response(*started[-1])
            return body

        return answer

    def _make(self, path: str) -> bool:
        """Make what `path` needs, and return whether that was anything."""
        with self.lock:
            parts = [part for part in self.makers if part in path]
            for part in parts:
                self.makers.pop(part)()
        return bool(parts)
