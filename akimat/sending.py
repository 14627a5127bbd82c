"""Bytes that go out and are noted as gone in one step: a killed process cannot stop in between.

``sendmmsg(2)`` writes into the memory it was given how much it has sent, before it comes back. When
that memory is a file's, the note stands there however the process ends.
"""

import ctypes
import errno
import mmap
import select
import socket
import ssl
from typing import Any


class _Part(ctypes.Structure):
    """``struct iovec``"""

    _fields_ = (("base", ctypes.c_void_p), ("length", ctypes.c_size_t))


class _Head(ctypes.Structure):
    """``struct msghdr``"""

    _fields_ = (
        ("name", ctypes.c_void_p), ("name_length", ctypes.c_uint32),
        ("parts", ctypes.c_void_p), ("part_count", ctypes.c_size_t),
        ("control", ctypes.c_void_p), ("control_length", ctypes.c_size_t),
        ("flags", ctypes.c_int),
    )  # fmt: skip


class _Message(ctypes.Structure):
    """``struct mmsghdr``"""

    _fields_ = (("head", _Head), ("sent", ctypes.c_uint32))


SIZE = ctypes.sizeof(_Message)
_SENT = slice(_Message.sent.offset, _Message.sent.offset + _Message.sent.size)
_sendmmsg: Any = getattr(ctypes.CDLL(None, use_errno=True), "sendmmsg", None)


def can_note(sock: socket.socket) -> bool:
    """Not inside TLS, where the library of TLS does the sending, and on Linux alone."""
    return _sendmmsg is not None and not isinstance(sock, ssl.SSLSocket)


def send(sock: socket.socket, line: bytes, memory: mmap.mmap, offset: int) -> None:
    """Send a short line and note it at ``offset`` in shared memory, ``SIZE`` bytes of it.

    Raises OSError when it was not sent, TimeoutError when the time of the socket has run out.
    """
    message = _Message.from_buffer(memory, offset)
    text = ctypes.create_string_buffer(line, len(line))
    part = _Part(ctypes.addressof(text), len(line))
    message.sent = 0
    message.head.parts, message.head.part_count = ctypes.addressof(part), 1
    try:
        while _sendmmsg(sock.fileno(), ctypes.byref(message), 1, socket.MSG_NOSIGNAL) != 1:
            if (error := ctypes.get_errno()) != errno.EAGAIN:
                raise OSError(error, "The line was not sent.")
            if not select.select([], [sock], [], sock.gettimeout())[1]:
                raise TimeoutError("The line could not be sent in time.")
        if rest := line[message.sent :]:  # the buffer was almost full
            sock.sendall(rest)
    finally:
        message.head.parts = message.head.part_count = 0
        del message


def was_sent(kept: bytes) -> bool:
    """Whether the ``SIZE`` bytes of an earlier ``send`` say that the line went out."""
    return any(kept[_SENT])
