"""A small office whose two cases wait for approval, one for each regulation: made by acts, before any browser comes.

Run as a program on the data folder of TAKAR_DATA, because the tests' own process has settings of its own.
"""

import django


def fill() -> None:
    from tests.office import assessment, make_office  # noqa: PLC0415 -- needs Django to be set up
    from tests.six import EVALUATION, achieve, at_step6, six_office  # noqa: PLC0415 -- likewise

    from takar.casework.actions import save_assessment  # noqa: PLC0415 -- likewise

    office = make_office()
    case = office.at_step(4)
    save_assessment(actor=office.atasan, step_run_id=case.task_id, draft=assessment(case))
    six = six_office(office, people=("rekan",))
    achieve(six)
    case = at_step6(six, 4, "rekan")
    save_assessment(actor=office.atasan, step_run_id=case.task_id, draft=EVALUATION)


if __name__ == "__main__":
    django.setup()
    fill()
