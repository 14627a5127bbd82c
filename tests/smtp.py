"""A real SMTP server on loopback, for tests of what sends letters."""

import socket
import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP

GREETING, OPENED, SENDER, ADDRESS, LETTER, TAKEN = (
    "greeting", "opened", "sender", "address", "letter", "taken",
)  # fmt: skip


@dataclass
class Server:
    """Keeps what it takes; refuses addresses, breaks off, and tells a test how far a letter is.

    ``answers`` gives the answer to a recipient (``550 5.1.1 …``); ``says`` the answer to a letter.
    ``watch`` is called with how far the talk came: before the answer to it goes out.
    """

    port: int = 0
    letters: list[EmailMessage] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)
    says: str = ""
    breaks_after_letter: bool = False
    watch: Callable[[str], None] = lambda where: None
    _controller: Controller | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def up(self) -> None:
        if self._controller is None:
            self.port = self.port or _free_port()
            self._controller = Controller(self, hostname="127.0.0.1", port=self.port)
            self._controller.start()

    def down(self) -> None:
        if self._controller is not None:
            self._controller.stop(no_assert=True)
            self._controller = None

    def begin_again(self) -> None:
        """As if nothing had come yet, and everything is welcome."""
        self.letters.clear()
        self.answers.clear()
        self.says, self.breaks_after_letter, self.watch = "", False, lambda where: None
        self.up()

    def ids(self) -> Counter[str]:
        """How often each letter was taken."""
        with self._lock:
            return Counter(str(letter["Message-ID"]) for letter in self.letters)

    async def handle_EHLO(self, server, session, envelope, hostname, responses):
        session.host_name = hostname
        self.watch(OPENED)
        return responses

    async def handle_MAIL(self, server, session, envelope, address, options):
        self.watch(SENDER)
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server: SMTP, session, envelope, address, options):
        self.watch(ADDRESS)
        if answer := self.answers.get(address):
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session, envelope):
        self.watch(LETTER)
        if self.says:
            return self.says
        with self._lock:
            self.letters.append(message_from_bytes(envelope.content, policy=policy.default))
        if self.breaks_after_letter:
            server.transport.abort()
        self.watch(TAKEN)
        return "250 OK"


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]
