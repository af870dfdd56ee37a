import sys

from django.conf import settings
from django.core.management import execute_from_command_line
from django.http import HttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from verify import verify

settings.configure(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["127.0.0.1"], MIDDLEWARE=[])


@csrf_exempt
@require_POST
def webhook(request):
    given = request.headers
    if not verify(request.body, given.get("X-Slack-Request-Timestamp"), given.get("X-Slack-Signature")):
        return HttpResponse(status=401)
    return HttpResponse("ok")


urlpatterns = [path("webhook", webhook)]

if __name__ == "__main__":
    execute_from_command_line(["django", "runserver", "--noreload", f"127.0.0.1:{sys.argv[1]}"])
