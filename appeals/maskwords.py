"""Words for what masking finds."""

from django.utils.translation import gettext_lazy as _

from appeals.masking import Kind

KINDS = {
    Kind.NAME: _("name"),
    Kind.PHONE: _("telephone"),
    Kind.EMAIL: _("e-mail address"),
    Kind.IIN: _("IIN"),
    Kind.ADDRESS: _("home address"),
}
