"""The administrators' site: users, units, posts, days off. No content rights by itself."""

from functools import wraps

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import resolve_url
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

OURS = frozenset({"meetings", "appeals"})


class OurDoors:
    """Sign-in, sign-out and passwords of a site are those of the whole house.

    Django's own would let people in past the second factor and the limits on guessing.
    """

    def login(self, request, extra_context=None):
        if request.user.is_authenticated:
            raise PermissionDenied
        asked = request.GET.get("next", reverse("admin:index", current_app=self.name))
        return HttpResponseRedirect(
            f"{resolve_url('account_login')}?{urlencode({'next': asked})}"
        )  # fmt: skip

    def logout(self, request, extra_context=None):
        return HttpResponseRedirect(resolve_url("account_logout"))

    def password_change(self, request, extra_context=None):
        return HttpResponseRedirect(resolve_url("account_change_password"))

    password_change_done = password_change

    def admin_view(self, view, cacheable=False):
        """The language is asked for as on any page; a list would take it for a filter."""
        guarded = super().admin_view(view, cacheable)

        @wraps(guarded)
        def inner(request, *args, **kwargs):
            if "lang" in request.GET:
                request.GET = request.GET.copy()
                del request.GET["lang"]
            return guarded(request, *args, **kwargs)

        return inner


class AdministratorsSite(OurDoors, admin.AdminSite):
    """Open to those who hold the role of administrator today, anywhere."""

    site_header = _("Akimat: administration")
    site_title = _("Akimat: administration")
    index_title = _("Users, units, posts, days off")
    enable_nav_sidebar = False  # its width belongs to the lists

    def has_permission(self, request):
        from meetings.permissions import is_administrator

        return request.user.is_active and is_administrator(request.user)

    def register(self, model_or_iterable, admin_class=None, **options):
        """Our own models only: packages register theirs with rights that know no territory."""
        models = model_or_iterable
        if isinstance(models, type):
            models = [models]
        ours = [model for model in models if model._meta.app_label in OURS]
        super().register(ours, admin_class, **options)

    def autocomplete_view(self, request):
        """Units within reach, found by any spelling; for other models Django's own view."""
        from meetings.admin.base import suggest_units

        found = suggest_units(request)
        return super().autocomplete_view(request) if found is None else found
