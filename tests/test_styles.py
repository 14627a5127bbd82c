"""The stylesheets: every class a template names exists, every pair of colours can be read."""

import re
from pathlib import Path

import crispy_bootstrap5
import pytest
from django.conf import settings
from django.contrib import admin

from meetings.enums import MeetingState, State

CSS = sorted((Path(settings.BASE_DIR) / "static" / "css").glob("*.css"))
TEMPLATES = sorted((Path(settings.BASE_DIR) / "templates").rglob("*.html"))
SCRIPTS = sorted((Path(settings.BASE_DIR) / "static" / "js").glob("*.js"))
# The admin sites are drawn by Django's own styles, and a little of ours.
ADMIN_CSS = sorted((Path(admin.__file__).parent / "static" / "admin" / "css").rglob("*.css"))
CRISPY = sorted(Path(crispy_bootstrap5.__file__).parent.rglob("*.html"))
VERDICTS = ("met", "breach", "advice", "own_norm")
# What crispy writes for scripts of Bootstrap's own, which are not here.
WITHOUT_LOOK = {"inputs"}


def classes_in_stylesheets(sheets=CSS) -> set[str]:
    text = "".join(map(Path.read_text, sheets))
    rules = re.sub(r"/\*.*?\*/|\{[^{}]*\}", " ", text, flags=re.S)
    return set(re.findall(r"\.(-?[A-Za-z_][\w-]*)", rules))


def classes_in(text: str) -> set[str]:
    """Class names written out in a template; what a variable completes is left as «name-*»."""
    found: set[str] = set()
    for _quote, value in re.findall(
        r"""class=(["'])((?:\{[{%].*?[%}]\}|(?!\1).)*)\1""", text, re.S
    ):
        plain = re.sub(r"\{%.*?%\}", " ", value, flags=re.S)
        plain = re.sub(r"\{\{.*?\}\}", "*", plain, flags=re.S)
        found |= {name for name in plain.split() if name.strip("*")}
    return found


def missing(names: set[str], known: set[str]) -> list[str]:
    def stands(name: str):
        head, star, _rest = name.partition("*")
        return name in known or (star and any(one.startswith(head) for one in known))

    return sorted(name for name in names if not stands(name))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_each_class_of_a_template_exists_in_the_stylesheets(path):
    sheets = CSS + ADMIN_CSS if "admin" in path.parts else CSS

    assert missing(classes_in(path.read_text()), classes_in_stylesheets(sheets)) == []


def test_each_class_of_the_forms_library_exists_in_the_stylesheets():
    named = set().union(*(classes_in(path.read_text()) for path in CRISPY))
    plain = {name for name in named if "*" not in name and re.fullmatch(r"[\w-]+", name)}

    assert missing(plain - WITHOUT_LOOK, classes_in_stylesheets()) == []


def test_each_class_that_a_script_gives_exists_in_the_stylesheets():
    given = set()
    for path in SCRIPTS:
        for value in re.findall(r'className = "([^"]*)"', path.read_text()):
            given |= set(value.split())

    assert missing(given, classes_in_stylesheets()) == []


def test_each_state_and_verdict_has_its_shape():
    wanted = {f"state-{value}" for value in [*MeetingState.values, *State.values, *VERDICTS]}
    wanted |= {f"state-{value}" for value in ("late", "awaiting", "open", "ready", "accepted")}
    wanted |= {f"finding-{value}" for value in VERDICTS}
    wanted |= {f"mark-{value}" for value in MeetingState.values}
    wanted |= {f"tile-{value}" for value in ["none", "late", *State.values]}

    assert missing(wanted, classes_in_stylesheets()) == []


@pytest.mark.parametrize("path", [*CSS, *TEMPLATES], ids=lambda path: path.name)
def test_nothing_asks_for_what_the_security_policy_forbids(path):
    text = path.read_text()

    assert re.findall(r"data:image|https?://[^ ]*\.(?:css|js|woff2?)|@import", text) == []
    if path.suffix == ".html":
        assert re.findall(r"""\sstyle=|\son[a-z]+=|hx-on|<style|<script(?! src)""", text) == []


# Contrast: WCAG 2.2, 1.4.3 and 1.4.11 ------------------------------------------------------------

TOKENS = dict(
    re.findall(
        r"--([\w-]+): light-dark\((#[0-9a-f]{6}, #[0-9a-f]{6})\)",
        next(path for path in CSS if path.name == "tokens.css").read_text(),
    )
)
TEXTS = ("ink", "muted", "sky", "sky-strong", "gold", "green", "red")
PAIRS = [  # text, ground, at least
    *((text, ground, 4.5) for text in TEXTS for ground in ("paper", "ground")),
    *((text, f"{text}-ground", 4.5) for text in ("sky", "gold", "green", "red")),
    *(
        (text, f"{ground}-ground", 4.5)
        for text in ("ink", "muted", "sky")
        for ground in ("sky", "gold", "green", "red")
    ),
    ("sky", "paper", 7),
    ("ink", "paper", 7),
    ("on-sky", "sky", 4.5),
    ("on-sky", "sky-strong", 4.5),
    ("on-red", "red", 4.5),
    ("paper", "green", 4.5),
    ("edge", "paper", 3),
    ("edge", "ground", 3),
    ("focus", "paper", 3),
    ("focus", "ground", 3),
]


def luminance(colour: str) -> float:
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(("text", "ground", "least"), PAIRS)
def test_every_pair_of_colours_can_be_read_in_light_and_dark(text, ground, least):
    light, dark = zip(TOKENS[text].split(", "), TOKENS[ground].split(", "), strict=True)

    assert min(contrast(*light), contrast(*dark)) >= least


def test_no_colour_is_written_outside_the_tokens():
    for path in CSS:
        if path.name != "tokens.css":
            assert re.findall(r"#[0-9a-fA-F]{3,8}\b|rgba?\(|hsla?\(", path.read_text()) == []
