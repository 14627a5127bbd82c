"""Settings of calendars. Their content is written at the desk, by other roles."""

from django.contrib import admin
from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext_lazy as _

from meetings.admin.base import ScopedAdmin
from meetings.enums import State
from meetings.forms.calendars import CalendarSettingsForm
from meetings.models import Calendar, Revision
from meetings.services import calendar_settings
from meetings.text import fold


@admin.register(Calendar)
class CalendarAdmin(ScopedAdmin):
    path = "region__path"
    form = CalendarSettingsForm
    fields = ["region", "year", "state", "procedure", "n3_reading", "own_edition"]
    list_display = ["region", "year", "state", "procedure", "n3_reading", "own_edition"]
    list_filter = ["year", "procedure"]
    search_fields = ["region__search"]
    search_help_text = _("A region, in Kazakh or in Russian")
    list_select_related = ["region"]
    ordering = ["-year", "region__path"]

    def get_queryset(self, request):
        last = Revision.objects.filter(calendar=OuterRef("pk")).order_by("-number")
        return (
            super()
            .get_queryset(request)
            .select_related("region")
            .annotate(last_state=Subquery(last.values("state")[:1]))
        )

    def get_search_results(self, request, queryset, search_term):
        for word in fold(search_term[:100]).split()[:5]:
            queryset = queryset.filter(region__search__contains=word)
        return queryset, False

    @admin.display(description=_("state"), ordering="last_state")
    def state(self, calendar) -> str:
        return str(State(calendar.last_state).label) if calendar.last_state else "—"

    def get_readonly_fields(self, request, obj=None):
        fixed = ["region", "year", "state"]
        if obj is not None and not calendar_settings.is_open(obj):
            return self.fields
        return fixed

    def save_model(self, request, obj, form, change):
        if form.has_changed():
            calendar_settings.change_settings(obj, by=request.user)
