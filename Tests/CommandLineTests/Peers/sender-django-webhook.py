"""One event of the Django app django-webhook: a group is created, and a task of Celery sends that to a webhook.

Arguments: the URL and the text of the event.

The worker, the queue and the database are in this process. The package's documents require a worker, and one shows more
than CELERY_TASK_ALWAYS_EAGER would: there, Celery ignores the wait before a retry. The package sets that to a minute;
CELERY_TASK_ANNOTATIONS, which is how Celery lets a project change a task, makes it ten seconds.
"""

import os
import sys
import threading

import django
from celery import Celery, signals
from django.conf import settings
from django.core.management import call_command

url, text = sys.argv[1:]
settings.configure(
    # Each thread has a connection of its own; the shared cache makes all of them see the same tables.
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": "file:peer?mode=memory&cache=shared"}},
    INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth", "django_webhook"],
    DJANGO_WEBHOOK={"MODELS": ["auth.Group"]},
    CELERY_BROKER_URL="memory://",
    CELERY_TASK_ANNOTATIONS={"django_webhook.tasks.fire_webhook": {"default_retry_delay": 10}},
)
app = Celery("peer")
app.config_from_object("django.conf:settings", namespace="CELERY")
# That of the worker's threads too, as Celery's own command has it.
app.set_default()
django.setup()
call_command("migrate", verbosity=0)

from django.contrib.auth.models import Group  # noqa: E402
from django_webhook.models import Webhook, WebhookTopic, populate_topics_from_settings  # noqa: E402

# A project has its topics from its first start after the migrations.
populate_topics_from_settings()
webhook = Webhook.objects.create(url=url)
webhook.topics.set([WebhookTopic.objects.get(name="auth.Group/create")])
webhook.secrets.create(token=os.environ["SENDER_SECRET"])
Group.objects.create(name=text)

ended = threading.Event()


def end(**_):
    ended.set()


# Neither is sent for an attempt that another will follow.
signals.task_success.connect(end)
signals.task_failure.connect(end)
worker = app.WorkController(pool="solo", without_gossip=True, without_mingle=True, without_heartbeat=True)
threading.Thread(target=worker.start, daemon=True).start()
ended.wait()
