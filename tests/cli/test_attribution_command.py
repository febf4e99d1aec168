"""`qcode attribution` as a person types it."""

from __future__ import annotations

import json

from typer.testing import CliRunner
from written_up import write_up

from qcode.cli.commands import app
from qcode.queries.attribution.anonymity import attributions
from qcode.queries.themes.outline import themes


def run(*args):
    return CliRunner().invoke(app, ["attribution", *map(str, args)])


def test_who_is_at_risk_is_told_and_nothing_is_changed(tmp_path):
    made = write_up(tmp_path / "pump.qcode")
    quotes = [quote for row in themes(made.study) for quote in row.quotes]
    found = attributions(made.study, quotes, template="[{role} #{n}]", k=3)
    made.study.close()
    before = made.study.path.read_bytes()
    shown = run(made.study.path, "--template", "[{role} #{n}]", "--k", 3)
    assert shown.exit_code == 0, shown.output
    assert all(row.name in shown.stdout and row.printed in shown.stdout for row in found.people)
    assert found.said in shown.stdout
    told = json.loads(run(made.study.path, "--template", "[{role} #{n}]", "--k", 3, "--json").stdout)
    assert [row["printed"] for row in told["quoted"]] == [row.printed for row in found.people]
    assert (told["people"], len(told["others"])) == (found.total, len(found.others))
    assert made.study.path.read_bytes() == before
    for options, sentence in ((("--k", 2), "between 3 and 20"), (("--template", "{rolle}"), "unknown field")):
        refused = run(made.study.path, *options)
        assert refused.exit_code == 1
        assert sentence in refused.output
