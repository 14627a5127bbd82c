from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AppealsConfig(AppConfig):
    name = "appeals"
    verbose_name = _("Requests of citizens")

    def ready(self) -> None:
        import appeals.duties
        import appeals.protocol_records  # noqa: F401 - what a protocol learns from here
        from appeals import additions
        from appeals.services import deadlines
        from meetings.services import daysoff

        additions.load()
        daysoff.tells_of_changes(deadlines.recompute)
