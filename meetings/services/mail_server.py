"""The mail server as the outbox sees it: it takes a letter, refuses it, or is away."""

import logging
import smtplib
import socket
from contextlib import suppress
from time import monotonic

from django.core import mail

from meetings.notes import Note, Word

log = logging.getLogger("akimat.outbox")
# A letter is not offered any more after so long a talk: another worker may soon take it up.
LONGEST_TALK = 300
NOT_NOW = 421


class Away(Exception):
    """No server to talk to: that is no letter's fault."""


class Broken(Exception):
    """The talk about this letter broke off."""


class NotTaken(Exception):
    """The server said no to this letter; ``is_final``: and will not say otherwise later."""

    def __init__(self, code: int, *, is_final: bool = False):
        super().__init__(f"SMTP {code}")
        self.is_final = is_final


class MailServer:
    """One connection for the letters of a round, opened when the first one goes.

    What goes wrong is told without the server's words: they often name the address.
    """

    def __init__(self):
        self.connection = mail.get_connection()
        self.is_open = False

    def __enter__(self):
        return self

    def __exit__(self, *_error):
        self._close()

    def send(self, message: mail.EmailMessage, note: Note) -> None:
        """Hand one letter over and note how far it came. Raises Away, Broken, NotTaken."""
        self._open()
        began = monotonic()

        def last_line(sock: socket.socket, line: bytes) -> None:
            if monotonic() - began > LONGEST_TALK:
                raise TimeoutError("The server was too slow.")
            note.send(sock, line)

        # Only SMTP has such a line (akimat/smtp.py).
        setattr(self.connection, "last_line", last_line)  # noqa: B010
        try:
            self.connection.send_messages([message])
        except smtplib.SMTPRecipientsRefused as refused:
            raise self._of_addresses(refused.recipients) from None
        except smtplib.SMTPResponseException as refused:
            raise self._of_code(refused.smtp_code) from None
        except (smtplib.SMTPException, OSError) as error:
            self._close()
            raise Broken(type(error).__name__) from None
        with suppress(OSError):  # what was noted before already says enough
            note.say(Word.TAKEN)

    def _open(self) -> None:
        if self.is_open:
            return
        try:
            self.connection.open()
        except (smtplib.SMTPException, OSError) as error:
            raise Away(type(error).__name__) from None
        self.is_open = True

    def _close(self) -> None:
        if self.is_open:
            self.is_open = False
            with suppress(smtplib.SMTPException, OSError):
                self.connection.close()

    def _of_addresses(self, refused: dict[str, tuple[int, bytes]]) -> Away | NotTaken:
        code, words = max(refused.values())
        # 5.7: the server's rules about senders, not this address; staff mend that (RFC 3463, 3.8).
        is_final = code >= 500 and not words.startswith(b"5.7.")
        return NotTaken(code, is_final=True) if is_final else self._of_code(code)

    def _of_code(self, code: int) -> Away | NotTaken:
        if code != NOT_NOW:
            return NotTaken(code)
        self._close()
        return Away(f"SMTP {code}")
