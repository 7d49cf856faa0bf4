#!/usr/bin/env python3
"""Install what Takar needs, then run it: needs nothing but Python 3.11 and the package index.

    python3 start.py               the demonstration office
    python3 start.py serve         an installation of one's own (empty at first)
    python3 start.py test [...]    all tests; further words go to pytest
    python3 start.py check         linters, types and layers
    python3 start.py lock          renew the locked requirements from the .in files
    python3 start.py ANY WORDS     the takar command line: `python3 start.py --help`

The packages go into .venv, exactly those of requirements/*.txt, each checked against its hash. What was installed is
noted in .venv, so that the second start takes no time.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
REQUIREMENTS = ROOT / "requirements"
SCRIPTS = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = SCRIPTS / ("python.exe" if os.name == "nt" else "python")
OLDEST_PYTHON = (3, 11)
# A file's tests stay together: they share a browser, a server or a database that takes time to make. In the order given:
# tests/conftest.py lets the slowest begin.
ON_ALL_CORES = ("-n", "auto", "--dist", "loadfile", "--no-loadscope-reorder")


def main(words: list[str]) -> int:
    """Prepare the environment that the first word asks for, then hand over to it."""
    if sys.version_info < OLDEST_PYTHON:
        print("Takar memerlukan Python 3.11 atau lebih baru; ini Python", sys.version.split()[0], file=sys.stderr)
        return 1
    first, rest = (words[0], words[1:]) if words else ("demo", [])
    if first in {"test", "check", "lock"}:
        install("dev")
        return {"test": test, "check": check, "lock": lock}[first](rest)
    install("base")
    return run("-m", "takar", first, *rest, folder=None)


def test(rest: list[str]) -> int:
    """Run the whole test suite and, beside it, the checks; or only what `rest` names (then without the checks)."""
    if rest:
        return run("-m", "pytest", *rest)
    with tempfile.TemporaryFile() as said:
        checks = subprocess.Popen([sys.executable, __file__, "check"], cwd=ROOT, stdout=said, stderr=said)
        try:
            tests = run("-m", "pytest", *ON_ALL_CORES)
            failed = checks.wait()
        finally:
            checks.kill()
        said.seek(0)
        print(said.read().decode(errors="replace"), flush=True)
    print("The checks failed; see above." if failed else "The checks passed.", flush=True)
    return tests or failed


def check(rest: list[str]) -> int:
    """Lint, formatting, types and layers: stop at the first that fails."""
    commands = (
        ("-m", "ruff", "check", *rest),
        ("-m", "ruff", "format", "--check", *rest),
        ("-m", "mypy"),
        ("-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"),
    )
    return next((code for command in commands if (code := run(*command))), 0)


def lock(_rest: list[str]) -> int:
    """Resolve requirements/*.in again, for every platform, with hashes and without addresses."""
    for name in ("base", "s3", "dev"):
        source, target = REQUIREMENTS / f"{name}.in", REQUIREMENTS / f"{name}.txt"
        options = (
            "--universal",
            "--generate-hashes",
            "--no-header",
            "--upgrade",
            "--quiet",
            "--python-version",
            "3.11",
        )
        if code := run("-m", "uv", "pip", "compile", *options, str(source), "--output-file", str(target)):
            return code
    return 0


def install(name: str) -> None:
    """Make .venv hold requirements/<name>.txt, unless its mark says that it does already."""
    lock_file = REQUIREMENTS / f"{name}.txt"
    mark = VENV / f"installed-{name}"
    state = hashlib.sha256(lock_file.read_bytes() + str(ROOT).encode() + sys.version.encode()).hexdigest()
    if PYTHON.exists() and mark.exists() and mark.read_text(encoding="utf-8") == state:
        return
    print("Menyiapkan Takar (sekali saja) …", file=sys.stderr, flush=True)
    if not PYTHON.exists():
        venv.create(VENV, with_pip=True)
    pip = (str(PYTHON), "-m", "pip", "--disable-pip-version-check", "--quiet")
    hashed = ("install", "--require-hashes", "--requirement")
    with_uv = subprocess.call([*pip, *hashed, str(REQUIREMENTS / "uv.txt")]) == 0 and (
        subprocess.call(
            [str(PYTHON), "-m", "uv", "pip", "install", "--quiet", "--python", str(PYTHON), *hashed[1:], str(lock_file)]
        )
        == 0
    )
    if not with_uv:
        subprocess.check_call([*pip, *hashed, str(lock_file)])
    # The source folder goes on the path of this environment alone, so that every tool in it finds `takar`.
    packages = subprocess.check_output(
        [str(PYTHON), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"], text=True
    )
    Path(packages.strip(), "takar-source.pth").write_text(str(ROOT / "src") + "\n", encoding="utf-8")
    mark.write_text(state, encoding="utf-8")


def run(*words: str, folder: Path | None = ROOT) -> int:
    """Run the environment's Python, in the project's folder or where the caller stands; returns its exit code."""
    # Where bytecode is not kept, every start compiles the whole program again: seconds on an old PC.
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    try:
        return subprocess.call([str(PYTHON), *words], cwd=folder, env=kept)
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
