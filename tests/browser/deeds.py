"""Forms of the desks in a browser: their folds opened, sent, and what else every day needs."""


def deed(part, address):
    """The form of a page, or of a part of it, that is sent to this end of an address; unfolded."""
    form = part.locator(f"form[action$='{address}']")
    fold = form.locator("xpath=ancestor::details[1]")
    if fold.get_attribute("open") is None:
        fold.locator("summary").first.click()
    return form


def send(form):
    form.locator("button[type=submit]").click()


def fits(page) -> bool:
    """Whether nothing is wider than the screen, once the styles are there."""
    page.wait_for_load_state()
    return page.evaluate("document.scrollingElement.scrollWidth <= innerWidth")
