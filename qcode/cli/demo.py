"""The demonstration: the sample study with what a team gets out of it."""

from __future__ import annotations

from pathlib import Path

from qcode.cli.showing import say, show_agreement
from qcode.files import make_folder
from qcode.operations.sample import build_sample
from qcode.queries.agreement import study_agreement
from qcode.queries.history import history
from qcode.queries.report import agreement_section, themes_report
from qcode.reports.tables import write_agreement_csv, write_quotes_csv
from qcode.reports.word import write_themes_docx
from qcode.study import Study


def make_demo(folder: Path) -> Path:
    """Build the sample study in a folder with its report and tables, say where they are, and return the study.

    A study that is there already is kept, whatever was done to it; what is computed from it is written anew.
    """
    make_folder(folder)
    study = folder / "larkmoor.qcode"
    if study.exists():
        say(f"Kept {study}, which is there already: delete it to begin again.")
    else:
        build_sample(study)
    with Study.open(study) as opened:
        found = study_agreement(opened)
        report = themes_report(opened)
        steps = len(history(opened, latest=1_000_000))
    show_agreement(found)
    outputs = (folder / "themes-and-quotes.docx", folder / "quotes.csv", folder / "agreement.csv")
    write_themes_docx(report, outputs[0])
    write_quotes_csv(report.sections, outputs[1])
    write_agreement_csv(agreement_section(found), outputs[2])
    say(f"The study, with all {steps} steps of its history: {study}")
    for name, output in zip(("Themes and quotes", "Quotes", "Agreement"), outputs, strict=True):
        say(f"{name}: {output}")
    return study
