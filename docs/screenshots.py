"""Pictures of the site's own pages with its demo data: ``make screenshots``.

Starts a site of its own in a temporary folder, opens the pages in Chromium, writes
docs/screenshots/<name>.png. Wants Debian's Chromium.
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.request import urlopen

HERE = Path(__file__).parent
WIDE, PHONE = (1280, 900), (360, 760)
# Name, address, who is signed in, size, dark.
PAGES = [
    ("home-kk", "/kk/", None, WIDE, False),
    ("home-phone-kk", "/kk/", None, PHONE, False),
    ("home-dark-ru", "/ru/", None, WIDE, True),
    ("meetings-ru", "/ru/meetings/", None, WIDE, False),
    ("unit-kk", "/kk/units/274431000/", None, WIDE, False),
    ("unit-phone-ru", "/ru/units/274431100/", None, PHONE, False),
    ("calendar-ru", "/ru/calendars/{year}/270000000/", None, WIDE, False),
    ("year-en", "/en/calendars/{year}/", None, WIDE, False),
    ("sign-in-kk", "/accounts/login/?lang=kk", None, WIDE, False),
    ("desk-kk", "/kk/desk/", "drafter@akimat.example", WIDE, False),
    ("workspace-ru", "/ru/desk/calendars/{west}/", "coordinator@akimat.example", WIDE, False),
    ("workspace-phone-kk", "/kk/desk/calendars/{west}/", "drafter@akimat.example", PHONE, False),
    ("year-grid-ru", "/ru/desk/calendars/{west}/grid/", "coordinator@akimat.example", WIDE, False),
    ("findings-ru", "/ru/desk/calendars/{west}/findings/", "coordinator@akimat.example", WIDE,
     False),
    ("maslikhat-kk", "/kk/maslikhat/calendars/{almaty}/", "almaty.chair@akimat.example", WIDE,
     False),
    ("maslikhat-phone-ru", "/ru/maslikhat/", "almaty.deputy@akimat.example", PHONE, False),
    ("admin-ru", "/admin/?lang=ru", "administrator@akimat.example", WIDE, False),
]  # fmt: skip


def main() -> int:
    chromium = os.environ.get("AKIMAT_CHROMIUM") or shutil.which("chromium")
    if not chromium:
        print(
            "Chromium is not installed: apt-get install chromium fonts-dejavu-core", file=sys.stderr
        )
        return 1
    with tempfile.TemporaryDirectory(prefix="akimat-pictures-") as folder:
        os.environ["AKIMAT_DATA_DIR"] = folder
        os.environ["DATABASE_URL"] = f"sqlite:///{folder}/db.sqlite3"
        manage = [sys.executable, "manage.py"]
        for command in (["migrate", "-v0"], ["collectstatic", "--noinput", "-v0"], ["load_demo"]):
            subprocess.run([*manage, *command], check=True)
        port = _free_port()
        os.environ["AKIMAT_SITE_URL"] = f"http://127.0.0.1:{port}"
        server = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "--config", "akimat/gunicorn.py",
             "--bind", f"127.0.0.1:{port}", "akimat.wsgi"],
            stdout=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            _wait(f"http://127.0.0.1:{port}/health/ready")
            _take(chromium, f"http://127.0.0.1:{port}", Path(folder))
        finally:
            server.terminate()
            server.wait()
    return 0


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def _wait(address: str) -> None:
    for _attempt in range(100):
        try:
            urlopen(address, timeout=1).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise SystemExit("the server did not start")


def _take(chromium: str, site: str, folder: Path) -> None:
    from playwright.sync_api import sync_playwright

    words = _words()
    password = (folder / "demo_password").read_text(encoding="ascii")
    target = HERE / "screenshots"
    target.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        states: dict = {}
        for name, address, email, (width, height), dark in PAGES:
            context = browser.new_context(
                base_url=site, viewport={"width": width, "height": height},
                color_scheme="dark" if dark else "light",
                storage_state=states.get(email or ""),
            )  # fmt: skip
            page = context.new_page()
            if email and email not in states:
                _sign_in(page, email, password)
                states[email] = context.storage_state()
            page.goto(address.format(**words))
            page.screenshot(path=target / f"{name}.png")
            print(name)
            context.close()
        browser.close()


def _sign_in(page, email: str, password: str) -> None:
    page.goto("/accounts/login/")
    page.fill("input[name=login]", email)
    page.fill("input[name=password]", password)
    page.press("input[name=password]", "Enter")
    page.wait_for_load_state()


def _words() -> dict[str, str]:
    """What stands in the addresses: this year, and the calendars of the next one."""
    asked = (
        "from meetings.models import Calendar; from django.utils import timezone;"
        "year = timezone.localdate().year;"
        "one = lambda kato: Calendar.objects.get(region__kato=kato, year=year + 1).uuid;"
        "print(year, one('270000000'), one('750000000'))"
    )
    said = subprocess.run(
        [sys.executable, "manage.py", "shell", "--verbosity", "0", "-c", asked],
        check=True, capture_output=True, text=True,
    ).stdout.split()  # fmt: skip
    return dict(zip(("year", "west", "almaty"), said[-3:], strict=True))


if __name__ == "__main__":
    raise SystemExit(main())
