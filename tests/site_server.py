"""Serves a built site on loopback as static hosts do, under a path, with its own 404 page."""

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from queue import SimpleQueue
from types import MappingProxyType
from typing import IO

NO_HEADERS: Mapping[str, str] = MappingProxyType({})


class _Handler(SimpleHTTPRequestHandler):
    base = "/"
    headers_sent = NO_HEADERS
    posted: "SimpleQueue[str]"

    def send_head(self) -> IO[bytes] | None:  # type: ignore[override]
        path = self.path.partition("?")[0]
        if not path.startswith(self.base) or not Path(self.translate_path(self.path)).exists():
            page = (Path(self.directory) / "404.html").read_bytes()
            self.send_response(404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(page)))
            self.end_headers()
            return BytesIO(page)
        return super().send_head()

    def do_POST(self) -> None:
        self.posted.put(self.path)
        self.send_response(204)
        self.end_headers()

    def end_headers(self) -> None:
        for name, value in self.headers_sent.items():
            self.send_header(name, value)
        super().end_headers()

    def translate_path(self, path: str) -> str:
        return super().translate_path("/" + path.removeprefix(self.base))

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def serving(
    site: Path,
    base: str = "/",
    headers: Mapping[str, str] = NO_HEADERS,
    posted: "SimpleQueue[str] | None" = None,
) -> Iterator[str]:
    """Serve `site` under `base` with these headers; yield its address, with a slash at the end.

    What is posted is answered with nothing, and its address put into `posted`.
    """
    own = {"base": base, "headers_sent": headers, "posted": posted or SimpleQueue()}
    handler = type("Handler", (_Handler,), own)
    server = ThreadingHTTPServer(
        ("127.0.0.1", 0), lambda *args: handler(*args, directory=str(site))
    )
    # It looks this often whether it is to stop, for which hundreds of tests wait.
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}{base}"
    finally:
        server.shutdown()
        server.server_close()
