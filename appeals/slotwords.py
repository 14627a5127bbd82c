"""Makes sentences of what is wrong with a pattern of slots, for the field it is about."""

from django.utils.translation import gettext_lazy

from appeals.slots import BadPattern

# Code: the field of the form, the sentence.
_SENTENCES = {
    "order": ("ends", gettext_lazy("The reception ends before it begins. Mend one of the hours.")),
    "length": (
        "slot_minutes",
        gettext_lazy("A talk takes from %(least)d to %(most)d minutes. Give a number in between."),
    ),
    "share": ("walk_in_share", gettext_lazy("A share is from 0 to 100 per cent.")),
    "tables": (None, gettext_lazy("There can be from 1 to %(most)d tables.")),
    "breaks": ("breaks", gettext_lazy("At most %(most)d breaks fit into a day.")),
    "break_order": (
        "breaks",
        gettext_lazy("The breaks overlap, or one of them ends before it begins. Mend them."),
    ),
    "break_outside": ("breaks", gettext_lazy("A break lies outside the hours of the reception.")),
    "none": (
        "slot_minutes",
        gettext_lazy("Not one talk fits between these hours. Make the talks shorter or the day"
                     " longer."),
    ),
    "many": (
        "slot_minutes",
        gettext_lazy("This makes %(number)d slots; a reception can have %(most)d. Make the talks"
                     " longer, or divide it into two receptions."),
    ),
}  # fmt: skip


def say_bad_pattern(bad: BadPattern) -> tuple[str | None, str]:
    """The field and the sentence."""
    field, sentence = _SENTENCES[bad.code]
    return field, str(sentence) % bad.params
