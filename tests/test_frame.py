"""The frame of every page: language, ways around, errors that say what to do."""

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.utils import translation

pytestmark = pytest.mark.django_db

PAGES = [("kk", "Негізгі мазмұнға өту"), ("ru", "Перейти к основному содержанию"),
         ("en", "Skip to the main content")]  # fmt: skip
ERRORS = ["400.html", "403.html", "404.html", "409.html", "422.html", "500.html", "503.html"]


@pytest.mark.parametrize(("language", "words"), PAGES)
def test_a_page_names_its_language_and_leads_to_itself_in_the_others(client, language, words):
    page = client.get(f"/{language}/?q=1").content.decode()

    assert f'<html lang="{language}">' in page
    assert words in page
    for other, _words in PAGES:
        assert f'href="/{other}/?q=1" lang="{other}"' in page


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
@pytest.mark.parametrize("template", ERRORS)
def test_an_error_says_what_is_wrong_and_what_to_do_even_without_a_request(template, language):
    with translation.override(language):
        page = render_to_string(template, {"error_id": "7f3a90c1"})

    assert page.count("<h1>") == 1
    assert f'href="/{language}/"' in page
    assert ("7f3a90c1" in page) == (template == "500.html")


def test_an_unknown_address_answers_404_in_the_language_of_the_address():
    answer = Client().get("/ru/no-such-page/")

    assert answer.status_code == 404
    assert "Страница не найдена" in answer.content.decode()
