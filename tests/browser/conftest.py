"""Pages in a real Chromium: a browser for the run, a fresh context for each page.

``browser_page(js=True, width=1280, locale="ru", dark=False)`` opens pages with the site's CSP in
force and fails the test on any error in the console; ``sign_in(page, user)``; ``axe(page)``.
"""

import os
import shutil

import pytest
from django.test import Client

# Playwright's own loop runs in this thread; Django's guard would take the tests' plain queries
# for queries of asynchronous code.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

PATIENCE_MS = 15_000


def pytest_collection_modifyitems(items):
    here = os.path.dirname(__file__)
    for item in items:
        if str(item.path).startswith(here):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium():
    """Debian's Chromium, started once. Skipped where there is none, except on the CI."""
    path = os.environ.get("AKIMAT_CHROMIUM") or shutil.which("chromium") or shutil.which("chrome")
    if not path:
        if os.environ.get("CI"):
            pytest.fail("no Chromium: apt-get install chromium fonts-dejavu-core libatomic1")
        pytest.skip("no Chromium on this machine (apt-get install chromium)")
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def browser_page(chromium, live_server):
    """A function that opens an empty page in a context of its own.

    ``page.goto("/ru/")`` takes addresses of the live server. Errors in the console of such a page
    fail the test: under the site's CSP a blocked script or style is one. ``expects`` lists words
    of errors that the test brings about itself («409», «422»).
    """
    contexts, said = [], []

    def open_page(*, js=True, width=1280, height=900, locale="ru", dark=False, expects=(), **more):
        options = {
            "base_url": live_server.url, "java_script_enabled": js, "locale": locale,
            "viewport": {"width": width, "height": height},
            "color_scheme": "dark" if dark else "light", **more,
        }  # fmt: skip
        context = chromium.new_context(**options)
        context.set_default_timeout(PATIENCE_MS)
        contexts.append(context)
        page = context.new_page()
        context.akimat_options = options

        def hear(text):
            if not any(word in text for word in expects):
                said.append(text)

        page.on("console", lambda told: told.type == "error" and hear(told.text))
        page.on("pageerror", lambda error: hear(str(error)))
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert said == [], "errors in the browser's console"


@pytest.fixture
def sign_in(live_server, settings):
    """A function that gives the page's context a session of the user."""

    def give_session(page, user):
        client = Client()
        client.force_login(user)
        page.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": client.session.session_key,
              "url": live_server.url}]
        )  # fmt: skip
        return page

    return give_session


@pytest.fixture
def axe(chromium):
    """A function that gives the accessibility violations of a page, as «rule: elements» lines.

    axe is put into the page by evaluation, which the site's CSP forbids: the same address is
    opened in a twin context that passes CSP by, with the same cookies, size and colours. What
    scripts did on the first page is not there; pass ``in_place=True`` for a page opened with
    ``browser_page(bypass_csp=True)``.
    """
    from axe_playwright_python.sync_playwright import Axe

    def violations(page, *, in_place=False) -> list[str]:
        if in_place:
            return _told(Axe().run(page))
        options = page.context.akimat_options | {"bypass_csp": True, "java_script_enabled": True}
        context = chromium.new_context(**options)
        try:
            context.add_cookies(page.context.cookies())
            twin = context.new_page()
            twin.goto(page.url)
            return _told(Axe().run(twin))
        finally:
            context.close()

    return violations


def _told(results) -> list[str]:
    return [
        f"{found['id']}: {', '.join(str(node['target'][0]) for node in found['nodes'][:5])}"
        for found in results.response["violations"]
    ]
