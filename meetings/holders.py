"""Which process holds a row, told so that a dead one is known for dead and never a living one.

A name is the machine's boot, the process's name space, its number and the moment it began: a number
alone is given again, and two containers may both call themselves by the same host name.
"""

import os
import socket
from functools import cache
from pathlib import Path


def name() -> str:
    """The name of this process; at most 80 signs."""
    return f"{_home()}{os.getpid()}:{_begun(os.getpid())}"


def boot() -> str:
    """This run of this machine: another one after each start of it."""
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()[:36]
    except OSError:  # not Linux
        return socket.gethostname()[:36]


def is_gone(holder: str) -> bool:
    """Whether that was a process of this machine that is not there any more."""
    if not holder.startswith(_home()):
        return False
    number, _colon, begun = holder.removeprefix(_home()).partition(":")
    return not (_lives(int(number)) and _begun(int(number)) == begun)


@cache
def _home() -> str:
    try:
        space = Path("/proc/self/ns/pid").readlink().name.strip("pid:[]")
    except OSError:
        space = ""
    return f"{boot()}:{space}:"


def _begun(number: int) -> str:
    try:
        # The name of the program stands in brackets and may hold anything; the rest is figures.
        return Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[19]
    except (OSError, IndexError):
        return ""


def _lives(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
