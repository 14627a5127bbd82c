"""Short ways to the pages of units and to the import there."""

import re

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.meetings.kato.kato_files import a_csv, with_row, without

UNITS = "/admin/meetings/unit/"
IMPORT = f"{UNITS}import/"
CHANGED = with_row("274230200", "Жаңа Өмір а.", "с.Жана Омир", rows=without("276200000"))
CHANGED = with_row("274230300", "Самал а.", "с.Самал", rows=CHANGED)
CHANGED = with_row("274230000", "Дариян к.ә.", "Дарьинская п.а.", rows=CHANGED)


def a_file(rows=CHANGED, name="KATO_18.09.2026.csv"):
    content = rows if isinstance(rows, bytes) else a_csv(rows)
    return SimpleUploadedFile(name, content)


def sent(client, rows=CHANGED, **fields):
    return client.post(IMPORT, {"file": a_file(rows), "day": "", **fields})


def hidden(page) -> dict:
    text = page.content.decode()
    return dict(re.findall(r'type="hidden" name="(digest|territory)" value="(\w+)"', text))
