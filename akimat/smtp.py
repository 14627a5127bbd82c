"""SMTP as Django sends it, but for the last line of a letter: who sends may hand it over himself.

Until that line a server has nothing (RFC 5321, 4.1.1.4), after it the letter is the server's: so
this moment decides what a worker that was killed has done.
"""

import re
import smtplib
import socket
from collections.abc import Callable

from django.core.mail.backends.smtp import EmailBackend

# The server may look at the letter for long before it answers (RFC 5321, 4.5.3.2.6: ten minutes);
# a letter that is given up too early is sent twice.
ANSWER_SECONDS = 300
LastLine = Callable[[socket.socket, bytes], None]


class SmtpBackend(EmailBackend):
    """``last_line`` is called for each letter with the connection's socket and the line, and sends
    it; what it raises keeps the letter back."""

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.last_line: LastLine = socket.socket.sendall

    @property
    def connection_class(self):
        kind = _SecretSession if self.use_ssl else _Session
        return lambda *args, **options: kind(*args, ends=self._end, **options)

    def _end(self, sock: socket.socket, line: bytes) -> None:
        self.last_line(sock, line)


class _Session(smtplib.SMTP):
    def __init__(self, *args, ends: LastLine, **options):
        self.ends = ends
        super().__init__(*args, **options)

    def data(self, msg):
        self.putcmd("data")
        code, words = self.getreply()
        if code != 354:
            raise smtplib.SMTPDataError(code, words)
        # Without it the last line, a packet of its own, waits for the answer to the one before.
        self._socket().setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        text = re.sub(rb"(?m)^\.", b"..", msg)
        self.send(text if text.endswith(b"\r\n") else text + b"\r\n")
        return self._last_line(self._socket())

    def _last_line(self, sock: socket.socket):
        usual = sock.gettimeout()
        sock.settimeout(ANSWER_SECONDS)
        try:
            self.ends(sock, b".\r\n")
        except BaseException:
            self.close()  # there is no other way to take back what was not ended
            raise
        try:
            return self.getreply()
        finally:
            if self.sock is not None:
                self.sock.settimeout(usual)

    def _socket(self) -> socket.socket:
        if self.sock is None:
            raise smtplib.SMTPServerDisconnected("The connection is closed.")
        return self.sock


class _SecretSession(_Session, smtplib.SMTP_SSL):
    """The same inside TLS from the first word."""
