"""Programs in Python, loaded once: each command runs in a fork of a process that has its modules.

`python -m tests.forks SOCKET MODULE ...` imports the modules, says so, and runs commands that come
by the socket until its own standard input ends. A command is a byte with three streams, and a line
of JSON: [words, folder, environment]. The first word is what follows `python -m`, or a function of
a module, such as `tests.aws:main`. The answer is the code with which it ends. If the client hangs up,
the command is ended, with all processes that it started.
"""

import atexit
import gc
import json
import os
import runpy
import select
import signal
import socket
import sys
import threading
import time
from importlib import import_module
from pathlib import Path


def serve(path: str) -> None:
    """Run commands, each in a fork, until standard input ends."""
    threads = Path("/proc/self/task")  # as Linux shows them
    assert not threads.exists() or len(list(threads.iterdir())) == 1, "a fork would lack the others"
    gc.freeze()  # so that forks share what is loaded
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for the forks
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(path)
        server.listen()
        print("ready", flush=True)
        while sys.stdin not in select.select([sys.stdin, server], [], [])[0]:
            client, _ = server.accept()
            if not os.fork():
                server.close()
                _run(client)
            client.close()


def _run(client: socket.socket) -> None:
    """Run the command that a client sends, and end. Its code is sent after its own exit handlers."""
    os.setpgid(0, 0)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    _, streams, _, _ = socket.recv_fds(client, 1, 3)
    with client.makefile() as command:
        (program, *words), folder, environment = json.loads(command.readline())
    for own, stream in enumerate(streams):
        os.dup2(stream, own)
        os.close(stream)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    time.tzset()
    codes: list[int] = []
    threading.Thread(target=_end_with, args=[client, codes], daemon=True).start()
    atexit.register(_answer, client, codes)
    module, _, function = program.partition(":")
    sys.argv = [program, *words]
    try:
        if function:
            sys.exit(getattr(import_module(module), function)())
        is_package = hasattr(sys.modules.get(module), "__path__")
        sys.modules.pop(f"{module}.__main__" if is_package else module, None)  # it is run anew
        runpy.run_module(module, run_name="__main__", alter_sys=True)
        sys.exit()
    except SystemExit as end:
        codes.append(end.code if isinstance(end.code, int) else bool(end.code))
        raise


def _answer(client: socket.socket, codes: list[int]) -> None:
    sys.stdout.flush()
    sys.stderr.flush()
    client.send(bytes(codes or [1]))


def _end_with(client: socket.socket, codes: list[int]) -> None:
    """Kill this process, and those that it started, if the client hangs up before it ends."""
    if not client.recv(1) and not codes:
        os.killpg(0, signal.SIGKILL)


if __name__ == "__main__":
    for name in sys.argv[2:]:
        import_module(name)
    serve(sys.argv[1])
