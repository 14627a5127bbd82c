"""Photos and documents in a form: counted and weighed at once, read only when all else is right."""

from collections.abc import Sequence

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from appeals.cleaning import ACCEPT, Cleaned, FileRefused, Limits, cleaned
from meetings.text import BadText, clean

SAID = {
    "empty": _("The file is empty."),
    "large": _("The file is larger than 10 MB. Make the photo smaller, or send fewer pages."),
    "kind": _("This is not a photo (JPEG, PNG, WebP) and not a PDF, whatever its name says. Save a"
              " Word document as PDF."),
    "pixels": _("The picture is too large: at most 50 million dots, of a PNG or WebP 24 million."
                " Make it smaller."),
    "pages": _("The document has too many pages: at most 100. Send the pages that matter."),
    "locked": _("The document is locked with a password. Save it without one."),
    "broken": _("The file cannot be read. Open it on your device, save it again and send that."),
    "heavy": _("The file needs too much memory or time to be read. Save it again in a smaller"
               " form."),
    "busy": _("Many people send files just now. Send it again in a minute."),
}  # fmt: skip
ONE_FILE = _("A photo (JPEG, PNG, WebP) or a PDF, at most 10 MB.")
THREE_FILES = _(
    "Up to three photos (JPEG, PNG, WebP) or PDF documents, at most 10 MB each. The place and the"
    " time of a photo are taken out of it."
)
LONGEST_NAME = 60


class FilesInput(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Up to ``most`` files; gives the uploads, and ``read_files`` what may be kept of them."""

    widget = FilesInput

    def __init__(self, *, most: int, required: bool = False, **options):
        options.setdefault("help_text", ONE_FILE if most == 1 else THREE_FILES)
        super().__init__(required=required, **options)
        self.most = most
        self.widget.attrs |= {"accept": ACCEPT, "multiple": most > 1}

    def clean(self, data, initial=None) -> list[UploadedFile]:
        given = [one for one in data or [] if one is not None]
        if not given and self.required:
            raise forms.ValidationError(_("Choose a file."), code="required")
        if len(given) > self.most:
            raise forms.ValidationError(
                ngettext("At most %(n)d file can be sent.", "At most %(n)d files can be sent.",
                         self.most),
                params={"n": self.most},
            )  # fmt: skip
        for one in given:
            reason = "large" if (one.size or 0) > Limits().file else "" if one.size else "empty"
            if reason:
                raise forms.ValidationError(said(one, reason))
        return given


def read_files(form: forms.Form, name: str) -> list[Cleaned]:
    """What may be kept of a form's files; call it from the form's ``clean``.

    Reading costs seconds of work: it is done only when everything else in the form is right. A
    file that is refused becomes the field's error, by the name its owner knows it by.
    """
    if form.errors:
        return []
    uploads: Sequence[UploadedFile] = form.cleaned_data.get(name) or []
    kept, refused = [], []
    for one in uploads:
        try:
            kept.append(cleaned(one.read()))
        except FileRefused as bad:
            refused.append(said(one, bad.reason))
    if refused:
        form.add_error(name, refused)
    return kept


def said(upload: UploadedFile, reason: str) -> str:
    """What is wrong with a file, with its name before it."""
    try:
        name = clean((upload.name or "")[:LONGEST_NAME])
    except BadText:
        name = ""
    return f"«{name}»: {SAID[reason]}" if name else str(SAID[reason])
