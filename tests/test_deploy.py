"""The examples of deploy/ name the settings that exist, and what the code asks of a proxy."""

import ast
import re
from pathlib import Path

from django.conf import settings

DEPLOY = settings.BASE_DIR / "deploy"
READERS = ("akimat/settings.py", "akimat/env.py", "akimat/gunicorn.py")
SETTING = re.compile(r"(AKIMAT_[A-Z_]+|[A-Z]+_URL)\Z")


def read_by_the_code() -> set[str]:
    """Names that the code asks the environment for: the first argument of some call."""
    found = set()
    for path in READERS:
        for node in ast.walk(ast.parse((settings.BASE_DIR / path).read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
                name = node.args[0].value
                if isinstance(name, str) and SETTING.match(name):
                    found.add(name)
    return found


def in_the_example() -> list[str]:
    text = (DEPLOY / "akimat.env.example").read_text(encoding="utf-8")
    return re.findall(r"^#?([A-Z_]+)=", text, re.MULTILINE)


def in_the_readme() -> list[str]:
    text = (settings.BASE_DIR / "README.md").read_text(encoding="utf-8")
    table = text.split("## Configuration")[1].split("\n## ")[0]
    rows = re.findall(r"^\| (`[^|]+) \|", table, re.MULTILINE)
    return re.findall(r"`([A-Z_]+)`", " ".join(rows))


def test_the_example_of_the_environment_has_each_setting_once():
    assert sorted(in_the_example()) == sorted(read_by_the_code())


def test_the_readme_tells_of_each_setting_once():
    assert sorted(in_the_readme()) == sorted(read_by_the_code())


def test_no_secret_stands_in_the_example():
    text = (DEPLOY / "akimat.env.example").read_text(encoding="utf-8")

    assert re.findall(r"^AKIMAT_(?:SECRET_KEY|PERSONAL_KEYS)=(.*)$", text, re.MULTILINE) == ["", ""]


def test_the_proxy_lets_through_what_the_site_takes():
    text = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    [megabytes] = re.findall(r"client_max_body_size (\d+)m;", text)

    assert int(megabytes) * 1024 * 1024 > settings.LARGEST_REQUEST


def test_the_services_start_what_is_there():
    for name, wanted in (
        ("web", "akimat/gunicorn.py"),
        ("worker", "meetings/management/commands/run_worker.py"),
    ):
        text = (DEPLOY / f"akimat-{name}.service").read_text(encoding="utf-8")
        [start] = re.findall(r"^ExecStart=(.+)$", text, re.MULTILINE)

        assert Path(wanted).stem in start
        assert (settings.BASE_DIR / wanted).exists()
