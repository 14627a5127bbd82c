"""What is sent about problems and promises: filters, the commission's and organisations' deeds,
a verdict."""

from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from appeals.cleaning import Cleaned
from appeals.enums import PoolStep, Risk, VerdictWord
from appeals.forms.fields import AddressField, TrapField
from appeals.forms.files import FilesField, read_files
from appeals.forms.moderation import CODE, VersionedForm
from appeals.selectors.pool import SHELVES
from appeals.services import problems, promises, verdicts
from appeals.services.problems import Draft
from appeals.services.promises import Said
from meetings.enums import Topic
from meetings.forms.fields import DayField, LineField, ParagraphField, WebField, give_choices
from meetings.models import Unit

_NO_CHOICE = {"invalid_choice": _("There is no such choice. Take one of the list.")}
LONGEST_SHOWN = 200
OUTCOME_CHOICES = [
    (PoolStep.SOLVE, _("solved")),
    (PoolStep.EXPLAIN, _("explained, not solved")),
    (PoolStep.REFUSE, _("refused, with a reason")),
]
KEPT_CHOICES = [
    (PoolStep.SOLVE, _("kept")),
    (PoolStep.EXPLAIN, _("explained, not kept")),
    (PoolStep.REFUSE, _("not kept, with a reason")),
]


class PoolFilter(forms.Form):
    """The filters of the lists of problems, by the names that stay in addresses."""

    q = LineField(label=_("Words or number"), required=False, max_length=100)
    topic = forms.ChoiceField(
        label=_("Topic"), required=False, choices=[("", _("any")), *Topic.choices],
        error_messages=_NO_CHOICE,
    )  # fmt: skip
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("any")), *SHELVES.items()],
        error_messages=_NO_CHOICE,
    )  # fmt: skip
    unit = forms.CharField(required=False, widget=forms.HiddenInput, validators=[CODE])


class DescribeForm(VersionedForm):
    """The words of a problem; with them it is formed and later mended."""

    title_kk = LineField(label=_("Title in Kazakh"), required=False,
                         max_length=problems.LONGEST_TITLE)  # fmt: skip
    title_ru = LineField(label=_("Title in Russian"), required=False,
                         max_length=problems.LONGEST_TITLE)  # fmt: skip
    about_kk = ParagraphField(
        label=_("About it in Kazakh"), required=False, max_length=problems.LONGEST_ABOUT,
        widget=forms.Textarea({"rows": 4}),
    )  # fmt: skip
    about_ru = ParagraphField(
        label=_("About it in Russian"), required=False, max_length=problems.LONGEST_ABOUT,
        widget=forms.Textarea({"rows": 4}), help_text=_("Public: no names, telephones, addresses."),
    )  # fmt: skip
    topic = forms.ChoiceField(label=_("Topic"), choices=Topic, error_messages=_NO_CHOICE)
    risk = forms.TypedChoiceField(
        label=_("What happens if it is left alone"), choices=Risk, coerce=int,
        error_messages=_NO_CHOICE,
    )  # fmt: skip
    unit = forms.CharField(
        label=_("Code of the place"), max_length=13, validators=[CODE],
        help_text=_("Nine digits of the classifier; the page of each place shows its code."),
    )  # fmt: skip

    def clean(self):
        given = super().clean() or {}
        if not self.errors and not (given.get("title_kk") or given.get("title_ru")):
            self.add_error("title_kk", _("Give the problem a title in Kazakh or in Russian."))
        return given

    def draft(self, unit: Unit) -> Draft:
        given = self.cleaned_data
        names = ("title_kk", "title_ru", "about_kk", "about_ru", "topic", "risk")
        return Draft(unit, **{name: given[name] for name in names})


class NewProblemForm(DescribeForm):
    """A problem formed from one question, and from others that ask the same."""

    others = forms.MultipleChoiceField(
        label=_("These belong to it too"), required=False, widget=forms.CheckboxSelectMultiple,
        error_messages=_NO_CHOICE,
    )  # fmt: skip
    numbers = LineField(
        label=_("Numbers of other questions"), required=False, max_length=300,
        help_text=_("Separated by commas: 2026-000012, 2026-000015"),
    )  # fmt: skip

    field_order = ["version", "title_kk", "title_ru", "about_kk", "about_ru", "others", "numbers"]

    def __init__(self, *args, others: list[tuple[str, str]], **options):
        super().__init__(*args, **options)
        give_choices(self, "others", others)
        if not others:
            del self.fields["others"]


class JoinForm(VersionedForm):
    """A question put to a problem that is in the pool already."""

    problem = LineField(
        label=_("Number of the problem"), max_length=20,
        error_messages={"required": _("Give the number of the problem.")},
    )  # fmt: skip


class QuestionForm(VersionedForm):
    question = LineField(
        label=_("Number of the question"), max_length=20,
        error_messages={"required": _("Give the number of the question.")},
    )  # fmt: skip


class DueFields(forms.Form):
    """A deadline: working days, or a day."""

    term_days = forms.IntegerField(
        label=_("Working days"), required=False, min_value=1, max_value=250,
        widget=forms.TextInput({"inputmode": "numeric", "size": 5, "autocomplete": "off"}),
        help_text=_("Counted from tomorrow; days off do not count. Or name the day below."),
        error_messages={"invalid": _("Give a whole number of working days.")},
    )  # fmt: skip
    due_on = DayField(label=_("Or the day itself"), required=False)


class AssignForm(DueFields, VersionedForm):
    body = forms.ChoiceField(label=_("Responsible body"), error_messages=_NO_CHOICE)
    note = LineField(label=_("Note"), required=False, max_length=500,
                     help_text=_("Public, if you write one."))  # fmt: skip

    field_order = ["version", "body", "term_days", "due_on", "note"]

    def __init__(self, *args, bodies: list[tuple[str, str]], **options):
        super().__init__(*args, **options)
        give_choices(self, "body", bodies)


class PromiseForm(DueFields, VersionedForm):
    """What is promised; ``bodies`` empty: an organisation promises for itself."""

    what_kk = ParagraphField(
        label=_("What is promised, in Kazakh"), required=False, max_length=promises.LONGEST_WHAT,
        widget=forms.Textarea({"rows": 3}),
    )  # fmt: skip
    what_ru = ParagraphField(
        label=_("What is promised, in Russian"), required=False, max_length=promises.LONGEST_WHAT,
        widget=forms.Textarea({"rows": 3}),
    )  # fmt: skip
    body = forms.ChoiceField(label=_("Who promises"), required=False, error_messages=_NO_CHOICE)
    who = LineField(
        label=_("Or a post in words"), required=False, max_length=200,
        help_text=_("A post, not a name: akim of the district."),
    )  # fmt: skip
    money = forms.DecimalField(
        label=_("Money, tenge"), required=False, min_value=1, max_digits=15, decimal_places=0,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off", "size": 18}),
        help_text=_("If it is known."),
        error_messages={"invalid": _("Give the money in whole tenge, or leave it empty.")},
    )  # fmt: skip

    field_order = ["version", "what_kk", "what_ru", "body", "who", "term_days", "due_on", "money"]

    def __init__(self, *args, bodies: list[tuple[str, str]], **options):
        super().__init__(*args, **options)
        if bodies:
            give_choices(self, "body", [("", _("somebody else")), *bodies])
        else:
            del self.fields["body"], self.fields["who"]

    def said(self, body) -> Said:
        given = self.cleaned_data
        money = given["money"]
        return Said(
            what_kk=given["what_kk"], what_ru=given["what_ru"], body=body,
            who="" if body else given.get("who", ""), term_days=given["term_days"],
            due_on=given["due_on"], money=None if money is None else Decimal(money),
        )  # fmt: skip


class CloseForm(VersionedForm):
    """The outcome of a problem. Three words, and nothing chosen beforehand."""

    outcome = forms.ChoiceField(
        label=_("What became of it"), choices=OUTCOME_CHOICES, widget=forms.RadioSelect,
        error_messages=_NO_CHOICE | {"required": _("Choose what became of it.")},
    )  # fmt: skip
    words = ParagraphField(
        label=_("In words"), max_length=problems.LONGEST_OUTCOME,
        widget=forms.Textarea({"rows": 5}),
        help_text=_("Public, and sent to those who asked. Explained never counts as solved."),
        error_messages={
            "required": _("Say in words what was done, or why not: people will read it.")
        },
    )  # fmt: skip


class ClosePromiseForm(CloseForm):
    outcome = forms.ChoiceField(
        label=_("What became of it"), choices=KEPT_CHOICES, widget=forms.RadioSelect,
        error_messages=_NO_CHOICE | {"required": _("Choose what became of it.")},
    )  # fmt: skip
    words = ParagraphField(
        label=_("In words"), max_length=promises.LONGEST_OUTCOME,
        widget=forms.Textarea({"rows": 3}), help_text=_("Public."),
        error_messages={
            "required": _("Say in words what was done, or why not: people will read it.")
        },
    )  # fmt: skip


class StepForm(VersionedForm):
    text = ParagraphField(
        label=_("What was done"), max_length=promises.LONGEST_STEP,
        widget=forms.Textarea({"rows": 3}), help_text=_("Public: no names, no telephones."),
        error_messages={"required": _("Say what was done.")},
    )  # fmt: skip
    url = WebField(
        label=_("Address of the evidence"), required=False, max_length=300,
        help_text=_("A page with a picture, a document or a news item that shows it."),
    )  # fmt: skip
    papers = FilesField(
        label=_("Photo or document that shows it"), most=1,
        help_text=_(
            "A photo (JPEG, PNG, WebP) or a PDF, at most 10 MB. Everybody may download it: no"
            " faces, no names of residents. The place and the time of a photo are taken out of it."
        ),
    )  # fmt: skip
    cleaned_file: Cleaned | None = None

    def clean(self):
        given = super().clean()
        self.cleaned_file = next(iter(read_files(self, "papers")), None)
        return given


class PostponeForm(DueFields, VersionedForm):
    """Another deadline of a promise."""


class VerdictForm(forms.Form):
    """The last word of one who asked or supported."""

    word = forms.ChoiceField(
        label=_("Is it solved?"), choices=VerdictWord, widget=forms.RadioSelect,
        error_messages=_NO_CHOICE | {"required": _("Choose one of the two.")},
    )  # fmt: skip
    reason = ParagraphField(
        label=_("What is not solved"), required=False, max_length=verdicts.LONGEST_REASON,
        widget=forms.Textarea({"rows": 4}),
        help_text=_(
            "Needed when it is not solved. The commission and the responsible body read it; it is"
            " not public."
        ),
    )  # fmt: skip
    email = AddressField(
        label=_("Your e-mail address"),
        help_text=_("The one with which you asked or supported. Never public. A code comes to it."),
    )
    website = TrapField()

    def clean(self):
        given = super().clean() or {}
        if given.get("word") == VerdictWord.NOT_SOLVED and given.get("reason") == "":
            self.add_error("reason", _("Say what is not solved: the commission will read it."))
        return given
