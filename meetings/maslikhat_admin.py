"""The maslikhat's Django admin: a second, small site that holds calendars alone.

It is read only but for its two actions, which pass through the same service as the maslikhat's
pages. Nothing else is registered here, and nothing here is to be edited in a list or an inline.
"""

from django.contrib import admin, messages
from django.contrib.admin import helpers
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from akimat.admin_site import OurDoors
from meetings.dates import say_day
from meetings.enums import State, Step
from meetings.errors import Refused, StaleEdit, StepRefused
from meetings.forms.decisions import StepForm
from meetings.models import Calendar, Line
from meetings.permissions import STEP_ACTS, Act, may, reach
from meetings.selectors.explanations import explanations_of
from meetings.selectors.maslikhat import calendars_for
from meetings.services.approval import move, procedure_of, require_step
from meetings.stepwords import PRESENT, TAKEN
from meetings.transitions import STEPS
from meetings.views.steps import put_into, refused_confirmation

ACTIONS = {"agree": Step.AGREE, "send_back": Step.RETURN}
WORDS = {Step.AGREE: _("Agree by a decision"), Step.RETURN: _("Return with remarks")}


class MaslikhatSite(OurDoors, admin.AdminSite):
    """Open to those who sit in a maslikhat today: deputies read, the chair decides."""

    site_header = _("Akimat: maslikhat")
    site_title = _("Akimat: maslikhat")
    index_title = _("Calendars before the maslikhat")
    site_url = None
    enable_nav_sidebar = False

    def has_permission(self, request) -> bool:
        return request.user.is_active and reach(request.user, Act.READ_SUBMITTED) != []


class GivenCalendarAdmin(admin.ModelAdmin):
    """Calendars that were given to the maslikhats of the person; drafts are not among them."""

    list_display = ("title", "state", "submitted_on", "decision")
    list_display_links = ("title",)
    list_filter = ("year",)
    list_per_page = 50
    list_max_show_all = 50
    fields = (
        "title", "procedure", "state", "submitted_on", "decision", "meetings", "explained", "page",
    )  # fmt: skip
    readonly_fields = fields
    actions = ("agree", "send_back")
    view_on_site = False

    def get_queryset(self, request):
        return calendars_for(request.user)

    def get_object(self, request, object_id, from_field=None):
        """A calendar of another maslikhat does not exist here: 404, not a way around."""
        found = super().get_object(request, object_id, from_field)
        if found is None:
            raise Http404
        return found

    def has_module_permission(self, request) -> bool:
        return maslikhat_site.has_permission(request)

    def has_view_permission(self, request, obj=None) -> bool:
        return maslikhat_site.has_permission(request)

    def has_add_permission(self, request) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        return False

    def has_decide_permission(self, request) -> bool:
        """Whether the person decides anywhere; where, is asked for each calendar."""
        return reach(request.user, Act.AGREE) != []

    def changelist_view(self, request, extra_context=None):
        # Django passes over an action that is not on offer; here a forged one is refused.
        if request.method == "POST" and not self.has_decide_permission(request):
            raise PermissionDenied(_("The chair of the maslikhat decides."))
        return super().changelist_view(request, extra_context)

    @admin.display(description=_("calendar"), ordering="year")
    def title(self, calendar) -> str:
        return f"{calendar.region.name}, {calendar.year}"

    @admin.display(description=_("state"))
    def state(self, calendar):
        return State(calendar.given[0].state).label

    @admin.display(description=_("submitted"))
    def submitted_on(self, calendar) -> str:
        at = calendar.given[0].submitted_at
        return say_day(timezone.localdate(at), get_language() or "kk", weekday=False) if at else "—"

    @admin.display(description=_("decision"))
    def decision(self, calendar) -> str:
        revision = calendar.given[0]
        return f"№ {revision.decision_number}" if revision.decision_number else "—"

    @admin.display(description=_("meetings"))
    def meetings(self, calendar) -> int:
        return Line.objects.filter(revision=calendar.given[0]).count()

    @admin.display(description=_("breaches with an explanation"))
    def explained(self, calendar) -> int:
        return len(explanations_of(calendar.given[0]))

    @admin.display(description=_("all of it"))
    def page(self, calendar):
        url = reverse("maslikhat_calendar", args=[calendar.uuid])
        words = _("Changes, findings, coverage, meetings and words")
        return format_html('<a href="{}">{}</a>', url, words)

    @admin.action(description=WORDS[Step.AGREE], permissions=["decide"])
    def agree(self, request, queryset):
        return self._decide(request, queryset, Step.AGREE)

    @admin.action(description=WORDS[Step.RETURN], permissions=["decide"])
    def send_back(self, request, queryset):
        return self._decide(request, queryset, Step.RETURN)

    def _decide(self, request, queryset, step: Step):
        """Ask for the papers on a page of its own, then take the step by the one door."""
        chosen = list(queryset[:2])
        if len(chosen) != 1:
            # One decision, one document.
            messages.error(request, _("Choose one calendar: each has a decision of its own."))
            return None
        calendar = chosen[0]
        revision = calendar.given[0]
        revision.calendar = calendar
        if not may(request.user, STEP_ACTS[step], calendar.region):
            raise PermissionDenied(_("Your role does not take this step in this region."))
        way = STEPS[procedure_of(revision)].get(step)
        if way is None or State(revision.state) not in way.sources:
            messages.error(request, PRESENT[State(revision.state)])
            return None
        sent = request.POST if "apply" in request.POST else None
        form = StepForm(sent, step=step, way=way, initial={"version": revision.version})
        status = 200
        if sent is not None:
            status = self._take(request, revision, step, form)
            if status == 200:
                messages.success(request, TAKEN[step])
                return None
        return self._ask(request, calendar, step, form, status)

    def _take(self, request, revision, step: Step, form: StepForm) -> int:
        """200 when the step was taken; otherwise the form says what is wrong."""
        if not form.is_valid():
            return 422
        papers = form.papers()
        try:
            require_step(revision, step, by=request.user, **papers)
            if status := refused_confirmation(request, form):
                return status
            move(revision, step, by=request.user, **papers)
        except Refused as refused:
            put_into(form, refused)
            return 422
        except StepRefused as refused:
            form.add_error(None, PRESENT[refused.present_state])
            return 409
        except StaleEdit:
            form.add_error(None, PRESENT[State(revision.state)])
            return 409
        return 200

    def _ask(self, request, calendar, step: Step, form: StepForm, status: int):
        context = {
            **self.admin_site.each_context(request),
            "title": self.title(calendar),
            "subtitle": WORDS[step],
            "opts": self.opts,
            "calendar": calendar,
            "form": form,
            "action": next(name for name, taken in ACTIONS.items() if taken == step),
            "step": step,
            "checkbox": helpers.ACTION_CHECKBOX_NAME,
        }
        request.current_app = self.admin_site.name
        template = "admin/maslikhat/decide.html"
        return TemplateResponse(request, template, context, status=status)


maslikhat_site = MaslikhatSite(name="maslikhat_admin")
maslikhat_site.disable_action("delete_selected")
maslikhat_site.register(Calendar, GivenCalendarAdmin)
