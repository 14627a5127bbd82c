"""What the commission sends about its sittings."""

from collections.abc import Sequence
from contextlib import suppress
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from appeals.enums import Risk
from appeals.services.sitting_items import LONGEST_DECISION, LONGEST_TITLE
from appeals.services.sittings import MOST_MEMBERS, Member
from meetings.enums import Topic
from meetings.forms.fields import DayField, HourField, LineField, ParagraphField, give_choices

EMPTY_ROWS = 3
MOST_PICKED = 50


class SittingForm(forms.Form):
    """Number, day, hours and place; of a new one also whose commission sits."""

    unit = forms.ChoiceField(label=_("Commission of"))
    number = forms.IntegerField(
        label=_("Number"), min_value=1, max_value=9_999,
        error_messages={"required": _("Give the number of the sitting.")},
    )  # fmt: skip
    day = DayField(label=_("Date"))
    starts_at = HourField(
        label=_("Begins"), error_messages={"required": _("Give the hour as 15:00.")}
    )
    ends_at = HourField(label=_("Ends"), required=False)
    place_kk = LineField(label=_("Place in Kazakh"), max_length=200, required=False)
    place_ru = LineField(label=_("Place in Russian"), max_length=200, required=False)
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    def __init__(self, *args, units=None, **options):
        super().__init__(*args, **options)
        if units is None:
            del self.fields["unit"]
        else:
            del self.fields["version"]
            give_choices(self, "unit", [(one.kato, one.name) for one in units])


class VersionForm(forms.Form):
    """Nothing but the version of the sitting that the person had before their eyes."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


class WordsForm(VersionForm):
    title_kk = LineField(label=_("Item in Kazakh"), max_length=LONGEST_TITLE, required=False)
    title_ru = LineField(label=_("Item in Russian"), max_length=LONGEST_TITLE, required=False)


class DecisionForm(WordsForm):
    """One item; the fields carry its number, since all items stand on one page."""

    decision_kk = ParagraphField(
        label=_("Decision in Kazakh"), max_length=LONGEST_DECISION, required=False,
        widget=forms.Textarea({"rows": 4}),
    )  # fmt: skip
    decision_ru = ParagraphField(
        label=_("Decision in Russian"), max_length=LONGEST_DECISION, required=False,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("What was decided, who does it and by when. In one language alone it stands in"
                    " both protocols."),
    )  # fmt: skip

    def __init__(self, *args, key: str = "", **options):
        options["auto_id"] = f"id_{key}_%s"
        super().__init__(*args, **options)


class ProblemForm(VersionForm):
    """A problem of the pool, formed from the question of an item."""

    title_kk = LineField(label=_("Title in Kazakh"), max_length=200, required=False)
    title_ru = LineField(label=_("Title in Russian"), max_length=200, required=False)
    topic = forms.ChoiceField(label=_("Topic"), choices=Topic)
    risk = forms.TypedChoiceField(label=_("Risk"), choices=Risk, coerce=int)

    def __init__(self, *args, key: str = "", **options):
        options["auto_id"] = f"id_{key}_%s"
        super().__init__(*args, **options)


class AssignForm(VersionForm):
    """An organisation and a deadline: in working days, or a day that is named."""

    body = forms.ChoiceField(
        label=_("Responsible body"), choices=[],
        error_messages={"required": _("Choose an organisation.")},
    )  # fmt: skip
    term_days = forms.IntegerField(
        label=_("Working days"), min_value=1, max_value=366, required=False
    )
    due_on = DayField(label=_("or the day"), required=False)

    def __init__(self, *args, key: str = "", bodies=(), **options):
        options["auto_id"] = f"id_{key}_%s"
        super().__init__(*args, **options)
        choices = [("", _("choose")), *((str(one.uuid), one.name) for one in bodies)]
        give_choices(self, "body", choices)


class HoldSittingForm(VersionForm):
    ends_at = HourField(label=_("Ended"), required=False)


def chosen(values: Sequence[str]) -> list[UUID]:
    """The identities of what was ticked in a list; what is none is dropped."""
    found = []
    for value in values[:MOST_PICKED]:
        with suppress(ValueError):
            found.append(UUID(value[:36]))
    return found


class MemberForm(forms.Form):
    name = LineField(label=_("Name"), max_length=200, required=False)
    post_kk = LineField(label=_("Post in Kazakh"), max_length=200, required=False)
    post_ru = LineField(label=_("Post in Russian"), max_length=200, required=False)
    is_chair = forms.BooleanField(label=_("in the chair"), required=False)
    is_present = forms.BooleanField(label=_("present"), required=False, initial=True)

    def clean(self):
        given = super().clean() or {}
        if not given.get("name") and (given.get("post_kk") or given.get("post_ru")):
            self.add_error("name", _("Give the name, or empty the whole row."))
        return given


MembersForm = forms.formset_factory(
    MemberForm, extra=EMPTY_ROWS, max_num=MOST_MEMBERS, absolute_max=MOST_MEMBERS + EMPTY_ROWS
)


def members_of(formset: forms.BaseFormSet) -> list[Member]:
    """Those who are named, in their order; a row without a name is nobody."""
    return [Member(**row) for row in formset.cleaned_data if row.get("name")]
