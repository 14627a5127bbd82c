"""Days off of the country: read by every administrator, set by those of the country."""

from datetime import date

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_POST

from meetings.admin.base import ScopedAdmin
from meetings.dates import say_day
from meetings.forms.daysoff import DayOffForm, YearForm
from meetings.models import DayOff
from meetings.services import daysoff


@admin.register(DayOff)
class DayOffAdmin(ScopedAdmin):
    can_add = True
    form = DayOffForm
    fields = ["day", "kind", "name_kk", "name_ru", "name_en", "act", "is_estimate"]
    list_display = ["when", "kind", "called", "is_estimate", "is_own"]
    list_filter = ["kind", "is_own", "is_estimate"]
    date_hierarchy = "day"
    ordering = ["-day"]
    change_list_template = "admin/meetings/dayoff/change_list.html"

    @admin.display(description=_lazy("date"), ordering="day")
    def when(self, row) -> str:
        return say_day(row.day, get_language() or "kk")

    @admin.display(description=_lazy("name of the day"))
    def called(self, row) -> str:
        return row.name

    def has_delete_permission(self, request, obj=None) -> bool:
        """One's own day gives way to the state's; the state's own days are overridden."""
        return self._may_write(request) and obj is not None and obj.is_own

    def get_readonly_fields(self, request, obj=None):
        return ["day"] if obj else []

    def save_model(self, request, obj, form, change):
        daysoff.set_day(obj, by=request.user)

    def delete_model(self, request, obj):
        daysoff.forget_day(obj, by=request.user)

    def get_urls(self):
        fill = self.admin_site.admin_view(self.fill)
        return [path("fill/", fill, name="meetings_dayoff_fill"), *super().get_urls()]

    def changelist_view(self, request, extra_context=None):
        extra = {"year_form": YearForm(initial={"year": timezone.localdate().year + 1})}
        return super().changelist_view(request, {**extra, **(extra_context or {})})

    @method_decorator(require_POST)
    def fill(self, request):
        """Bring in the state's days of a year; those set by an administrator stay."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = YearForm(request.POST)
        if not form.is_valid():
            messages.error(request, " ".join(map(str, form.errors["year"])))
            return HttpResponseRedirect(reverse("admin:meetings_dayoff_changelist"))
        year = form.cleaned_data["year"]
        changed = daysoff.seed(year, by=request.user)
        said = ngettext("%(year)s: %(n)s day changed.", "%(year)s: %(n)s days changed.", changed)
        same = _("%(year)s: the table holds the state's days already.")
        messages.success(request, (said if changed else same) % {"year": year, "n": changed})
        listed = reverse("admin:meetings_dayoff_changelist")
        return HttpResponseRedirect(f"{listed}?day__year={date(year, 1, 1).year}")
