"""Who administers, and a small classifier that is there already."""

from datetime import date

import pytest

from meetings.enums import Role
from meetings.kato.parse import read_classifier
from meetings.models import Unit
from meetings.services.territory import import_classifier
from tests.factories import make_user
from tests.meetings.kato.kato_files import a_csv


@pytest.fixture
def chief(client):
    """An administrator of the whole country, signed in."""
    user = make_user(Role.ADMINISTRATOR, language="en")
    client.force_login(user)
    return user


@pytest.fixture
def land():
    import_classifier(read_classifier(a_csv()), day=date(2026, 7, 17))
    return {unit.kato: unit for unit in Unit.objects.all()}


@pytest.fixture
def regional(client, land):
    """An administrator of one district, signed in."""
    user = make_user(Role.ADMINISTRATOR, land["274200000"], language="en")
    client.force_login(user)
    return user
