"""The review that a page shows, and what was answered in it."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from counter_assistant.domain.revision.verdicts import Verdict
from counter_assistant.operations.catalogue.revising import Revising
from counter_assistant.ui.items.review.mode import ReviewMode
from counter_assistant.ui.items.review.model import ReviewModel
from tests.ui.find import find


def reviewed(page: QWidget) -> ReviewModel:
    """What is reviewed on a page."""
    model = find(page, ReviewMode).model
    assert model is not None, "there is nothing to review"
    return model


def answers(revising: Revising) -> list[Verdict]:
    """The acts of a revision in which nothing was done but answering."""
    given = [act for act in revising.revision.acts if isinstance(act, Verdict)]
    assert len(given) == len(revising.revision.acts), "something else was done"
    return given
