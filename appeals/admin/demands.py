"""How many voices and days a demand needs: read by every administrator, set by the country's."""

from django.contrib import admin
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from appeals.models import DemandRule
from appeals.services import demand_rules
from meetings.admin.base import ScopedAdmin


@admin.register(DemandRule)
class DemandRuleAdmin(ScopedAdmin):
    fields = ["kind", "voices", "open_days", "answer_days"]
    readonly_fields = ["kind"]
    list_display = ["kind", "voices", "open_days", "answer_days", "rests_on"]
    ordering = ["voices", "kind"]

    @admin.display(description=_("rests on"))
    def rests_on(self, rule) -> str:
        return gettext("house rule: the decree names no number")

    def save_model(self, request, obj, form, change):
        demand_rules.set_rule(obj, by=request.user)
