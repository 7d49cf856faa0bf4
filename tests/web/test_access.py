"""Who gets which answer from every address: one row for each, one column for each person of the cast.

`Putri`'s case (pegawai) is closed and has everything; `Rudi`'s (rekan) waits at step 1. Andi (atasan) assesses both, and
above him stands the Kepala. The outsider holds every office of another agency. `masuk` is the way to the sign-in page,
`berkas` to the case, `salin` to copies, `tugas` to the tasks, `kantor` to the office, `mandat` to the mandates, `akun` to
the password once more, `awal` to the first page.
"""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from tests.documents.test_emblems import CREST
from tests.office import FORM, NOW, TODAY, Office
from tests.web.browsing import PDF, location, rows, undone, words

from takar.accounts.actions import create_user
from takar.appraisal.enums import Source
from takar.appraisal.progress import add_progress
from takar.archive.models import Deposit, Reduction
from takar.archive.places import start_check
from takar.archive.retention import hold_deposit
from takar.casework.actions import add_evidence, save_form
from takar.casework.acts import record_act
from takar.casework.models import Case
from takar.casework.queries import visible_cases
from takar.common.reads import QUERY_ONLY
from takar.documents.emblems import set_emblem
from takar.exchange.actions import upload
from takar.exchange.models import ImportKind
from takar.exchange.outgoing import blank_targets
from takar.files.actions import store
from takar.jobs.actions import enqueue
from takar.organisation.mandates import give_mandate
from takar.organisation.models import Assignment, HoursSeason, RoleHolder
from takar.organisation.types import MandateData
from takar.privacy.actions import ask_correction
from takar.procedures.models import ProcedureVersion
from takar.review.enums import FormKind
from takar.review.forms import begin_form, span_on
from takar.web.urls import urlpatterns

PEOPLE = (
    *("staf", "staf2", "kasubbag", "atasan", "pegawai", "rekan", "sekretaris", "kepala", "atasan_lain", "outsider"),
    "anonymous",
)

GET = """
                         staf    staf2   kasubbag atasan  pegawai rekan   sekretaris kepala atasan_lain outsider anonymous
held                     awal    awal    awal     awal    awal    awal    awal       awal    awal       awal     masuk
home                     200     200     200      200     200     200     200        200     200        200      masuk
due                      200     200     200      200     200     200     200        200     200        200      masuk
setup                    404     404     404      404     404     404     404        404     404        404      404
account_login            awal    awal    awal     awal    awal    awal    awal       awal    awal       awal     200
account_logout           200     200     200      200     200     200     200        200     200        200      masuk
account_change_password  200     200     200      200     200     200     200        200     200        200      masuk
activate                 200     200     200      200     200     200     200        200     200        200      200
tasks                    200     200     200      200     200     200     200        200     200        200      masuk
bulk                     405     405     405      405     405     405     405        405     405        405      405
forms_workbook           200     200     422      422     422     422     422        422     422        422      masuk
upload_forms             tugas   tugas   tugas    tugas   tugas   tugas   tugas      tugas   tugas      tugas    masuk
step                     200     200     berkas   berkas  404     berkas  berkas     berkas  404        404      masuk
compute                  405     405     405      405     405     405     405        405     405        405      405
step_clock               405     405     405      405     405     405     405        405     405        405      405
evidence                 405     405     405      405     405     405     405        405     405        405      405
cases                    200     200     200      200     200     200     200        200     200        200      masuk
case                     200     200     200      200     200     404     200        200     404        404      masuk
form_workbook            200     200     200      200     200     404     200        200     404        404      masuk
form_version             200     200     200      200     200     404     200        200     404        404      masuk
form_file                200     200     200      200     200     404     200        200     404        404      masuk
evidence_file            200     200     200      200     200     404     200        200     404        404      masuk
assessor                 berkas  berkas  berkas   berkas  berkas  404     berkas     berkas  404        404      masuk
aftermath                200     200     200      200     200     404     200        200     404         404      masuk
decision                 berkas  berkas  berkas   berkas  berkas  404     berkas     berkas  404         404      masuk
decision_compute         405     405     405      405     405     405     405        405     405         405      405
act_file                 404     404     200      200     200     404     404        200     404         404      masuk
document                 200     200     200      200     200     404     200        200     404        404      masuk
document_original        200     200     200      200     200     404     200        200     404        404      masuk
document_copy            200     200     200      200     200     404     200        200     404        404      masuk
document_copies          200     200     200      200     200     404     200        200     404        404      masuk
my_copies                200     200     200      200     200     200     200        200     200        200      masuk
copy_event               405     405     405      405     405     405     405        405     405        405      405
receive_copy             405     405     405      405     405     405     405        405     405        405      405
copy_register            200     200     200      404     404     404     200        200     404        200      masuk
distribution             403     403     200      403     403     403     403        403     403        200      masuk
boxes                    200     200     200      404     404     404     200        200     404        200      masuk
labels                   200     200     200      404     404     404     200        200     404        200      masuk
box                      200     200     200      404     404     404     200        200     404        404      masuk
box_label                200     200     200      404     404     404     200        200     404        404      masuk
box_list                 200     200     200      404     404     404     200        200     404        404      masuk
shelf                    200     200     200      404     404     404     200        200     404        404      masuk
loans                    200     200     200      404     404     404     200        200     404        200      masuk
stock_checks             200     200     200      404     404     404     200        200     404        200      masuk
stock_check              200     200     200      404     404     404     200        200     404        404      masuk
reductions               200     200     200      404     404     404     200        200     404        200      masuk
reduction                200     200     200      404     404     404     200        200     404        404      masuk
reduction_record         404     404     404      404     404     404     404        404     404        404      masuk
reduction_act_file       404     404     404      404     404     404     404        404     404        404      masuk
packages                 200     200     200      404     404     404     200        200     404        200      masuk
retention                200     200     200      404     404     404     200        200     404        200      masuk
personnel_file           200     200     200      404     200     404     200        200     404        404      masuk
control_files            200     200     200      404     404     404     200        200     404        200      masuk
control_file             200     200     200      404     404     404     200        200     404        404      masuk
release_hold             405     405     405      405     405     405     405        405     405        405      405
deposit                  200     200     200      404     200     404     200        200     404        404      masuk
deposit_content          200     200     200      404     200     404     200        200     404        404      masuk
archive                  200     200     200      200     200     200     200        200     200        200      masuk
notebooks                200     200     200      200     200     200     200        200     200         200      masuk
notebook                 404     404     404      200     404     200     404        404     404         404      masuk
accounts                 200     200     200      200     200     200     200        200     200        200      masuk
account                  200     200     200      200     404     200     404        200     404        404      masuk
skp                      200     200     200      200     200     200     200        200     200        200      masuk
skp_begin                200     200     200      403     403     200     403        403     403        404      masuk
skp_matrix               200     200     200      200     200     200     200        200     404        404      masuk
skp_plan                 200     200     200      200     200     404     200        200     404        404      masuk
skp_edit                 403     403     403      403     403     404     403        403     404        404      masuk
progress                 200     200     200      200     200     404     200        200     404        404      masuk
progress_file            200     200     200      200     200     404     200        200     404        404      masuk
feedback                 200     200     200      200     200     200     200        200     200        200      masuk
feedback_of              404     404     404      200     404     200     404        200     404        404      masuk
plans                    200     200     200      403     403     403     403        403     403        200      masuk
plan                     200     200     200      403     403     403     403        403     403        404      masuk
periods                  403     403     200      403     403     403     403        403     403        200      masuk
period                   403     403     200      403     403     403     403        403     403        404      masuk
achievements             403     403     200      403     403     403     403        200     403        200      masuk
office                   403     403     200      403     403     403     403        403     403        200      masuk
offices                  403     403     200      403     403     403     403        403     403        403      masuk
activation_codes         405     405     405      405     405     405     405        405     405        405      405
roles                    403     403     200      403     403     403     403        403     403        200      masuk
office_account           403     403     200      403     403     403     403        403     403        404      masuk
calendar                 403     403     200      403     403     403     403        403     403         200      masuk
hours                    403     403     200      403     403     403     403        403     403         200      masuk
reminder_rules           403     403     200      403     403     403     403        403     403         200      masuk
new_season               403     403     200      403     403     403     403        403     403         200      masuk
holidays                 403     403     200      403     403     403     403        403     403         200      masuk
season                   403     403     200      403     403     403     403        403     403         404      masuk
mandates                 403     403     200      403     403     403     403        200     403         200      masuk
resets                   403     403     200      403     403     403     403        200     403         200      masuk
end_mandate              405     405     405      405     405     405     405        405     405         405      405
import_upload            200     200     200      403     403     403     403        403     403        200      masuk
import_template          200     200     200      403     403     403     403        403     403        200      masuk
import_preview           200     200     200      403     403     403     403        403     403        404      masuk
notices                  200     200     200      200     200     200     200        200     200        200      masuk
notice_settings          200     200     200      200     200     200     200        200     200        200      masuk
jobs                     200     200     200      200     200     200     200        200     200        200      masuk
job                      404     404     200      404     404     404     404        404     404        404      masuk
job_progress             404     404     200      404     404     404     404        404     404        404      masuk
job_file                 404     404     404      404     404     404     404        404     404        404      masuk
cancel_job               405     405     405      405     405     405     405        405     405        405      405
retry_job                405     405     405      405     405     405     405        405     405        405      405
blank_forms              200     200     200      200     200     200     200        200     200        200      masuk
blank_form               200     200     200      200     200     200     200        200     200        200      masuk
sop_sheet                200     200     200      200     200     200     200        200     200        404      masuk
emblems                  403     403     200      403     403     403     403        403     403        200      masuk
emblem_picture           200     200     200      200     200     200     200        200     200        404      masuk
print_office             200     200     200      403     403     403     200        200     403        200      masuk
case_prints              200     200     200      200     200     404     200        200     404        404      masuk
case_print               200     200     200      200     200     404     200        200     404        404      masuk
plan_prints              200     200     200      200     404     200     200        200     404        404      masuk
plan_print               200     200     200      200     404     200     200        200     404        404      masuk
notebook_print           404     404     404      200     404     200     404        404     404        404      masuk
trail                    404     404     200      404     404     404     200        200     404        200      masuk
sop                      200     200     200      200     200     200     200        200     200        200      masuk
sop_version              200     200     200      200     200     200     200        200     200        404      masuk
workshop                 403      403      200      403      403      403      200      200      403      200      masuk
workshop_preview         405      405      405      405      405      405      405      405      405      405      405
oversight                403      403      200      403      403      403      200      200      403      200      masuk
conformance              403      403      200      403      403      403      200      200      403      404      masuk
event_log                403      403      200      403      403      403      200      200      403      404      masuk
reviews                  403      403      200      403      403      403      200      200      403      200      masuk
review                   403      403      200      403      403      403      200      200      403      404      masuk
review_file              403      403      404      403      403      403      404      404      403      404      masuk
what_if                  403      403      200      403      403      403      200      200      403      200      masuk
sop_bpmn                 200      200      200      200      200      200      200      200      200      404      masuk
check                    200      200      200      200      200      200      200      200      200      200      200
check_key                200      200      200      200      200      200      200      200      200      200      200
signatures               200      200      200      200      200      200      200      200      200      200      masuk
document_record          200      200      200      200      200      404      200      200      404      404      masuk
withdraw                 405      405      405      405      405      405      405      405      405      405      405
signing                  403      403      200      403      403      403      403      403      403      200      masuk
trust_file               403      403      200      403      403      403      403      403      403      200      masuk
reports                  403 403 laporan 403 403 403 laporan laporan 403 200 masuk
report                   403 403 200 403 403 403 200 200 403 404 masuk
report_results           403 403 200 403 403 403 200 200 403 404 masuk
report_workbook          403 403 200 403 403 403 200 200 403 404 masuk
report_paper             403 403 200 403 403 403 200 200 403 404 masuk
report_cases             403 403 200 403 403 403 200 200 403 404 masuk
mfa_authenticate             awal awal awal awal awal awal awal awal awal awal masuk
mfa_login_webauthn           awal awal awal awal awal awal awal awal awal awal masuk
my_data 200 200 200 200 200 200 200 200 200 200 masuk
processing 403 403 200 403 403 403 403 200 403 200 masuk
corrections 403 403 200 403 403 403 403 200 403 200 masuk
correction 403 403 200 403 403 403 403 403 403 404 masuk
sessions                     200 200 200 200 200 200 200 200 200 200 masuk
mfa_index                    200 200 200 200 200 200 200 200 200 200 masuk
oidc_start                   405 405 405 405 405 405 405 405 405 405 405
oidc_return                  404 404 404 404 404 404 404 404 404 404 404
account_set_password         aktivasi aktivasi aktivasi aktivasi aktivasi aktivasi aktivasi aktivasi aktivasi aktivasi aktivasi
tokens                       200 200 200 200 200 200 200 200 200 200 masuk
revoke_token                 405 405 405 405 405 405 405 405 405 405 405
account_reauthenticate       200 200 200 200 200 200 200 200 200 200 masuk
mfa_reauthenticate           akun akun akun akun akun akun akun akun akun akun masuk
mfa_reauthenticate_webauthn  akun akun akun akun akun akun akun akun akun akun masuk
mfa_activate_totp            akun akun akun akun akun akun akun akun akun akun masuk
mfa_deactivate_totp          404 404 404 404 404 404 404 404 404 404 masuk
mfa_view_recovery_codes      akun akun akun akun akun akun akun akun akun akun masuk
mfa_generate_recovery_codes  akun akun akun akun akun akun akun akun akun akun masuk
mfa_add_webauthn             akun akun akun akun akun akun akun akun akun akun masuk
mfa_remove_webauthn          akun akun akun akun akun akun akun akun akun akun masuk
"""

# A POST with nothing in it: whoever may act is told what is missing (422), and nothing is ever written.
POST = """
                         staf    staf2   kasubbag atasan  pegawai rekan   sekretaris kepala atasan_lain outsider anonymous
held                     awal    awal    awal     awal    awal    awal    awal       awal    awal       awal     masuk
home                     405     405     405      405     405     405     405        405     405        405      405
due                      405     405     405      405     405     405     405        405     405        405      405
setup                    404     404     404      404     404     404     404        404     404        404      404
account_login            awal    awal    awal     awal    awal    awal    awal       awal    awal       awal     200
account_change_password  200     200     200      200     200     200     200        200     200        200      masuk
activate                 422     422     422      422     422     422     422        422     422        422      422
tasks                    405     405     405      405     405     405     405        405     405        405      405
bulk                     422     422     422      422     422     422     422        422     422        422      masuk
forms_workbook           405     405     405      405     405     405     405        405     405        405      405
upload_forms             422     422     422      422     422     422     422        422     422        422      masuk
step                     422     422     403      403     404     403     403        403     404        404      masuk
compute                  404     404     404      404     404     404     404        404     404        404      masuk
step_clock               422     422     403      403     404     403     403        403     404        404      masuk
evidence                 422     422     403      403     404     403     403        403     404        404      masuk
cases                    405     405     405      405     405     405     405        405     405        405      405
case                     405     405     405      405     405     405     405        405     405        405      405
form_workbook            405     405     405      405     405     405     405        405     405        405      405
form_version             405     405     405      405     405     405     405        405     405        405      405
form_file                405     405     405      405     405     405     405        405     405        405      405
evidence_file            405     405     405      405     405     405     405        405     405        405      405
assessor                 403     403     403      403     403     404     403        403     404        404      masuk
aftermath                422     422     422      422     422     404     422        422     404         404      masuk
decision                 403     403     403      403     403     404     403        403     404         404      masuk
decision_compute         404     404     404      404     404     404     404        404     404         404      masuk
act_file                 405     405     405      405     405     405     405        405     405         405      405
document                 405     405     405      405     405     405     405        405     405        405      405
document_original        405     405     405      405     405     405     405        405     405        405      405
document_copy            405     405     405      405     405     405     405        405     405        405      405
document_copies          422     422     422      422     422     404     422        422     404        404      masuk
my_copies                405     405     405      405     405     405     405        405     405        405      405
copy_event               salin   salin   salin    salin   salin   salin   salin      salin   salin      404      masuk
receive_copy             404     404     404      404     salin   404     404        404     404        404      masuk
copy_register            405     405     405      405     405     405     405        405     405        405      405
distribution             403     403     422      403     403     403     403        403     403        422      masuk
boxes                    422     422     422      404     404     404     422        422     404        422      masuk
labels                   405     405     405      405     405     405     405        405     405        405      405
box                      422     422     422      404     404     404     422        422     404        404      masuk
box_label                405     405     405      405     405     405     405        405     405        405      405
box_list                 405     405     405      405     405     405     405        405     405        405      405
shelf                    405     405     405      405     405     405     405        405     405        405      405
loans                    422     422     422      404     404     404     422        422     404        422      masuk
stock_checks             422     422     422      404     404     404     422        422     404        422      masuk
stock_check              405     405     405      405     405     405     405        405     405        405      405
reductions               422     422     422      404     404     404     422        422     404        422      masuk
reduction                422     422     422      404     404     404     422        422     404        404      masuk
reduction_record         405     405     405      405     405     405     405        405     405        405      405
reduction_act_file       405     405     405      405     405     405     405        405     405        405      405
packages                 422     422     422      404     404     404     422        422     404        422      masuk
retention                422     422     422      404     404     404     422        422     404        422      masuk
personnel_file           422     422     422      404     422     404     422        422     404        404      masuk
control_files            405     405     405      405     405     405     405        405     405        405      405
control_file             405     405     405      405     405     405     405        405     405        405      405
release_hold             403     403     422      403     403     403     403        403     403        404      masuk
deposit                  422     422     422      404     422     404     422        422     404        404      masuk
deposit_content          405     405     405      405     405     405     405        405     405        405      405
archive                  405     405     405      405     405     405     405        405     405        405      405
notebooks                405     405     405      405     405     405     405        405     405         405      405
notebook                 404     404     404      422     404     403     404        404     404         404      masuk
accounts                 405     405     405      405     405     405     405        405     405        405      405
account                  403     403     422      403     404     403     404        403     404        404      masuk
skp                      405     405     405      405     405     405     405        405     405        405      405
skp_begin                422     422     422      403     403     422     403        403     403        404      masuk
skp_matrix               405     405     405      405     405     405     405        405     405        405      405
skp_plan                 422     422     422      422     422     404     422        422     404        404      masuk
skp_edit                 403     403     403      403     403     404     403        403     404        404      masuk
progress                 422     422     422      422     422     404     422        422     404        404      masuk
progress_file            405     405     405      405     405     405     405        405     405        405      405
feedback                 405     405     405      405     405     405     405        405     405        405      405
feedback_of              404     404     404      422     404     422     404        422     404        404      masuk
plans                    405     405     405      405     405     405     405        405     405        405      405
plan                     422     422     422      403     403     403     403        403     403        404      masuk
periods                  403     403     422      403     403     403     403        403     403        422      masuk
period                   405     405     405      405     405     405     405        405     405        405      405
achievements             403     403     422      403     403     403     403        422     403        422      masuk
office                   405     405     405      405     405     405     405        405     405        405      405
offices                  403     403     422      403     403     403     403        403     403        403      masuk
activation_codes         kantor  kantor  kantor   kantor  kantor  kantor  kantor     kantor  kantor     kantor   masuk
roles                    403     403     422      403     403     403     403        403     403        422      masuk
office_account           403     403     422      403     403     403     403        403     403        404      masuk
calendar                 403     403     422      403     403     403     403        403     403         422      masuk
hours                    403     403     422      403     403     403     403        403     403         422      masuk
reminder_rules           403     403     422      403     403     403     403        403     403         422      masuk
new_season               403     403     422      403     403     403     403        403     403         422      masuk
holidays                 403     403     422      403     403     403     403        403     403         422      masuk
season                   403     403     422      403     403     403     403        403     403         404      masuk
mandates                 403     403     422      403     403     403     403        422     403         422      masuk
resets                   403     403     422      403     403     403     403        422     403         422      masuk
end_mandate              mandat  mandat  mandat   mandat  mandat  mandat  mandat     mandat  mandat      404     masuk
import_upload            422     422     422      403     403     403     403        403     403        422      masuk
import_template          405     405     405      405     405     405     405        405     405        405      405
import_preview           422     422     422      403     403     403     403        403     403        404      masuk
notices                  422     422     422      422     422     422     422        422     422        422      masuk
notice_settings          422     422     422      422     422     422     422        422     422        422      masuk
jobs                     405     405     405      405     405     405     405        405     405        405      405
job                      405     405     405      405     405     405     405        405     405        405      405
job_progress             405     405     405      405     405     405     405        405     405        405      405
job_file                 405     405     405      405     405     405     405        405     405        405      405
cancel_job               404     404     pekerjaan 404    404     404     404        404     404        404      masuk
retry_job                404     404     409      404     404     404     404        404     404        404      masuk
blank_forms              405     405     405      405     405     405     405        405     405        405      405
blank_form               405     405     405      405     405     405     405        405     405        405      405
sop_sheet                405     405     405      405     405     405     405        405     405        405      405
emblems                  403     403     422      403     403     403     403        403     403        422      masuk
emblem_picture           405     405     405      405     405     405     405        405     405        405      405
print_office             422     422     422      403     403     403     422        422     403        422      masuk
case_prints              405     405     405      405     405     405     405        405     405        405      405
case_print               405     405     405      405     405     405     405        405     405        405      405
plan_prints              405     405     405      405     405     405     405        405     405        405      405
plan_print               405     405     405      405     405     405     405        405     405        405      405
notebook_print           405     405     405      405     405     405     405        405     405        405      405
trail                    405     405     405      405     405     405     405        405     405        405      405
sop                      405     405     405      405     405     405     405        405     405        405      405
sop_version              405     405     405      405     405     405     405        405     405        405      405
workshop                 403      403      422      403      403      403      422      422      403      422      masuk
workshop_preview         403      403      404      403      403      403      403      403      403      404      masuk
oversight                405      405      405      405      405      405      405      405      405      405      405
conformance              403      403      pengawasan 403      403      403      pengawasan pengawasan 403      404      masuk
event_log                405      405      405      405      405      405      405      405      405      405      405
reviews                  403      403      422      403      403      403      422      422      403      422      masuk
review                   403      403      422      403      403      403      422      422      403      404      masuk
review_file              405      405      405      405      405      405      405      405      405      405      405
what_if                  403      403      200      403      403      403      200      200      403      200      masuk
sop_bpmn                 405      405      405      405      405      405      405      405      405      405      405
check                    422      422      422      422      422      422      422      422      422      422      422
check_key                405      405      405      405      405      405      405      405      405      405      405
signatures               422      422      422      422      422      422      422      422      422      422      masuk
document_record          405      405      405      405      405      405      405      405      405      405      405
withdraw                 403      403      422      403      403      404      403      422      404      404      masuk
signing                  403      403      422      403      403      403      403      403      403      422      masuk
trust_file               405      405      405      405      405      405      405      405      405      405      405
reports                  405 405 405 405 405 405 405 405 405 405 405
report                   403      403      422        403      403      403      422        422        403      404      masuk
report_results           405 405 405 405 405 405 405 405 405 405 405
report_workbook          405 405 405 405 405 405 405 405 405 405 405
report_paper             405 405 405 405 405 405 405 405 405 405 405
report_cases             405 405 405 405 405 405 405 405 405 405 405
mfa_authenticate             awal awal awal awal awal awal awal awal awal awal masuk
mfa_login_webauthn           awal awal awal awal awal awal awal awal awal awal masuk
my_data 422 422 422 422 422 422 422 422 422 422 masuk
processing 405 405 405 405 405 405 405 405 405 405 405
corrections 405 405 405 405 405 405 405 405 405 405 405
correction 403 403 422 403 403 403 403 403 403 404 masuk
sessions                     akun akun akun akun akun akun akun akun akun akun masuk
mfa_index                    405 405 405 405 405 405 405 405 405 405 405
oidc_start                   404 404 404 404 404 404 404 404 404 404 404
oidc_return                  404 404 404 404 404 404 404 404 404 404 404
account_set_password         405 405 405 405 405 405 405 405 405 405 405
tokens                       422 422 422 422 422 422 422 422 422 422 masuk
revoke_token                 403 403 403 403 403 403 403 403 403 403 masuk
account_reauthenticate       200 200 200 200 200 200 200 200 200 200 masuk
mfa_reauthenticate           akun akun akun akun akun akun akun akun akun akun masuk
mfa_reauthenticate_webauthn  akun akun akun akun akun akun akun akun akun akun masuk
mfa_activate_totp            akun akun akun akun akun akun akun akun akun akun masuk
mfa_deactivate_totp          404 404 404 404 404 404 404 404 404 404 masuk
mfa_view_recovery_codes      akun akun akun akun akun akun akun akun akun akun masuk
mfa_generate_recovery_codes  akun akun akun akun akun akun akun akun akun akun masuk
mfa_add_webauthn             akun akun akun akun akun akun akun akun akun akun masuk
mfa_remove_webauthn          akun akun akun akun akun akun akun akun akun akun masuk
account_logout           masuk   masuk   masuk    masuk   masuk   masuk   masuk      masuk   masuk      masuk    masuk
"""


def expected(table: str) -> dict[str, dict[str, str]]:
    head, *lines = table.strip().splitlines()
    assert tuple(head.split()) == PEOPLE
    return {name: dict(zip(PEOPLE, answers, strict=True)) for name, *answers in map(str.split, lines)}


@pytest.fixture
def addresses(office: Office) -> dict[str, str]:
    """The address of every name, of objects of this office."""
    first = office.case().task_id
    add_evidence(actor=office.staf, step_run_id=first, item=1, files=[("bukti.pdf", PDF)])
    workbook = store(b"workbook", name="a.xlsx", media_type="application/zip")
    save_form(actor=office.staf, step_run_id=first, data=FORM, source=Source.FILE, file=workbook)
    case, waiting = office.at_step(8), office.case("rekan")
    targets = blank_targets(office.agency, 2026)
    batch = upload(actor=office.kasubbag, agency=office.agency, kind=ImportKind.TARGETS, name="t.xlsx", content=targets)
    form = case.appraisal.forms.exclude(file=None)[0]
    paper = [("keberatan.pdf", PDF)]
    plan = case.appraisal.plan
    assert plan is not None
    achieved = add_progress(
        actor=office.pegawai, plan=plan, item=1, on=dt.date(2025, 3, 1), text="Selesai.", files=[("b.pdf", PDF)]
    )
    act = record_act(actor=office.pegawai, case_id=case.pk, kind="object", text="Kualitas kegiatan 1.", files=paper)
    mandate = give_mandate(actor=office.kasubbag, agency=office.agency, data=decree(office))
    job = enqueue(actor=office.kasubbag, kind="jobs.prune")
    half = span_on(FormKind.MONITORING, TODAY)
    sop_form = begin_form(actor=office.kepala, version=ProcedureVersion.objects.get(), span=half)
    Assignment.objects.filter(employee=office.rekan).update(post_kind="jft", level="ahli_muda")
    copy = case.documents.get().document.copies.get()
    task, file, documents = [waiting.task_id], [case.pk, form.pk], [case.documents.get().document_id]
    objects: dict[str, list[object]] = {
        "step": task,
        "step_clock": task,
        "compute": task,
        "evidence": task,
        "case": [case.pk],
        "form_workbook": [case.pk],
        "form_version": file,
        "form_file": file,
        "evidence_file": [case.pk, case.appraisal.evidence.get().pk],
        **{name: [case.pk] for name in ("aftermath", "assessor", "decision", "decision_compute")},
        "act_file": [case.pk, act.files.get().pk],
        "end_mandate": [mandate.pk],
        "notebook": [office.rekan.pk],
        "account": [office.rekan.pk],
        "document": documents,
        "document_original": documents,
        "document_copy": [*documents, 1],
        "document_record": documents,
        "withdraw": documents,
        "check_key": [case.documents.get().document.key],
        "season": [HoursSeason.objects.create(agency=office.agency, name="Ramadhan", start=TODAY, end=TODAY).pk],
        "document_copies": documents,
        **archive_objects(office, case),
        **{name: [copy.pk] for name in ("copy_event", "receive_copy")},
        "plan": [2026, office.rekan.pk],
        "progress": [plan.pk],
        "progress_file": [plan.pk, achieved.files.get().pk],
        "feedback_of": [office.rekan.pk],
        "skp_begin": [office.rekan.pk],
        "office_account": [office.rekan.pk],
        "correction": [ask_correction(actor=office.pegawai, what="Golongan", text="III/d").pk],
        "skp_matrix": [office.atasan.pk],
        **{name: [case.appraisal.plan_id] for name in ("skp_plan", "skp_edit")},
        **{name: [sop_form.pk] for name in ("review", "review_file")},
        **{
            name: [office.period.pk]
            for name in (
                "period",
                "conformance",
                "event_log",
                "report",
                "report_results",
                "report_workbook",
                "report_paper",
                "report_cases",
            )
        },
        "import_upload": ["target"],
        "import_template": ["target"],
        "import_preview": [batch.pk],
        **{name: [job.pk] for name in ("job", "job_progress", "job_file", "cancel_job", "retry_job")},
        **{name: [ProcedureVersion.objects.get().pk] for name in ("sop_version", "sop_sheet", "sop_bpmn")},
        "mfa_remove_webauthn": [1],
        "revoke_token": [case.pk],
        "blank_form": ["a-1-7"],
        "case_prints": [case.pk],
        "case_print": [case.pk, "prestasi-kerja"],
        "plan_prints": [waiting.appraisal.plan_id],
        "plan_print": [waiting.appraisal.plan_id, "skp-pp46"],
        "notebook_print": [office.rekan.pk],
        "emblem_picture": [set_emblem(actor=office.kasubbag, **CREST, agency=office.agency).kind],
    }
    return {str(p.name): reverse(str(p.name), args=objects.get(str(p.name), [])) for p in urlpatterns}


def archive_objects(office: Office, case: Case) -> dict[str, list[object]]:
    deposit = Deposit.objects.get(document__case_key=case.pk)
    box = deposit.box
    assert box is not None
    check = start_check(actor=office.kasubbag, agency=office.agency, name="Pemeriksaan 2026")
    made = Reduction.objects.create(
        agency=office.agency, kind="pindah", number="PINDAH/1", started_at=NOW, started_by=office.kasubbag
    )
    hold = hold_deposit(actor=office.kasubbag, deposit=deposit, ground="perkara", reference="Surat 1")
    return {
        **{name: [box.pk] for name in ("box", "box_label", "box_list")},
        **{name: [deposit.pk] for name in ("deposit", "deposit_content")},
        **{name: [made.pk] for name in ("reduction", "reduction_record")},
        "reduction_act_file": [made.pk, "list"],
        "shelf": [box.shelf_id],
        "stock_check": [check.pk],
        "personnel_file": [office.pegawai.pk],
        "control_file": [office.period.pk],
        "release_hold": [hold.pk],
    }


def decree(office: Office) -> MandateData:
    return MandateData(
        kind="plh",
        role="sekretaris",
        holder=office.atasan_lain,
        number="800/1/2026",
        decreed_on=TODAY,
        start=TODAY + dt.timedelta(1),
        end=TODAY + dt.timedelta(2),
        acts=("copy",),
    )


PLACES = {
    "/dokumen/": "salin",
    "/salinan/": "salin",
    "/kantor/mandat/": "mandat",
    "/masuk/": "masuk",
    "/akun/": "akun",
    "/aktivasi/": "aktivasi",
    "/laporan/": "laporan",
    "/berkas/": "berkas",
    "/tugas/": "tugas",
    "/kantor/": "kantor",
    "/pekerjaan/": "pekerjaan",
    "/pengawasan/": "pengawasan",
}


def answer(client: Client, method: str, address: str) -> str:
    with undone():
        response = client.generic(method, address)
    if response.status_code != 302:
        return str(response.status_code)
    place = location(response)
    return "awal" if place == "/" else next((name for start, name in PLACES.items() if place.startswith(start)), place)


def unexpected(office: Office, addresses: dict[str, str], method: str, table: str) -> list[str]:
    found = []
    for who in PEOPLE:
        client = Client() if who == "anonymous" else office.client(who)
        for name, row in expected(table).items():
            given = answer(client, method, addresses[name])
            found += [f"{name} for {who}: {given}, not {row[who]}"] if given != row[who] else []
    return found


@pytest.mark.parametrize("table", [GET, POST])
def test_every_address_has_its_row(table: str) -> None:
    assert sorted(expected(table)) == sorted(str(pattern.name) for pattern in urlpatterns)


WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE", "CREATE", "DROP", "ALTER")


def test_everybody_gets_the_answer_of_the_table_when_reading(office: Office, addresses: dict[str, str]) -> None:
    """Meanwhile nothing but reading is even tried between the two switches of the database, whoever reads."""
    inside, written = [False], list[str]()

    def watch(execute, sql, params, many, context):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
        if sql in QUERY_ONLY:
            inside[0] = sql == QUERY_ONLY[0]
        elif inside[0] and sql.lstrip().upper().startswith(WRITES):
            written.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        assert "\n".join(unexpected(office, addresses, "GET", GET)) == ""
    assert (written, inside) == ([], [False])


def test_everybody_gets_the_answer_of_the_table_when_sending(office: Office, addresses: dict[str, str]) -> None:
    before = rows()
    assert "\n".join(unexpected(office, addresses, "POST", POST)) == ""
    assert rows() == before


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
def test_no_address_knows_another_method(office: Office, addresses: dict[str, str], method: str) -> None:
    own = {"setup", "activate"}  # and those of allauth, whose views say so after asking who it is
    names = [name for name in addresses if name not in own and not name.startswith(("mfa_", "account_"))]
    client = office.client("kasubbag")
    assert {name: client.generic(method, addresses[name]).status_code for name in names} == dict.fromkeys(names, 405)


# --- whose cases somebody sees


def test_everybody_sees_the_own_case_and_those_of_the_own_staff(office: Office) -> None:
    """After the offices are given up only relations are left: employee, assessor, assessor's superior."""
    RoleHolder.objects.filter(agency=office.agency).delete()
    names = {person.pk: name for name, person in office.people.items()}
    seen = {
        reader: sorted(names[case.employee_id] for case in visible_cases(office.people[reader]))
        for reader in office.people
    }
    assert seen == {
        "kepala": [
            "atasan", "atasan_lain", "kasubbag", "kepala", "pegawai", "rekan", "sekretaris",
        ],
        "sekretaris": ["kasubbag", "sekretaris", "staf", "staf2"],
        "kasubbag": ["kasubbag", "staf", "staf2"],
        "staf": ["staf"],
        "staf2": ["staf2"],
        "atasan": ["atasan", "pegawai", "rekan"],
        "pegawai": ["pegawai"],
        "rekan": ["rekan"],
        "atasan_lain": ["atasan_lain"],
        "outsider": [],
    }  # fmt: skip


@pytest.mark.parametrize("role", ["staf", "kasubbag", "sekretaris", "kepala"])
def test_an_office_of_the_sop_sees_every_case(office: Office, role: str) -> None:
    RoleHolder.objects.create(agency=office.agency, employee=office.atasan_lain, role=role, start=TODAY)
    assert visible_cases(office.atasan_lain).count() == 9
    assert visible_cases(office.outsider).count() == 0


def test_administrator_alone_sees_no_more_cases(office: Office) -> None:
    RoleHolder.objects.create(agency=office.agency, employee=office.rekan, role="admin", start=TODAY)
    assert [case.employee for case in visible_cases(office.rekan)] == [office.rekan]


def test_lists_show_only_what_concerns_the_reader(office: Office) -> None:
    for who, hidden in (("pegawai", "Rudi Hartawan"), ("atasan", "Agus Salim"), ("outsider", "Putri Maharani")):
        for name in ("home", "tasks", "cases", "archive"):
            assert hidden not in words(office.client(who).get(reverse(name))), (who, name)


def test_account_without_an_employee_is_told_what_is_missing(office: Office) -> None:
    client = Client()
    user = create_user(username="tamu", name="Tamu", password="kuda-laut-biru-42")
    client.force_login(user)
    page = client.get(reverse("home"))
    assert page.status_code == 403
    assert "Akun ini belum terhubung dengan pegawai mana pun." in words(page)
