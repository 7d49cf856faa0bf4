"""Addresses, in the words of the office."""

from allauth.account import views as account
from django.urls import path

from takar.web.views import archive, cases, documents, home, imports, office, periods, plans, setup, sop, step, tasks

urlpatterns = [
    path("", home.home, name="home"),
    path("pemasangan/", setup.setup, name="setup"),
    path("masuk/", account.LoginView.as_view(template_name="web/sign_in.html"), name="account_login"),
    path("keluar/", account.LogoutView.as_view(template_name="web/sign_out.html"), name="account_logout"),
    path(
        "kata-sandi/",
        account.PasswordChangeView.as_view(template_name="web/password.html"),
        name="account_change_password",
    ),
    path("aktivasi/", setup.activate, name="activate"),
    path("tugas/", tasks.tasks, name="tasks"),
    path("tugas/massal/", tasks.bulk, name="bulk"),
    path("tugas/formulir/", tasks.forms_workbook, name="forms_workbook"),
    path("tugas/unggah/", tasks.upload, name="upload_forms"),
    path("tugas/<uuid:step_run_id>/", step.step, name="step"),
    path("tugas/<uuid:step_run_id>/hitung/", step.compute, name="compute"),
    path("tugas/<uuid:step_run_id>/bukti/", step.evidence, name="evidence"),
    path("berkas/", cases.cases, name="cases"),
    path("berkas/<uuid:case_id>/", cases.case, name="case"),
    path("berkas/<uuid:case_id>/formulir.xlsx", cases.form_workbook, name="form_workbook"),
    path("berkas/<uuid:case_id>/bukti/<uuid:evidence_id>/", cases.evidence_file, name="evidence_file"),
    path("dokumen/<uuid:document_id>/", documents.document, name="document"),
    path("dokumen/<uuid:document_id>/asli/", documents.original, name="document_original"),
    path("dokumen/<uuid:document_id>/salinan/<int:number>/", documents.copy, name="document_copy"),
    path("arsip/", archive.archive, name="archive"),
    path("target/", plans.plans, name="plans"),
    path("target/<int:year>/<uuid:employee_id>/", plans.plan, name="plan"),
    path("periode/", periods.periods, name="periods"),
    path("periode/<uuid:period_id>/", periods.period, name="period"),
    path("kantor/", office.office, name="office"),
    path("kantor/aktivasi/", office.activation_codes, name="activation_codes"),
    path("kantor/peran/", office.roles, name="roles"),
    path("kantor/impor/<slug:kind>/", imports.upload, name="import_upload"),
    path("kantor/impor/<slug:kind>/templat.xlsx", imports.template, name="import_template"),
    path("kantor/impor/pratinjau/<uuid:batch_id>/", imports.preview, name="import_preview"),
    path("sop/", sop.sop, name="sop"),
    path("sop/<uuid:version_id>/", sop.version, name="sop_version"),
]
