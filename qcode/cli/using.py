"""`qcode uses`: where quotes are used, and which words stand in more than one paper."""

from __future__ import annotations

from qcode.cli import showing
from qcode.cli.arguments import StudyFile
from qcode.cli.counting import Output, show_table
from qcode.cli.refusals import refusing
from qcode.study import Study


@refusing
def uses(study: StudyFile, output: Output = None) -> None:
    """Show where quotes are used, paper by paper, and which words stand in more than one."""
    from qcode.queries.reports.uses import uses_report
    from qcode.reports.outputs import write_report

    with Study.open(study) as opened:
        report = uses_report(opened)
    if output is not None:
        write_report(report, output)
    for table in report.tables:
        show_table(table)
    if output is not None:
        showing.say(f"Written: {output}")
