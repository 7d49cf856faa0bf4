"""Who may ask for a reset, who agrees, and who decides whether a second person is needed."""

from takar.common.errors import NotAllowed
from takar.common.rights import Over, right
from takar.organisation.enums import Role
from takar.organisation.models import Agency, Employee
from takar.organisation.policies import check_can_manage_office, roles_here

SECONDS = frozenset({Role.KEPALA, Role.KASUBBAG, Role.ADMIN})


@right("reset.ask", "Meminta kode baru untuk akun yang sudah dipakai, dengan orang kedua", Over.PERSON)
def check_can_ask(actor: Employee, person: Employee) -> None:
    check_can_manage_office(actor, person.agency)
    if actor.pk == person.pk:
        raise NotAllowed("Kode untuk akun sendiri diminta oleh orang lain: Kasubbag atau Administrator yang lain.")


@right("reset.confirm", "Menyetujui kode baru yang diminta orang lain", Over.PERSON)
def check_can_confirm(actor: Employee, person: Employee) -> None:
    """Another one than who asked, which the action looks at; never for the own account."""
    if actor.pk == person.pk or not roles_here(actor, person.agency) & SECONDS:
        raise NotAllowed(
            "Reset kata sandi disetujui oleh Kepala, Kasubbag Umum dan Kepegawaian, atau Administrator, dan tidak untuk "
            "akun sendiri."
        )


@right("reset.rule", "Mewajibkan orang kedua pada reset kata sandi", Over.OFFICE)
def check_can_set_rule(actor: Employee, agency: Agency) -> None:
    if not roles_here(actor, agency) & SECONDS:
        raise NotAllowed(
            "Reset kata sandi diatur oleh Kepala, Kasubbag Umum dan Kepegawaian, atau Administrator. Sampaikan kepada mereka."
        )


@right("reset.rule_off", "Meniadakan kewajiban orang kedua pada reset kata sandi", Over.OFFICE)
def check_can_lift_rule(actor: Employee, agency: Agency) -> None:
    """Not by those whom the rule binds."""
    if Role.KEPALA not in roles_here(actor, agency):
        raise NotAllowed(
            "Kewajiban orang kedua hanya dapat ditiadakan oleh Kepala, karena mengikat Kasubbag dan Administrator."
        )
