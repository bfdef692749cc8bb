"""What is chosen and typed about incentives."""

from trainingbase.incentives.forms.after import (
    AnswerForm,
    AskForm,
    CorrectionsForm,
    QuestionsForm,
)
from trainingbase.incentives.forms.runs import (
    LineSearchForm,
    MonthForm,
    PayeeSearchForm,
    YearForm,
)

__all__ = [
    "AnswerForm",
    "AskForm",
    "CorrectionsForm",
    "LineSearchForm",
    "MonthForm",
    "PayeeSearchForm",
    "QuestionsForm",
    "YearForm",
]
