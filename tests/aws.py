"""The AWS client, which takes half a second to load, loaded once for all tests of a worker.

`python -m tests.aws SOCKET` waits for commands at a socket, each of which runs in a fork of it. The
program `aws` of tests/servers.py sends them: its arguments, folder, environment and streams. When
that is killed, so is the fork.
"""

import json
import os
import signal
import socket
import sys
import threading

from awscli import clidriver

MOST = 1 << 20
"""Bytes of a message."""


def serve(path: str) -> None:
    """Wait at the socket `path`; say on standard output when. In each fork this runs a command."""
    driver = clidriver.create_clidriver()
    driver.session.create_client("s3", region_name="us-east-1")  # loads what each command needs
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for the forks
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as server:
        server.bind(path)
        server.listen()
        print("ready", flush=True)
        while True:
            client, _ = server.accept()
            if not os.fork():
                break
            client.close()
    message, streams, _, _ = socket.recv_fds(client, MOST, 3)
    words, folder, environment = json.loads(message)
    for own, stream in enumerate(streams):
        os.dup2(stream, own)
    os.chdir(folder)
    os.environ.update(environment)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    threading.Thread(target=_end_with, args=[client], daemon=True).start()
    try:
        code = driver.main(words)
    except SystemExit as end:
        code = end.code
    sys.stdout.flush()
    sys.stderr.flush()
    client.send(bytes([int(code or 0)]))


def _end_with(client: socket.socket) -> None:
    """End this process when the client's ends."""
    if not client.recv(1):
        os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    serve(sys.argv[1])
