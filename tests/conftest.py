"""What every test may ask for."""

import os
import tempfile
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.utils.translation import trans_real


def pytest_collection_modifyitems(config, items):
    """The second database, PostgreSQL, is asked only by tests that touch a database."""
    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        return
    touching = [item for item in items if item.get_closest_marker("django_db") or (
        {"db", "transactional_db", "live_server"} & set(item.fixturenames)
    )]  # fmt: skip
    config.hook.pytest_deselected(items=[item for item in items if item not in set(touching)])
    items[:] = touching


@pytest.fixture(scope="session", autouse=True)
def _compiled_catalogues():
    call_command("compile_catalogues", verbosity=0)
    # A catalogue that was read before it was compiled (at collection) is read again.
    trans_real._translations.clear()
    trans_real._default = None


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix, tmp_path_factory):
    """SQLite's test database is a file: the live server's threads and those of race tests have
    connections of their own, as in earnest. It lies in memory where the system offers that."""
    database = settings.DATABASES["default"]
    if not database["ENGINE"].endswith("sqlite3"):
        yield
        return
    folder = tmp_path_factory.mktemp("database")
    memory = Path("/dev/shm")  # noqa: S108
    if memory.is_dir() and os.access(memory, os.W_OK):
        with tempfile.TemporaryDirectory(prefix="akimat-test-", dir=memory) as name:
            database["TEST"]["NAME"] = str(Path(name) / "test.sqlite3")
            yield
        return
    database["TEST"]["NAME"] = str(folder / "test.sqlite3")
    yield


@pytest.fixture(scope="session", autouse=True)
def _flush_passes_the_triggers():
    """Between transactional tests Django deletes every row, frozen ones too.

    On SQLite that fires the triggers of meetings/frozen.py; they are taken down for it. The
    ``post_migrate`` that follows a flush puts them up again. PostgreSQL truncates instead.
    """
    from django.db.backends.sqlite3.base import DatabaseWrapper

    from meetings import frozen

    operations = DatabaseWrapper.ops_class
    flush = operations.execute_sql_flush

    def flush_all(self, sql_list):
        frozen.take_down(self.connection.alias)
        flush(self, sql_list)
        frozen.put_up(self.connection.alias)

    operations.execute_sql_flush = flush_all
    yield
    operations.execute_sql_flush = flush


@pytest.fixture(autouse=True)
def _light_settings(settings, tmp_path):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.DATA_DIR = tmp_path
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture(autouse=True)
def _empty_cache():
    from django.core.cache import cache

    cache.clear()


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real data beside the checkout; its tests are skipped where it is absent."""
    folder = Path(
        os.environ.get("AKIMAT_SHARED_DATA", Path(settings.BASE_DIR).parent / "shared" / "data")
    )
    for candidate in (folder, Path(settings.BASE_DIR).parents[1] / "shared" / "data"):
        if (candidate / "kato.csv").exists():
            return candidate
    pytest.skip("the real data (shared/data/kato.csv) is not beside this checkout")


@pytest.fixture(autouse=True)
def _nobody_wakes_the_worker(monkeypatch):
    """Letters wait in the outbox; a test that wants them sent calls ``outbox.drain()``."""
    from meetings.services import outbox

    monkeypatch.setattr(outbox, "wake", lambda: None)
