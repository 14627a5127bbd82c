"""The mailbox of a site on one's own machine: each letter a file that can be opened."""

import mailbox
from dataclasses import dataclass
from email import message_from_bytes, policy
from pathlib import Path

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend


def box() -> mailbox.Maildir:
    """The folder of letters, made when it is not there."""
    folder = Path(settings.MAILBOX)
    folder.parent.mkdir(parents=True, exist_ok=True)
    return mailbox.Maildir(folder, create=True)


class MailboxBackend(BaseEmailBackend):
    """Puts letters into the mailbox instead of sending them."""

    def send_messages(self, email_messages) -> int:
        kept = box()
        for message in email_messages:
            kept.add(message.message().as_bytes())
        return len(email_messages)


@dataclass(frozen=True, slots=True)
class Shown:
    """A letter as a page shows it."""

    to: str
    subject: str
    when: str
    body: str


def newest(most: int) -> list[Shown]:
    """The letters that came last, newest first; one that went away meanwhile is left out."""
    kept = box()
    files = sorted(Path(settings.MAILBOX).glob("*/*"), key=lambda path: path.name, reverse=True)
    found = []
    for path in files[:most]:
        message = kept.get(path.name.partition(":")[0])
        if message is not None:
            found.append(_shown(message_from_bytes(message.as_bytes(), policy=policy.default)))
    return found


def _shown(message) -> Shown:
    return Shown(
        to=str(message["To"]), subject=str(message["Subject"]), when=str(message["Date"]),
        body=message.get_content(),
    )  # fmt: skip
