"""The commission's queue, and one question of it with what may be done."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from appeals import likerows, questionrows
from appeals.enums import QuestionState as State
from appeals.forms import moderation as forms
from appeals.masking import masked
from appeals.models import Question
from appeals.personrows import person_at_desk
from appeals.selectors import queue as shelves
from appeals.selectors.similar import similar_to
from appeals.services import files, moderation
from appeals.transitions import RULES, Deed
from meetings.errors import Refused, StaleEdit
from meetings.models import Unit
from meetings.permissions import Act, may, reach
from meetings.selectors.places import unit_by_code
from meetings.views.desk_page import at_the_desk, page_at

PAGE = 40
LIKES = 10


@dataclass(frozen=True, slots=True)
class Offer:
    """A deed as the page offers it."""

    deed: Deed
    form: type[forms.VersionedForm]
    title: Any
    button: Any


OFFERS = [
    Offer(Deed.PUBLISH, forms.PublishForm, gettext_lazy("Publish"), gettext_lazy("Publish")),
    Offer(Deed.ANSWER, forms.AnswerForm, gettext_lazy("Answer the question"),
          gettext_lazy("Save the answer")),
    Offer(Deed.UPHOLD, forms.UpholdForm, gettext_lazy("Answer the objection: it stays held back"),
          gettext_lazy("Keep it held back")),
    Offer(Deed.CLASSIFY, forms.ClassifyForm, gettext_lazy("Kind, topic and place"),
          gettext_lazy("Save")),
    Offer(Deed.MERGE, forms.MergeForm, gettext_lazy("Merge into another question"),
          gettext_lazy("Merge")),
    Offer(Deed.SPLIT, forms.SplitForm, gettext_lazy("Split off again"), gettext_lazy("Split off")),
    Offer(Deed.REGISTER, forms.RegisterForm, gettext_lazy("Number and term in e-Otinish"),
          gettext_lazy("Save")),
    Offer(Deed.SHOW_FILES, forms.FilesForm, gettext_lazy("Files for everybody"),
          gettext_lazy("Save")),
    Offer(Deed.HOLD, forms.HoldForm, gettext_lazy("Hold back"), gettext_lazy("Hold back")),
]  # fmt: skip


@at_the_desk
@require_safe
def queue(request):
    """What came, by shelves, with filters and counts."""
    if reach(request.user, Act.READ_REQUESTS) == []:
        raise PermissionDenied(_("Your role does not read requests."))
    form, today = forms.QueueFilter(request.GET), timezone.localdate()
    status = 200 if form.is_valid() else 422
    wanted = _wanted(form)
    found = shelves.queue(request.user, wanted, today)
    counts = shelves.counts(request.user, wanted, today)
    page = page_at(request, _Bounded(found, counts[wanted.show]), PAGE)
    context = {
        "form": form, "page": page, "wanted": wanted,
        "rows": questionrows.at_desk(list(page.object_list), today),
        "shelves": _shelf_links(request, wanted, counts),
        "may_enter": reach(request.user, Act.ENTER_REQUEST) != [],
        "searched": number_format(shelves.SEARCHED, force_grouping=True) if wanted.q else "",
        "is_narrowed": any((wanted.q, wanted.topic, wanted.channel, wanted.unit)),
    }  # fmt: skip
    return render(request, "appeals/desk/queue.html", context, status=status)


class _Bounded:
    """A shelf whose length is known already, or not worth knowing."""

    def __init__(self, found, known: int):
        self.found, self.known = found, known

    def count(self) -> int:
        return min(self.known, shelves.MOST_COUNTED)

    def __len__(self) -> int:
        return self.count()

    def __getitem__(self, part: slice):
        return shelves.page_of(self.found, part.start, part.stop)


def _wanted(form) -> shelves.Wanted:
    given = form.cleaned_data
    code = given.get("unit", "")
    return shelves.Wanted(
        show=given.get("show") or "waiting", topic=given.get("topic", ""),
        channel=given.get("channel", ""), q=given.get("q", ""),
        unit=unit_by_code(code) if code else None,
    )  # fmt: skip


def _shelf_links(request, wanted, counts: dict[str, int]) -> list[dict]:
    query = request.GET.copy()
    query.pop("page", None)
    links = []
    for show, label in shelves.SHELVES.items():
        query["show"] = show
        count = counts.get(show)
        many = count is not None and count > shelves.MOST_COUNTED
        links.append(
            {"label": label, "url": f"?{query.urlencode()}", "is_current": show == wanted.show,
             "count": f"{shelves.MOST_COUNTED}+" if many else count}
        )  # fmt: skip
    return links


@at_the_desk
@require_safe
def question(request, uuid):
    """One question as staff see it."""
    return show(request, question_or_404(request, uuid))


@at_the_desk
@require_safe
def file(request, uuid, name):
    """A photo or document that came with a question."""
    found = question_or_404(request, uuid)
    return files.one_of(found.attachments.all(), name, found.number)


@at_the_desk
@require_POST
def act(request, uuid, deed):
    """Do one thing to a question."""
    found = question_or_404(request, uuid)
    offer = next((one for one in OFFERS if one.deed == deed), None)
    if offer is None:
        raise Http404
    form = _form(offer, found, data=request.POST)
    if not form.is_valid():
        return show(request, found, {offer.deed: form}, status=422)
    try:
        _do(offer.deed, found, form.cleaned_data, request.user)
    except StaleEdit:
        now = question_or_404(request, uuid)
        form.add_error(
            None,
            _("Somebody changed this question meanwhile. Here it is now; check and send again."),
        )
        typed = request.POST.copy()
        typed["version"] = str(now.version)
        form.data = typed
        return show(request, now, {offer.deed: form}, status=409)
    except Refused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, refused.message)
        return show(request, question_or_404(request, uuid), {offer.deed: form}, status=422)
    return HttpResponseRedirect(reverse("requests_question", args=[uuid]))


def _form(offer: Offer, found: Question, **given) -> forms.VersionedForm:
    if offer.form is forms.FilesForm:
        given["files"] = _files(found)
    return offer.form(key=offer.deed, **given)


def _files(found: Question) -> list[dict]:
    return questionrows.files(
        found, lambda one: reverse("requests_file", args=[found.uuid, one.uuid])
    )


def _do(deed: Deed, found: Question, given: dict, user) -> None:
    by = {"by": user, "version": given.pop("version")}
    if deed == Deed.PUBLISH:
        moderation.publish(found, text=given["text"], **by)
    elif deed == Deed.HOLD:
        moderation.hold(found, reason=given["reason"], words=given["words"], **by)
    elif deed == Deed.UPHOLD:
        moderation.uphold(found, words=given["words"], **by)
    elif deed == Deed.CLASSIFY:
        moderation.classify(found, **given | {"unit": _unit(given["unit"])}, **by)
    elif deed == Deed.ANSWER:
        moderation.answer(found, text=given["answer"], **by)
    elif deed == Deed.MERGE:
        moderation.merge(found, _by_number(given["into"], user), **by)
    elif deed == Deed.SHOW_FILES:
        moderation.show_files(found, {UUID(one) for one in given["shown"]}, **by)
    elif deed == Deed.SPLIT:
        moderation.split(found, **by)
    else:
        moderation.register(found, given, **by)


def _unit(code: str) -> Unit:
    unit = unit_by_code(code)
    if unit is None:
        raise Refused(
            _("There is no place with the code %(code)s. Find it by its name.") % {"code": code},
            "unit",
        )
    return unit


def _by_number(number: str, user) -> Question:
    found = Question.objects.in_reach(user).filter(number=number).first()
    if found is None:
        raise Refused(
            _("There is no question with the number %(number)s in your territory.")
            % {"number": number},
            "into",
        )
    return found


def question_or_404(request, uuid) -> Question:
    found = (
        Question.objects.in_reach(request.user)
        .filter(uuid=uuid)
        .select_related(
            "unit",
            "region",
            "meeting__host__unit",
            "merged_into",
            "entered_by",
            "person",
            "problem",
        )
        .prefetch_related("attachments")
        .first()
    )
    if found is None:
        raise Http404
    return found


def show(
    request, found: Question, typed: dict | None = None, *, person: dict | None = None,
    status: int = 200,
):  # fmt: skip
    """The page of one question; ``typed``: forms as they were sent; ``person``: who asked."""
    today, kept = timezone.localdate(), _kept(request)
    context = {
        "question": found, "row": questionrows.at_desk([found], today)[0],
        "chain": [unit.name for unit in Unit.objects.above(found.unit)][::-1],
        "offers": _offers(request.user, found, typed or {}, kept),
        **questionrows.personal(found.text, kept),
        "likes": _likes(request.user, found),
        "may_merge": _is_open(Deed.MERGE, found, request.user),
        "moves": questionrows.moves(found), "merged": list(found.merged.order_by("pk")[:50]),
        "person": person or person_at_desk(request.user, found),
        "files": _files(found),
        "may_form": may(request.user, Act.FORM_PROBLEM, found.unit),
        "crumbs": [
            {"label": _("Requests"), "url": reverse("requests_desk")},
            {"label": found.number, "url": ""},
        ],
    }  # fmt: skip
    return render(request, "appeals/desk/question.html", context, status=status)


def _kept(request) -> set[int]:
    """?keep=: the masks that the moderator took back, by their numbers."""
    given = request.GET.getlist("keep")[:100]
    return {int(number) for number in given if len(number) < 4 and number.isdecimal()}


def _likes(user, found: Question) -> list[dict]:
    """Those like it, of its place, its district, and its region on the same topic."""
    likes = similar_to(
        found.text, found.unit, topic=found.topic, visible_to=user, most=LIKES, but=found
    )
    return likerows.at_desk(likes)


def _offers(user, found: Question, typed: dict, kept: set[int]) -> list[dict]:
    """What the person may do now; what was sent stands open."""
    shown = []
    for offer in OFFERS:
        if offer.deed not in typed and not _is_open(offer.deed, found, user):
            continue
        form = typed.get(offer.deed) or _form(offer, found, initial=_initial(found, kept))
        shown.append(
            {"deed": offer.deed, "title": offer.title, "button": offer.button, "form": form,
             "open": offer.deed in typed or offer.deed == _next(found),
             "url": reverse("requests_act", args=[found.uuid, offer.deed])}
        )  # fmt: skip
    return shown


def _is_open(deed: Deed, found: Question, user) -> bool:
    rule = RULES[deed]
    if found.state not in rule.sources or rule.act is None or not may(user, rule.act, found.unit):
        return False
    if deed == Deed.UPHOLD:
        return bool(found.objected_at) and not found.objection_answer
    if deed == Deed.SHOW_FILES:
        return bool(found.attachments.all())
    if deed in (Deed.SPLIT, Deed.MERGE):
        return bool(found.merged_into_id) is (deed == Deed.SPLIT)
    return not (deed == Deed.PUBLISH and found.merged_into_id)


def _next(found: Question) -> Deed | None:
    """The deed that the question waits for."""
    if found.state == State.WAITING:
        return Deed.PUBLISH
    if found.state == State.HELD:
        return Deed.UPHOLD
    return None if found.answered_at else Deed.ANSWER


def _initial(found: Question, kept: set[int]) -> dict:
    values = {name: getattr(found, name) for name in moderation.E_OTINISH}
    text = found.public_text or masked(found.text, found.language, kept)
    return values | {
        "version": found.version, "text": text, "kind": found.kind, "topic": found.topic,
        "unit": found.unit.kato, "answer": found.answer,
        "shown": [str(one.uuid) for one in found.attachments.all() if one.is_public],
    }  # fmt: skip
