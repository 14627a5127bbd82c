"""The person's own account: roles, language, the ways to password and second factor."""

from allauth.account import views as allauth
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from meetings.forms.accounts import LanguageForm
from meetings.permissions import lacks_second_factor
from meetings.selectors.accounts import first_page, roles_held


class Login(allauth.LoginView):
    """Allauth's sign-in; on a demo site it lists who can be tried."""

    def get_context_data(self, **kwargs) -> dict:
        context = super().get_context_data(**kwargs)
        if settings.SHOW_DEMO_SIGN_INS:
            from meetings.demo import signins

            if shown := signins.demo_sign_ins():
                context |= {"demo_sign_ins": shown, "demo_password": signins.password()}
        return context


login = Login.as_view()


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def account(request):
    """Who I am here; POST keeps the language."""
    form = LanguageForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        with translation.override(request.user.language):
            messages.success(request, _("The language is kept."))
        return HttpResponseRedirect(f"{reverse('account')}?lang={request.user.language}")
    context = {
        "form": form,
        "roles": roles_held(request.user),
        "has_second_factor": is_mfa_enabled(request.user),
        "needs_second_factor": lacks_second_factor(request.user),
        "work_url": reverse(first_page(request.user)),
    }
    return render(request, "account/account.html", context)
