"""A shell in a folder of a server, or of this machine, that holds the folder's lock."""

import re
import shlex
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import IO, cast

DESTINATION = re.compile(r"(?:(?P<host>[^-:/][^:/]*):)?(?P<folder>/(?!/).*[^/])/*")
"""An absolute path, such as /srv/help-centre, or user@host:/srv/help-centre."""
SSH = ("ssh", "-o", "ConnectTimeout=20", "-o", "ServerAliveInterval=10")
MAX_SECONDS = 3600
"""After which the server frees the lock of a publisher whose network was lost."""
_LOCKED = 9
"""Exit status of flock if somebody else holds the lock."""
_ENDED = "ended:"
"""What the shell prints after each script, with the script's number and its exit status."""


class Server:
    """The shell. What was sent to it is finished even if this process is killed.

    Only then is the lock free: no step of a killed publisher comes after those of the next one.
    """

    def __init__(self, to: str, *, create: bool) -> None:
        """Go to the folder `to`, a DESTINATION; `create` it if it does not exist."""
        parts = DESTINATION.fullmatch(to)
        if not parts:
            raise ValueError(f"expected an absolute path, found '{to}'")
        host, self.address = parts["host"], to.rstrip("/")
        folder = shlex.quote(parts["folder"])
        command = (
            f"{f'mkdir -p {folder}/releases && ' if create else ''}cd {folder} && exec flock "
            f"--nonblock --conflict-exit-code {_LOCKED} .lock timeout {MAX_SECONDS} sh"
        )
        self._shell = subprocess.Popen(
            # Ctrl-C is for this process alone, which then tells the server what to undo.
            ["sh", "-c", "trap '' INT; exec \"$@\"", "sh"]
            + ([*SSH, host, command] if host else ["sh", "-c", command]),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._input = cast(IO[str], self._shell.stdin)
        self._output = cast(IO[str], self._shell.stdout)
        self._count = 0

    def run(self, script: str) -> str:
        """Run `script` in the folder, and return its output. Raises SystemExit if it fails."""
        lines: list[str] = []
        self._count += 1
        with suppress(BrokenPipeError):
            self._input.write(f"({script}\n) < /dev/null; echo {_ENDED} {self._count} $?\n")
            self._input.flush()
        for line in self._output:
            if line.startswith(f"{_ENDED} {self._count} "):
                if not line.endswith(" 0\n"):
                    raise SystemExit("the server reported an error: see above")
                return "".join(lines).strip()
            lines.append(line)
            if line.startswith(_ENDED):  # of a script that Ctrl-C interrupted the wait for
                lines.clear()
        raise SystemExit("the connection to the server was lost")

    def close(self) -> int:
        """Free the lock once all scripts have ended; return the exit status of the shell."""
        with suppress(BrokenPipeError):
            self._input.close()
        self._output.close()
        return self._shell.wait()


@contextmanager
def locked(to: str, *, create: bool = True) -> Iterator[Server]:
    """Yield the server of the folder `to`, which it may `create`, and hold its lock.

    Raises SystemExit if somebody else is publishing there, or if the server cannot be reached.
    """
    server = Server(to, create=create)
    try:
        server.run("true")
    except SystemExit:
        if server.close() != _LOCKED:
            raise SystemExit(f"cannot write to {server.address}: see above") from None
        raise SystemExit(
            "somebody else is publishing there: wait, and publish again "
            f"(the lock of a lost connection is freed after {MAX_SECONDS // 60} minutes)"
        ) from None
    try:
        yield server
    finally:
        server.close()
