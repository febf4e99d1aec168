"""The demonstration: the sample study with what a team gets out of it."""

from __future__ import annotations

from pathlib import Path

from qcode.cli.showing import say, show_agreement
from qcode.files import make_folder
from qcode.operations.sample import build_sample
from qcode.queries.agreement.figures import study_agreement
from qcode.queries.history import history
from qcode.queries.reports.audit import audit_opening, audit_parts
from qcode.queries.reports.pack import pack_opening, report_parts
from qcode.reports.packs import renew_pack
from qcode.study import Study


def make_demo(folder: Path) -> Path:
    """Build the sample study in a folder with all its reports, say where they are, and return the study.

    A study that is there already is kept, whatever was done to it; what is computed from it is written anew.
    """
    make_folder(folder)
    study = folder / "larkmoor.qcode"
    if study.exists():
        say(f"Kept {study}, which is there already: delete it to begin again.")
    else:
        build_sample(study)
    with Study.open(study) as opened:
        show_agreement(study_agreement(opened))
        reports = renew_pack(folder / "reports", pack_opening(opened), report_parts(opened))
        audited = renew_pack(folder / "audit", audit_opening(opened), audit_parts(opened))
        steps = len(history(opened, latest=1_000_000))
    say(f"The study, with all {steps} steps of its history: {study}")
    say(f"Its reports, {len(reports)} files, in Word, HTML, Markdown, Excel and CSV: {folder / 'reports'}")
    say(f"Its audit pack, {len(audited)} files with checksums: {folder / 'audit'}")
    return study
