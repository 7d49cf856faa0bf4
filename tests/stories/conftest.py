"""A Chromium, the running program, and people who come with their own browsers."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect, sync_playwright
from tests.once import demonstration
from tests.stories.people import DESKTOP, Person
from tests.stories.program import Program, running

# The first of them has no window and no tool bar to keep: a third of the processor time.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
# A browser with a window prepares pages of its own under every address bar, three a person. A list of features replaces
# the one that Playwright gives, so that is repeated.
UNWANTED = (
    "AimEnabled,AvoidCorsURLLoaderRestartOnRedirect,AvoidUnnecessaryBeforeUnloadCheckSync,DestroyProfileOnBrowserClose,"
    "HttpsFirstBalancedModeAutoEnable,HttpsUpgrades,LensOverlay,MediaRouter,NetworkTimeServiceQuerying,OptimizationHints,"
    "PaintHolding,PreconnectToSearch,TcpPortRandomizationWin,ThirdPartyStoragePartitioning,"
    "WebUIOmniboxAimPopup,WebUIOmniboxFullPopup,WebUIOmniboxPopup"
)
# As root a sandbox cannot be had, and nothing but the program under test is to be asked for anything.
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    f"--disable-features={UNWANTED}",
)
NO_CHROMIUM = f"no Chromium on this computer (looked for {', '.join(NAMES)})"

Newcomer = Callable[..., Person]


@pytest.fixture(scope="session")
def chromium() -> str:
    """Where the browser is; without one every story is left out, aloud."""
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    return found or pytest.skip(NO_CHROMIUM)


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    """One a module and not one for all: its event loop must be gone before other tests use the database."""
    expect.set_options(timeout=30_000)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium, args=list(FLAGS), env={**os.environ, "LANGUAGE": "id"}
        )
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def demo_data(chromium: str) -> Path:
    """The demonstration office, filled once."""
    return demonstration()


@pytest.fixture(scope="module")
def demo(demo_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    """The demonstration as it is on the first day; what one module's people do, another's do not see."""
    folder = tmp_path_factory.mktemp("office") / "data"
    shutil.copytree(demo_data, folder)
    with running("demo", data=folder) as program:
        yield program


@pytest.fixture
def newcomers(browser: Browser) -> Iterator[Newcomer]:
    """Browsers for people; each is closed at the end and must have had nothing to complain about."""
    came: list[Person] = []

    def come(address: str, size: tuple[int, int] = DESKTOP) -> Person:
        came.append(Person(browser, address, size))
        return came[-1]

    yield come
    for person in came:
        person.leave()


@pytest.fixture
def person(newcomers: Newcomer, demo: Program) -> Callable[..., Person]:
    """Somebody of the demonstration's cast, signed in."""
    return lambda nip, size=DESKTOP: newcomers(demo.address, size).sign_in(nip)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    left_out = [report for report in terminalreporter.stats.get("skipped", []) if NO_CHROMIUM in str(report.longrepr)]
    if left_out:
        terminalreporter.write_line(f"Left out: {len(left_out)} browser stories; {NO_CHROMIUM}.", yellow=True)
