"""Pages about letters: stop the notices; the mailbox of a demo."""

from django.conf import settings
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from akimat.mail import newest
from meetings.letters import read_stop
from meetings.services import outbox


# Mail programs stop notices by one POST of their own (RFC 8058), without a page and its token;
# the address itself is the key.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request, token):
    """No more notices to the address that this link was sent to."""
    mark = read_stop(token)
    if mark is None:
        raise Http404
    if request.method == "POST":
        outbox.stop(mark)
    return render(request, "site/stop_letters.html", {"is_stopped": request.method == "POST"})


@never_cache
@require_safe
def mailbox(request):
    """Letters that were not sent, since this site runs on somebody's own machine."""
    if not settings.SHOW_MAILBOX:
        raise Http404
    return render(request, "site/mailbox.html", {"letters": newest(30)})
