"""An SSH server on loopback, to publish to as to a server elsewhere; ssh and rsync are real.

`python -m tests.ssh_server FOLDER PORT` runs it, for whoever holds the key FOLDER/key.
"""

import asyncio
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import asyncssh

from tests.project import ROOT, free_port

HOST = "host"
"""The server's name for ssh."""
_PIECE = 65_536
"""Bytes that are handed on at a time."""
_CONFIG = """Host {host}
  HostName 127.0.0.1
  Port {port}
  User user
  IdentityFile {folder}/key
  IdentitiesOnly yes
  BatchMode yes
  StrictHostKeyChecking accept-new
  UserKnownHostsFile {folder}/known
"""


@dataclass
class SshServer:
    """A running server, and where its clients find what they need."""

    folder: Path
    process: "subprocess.Popen[bytes]"

    @property
    def path(self) -> str:
        """A PATH with an ssh that knows the server."""
        return f"{self.folder}:{os.environ['PATH']}"

    def change_key(self) -> None:
        """Give the client a key that the server does not know."""
        _new_key(self.folder)

    def lose(self) -> None:
        """End all connections, as a lost network does; what runs on the server goes on."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()


def _new_key(folder: Path) -> str:
    key = asyncssh.generate_private_key("ssh-ed25519")
    (folder / "key").unlink(missing_ok=True)
    key.write_private_key(folder / "key")
    (folder / "key").chmod(0o600)
    public: str = key.export_public_key().decode()
    return public


@contextmanager
def running(folder: Path) -> Iterator[SshServer]:
    """Run the server, with its files in `folder`."""
    port = free_port()
    folder.mkdir()
    (folder / "known_keys").write_text(_new_key(folder), encoding="utf-8")
    (folder / "config").write_text(
        _CONFIG.format(host=HOST, port=port, folder=folder), encoding="utf-8"
    )
    real = subprocess.run(["which", "ssh"], capture_output=True, text=True, check=True).stdout
    (folder / "ssh").write_text(f'#!/bin/sh\nexec {real.strip()} -F {folder}/config "$@"\n')
    (folder / "ssh").chmod(0o755)
    # asyncssh warns of each connection that a client breaks.
    command = [sys.executable, "-W", "ignore", "-m", "tests.ssh_server", str(folder), str(port)]
    process = subprocess.Popen(command, cwd=ROOT)
    try:
        while not _answers(port):
            assert process.poll() is None
            time.sleep(0.05)
        yield SshServer(folder, process)
    finally:
        process.kill()
        process.wait()


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


async def _execute(client: asyncssh.SSHServerProcess[bytes]) -> None:
    command = await asyncio.create_subprocess_shell(
        client.command or "exit 1",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    feeding = asyncio.create_task(_feed(command, client))
    await client.redirect(stdout=command.stdout, stderr=command.stderr)
    client.exit(await command.wait())
    feeding.cancel()


async def _feed(
    command: asyncio.subprocess.Process, client: asyncssh.SSHServerProcess[bytes]
) -> None:
    """Hand on what the client sends. Where the command has ended, asyncssh would break off."""
    to = command.stdin
    with suppress(OSError, asyncssh.Error):
        while to and (content := await client.stdin.read(_PIECE)):
            to.write(content)
            await to.drain()
    if to:
        to.close()


async def _serve(folder: Path, port: int) -> None:
    server = await asyncssh.listen(
        "127.0.0.1",
        port,
        server_host_keys=[asyncssh.generate_private_key("ssh-ed25519")],
        authorized_client_keys=str(folder / "known_keys"),
        process_factory=_execute,
        encoding=None,
    )
    await server.wait_closed()


if __name__ == "__main__":
    asyncio.run(_serve(Path(sys.argv[1]), int(sys.argv[2])))
