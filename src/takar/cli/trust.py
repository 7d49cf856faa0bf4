"""`takar trust export`: what somebody needs to check documents of this office on another machine."""

import argparse
from pathlib import Path

from takar.cli.common import write_file
from takar.documents.trust import exported, grouped, parsed


def configure(parser: argparse.ArgumentParser) -> None:
    parser.description = "Tulis berkas kepercayaan: sertifikat akar dan sidik setiap dokumen, tanpa nama siapa pun."
    words = parser.add_subparsers(dest="act", metavar="TINDAKAN", required=True)
    export = words.add_parser("export", help="tulis berkas kepercayaan")
    export.add_argument("file", metavar="BERKAS", type=Path)


def run(args: argparse.Namespace) -> int:
    text = exported()
    write_file(args.file, text.encode())
    print(f"Berkas kepercayaan ditulis ke {args.file}, ditandatangani kunci titik periksa.")
    print(f"Sidik kuncinya: {grouped(parsed(text, where='Berkas itu').key)}")
    print(
        "Sampaikan sidik ini lewat jalan lain kepada yang memeriksa; ia mencocokkannya dengan takar verify --fingerprint."
    )
    return 0
