"""The audit pack of the sample study holds what is in it, and nothing that its maker may not see."""

from __future__ import annotations

import csv
import hashlib

import pytest
from sampled import copy_sample

from qcode.queries.codings import Looking, codings
from qcode.queries.integrity import check
from qcode.queries.reports.audit import audit_opening, audit_parts
from qcode.queries.transcripts.documents import document_text, documents
from qcode.reports.packs import CHECKSUMS, CONTENTS, write_pack
from qcode.study import Study


@pytest.fixture(scope="module")
def pack(tmp_path_factory):
    folder = tmp_path_factory.mktemp("audit")
    with Study.open(copy_sample(folder / "sample.qcode")) as study:
        write_pack(folder / "pack", audit_opening(study), audit_parts(study))
        yield study, folder / "pack"


def rows(folder, name):
    with (folder / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_every_coding_step_and_document_is_there(pack):
    study, folder = pack
    assert len(rows(folder, "codings.csv")) == len(codings(study, Looking()))
    assert len(rows(folder, "history.csv")) == check(study).steps
    digests = {row["document"]: row["text sha256"] for row in rows(folder, "documents.csv")}
    for row in documents(study):
        text = document_text(study, row.id).text
        assert digests[row.name] == hashlib.sha256(text.encode()).hexdigest()


def test_each_coding_has_its_words_at_its_place(pack):
    study, folder = pack
    texts = {row.name: document_text(study, row.id).text for row in documents(study)}
    for row in rows(folder, "codings.csv"):
        words = texts[row["document"]][int(row["start"]) : int(row["end"])]
        assert row["passage"].lstrip("'") == words.lstrip("'")


def test_every_file_is_listed_and_its_checksum_holds(pack):
    _study, folder = pack
    listed = (folder / CONTENTS).read_text(encoding="utf-8")
    lines = (folder / CHECKSUMS).read_text(encoding="utf-8").splitlines()
    sums = {name: digest for digest, name in (line.split("  ") for line in lines)}
    files = {path.name for path in folder.iterdir()} - {CHECKSUMS}
    assert sums.keys() == files
    assert all(hashlib.sha256((folder / name).read_bytes()).hexdigest() == sums[name] for name in files)
    assert all(name in listed for name in files - {CONTENTS})
    assert {"agreement-1.docx", "agreement-2.docx", "agreement-3.docx", "decisions-2.csv", "methods.docx"} <= files


def test_versions_of_definitions_and_hand_ins_are_told(pack):
    _study, folder = pack
    assert max(int(row["version"]) for row in rows(folder, "codebook.csv")) > 1
    assert {row["state"] for row in rows(folder, "rounds.csv")} == {"handed in", "open"}
    assert rows(folder, "draws.csv") == [] or all(row["seed"] for row in rows(folder, "draws.csv"))


def test_no_path_of_a_machine_is_in_it(pack, tmp_path):
    study, folder = pack
    told = b"".join(path.read_bytes() for path in folder.glob("*.csv"))
    assert str(study.path.parent).encode() not in told
