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

from docs.pages import PAGES, WORDS

HERE = Path(__file__).parent


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
        for picture in PAGES:
            width, height = picture.size
            context = browser.new_context(
                base_url=site, viewport={"width": width, "height": height},
                color_scheme="dark" if picture.dark else "light",
                storage_state=states.get(picture.who),
            )  # fmt: skip
            page = context.new_page()
            if picture.who and picture.who not in states:
                _sign_in(page, f"{picture.who}@akimat.example", password)
                states[picture.who] = context.storage_state()
            answer = page.goto(picture.address.format(**words))
            if answer is None or answer.status != 200:
                raise SystemExit(f"{picture.name}: {answer and answer.status}")
            if picture.typed:
                _send(page, picture.typed)
            page.screenshot(path=target / f"{picture.name}.png")
            print(picture.name)
            context.close()
        browser.close()


def _send(page, typed: tuple[tuple[str, str], ...]) -> None:
    """Fill in the page's own form and send it."""
    form = page.locator("main form[method=post]").first
    for name, value in typed:
        field = form.locator(f"[name={name}]")
        kind = field.evaluate("field => field.type")
        if kind == "file":
            table = {"name": "table.csv", "mimeType": "text/csv", "buffer": value.encode()}
            field.set_input_files(table)
        elif kind == "checkbox":
            field.check()
        elif kind.startswith("select"):
            field.select_option(value)
        else:
            field.fill(value)
    with page.expect_navigation():
        form.locator("button[type=submit]").last.click()


def _sign_in(page, email: str, password: str) -> None:
    page.goto("/accounts/login/")
    page.fill("input[name=login]", email)
    page.fill("input[name=password]", password)
    page.press("input[name=password]", "Enter")
    page.wait_for_load_state()


def _words() -> dict[str, str]:
    """What stands in the addresses, read from the demo."""
    asked = "\n".join([
        "from appeals.models import *", "from meetings.models import *",
        "from appeals.services import asking, booking_links, codes, demands, my_data",
        "from django.core import signing", "from django.db.models import Count",
        "from django.utils import timezone",
        "today = timezone.localdate()",
        *(f"{name} = {what}\nprint('{name}=' + str({name}))" for name, what in WORDS.items()),
    ])  # fmt: skip
    said = subprocess.run(
        [sys.executable, "manage.py", "shell", "--verbosity", "0", "-c", asked],
        check=True, capture_output=True, text=True,
    ).stdout.splitlines()  # fmt: skip
    return dict(line.split("=", 1) for line in said if "=" in line)


if __name__ == "__main__":
    raise SystemExit(main())
