"""Why a whole file cannot be read."""

from __future__ import annotations

from trainingbase.sheets import words


class FileFault(ValueError):
    """``code`` is one of ``words.FILE_FAULTS``; ``params`` name what was found."""

    def __init__(self, code: str, **params: object) -> None:
        self.code = code
        self.params = params
        super().__init__(self.message("en"))

    def message(self, language: str = "zh") -> str:
        return words.file_fault(self.code, language, **self.params)
