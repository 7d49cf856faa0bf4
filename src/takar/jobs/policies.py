"""Who may have background work tried again, and when."""

from takar.common.errors import AlreadyDone, NotAllowed
from takar.common.rights import Over, right
from takar.jobs.enums import JobState
from takar.jobs.models import Job
from takar.jobs.queries import looks_after_program, open_wish
from takar.jobs.registry import KINDS
from takar.organisation.models import Employee


@right("job.retry", "Mencoba lagi pekerjaan sendiri yang gagal", Over.JOB)
def check_can_retry(actor: Employee, job: Job) -> None:
    """A job that failed, by whoever asked for it; one of the schedule by whoever looks after the program."""
    if job.actor_id != actor.pk and (job.actor_id or not looks_after_program(actor)):
        raise NotAllowed("Pekerjaan ini dimulai orang lain atau oleh jadwal, sehingga tidak dapat Anda coba lagi.")
    if job.state != JobState.FAILED:
        raise AlreadyDone(f"Pekerjaan ini tidak gagal, melainkan: {job.get_state_display()}. Tidak ada yang berubah.")
    if job.kind not in KINDS:
        raise NotAllowed("Pekerjaan ini tidak dikenal versi program ini, sehingga tidak dapat dicoba lagi.")
    if open_wish(job.kind, job.actor, job.agency, job.params):
        raise AlreadyDone("Pekerjaan yang sama sudah menunggu giliran atau sedang berjalan; lihat daftar Pekerjaan.")


def can_retry(actor: Employee, job: Job) -> bool:
    try:
        check_can_retry(actor, job)
    except (AlreadyDone, NotAllowed):
        return False
    return True
