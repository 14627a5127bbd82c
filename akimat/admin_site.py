"""The administrators' site: users, units, posts, days off. No content rights by itself."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _


class AdministratorsSite(admin.AdminSite):
    """Open to those who hold the role of administrator today, anywhere."""

    site_header = _("Akimat: administration")
    site_title = _("Akimat: administration")
    index_title = _("Users, units, posts, days off")

    def has_permission(self, request):
        from meetings.permissions import is_administrator

        return request.user.is_active and is_administrator(request.user)
