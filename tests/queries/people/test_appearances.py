"""Where participants speak."""

from __future__ import annotations

import pytest
import small

from qcode.operations import documents
from qcode.queries.people.appearances import appearances


@pytest.fixture
def made(tmp_path):
    study = small.small_study(tmp_path / "small.qcode")
    yield study
    study.study.close()


def link(made, document, label, who):
    speaker = documents.speaker_named(made.study, made.documents[document], label)
    documents.describe_speaker(made.study, speaker, role="participant", participant=who)


def test_participants_are_listed_with_documents_and_labels_in_the_order_of_collection(made):
    colleen = documents.add_participant(made.study, pseudonym="Colleen")
    silent = documents.add_participant(made.study, pseudonym="Shay")
    link(made, 1, "Medic", colleen)
    link(made, 0, "P", colleen)
    found = appearances(made.study)
    assert [(here.name, here.label) for here in found[colleen]] == [("INT-1", "P"), ("FG-1", "Medic")]
    assert silent not in found


def test_documents_that_were_removed_do_not_count(made):
    colleen = documents.add_participant(made.study, pseudonym="Colleen")
    link(made, 0, "P", colleen)
    documents.remove_document(made.study, made.documents[0])
    assert appearances(made.study) == {}
