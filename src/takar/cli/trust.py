"""`takar trust export`: what somebody needs to check documents of this office on another machine."""

import argparse
import hashlib
from pathlib import Path

from takar.cli.common import write_file
from takar.documents.trust import exported


def configure(parser: argparse.ArgumentParser) -> None:
    parser.description = "Tulis berkas kepercayaan: sertifikat akar dan sidik setiap dokumen, tanpa nama siapa pun."
    words = parser.add_subparsers(dest="act", metavar="TINDAKAN", required=True)
    export = words.add_parser("export", help="tulis berkas kepercayaan")
    export.add_argument("file", metavar="BERKAS", type=Path)


def run(args: argparse.Namespace) -> int:
    content = exported().encode()
    write_file(args.file, content)
    print(f"Berkas kepercayaan ditulis ke {args.file}.")
    print(f"SHA-256 {hashlib.sha256(content).hexdigest()}; sampaikan sidik ini lewat jalan lain kepada yang memeriksa.")
    return 0
