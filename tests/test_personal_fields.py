"""Every field that holds or leads to data of a citizen is declared (appeals/personal_fields.py)."""

import re

from django.apps import apps

from appeals.personal_fields import NOT_PERSONAL, NOUNS, declared

# How fields are called that hold or lead to somebody's data.
LIKE_PERSONAL = re.compile(
    r"sealed|(^|_)mark$|digest|sha256|visitor|e?mail$|phone|contact$|iin|^name$|(^|_)who$|^chair$"
    r"|token|device$|author|citizen|^subject$|^person$|^note$|promised_by|eotinish_number"
)


def fields() -> dict[str, object]:
    return {
        f"{model._meta.label}.{field.name}": field
        for room in ("meetings", "appeals")
        for model in apps.get_app_config(room).get_models(include_auto_created=True)
        for field in model._meta.concrete_fields
    }


def test_a_field_that_looks_personal_is_declared():
    looking = {name for name in fields() if LIKE_PERSONAL.search(name.rpartition(".")[2])}

    assert sorted(looking - declared()) == []


def test_what_is_declared_exists():
    assert sorted(declared() - set(fields())) == []
    assert all(NOT_PERSONAL.values())


def test_each_noun_is_given_and_erased_or_says_why_not():
    for noun in NOUNS:
        complete = noun.mine and noun.export and noun.erase
        assert bool(complete) is not bool(noun.why), noun.model
        assert not noun.has_person or noun.unit, noun.model
