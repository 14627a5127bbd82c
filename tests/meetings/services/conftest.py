"""A real mail server for the tests of what sends letters."""

import pytest

from tests.smtp import Server


@pytest.fixture(scope="session")
def _one_smtp_server():
    server = Server()
    server.up()
    yield server
    server.down()


@pytest.fixture
def smtp_server(_one_smtp_server, settings):
    """A server on loopback, to which the site's letters go."""
    settings.EMAIL_BACKEND = "akimat.smtp.SmtpBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", _one_smtp_server.port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    _one_smtp_server.begin_again()
    return _one_smtp_server
