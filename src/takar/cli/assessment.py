"""The assessor's figures from a JSON file."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from takar.appraisal.assessment_json import REFUSED, draft_from
from takar.appraisal.models import Appraisal
from takar.appraisal.types import AnyDraft
from takar.cli import json_input
from takar.common.errors import InvalidInput, Problem
from takar.rules.scoring.types import InputError


def read_assessment(path: Path, appraisal: Appraisal) -> AnyDraft:
    """What the file says, in the shape of the appraisal's regulation."""
    return draft_from(_loaded(path), appraisal)


def _loaded(path: Path) -> Mapping[str, Any]:
    try:
        return json_input.load(str(path))
    except InputError as error:
        raise InvalidInput(
            REFUSED, [Problem(where or str(path), message) for where, message in error.problems]
        ) from error
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidInput(REFUSED, [Problem(str(path), json_input.reason(error))]) from error
