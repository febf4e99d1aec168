"""Nothing is written past the journal, and the schema keeps what the journal relies on."""

from __future__ import annotations

import pytest
import small
from sqlalchemy import delete, func, insert, select, text, update
from sqlalchemy.exc import OperationalError

from qcode.ids import new_id
from qcode.models import Base, Coder, Coding, Row, Theme
from qcode.models.journal import Change, Step, field_columns, kinds
from qcode.models.recording import MixedScopesError, UnjournalledWriteError, insert_rows


@pytest.fixture
def made(tmp_path):
    study = small.small_study(tmp_path / "small.qcode")
    yield study
    study.study.close()


@pytest.mark.parametrize(
    "statement",
    [
        update(Coder).values(name="x"),
        delete(Coding),
        insert(Theme).values(id="x", name="x", position="i", concept="", alive=True, head=""),
        text("UPDATE coder SET name = 'x'"),
        text('insert or replace into "coder" select * from coder'),
        text("DELETE FROM [coding]"),
        text('UPDATE "main"."coder" SET name = \'x\''),
        delete(Change),
        update(Step).values(label="x"),
        text("UPDATE text_store SET body = ''"),
        text("delete from layout_store"),
        text("WITH old AS (SELECT id FROM coder) DELETE FROM coder WHERE id IN (SELECT id FROM old)"),
    ],
)
def test_a_bulk_statement_that_the_journal_does_not_see_is_refused(made, statement):
    with pytest.raises(UnjournalledWriteError), made.study.transact("Bulk") as session:
        session.execute(statement)


def test_a_reading_session_cannot_write(made):
    with pytest.raises(OperationalError, match="readonly"), made.study.read() as session:
        session.execute(text("UPDATE coder SET name = 'x'"))


def test_a_row_is_never_removed(made):
    with pytest.raises(UnjournalledWriteError, match="never removed"), made.study.transact("Remove") as session:
        session.delete(session.get_one(Coder, made.other))


def test_a_failure_within_a_step_leaves_nothing_behind(made):
    with made.study.read() as session:
        before = session.scalar(select(func.count()).select_from(Step))

    def half():
        with made.study.transact("Half") as session:
            session.get_one(Coder, made.other).name = "Half done"
            session.flush()
            raise RuntimeError("midway")

    with pytest.raises(RuntimeError, match="midway"):
        half()
    with made.study.read() as session:
        assert session.get_one(Coder, made.other).name == "Bo Ek"
        assert session.scalar(select(func.count()).select_from(Step)) == before


def test_a_step_without_changes_is_not_stored(made):
    with made.study.read() as session:
        before = session.scalar(select(func.count()).select_from(Step))
    with made.study.transact("Nothing"):
        pass
    with made.study.read() as session:
        assert session.scalar(select(func.count()).select_from(Step)) == before


def test_a_change_never_holds_the_text_of_a_transcript(made):
    with made.study.read() as session:
        fields = "".join(session.scalars(select(Change.fields)))
    assert "What happened that night?" not in fields
    assert "the letter" not in fields


def test_the_changes_of_a_coding_carry_its_coder_and_round_as_scope(made):
    with made.study.read() as session:
        wanted = select(Change.scope, Coding.coder_id, Coding.round_id).join(Coding, Coding.id == Change.row_id)
        found = session.execute(wanted).all()
        shared = set(session.scalars(select(Change.scope).where(Change.kind != "coding")))
    assert len(found) == 4
    assert all(scope == f"{coder}:{round_id}" for scope, coder, round_id in found)
    assert shared == {""}


def test_where_a_passage_is_travels_as_one_field(made):
    assert field_columns(Coding)["anchor"] == ("revision_id", "start", "end")
    assert not {"revision_id", "start", "end"} & field_columns(Coding).keys()


def test_bulk_rows_are_journalled_like_any_others(made):
    with made.study.transact("Add many") as session:
        insert_rows(session, Theme, [{"id": new_id(), "name": f"T{n}", "position": "i"} for n in range(3)])
    with made.study.read() as session:
        step = session.scalars(select(Step).order_by(Step.lamport.desc())).first()
        rows = session.scalars(select(Change).where(Change.step_id == step.id)).all()
    assert step.label == "Add many"
    assert len(rows) == 3


def test_every_table_is_a_mapped_class_and_every_default_is_made_on_the_client():
    mapped = {mapper.local_table.name for mapper in Base.registry.mappers}
    for table in Base.metadata.tables.values():
        assert table.name in mapped
        for column in table.columns:
            assert column.server_default is None
            assert column.onupdate is None
            for key in column.foreign_keys:
                assert key.ondelete is None
                assert table.name in {"step", "change"} or key.deferrable


def test_only_primary_keys_are_unique():
    for kind in kinds().values():
        assert issubclass(kind, Row)
        assert not [index for index in kind.__table__.indexes if index.unique]
        assert [column.name for column in kind.__table__.primary_key] == ["id"]


def test_no_trigger_writes(made):
    with made.study.read() as session:
        assert session.execute(text("SELECT count(*) FROM sqlite_master WHERE type = 'trigger'")).scalar_one() == 0


def test_a_step_holds_changes_of_one_scope(made):
    def both():
        with made.study.transact("Both") as session:
            session.get_one(Coder, made.other).name = "Bo"
            session.get_one(Coding, made.codings[0]).comment = "mine"

    with pytest.raises(MixedScopesError):
        both()
    with made.study.read() as session:
        assert session.get_one(Coder, made.other).name == "Bo Ek"
