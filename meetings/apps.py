from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_delete, post_migrate, post_save, pre_migrate
from django.utils.translation import gettext_lazy as _


class MeetingsConfig(AppConfig):
    name = "meetings"
    verbose_name = _("Meetings with the population")

    def ready(self) -> None:
        import meetings.duties  # noqa: F401 - what the worker does once a day

        pre_migrate.connect(_open_for_rebuilding, sender=self)
        post_migrate.connect(_freeze, sender=self)
        # What administrators change by hand stands on public pages too. Bulk writers (the
        # importer, publication) send no signals: they raise the version themselves.
        for name in ("Unit", "Office", "Tenure", "Calendar"):
            model = self.get_model(name)
            post_save.connect(_renew_public_pages, sender=model)
            post_delete.connect(_renew_public_pages, sender=model)


def _open_for_rebuilding(*, using, plan=(), **_kwargs) -> None:
    """SQLite cannot rebuild a table that another table's trigger reads."""
    from meetings import frozen

    if plan and connections[using].vendor == "sqlite":
        frozen.take_down(using)


def _freeze(*, using, **_kwargs) -> None:
    from meetings import frozen

    frozen.put_up(using)


def _renew_public_pages(*, raw=False, **_kwargs) -> None:
    from meetings.services.publishing import raise_public

    if not raw:
        raise_public()
