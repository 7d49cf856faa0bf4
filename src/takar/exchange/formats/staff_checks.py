"""What the rows of a staff list must be to each other and in themselves."""

from collections.abc import Iterator, Mapping, Sequence

from takar.exchange.formats.ranks import PPPK_GRADES, RANKS
from takar.exchange.names import bare_name, split_titles
from takar.exchange.tables import Finding, Row
from takar.organisation.enums import PersonKind, PostKind, Role
from takar.rules.nip import parse_nip

MAX_FRONT, MAX_BACK = 60, 80
SHOWN = 6  # names of a circle that a sentence can bear


def nip_fits_kind(rows: Sequence[Row]) -> Iterator[Finding]:
    """A NIP for everybody but a "pejabat lain", read by the stricter rule unless it is a PPPK's."""
    for row in rows:
        nip, kind = row.values["nip"], row.values["kind"]
        if nip == "" and kind not in (None, PersonKind.OTHER):
            yield Finding(row.number, "nip", "Belum diisi; hanya “Pejabat lain” yang boleh tanpa NIP.")
        elif nip and kind is not None:
            try:
                parse_nip(nip, pppk=kind == PersonKind.PPPK)
            except ValueError as error:
                yield Finding(row.number, "nip", str(error))


def rank_fits_kind(rows: Sequence[Row]) -> Iterator[Finding]:
    for row in rows:
        rank, kind = row.values["rank"], row.values["kind"]
        if kind in (PersonKind.PNS, PersonKind.CPNS) and rank == "":
            yield Finding(row.number, "rank", "Belum diisi; pangkat/golongan PNS dan CPNS wajib diisi.")
        elif kind in (PersonKind.PNS, PersonKind.CPNS) and rank in PPPK_GRADES:
            yield Finding(row.number, "rank", f"Golongan {rank} bukan golongan PNS; isilah misalnya III/a.")
        elif kind == PersonKind.PPPK and rank in RANKS:
            yield Finding(row.number, "rank", f"Golongan {rank} bukan golongan PPPK; isilah I sampai XVII.")


def degrees_fit(rows: Sequence[Row]) -> Iterator[Finding]:
    """Degrees written with the name must fit where degrees are kept."""
    for row in rows:
        front, name, back = split_titles(row.values["name"] or "-")
        if not name or len(front) > MAX_FRONT or len(back) > MAX_BACK:
            message = "Nama dan gelar tidak dapat dipisahkan; tulis gelar di kolom Gelar Depan dan Gelar Belakang."
            yield Finding(row.number, "name", message)


def superior_makes_sense(rows: Sequence[Row]) -> Iterator[Finding]:
    """Nobody is his own superior, and a superior without NIP is named with the post and is nobody of this list."""
    named = [row.values for row in rows if row.values["name"] and row.values["nip"]]
    nips = {bare_name(values["name"]): values["nip"] for values in named}
    for row in rows:
        own, superior = row.values["nip"], row.values["superior_nip"]
        if superior and superior == own:
            message = "NIP ini milik pegawai itu sendiri; isilah NIP atasan langsungnya."
            yield Finding(row.number, "superior_nip", message)
        elif superior == "" and row.values["superior_name"]:
            yield from _superior_without_nip(row, nips)


def _superior_without_nip(row: Row, nips: Mapping[str, str]) -> Iterator[Finding]:
    name = row.values["superior_name"]
    nip = nips.get(bare_name(name))
    if nip:
        yield Finding(
            row.number, "superior_nip", f"Belum diisi, padahal {name} ada di daftar ini; isilah dengan NIP-nya, {nip}."
        )
    elif not row.values["superior_post"]:
        yield Finding(row.number, "superior_post", f"Belum diisi; isilah jabatan {name}, misalnya Bupati.")


def level_fits_post(rows: Sequence[Row]) -> Iterator[Finding]:
    """A jenjang belongs to a jabatan fungsional tertentu alone."""
    for row in rows:
        if row.values["level"] is not None and row.values["post_kind"] not in {None, PostKind.FUNCTIONAL}:
            yield Finding(
                row.number, "level", "Hanya JFT yang mempunyai jenjang; kosongkan, atau betulkan jenis jabatannya."
            )


def no_circle(rows: Sequence[Row]) -> Iterator[Finding]:
    """Following superiors upwards must end somewhere."""
    by_nip = {row.values["nip"]: row for row in rows if row.values["nip"]}
    above = {nip: row.values["superior_nip"] for nip, row in by_nip.items()}
    done: set[str] = set()
    for start in above:
        circle = _circle_from(start, above, done)
        names = [by_nip[nip].values["name"] or nip for nip in circle]
        chain = " → ".join([*names[:SHOWN], *(["…"] if len(names) > SHOWN else []), *names[:1]])
        for nip in circle if len(circle) > 1 else ():
            message = f"Atasan langsung berputar: {chain}; betulkan salah satunya."
            yield Finding(by_nip[nip].number, "superior_nip", message)


def _circle_from(start: str, above: Mapping[str, str], done: set[str]) -> list[str]:
    """The circle that the way up from here runs into, if it is a new one."""
    path: dict[str, None] = {}
    nip = start
    while nip in above and nip not in path and nip not in done:
        path[nip] = None
        nip = above[nip]
    done.update(path)
    way = list(path)
    return way[way.index(nip) :] if nip in path else []


def one_holder(rows: Sequence[Row]) -> Iterator[Finding]:
    """Every role but Staf is held by one person at a time."""
    holders: dict[Role, list[Row]] = {}
    for row in rows:
        if row.values["role"] and row.values["nip"]:
            holders.setdefault(row.values["role"], []).append(row)
    for role, held in holders.items():
        if len({row.values["nip"] for row in held}) > 1 and role != Role.STAF:
            for row in held:
                others = ", ".join(str(other.number) for other in held if other is not row)
                yield Finding(
                    row.number, "role", f"Peran ini juga diisi di baris {others}; pemegangnya hanya satu orang."
                )
