"""How the command line says no: one plain sentence on standard error, and exit code 1."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from functools import wraps
from pathlib import Path

import typer

from qcode.errors import QcodeError


class NoSuchLabelError(QcodeError):
    """A file of labels has a row that the transcript does not."""

    def __init__(self, label: str, file: str) -> None:
        super().__init__(f"“{label}” is no label of {file}. Run “qcode read” on the file to see its labels.")


class NotAChoiceError(QcodeError):
    """What was given with --set is no name with a value."""

    def __init__(self, text: str) -> None:
        super().__init__(f"“{text}” is no choice for a reader. Write NAME=VALUE, such as column:Age=attribute.")


class LabelColumnMissingError(QcodeError):
    """A file of labels has no column that names them."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"“{path.name}” needs a first line with the columns label, accepted, role and name.")


class UnknownRoleError(QcodeError):
    """A file of labels gives a label a role that nobody has."""

    def __init__(self, label: str, role: str, known: Sequence[str]) -> None:
        super().__init__(f"“{label}” has the role “{role}”. Write one of: {', '.join(known)}.")


class UnknownAnswerError(QcodeError):
    """A file of labels says neither that a label is accepted nor that it is not."""

    def __init__(self, label: str, answer: str) -> None:
        super().__init__(f"“{label}” has “{answer}” in the column accepted. Write yes or no.")


class NotALanguageError(QcodeError):
    """What should be the tag of a language does not look like one."""

    def __init__(self, tag: str) -> None:
        super().__init__(f"“{tag}” is no language tag. Write a tag such as en, es or es-MX.")


class CellsRefusedError(QcodeError):
    """A table has cells that cannot be what their column asks for."""

    def __init__(self, count: int) -> None:
        said = "1 cell or row was" if count == 1 else f"{count} cells or rows were"
        super().__init__(f"{said} refused, so nothing was written. Mend the file, or add --skip-refused.")


class DamageFoundError(QcodeError):
    """The check of a study found something."""

    def __init__(self, count: int) -> None:
        problems = "1 problem was" if count == 1 else f"{count} problems were"
        super().__init__(f"{problems} found. Keep this file, and go on with a backup or a colleague's copy.")


def refusing[**P, T](command: Callable[P, T]) -> Callable[P, T]:
    """A command whose refusals are told to the person instead of a traceback."""

    @wraps(command)
    def told(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return command(*args, **kwargs)
        except QcodeError as error:
            typer.echo(str(error), err=True)
            raise typer.Exit(1) from error
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(0) from None

    return told
