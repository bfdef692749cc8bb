"""Leave: rules, chains, papers, returns and end dates

Revision ID: 0008
Revises: 0007
Create Date: 2026-11-22

"""
from alembic import op
import sqlalchemy as sa

from trainingbase.db import Moment

# revision identifiers, used by Alembic.
revision = '0008'
down_revision = '0007'
branch_labels = None
depends_on = None


def upgrade():
    # Nothing refers to this table yet, so that SQLite may make it anew.
    with op.batch_alter_table('leaves') as batch_op:
        batch_op.drop_constraint('uq_leaves_resident_id_starts_on', type_='unique')
        batch_op.add_column(sa.Column('asked_at', Moment(), nullable=True))
        batch_op.add_column(sa.Column('asked_by_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('closed_as', sa.String(), nullable=True))
        batch_op.add_column(sa.Column('reported_on', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('confirmed_at', Moment(), nullable=True))
        batch_op.add_column(sa.Column('confirmed_by_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('request_key', sa.String(), nullable=True))
        batch_op.create_foreign_key('fk_leaves_asked_by_id_people', 'people', ['asked_by_id'], ['id'])
        batch_op.create_foreign_key('fk_leaves_confirmed_by_id_people', 'people', ['confirmed_by_id'], ['id'])
        batch_op.create_unique_constraint('uq_leaves_request_key', ['request_key'])
        batch_op.create_check_constraint(op.f('ck_leaves_closed_is_not_granted'), "closed_as IS NULL OR (closed_as IN ('withdrawn', 'revoked') AND NOT granted)")
    op.create_index('ix_leaves_resident_id_starts_on', 'leaves', ['resident_id', 'starts_on'])
    standing = sa.text('granted IS NOT false')
    op.create_index('uq_leaves_resident_id_starts_on_standing', 'leaves', ['resident_id', 'starts_on'], unique=True, sqlite_where=standing, postgresql_where=standing)
    op.create_table('leave_rules',
        sa.Column('kind', sa.String(), nullable=False),
        sa.Column('by_residents', sa.Boolean(), nullable=False),
        sa.Column('paid', sa.Boolean(), nullable=False),
        sa.Column('working_days', sa.Boolean(), nullable=False),
        sa.Column('attachment_from_days', sa.Integer(), nullable=True),
        sa.Column('most_days_a_year', sa.Integer(), nullable=True),
        sa.Column('most_days_an_event', sa.Integer(), nullable=True),
        sa.Column('extends', sa.Boolean(), nullable=False),
        sa.Column('extends_after_days', sa.Integer(), nullable=False),
        sa.Column('in_total', sa.Boolean(), nullable=False),
        sa.Column('supervisor_from_days', sa.Integer(), nullable=True),
        sa.Column('secretary_from_days', sa.Integer(), nullable=True),
        sa.Column('tutor_from_days', sa.Integer(), nullable=True),
        sa.Column('office_from_days', sa.Integer(), nullable=True),
        sa.Column('source', sa.String(), nullable=False),
        sa.Column('confidence', sa.String(), nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.CheckConstraint('extends_after_days >= 0', name=op.f('ck_leave_rules_after_not_negative')),
        sa.CheckConstraint("confidence IN ('H', 'M', 'S')", name=op.f('ck_leave_rules_confidence_is_known')),
        sa.PrimaryKeyConstraint('kind', name=op.f('pk_leave_rules')),
    )
    op.create_table('days_off',
        sa.Column('day_on', sa.Date(), nullable=False),
        sa.Column('is_working', sa.Boolean(), nullable=False),
        sa.Column('name', sa.String(), nullable=False),
        sa.PrimaryKeyConstraint('day_on', name=op.f('pk_days_off')),
    )
    op.create_table('leave_steps',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('leave_id', sa.Integer(), nullable=False),
        sa.Column('position', sa.Integer(), nullable=False),
        sa.Column('step', sa.String(), nullable=False),
        sa.Column('person_id', sa.Integer(), nullable=True),
        sa.Column('department_id', sa.Integer(), nullable=True),
        sa.Column('opened_at', Moment(), nullable=True),
        sa.Column('passed_because', sa.String(), nullable=True),
        sa.Column('decided_at', Moment(), nullable=True),
        sa.Column('decided_by_id', sa.Integer(), nullable=True),
        sa.Column('approved', sa.Boolean(), nullable=True),
        sa.Column('reason', sa.String(), nullable=True),
        sa.CheckConstraint("step IN ('supervisor', 'secretary', 'tutor', 'office')", name=op.f('ck_leave_steps_step_is_known')),
        sa.CheckConstraint("passed_because IN ('nobody', 'left', 'no_account', 'handed_over')", name=op.f('ck_leave_steps_passed_is_known')),
        sa.CheckConstraint('(approved IS NULL) = (decided_at IS NULL)', name=op.f('ck_leave_steps_decision_is_whole')),
        sa.ForeignKeyConstraint(['leave_id'], ['leaves.id'], name=op.f('fk_leave_steps_leave_id_leaves')),
        sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_leave_steps_person_id_people')),
        sa.ForeignKeyConstraint(['department_id'], ['departments.id'], name=op.f('fk_leave_steps_department_id_departments')),
        sa.ForeignKeyConstraint(['decided_by_id'], ['people.id'], name=op.f('fk_leave_steps_decided_by_id_people')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_leave_steps')),
        sa.UniqueConstraint('leave_id', 'position', name=op.f('uq_leave_steps_leave_id_position')),
    )
    op.create_index(op.f('ix_leave_steps_person_id'), 'leave_steps', ['person_id'])
    op.create_index(op.f('ix_leave_steps_department_id'), 'leave_steps', ['department_id'])
    op.create_table('leave_papers',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('leave_id', sa.Integer(), nullable=False),
        sa.Column('file_id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['leave_id'], ['leaves.id'], name=op.f('fk_leave_papers_leave_id_leaves')),
        sa.ForeignKeyConstraint(['file_id'], ['stored_files.id'], name=op.f('fk_leave_papers_file_id_stored_files')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_leave_papers')),
        sa.UniqueConstraint('file_id', name=op.f('uq_leave_papers_file_id')),
    )
    op.create_index(op.f('ix_leave_papers_leave_id'), 'leave_papers', ['leave_id'])
    op.create_table('end_date_changes',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('leave_id', sa.Integer(), nullable=False),
        sa.Column('resident_id', sa.Integer(), nullable=False),
        sa.Column('days', sa.Integer(), nullable=False),
        sa.Column('proposed_at', Moment(), nullable=False),
        sa.Column('decided_at', Moment(), nullable=True),
        sa.Column('decided_by_id', sa.Integer(), nullable=True),
        sa.Column('done', sa.Boolean(), nullable=True),
        sa.Column('before_on', sa.Date(), nullable=True),
        sa.Column('after_on', sa.Date(), nullable=True),
        sa.Column('reason', sa.String(), nullable=True),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.CheckConstraint('days <> 0', name=op.f('ck_end_date_changes_days_are_some')),
        sa.CheckConstraint('(done IS NULL) = (decided_at IS NULL)', name=op.f('ck_end_date_changes_decision_is_whole')),
        sa.ForeignKeyConstraint(['leave_id'], ['leaves.id'], name=op.f('fk_end_date_changes_leave_id_leaves')),
        sa.ForeignKeyConstraint(['resident_id'], ['residents.id'], name=op.f('fk_end_date_changes_resident_id_residents')),
        sa.ForeignKeyConstraint(['decided_by_id'], ['people.id'], name=op.f('fk_end_date_changes_decided_by_id_people')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_end_date_changes')),
    )
    op.create_index(op.f('ix_end_date_changes_leave_id'), 'end_date_changes', ['leave_id'])
    op.create_index(op.f('ix_end_date_changes_resident_id'), 'end_date_changes', ['resident_id'])
    waiting = sa.text('decided_at IS NULL')
    op.create_index('uq_end_date_changes_leave_id_open', 'end_date_changes', ['leave_id'], unique=True, sqlite_where=waiting, postgresql_where=waiting)


def downgrade():
    for table in ('end_date_changes', 'leave_papers', 'leave_steps', 'days_off', 'leave_rules'):
        op.drop_table(table)
    # The older portal knows one leave of a resident from one day: of several the one that stands,
    # else the last, is kept.
    op.execute(
        'DELETE FROM leaves WHERE EXISTS (SELECT 1 FROM leaves AS other'
        ' WHERE other.resident_id = leaves.resident_id AND other.starts_on = leaves.starts_on'
        ' AND other.id <> leaves.id AND leaves.granted IS false'
        ' AND (other.granted IS NOT false OR other.id > leaves.id))'
    )
    op.drop_index('uq_leaves_resident_id_starts_on_standing', 'leaves')
    op.drop_index('ix_leaves_resident_id_starts_on', 'leaves')
    with op.batch_alter_table('leaves') as batch_op:
        batch_op.drop_constraint(op.f('ck_leaves_closed_is_not_granted'), type_='check')
        batch_op.drop_constraint('uq_leaves_request_key', type_='unique')
        batch_op.drop_constraint('fk_leaves_confirmed_by_id_people', type_='foreignkey')
        batch_op.drop_constraint('fk_leaves_asked_by_id_people', type_='foreignkey')
        for column in ('request_key', 'confirmed_by_id', 'confirmed_at', 'reported_on', 'closed_as', 'asked_by_id', 'asked_at'):
            batch_op.drop_column(column)
        batch_op.create_unique_constraint('uq_leaves_resident_id_starts_on', ['resident_id', 'starts_on'])
