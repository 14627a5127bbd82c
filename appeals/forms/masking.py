"""Forms whose words become public: they ask before personal data in them are published."""

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from appeals.masking import LONGEST, Kind, find
from appeals.maskwords import KINDS

_SHOWN = 10


class MaskedMixin(forms.Form):
    """Give ``masked_fields``, the fields whose words everybody will read.

    What looks personal in them must be confirmed in a box, which is shown when there is something
    to confirm: at once where the form begins with such words, else with the refusal.
    """

    masked_fields: ClassVar[tuple[str, ...]] = ()

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["personal_stays"] = forms.BooleanField(
            required=False, label=_("I have read it: the personal data in this text may be public")
        )
        if not any(find(self._typed(name)) for name in self.masked_fields):
            self.fields["personal_stays"].widget = forms.HiddenInput()

    def _typed(self, name: str) -> str:
        if self.is_bound:
            return str(self.data.get(self.add_prefix(name), ""))[:LONGEST]
        return str(self.get_initial_for_field(self.fields[name], name) or "")

    def clean(self):
        given = super().clean() or self.cleaned_data
        if not given.pop("personal_stays", False):
            found = [piece for name in self.masked_fields for piece in pieces(given.get(name, ""))]
            if found:
                self.add_error("personal_stays", _not_confirmed(found))
        return given


def pieces(text: str) -> list[tuple[Kind, str]]:
    """What was found in a text: what it is, and its words."""
    return [(one.kind, text[one.start : one.end]) for one in find(text)]


def _not_confirmed(found: list[tuple[Kind, str]]) -> forms.ValidationError:
    named = ", ".join(f"{words} ({KINDS[kind]})" for kind, words in found[:_SHOWN])
    if len(found) > _SHOWN:
        named += ", …"
    return forms.ValidationError(
        _(
            "This looks like personal data: %(found)s. Take it out, or confirm that it may be"
            " public."
        ),
        params={"found": named},
    )  # fmt: skip
