"""How each kind of step looks on screen and what its form says: one module a kind, found in a table.

A module has `context(case, typed)` for the page and `read(case, typed)` for what was filled in; `typed` is what a
person has just sent when it must be shown again, so that nothing typed is lost.
"""

from takar.rules.flow import StepKind
from takar.web.pages import acknowledge, archive, assessing, check, collect, copy, enter, sign
from takar.web.pages.types import StepPage

PAGES: dict[StepKind, StepPage] = {
    StepKind.COLLECT: StepPage(
        "web/steps/collect.html", collect.context, collect.read, "Kirim ke Kasubbag", collect.save
    ),
    StepKind.CHECK: StepPage("web/steps/check.html", check.context, check.read, "Terima", None),
    StepKind.ENTER: StepPage("web/steps/enter.html", enter.context, enter.read, "Konfirmasi dan kirim", enter.save),
    StepKind.ASSESS: StepPage(
        "web/steps/assess.html", assessing.context, assessing.read, "Setujui dan tanda tangani", assessing.save
    ),
    StepKind.SIGN: StepPage("web/steps/sign.html", sign.context, sign.read, "Tanda tangani", None),
    StepKind.COPY: StepPage("web/steps/copy.html", copy.context, copy.read, "Catat penggandaan", None),
    StepKind.ACKNOWLEDGE: StepPage(
        "web/steps/acknowledge.html", acknowledge.context, acknowledge.read, "Paraf dan teruskan", None
    ),
    StepKind.ARCHIVE: StepPage("web/steps/archive.html", archive.context, archive.read, "Arsipkan", None),
}
