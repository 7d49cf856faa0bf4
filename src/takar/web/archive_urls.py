"""Addresses below Arsip."""

from django.urls import path

from takar.web.views import archive, archive_checks, archive_files, archive_rules, copies, packages, reductions

archive_patterns = [
    path("arsip/", archive.archive, name="archive"),
    path("arsip/salinan/", copies.register, name="copy_register"),
    path("arsip/box/", archive.boxes, name="boxes"),
    path("arsip/box/label.pdf", archive.labels, name="labels"),
    path("arsip/box/<uuid:box_id>/", archive.box, name="box"),
    path("arsip/box/<uuid:box_id>/label.pdf", archive.box_label, name="box_label"),
    path("arsip/box/<uuid:box_id>/daftar.pdf", archive.box_list, name="box_list"),
    path("arsip/rak/<uuid:shelf_id>/", archive.shelf, name="shelf"),
    path("arsip/pinjam/", archive.loans, name="loans"),
    path("arsip/opname/", archive_checks.checks, name="stock_checks"),
    path("arsip/opname/<uuid:check_id>/", archive_checks.check, name="stock_check"),
    path("arsip/jra/", archive_rules.retention, name="retention"),
    path("arsip/pegawai/<uuid:employee_id>/", archive_files.personnel, name="personnel_file"),
    path("arsip/pengendalian/", archive_files.controls, name="control_files"),
    path("arsip/pengendalian/<uuid:period_id>/", archive_files.control, name="control_file"),
    path("arsip/penyusutan/", reductions.reductions, name="reductions"),
    path("arsip/penyusutan/<uuid:reduction_id>/", reductions.reduction, name="reduction"),
    path("arsip/penyusutan/<uuid:reduction_id>/berita-acara.pdf", reductions.record, name="reduction_record"),
    path("arsip/penyusutan/<uuid:reduction_id>/<slug:key>.pdf", reductions.act_file, name="reduction_act_file"),
    path("arsip/paket/", packages.packages, name="packages"),
    path("arsip/tahan/<uuid:hold_id>/", archive.release, name="release_hold"),
    path("arsip/<uuid:deposit_id>/", archive.deposit, name="deposit"),
    path("arsip/<uuid:deposit_id>/isi/", archive.content, name="deposit_content"),
]
