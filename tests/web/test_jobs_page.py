"""The page of background work that failed: it says so, and has a button to try again."""

from django.urls import reverse
from tests.office import NOW, Office
from tests.web.browsing import words

from takar.jobs.actions import GIVEN_UP, enqueue
from takar.jobs.enums import JobState
from takar.jobs.models import Job, Schedule

BUTTON = "Coba lagi</button>"


def failed(office: Office, *, of_schedule: bool = False) -> Job:
    job = enqueue(actor=None if of_schedule else office.kasubbag, kind="jobs.prune")
    Job.objects.filter(pk=job.pk).update(state=JobState.FAILED, ended_at=NOW, deaths=10, message=GIVEN_UP.format(10))
    return job


def test_job_that_failed_is_tried_again_by_its_button(office: Office) -> None:
    job, client = failed(office), office.client("kasubbag")
    address = reverse("job", args=[job.pk])
    before = client.get(address)
    assert "10 kali terhenti sebelum satu butir pun selesai" in words(before)
    answer = client.post(reverse("retry_job", args=[job.pk]))
    assert (BUTTON in before.content.decode(), answer["Location"]) == (True, address)
    after = client.get(address).content.decode()
    assert (BUTTON in after, "Menunggu giliran untuk dicoba lagi." in after) == (False, True)


def test_work_of_the_schedule_that_failed_is_tried_again_from_the_list(office: Office) -> None:
    job, client = failed(office, of_schedule=True), office.client("kasubbag")
    Schedule.objects.create(kind="jobs.prune", every_minutes=5, next_at=NOW)
    retry = reverse("retry_job", args=[job.pk])
    assert f'action="{retry}"' in client.get(reverse("jobs")).content.decode()
    assert office.client("staf").post(retry).status_code == 404
    assert client.post(retry)["Location"] == reverse("jobs")
    assert Job.objects.get(pk=job.pk).state == JobState.QUEUED
