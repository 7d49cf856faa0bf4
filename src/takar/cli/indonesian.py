"""What argparse says, in Indonesian: its own words go through one function of its module, which is given this table."""

import argparse

WORDS = {
    "usage: ": "pemakaian: ",
    "positional arguments": "isian",
    "options": "pilihan",
    "show this help message and exit": "tampilkan keterangan ini",
    "%(prog)s: error: %(message)s\n": "%(prog)s: %(message)s Lihat %(prog)s --help.\n",
    "argument %(argument_name)s: %(message)s": "%(argument_name)s: %(message)s",
    "the following arguments are required: %s": "masih harus diisi: %s.",
    "unrecognized arguments: %s": "tidak dikenal: %s.",
    "invalid choice: %(value)r (choose from %(choices)s)": "%(value)r tidak dikenal; pilih salah satu dari %(choices)s.",
    "invalid %(type)s value: %(value)r": "%(value)r tidak terbaca; isilah dengan bilangan bulat.",
    "expected one argument": "isinya belum disebutkan.",
    "expected at least one argument": "sebutkan paling sedikit satu.",
    "expected at most one argument": "sebutkan paling banyak satu.",
    "one of the arguments %s is required": "pilih salah satu dari %s.",
    "not allowed with argument %s": "tidak dapat dipakai bersama %s.",
    "ambiguous option: %(option)s could match %(matches)s": "%(option)s dapat berarti %(matches)s; tulis selengkapnya.",
    "ignored explicit argument %r": "tidak memakai isian, jadi %r tidak dapat dipakai.",
}


def speak() -> None:
    """From now on; a word that is not in the table stays as it is."""
    argparse._ = lambda text: WORDS.get(text, text)  # type: ignore[attr-defined]
