"""The log of acts, to be read. The database itself refuses to change it."""

import json

from django.contrib import admin
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from meetings.actwords import VERBS
from meetings.admin.base import ScopedAdmin
from meetings.models import Act
from meetings.services.log import first_broken_link


class VerbFilter(admin.SimpleListFilter):
    title = _("what")
    parameter_name = "verb"

    def lookups(self, request, model_admin):
        return sorted(VERBS.items(), key=lambda pair: str(pair[1]))

    def queryset(self, request, queryset):
        return queryset.filter(verb=self.value()) if self.value() in VERBS else queryset


@admin.register(Act)
class ActAdmin(ScopedAdmin):
    path = "region__path"
    can_change = False
    fields = ["at", "by", "done", "what", "where", "versions", "words", "before", "own"]
    readonly_fields = ("at", "by", "verb", "what", "where", "versions", "words", "before", "own")
    list_display = ["at", "done", "by", "where", "what", "versions"]
    list_filter = [VerbFilter]
    search_fields = ["subject", "verb"]
    search_help_text = _("What it was done to, or the code of the act")
    date_hierarchy = "at"
    list_select_related = ["by", "region"]
    ordering = ["-pk"]

    @admin.display(description=_("what"), ordering="verb")
    def done(self, act) -> str:
        return VERBS.get(act.verb, act.verb)

    @admin.display(description=_("done to"))
    def what(self, act) -> str:
        return act.subject

    @admin.display(description=_("region"))
    def where(self, act) -> str:
        return act.region.name if act.region else "—"

    @admin.display(description=_("versions"))
    def versions(self, act) -> str:
        if act.to_version is None:
            return "—"
        return f"{act.from_version or 0} → {act.to_version}"

    @admin.display(description=_("digest of the act before"))
    def before(self, act) -> str:
        return act.previous

    @admin.display(description=_("digest of this act"))
    def own(self, act) -> str:
        return act.digest

    @admin.display(description=_("details"))
    def words(self, act):
        text = json.dumps(act.detail, ensure_ascii=False, indent=1, sort_keys=True)
        return format_html("<pre>{}</pre>", text)

    def changelist_view(self, request, extra_context=None):
        """The page says whether the chain of digests holds; asked by a link: it reads the log."""
        extra = {}
        if request.GET.get("chain") == "check":
            request.GET = request.GET.copy()
            del request.GET["chain"]
            extra = {"chain_checked": True, "broken": first_broken_link()}
        return super().changelist_view(request, {**extra, **(extra_context or {})})
