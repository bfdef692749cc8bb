"""Kinds of work, and appeals

Revision ID: 0019
Revises: 0018
Create Date: 2026-11-22

"""
from alembic import op
import sqlalchemy as sa

from trainingbase.db import Exact, Moment

# revision identifiers, used by Alembic.
revision = '0019'
down_revision = '0018'
branch_labels = None
depends_on = None

COUNTING = sa.text("category = 'workload' AND confirmed IS NOT false AND withdrawn_at IS NULL AND replaced_at IS NULL AND corrects_id IS NULL")
OPEN = sa.text('confirmed IS NULL AND withdrawn_at IS NULL')
ENTRIES_BEFORE = "'disease', 'procedure', 'case', 'community', 'activity'"
ENTRIES_NOW = "'disease', 'procedure', 'case', 'community', 'workload', 'activity'"
MINIMUMS_BEFORE = "'disease', 'case', 'procedure', 'activity'"
MINIMUMS_NOW = "'disease', 'case', 'procedure', 'community', 'workload', 'activity'"


def upgrade():
    _kinds()
    _appeals()
    _entries()
    op.create_index('ix_log_entries_counted', 'log_entries', ['resident_id', 'placement_id', 'category', 'item', 'confirmed', 'corrects_id', 'count', 'withdrawn_at', 'replaced_at'])
    op.create_index('ix_log_entries_waiting', 'log_entries', ['placement_id', 'teacher_id'], sqlite_where=OPEN, postgresql_where=OPEN)
    op.create_index('uq_log_entries_one_count_a_day', 'log_entries', ['placement_id', 'item', 'done_on'], unique=True, sqlite_where=COUNTING, postgresql_where=COUNTING)
    taught = sa.text('teacher_id IS NOT NULL')
    op.create_index('ix_log_entries_teacher_id', 'log_entries', ['teacher_id'], sqlite_where=taught, postgresql_where=taught)
    op.create_index('ix_log_entries_decided_by_id_decided_at', 'log_entries', ['decided_by_id', 'decided_at'])
    _minimums(MINIMUMS_NOW)


def downgrade():
    op.execute("DELETE FROM programme_minimums WHERE category IN ('community', 'workload')")
    _minimums(MINIMUMS_BEFORE)
    op.drop_index('uq_log_entries_one_count_a_day', 'log_entries')
    for name in ('decided_by_id_decided_at', 'teacher_id', 'waiting', 'counted'):
        op.drop_index(f'ix_log_entries_{name}', 'log_entries')
    op.execute("UPDATE log_entries SET category = 'community' WHERE category = 'workload'")
    with op.batch_alter_table('log_entries') as batch:
        batch.drop_constraint(op.f('ck_log_entries_count_positive'), type_='check')
        batch.drop_constraint(op.f('fk_log_entries_teacher_id_faculty_members'), type_='foreignkey')
        _replace(batch, 'log_entries', ENTRIES_BEFORE)
        for column in ('teacher_id', 'details', 'count'):
            batch.drop_column(column)
    for name in ('decided_at', 'placement_id', 'resident_id'):
        op.drop_index(f'ix_log_appeals_{name}', 'log_appeals')
    op.drop_index('uq_log_appeals_open', 'log_appeals')
    op.drop_table('log_appeals')
    op.drop_table('log_fields')
    op.drop_table('log_kinds')


def _entries():
    with op.batch_alter_table('log_entries') as batch:
        batch.add_column(sa.Column('count', sa.Integer(), nullable=False, server_default='1'))
        batch.add_column(sa.Column('details', sa.JSON(), nullable=True))
        batch.add_column(sa.Column('teacher_id', sa.Integer(), nullable=True))
        batch.create_foreign_key(op.f('fk_log_entries_teacher_id_faculty_members'), 'faculty_members', ['teacher_id'], ['id'])
        batch.create_check_constraint(op.f('ck_log_entries_count_positive'), 'count >= 1')
        _replace(batch, 'log_entries', ENTRIES_NOW)


def _minimums(categories):
    with op.batch_alter_table('programme_minimums') as batch:
        _replace(batch, 'programme_minimums', categories)


def _replace(batch, table, categories):
    name = op.f(f'ck_{table}_category_is_known')
    batch.drop_constraint(name, type_='check')
    batch.create_check_constraint(name, f'category IN ({categories})')


def _kinds():
    op.create_table('log_kinds',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('code', sa.String(), nullable=False),
        sa.Column('category', sa.String(), nullable=False),
        sa.Column('name', sa.String(), nullable=False),
        sa.Column('name_en', sa.String(), nullable=True),
        sa.Column('position', sa.Integer(), nullable=False),
        sa.Column('by_day', sa.Boolean(), nullable=False),
        sa.Column('unit', sa.String(), nullable=True),
        sa.Column('unit_en', sa.String(), nullable=True),
        sa.Column('most', sa.Integer(), nullable=True),
        sa.Column('primary_only', sa.Boolean(), nullable=False),
        sa.Column('in_use', sa.Boolean(), nullable=False),
        sa.Column('source', sa.String(), nullable=False),
        sa.Column('confidence', sa.String(), nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.CheckConstraint("category IN ('community', 'workload')", name=op.f('ck_log_kinds_category_is_known')),
        sa.CheckConstraint("confidence IN ('H', 'M', 'S')", name=op.f('ck_log_kinds_confidence_is_known')),
        sa.CheckConstraint('most >= 1', name=op.f('ck_log_kinds_most_positive')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_log_kinds')),
        sa.UniqueConstraint('code', name=op.f('uq_log_kinds_code')),
        sa.UniqueConstraint('category', 'name', name=op.f('uq_log_kinds_category_name'))
    )
    op.create_table('log_fields',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('kind_id', sa.Integer(), nullable=False),
        sa.Column('code', sa.String(), nullable=False),
        sa.Column('position', sa.Integer(), nullable=False),
        sa.Column('name', sa.String(), nullable=False),
        sa.Column('name_en', sa.String(), nullable=True),
        sa.Column('type', sa.String(), nullable=False),
        sa.Column('unit', sa.String(), nullable=True),
        sa.Column('least', Exact(), nullable=True),
        sa.Column('most', Exact(), nullable=True),
        sa.Column('decimals', sa.Integer(), nullable=False),
        sa.Column('choices', sa.JSON(), nullable=False),
        sa.Column('required', sa.Boolean(), nullable=False),
        sa.Column('in_use', sa.Boolean(), nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.CheckConstraint('decimals BETWEEN 0 AND 3', name=op.f('ck_log_fields_decimals_are_few')),
        sa.CheckConstraint('least <= most', name=op.f('ck_log_fields_least_within_most')),
        sa.CheckConstraint("type IN ('number', 'choice', 'bool', 'text')", name=op.f('ck_log_fields_type_is_known')),
        sa.ForeignKeyConstraint(['kind_id'], ['log_kinds.id'], name=op.f('fk_log_fields_kind_id_log_kinds')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_log_fields')),
        sa.UniqueConstraint('kind_id', 'code', name=op.f('uq_log_fields_kind_id_code'))
    )


def _appeals():
    op.create_table('log_appeals',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('resident_id', sa.Integer(), nullable=False),
        sa.Column('placement_id', sa.Integer(), nullable=False),
        sa.Column('category', sa.String(), nullable=False),
        sa.Column('item', sa.String(), nullable=False),
        sa.Column('asked', sa.Integer(), nullable=False),
        sa.Column('reason', sa.String(), nullable=False),
        sa.Column('asked_at', Moment(), nullable=False),
        sa.Column('asked_by_id', sa.Integer(), nullable=False),
        sa.Column('agrees', sa.Boolean(), nullable=True),
        sa.Column('opinion', sa.String(), nullable=True),
        sa.Column('opinion_at', Moment(), nullable=True),
        sa.Column('opinion_by_id', sa.Integer(), nullable=True),
        sa.Column('granted', sa.Boolean(), nullable=True),
        sa.Column('eased', sa.Integer(), nullable=True),
        sa.Column('elsewhere_id', sa.Integer(), nullable=True),
        sa.Column('answer', sa.String(), nullable=True),
        sa.Column('decided_at', Moment(), nullable=True),
        sa.Column('decided_by_id', sa.Integer(), nullable=True),
        sa.Column('withdrawn_at', Moment(), nullable=True),
        sa.Column('request_key', sa.String(), nullable=True),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.CheckConstraint('(agrees IS NULL) = (opinion_at IS NULL)', name=op.f('ck_log_appeals_opinion_is_whole')),
        sa.CheckConstraint('(granted IS NULL) = (decided_at IS NULL)', name=op.f('ck_log_appeals_decision_is_whole')),
        sa.CheckConstraint('asked >= 1', name=op.f('ck_log_appeals_asked_positive')),
        sa.CheckConstraint('granted IS NOT true OR eased >= 1', name=op.f('ck_log_appeals_granted_eases')),
        sa.ForeignKeyConstraint(['asked_by_id'], ['people.id'], name=op.f('fk_log_appeals_asked_by_id_people')),
        sa.ForeignKeyConstraint(['decided_by_id'], ['people.id'], name=op.f('fk_log_appeals_decided_by_id_people')),
        sa.ForeignKeyConstraint(['elsewhere_id'], ['standard_departments.id'], name=op.f('fk_log_appeals_elsewhere_id_standard_departments')),
        sa.ForeignKeyConstraint(['opinion_by_id'], ['people.id'], name=op.f('fk_log_appeals_opinion_by_id_people')),
        sa.ForeignKeyConstraint(['placement_id'], ['placements.id'], name=op.f('fk_log_appeals_placement_id_placements')),
        sa.ForeignKeyConstraint(['resident_id'], ['residents.id'], name=op.f('fk_log_appeals_resident_id_residents')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_log_appeals')),
        sa.UniqueConstraint('request_key', name=op.f('uq_log_appeals_request_key'))
    )
    still_open = sa.text('granted IS NULL AND withdrawn_at IS NULL')
    op.create_index('uq_log_appeals_open', 'log_appeals', ['placement_id', 'category', 'item'], unique=True, sqlite_where=still_open, postgresql_where=still_open)
    op.create_index('ix_log_appeals_resident_id', 'log_appeals', ['resident_id'])
    op.create_index('ix_log_appeals_placement_id', 'log_appeals', ['placement_id'])
    op.create_index('ix_log_appeals_decided_at', 'log_appeals', ['decided_at'])
