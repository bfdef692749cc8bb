"""Teaching activities in full: kinds, plans, signing, scores

Revision ID: 0016
Revises: 0015
Create Date: 2026-11-22

"""
from alembic import op
import sqlalchemy as sa
from trainingbase.db import Exact, Moment

# revision identifiers, used by Alembic.
revision = '0016'
down_revision = '0015'
branch_labels = None
depends_on = None

COLUMNS = (
    ('room', sa.String()),
    ('link', sa.String()),
    ('audience', sa.String()),
    ('audience_year', sa.Integer()),
    ('note', sa.String()),
    ('request_key', sa.String()),
    ('submitted_at', Moment()),
    ('returned_at', Moment()),
    ('because', sa.String()),
    ('reminded_at', Moment()),
)


def upgrade():
    op.create_table('activity_kinds',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('name_en', sa.String(), nullable=True),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('sheet', sa.String(), nullable=True),
    sa.Column('is_joint', sa.Boolean(), nullable=False),
    sa.Column('is_remote', sa.Boolean(), nullable=False),
    sa.Column('in_use', sa.Boolean(), nullable=False),
    sa.Column('source', sa.String(), nullable=False),
    sa.Column('confidence', sa.String(), nullable=False),
    sa.Column('request_key', sa.String(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("confidence IN ('H', 'M', 'S')", name=op.f('ck_activity_kinds_confidence_is_known')),
    sa.CheckConstraint('minutes > 0', name=op.f('ck_activity_kinds_minutes_positive')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_activity_kinds')),
    sa.UniqueConstraint('name', name=op.f('uq_activity_kinds_name')),
    sa.UniqueConstraint('request_key', name=op.f('uq_activity_kinds_request_key'))
    )
    op.create_table('activity_year_plans',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=False),
    sa.Column('made', sa.Integer(), nullable=False),
    sa.Column('made_at', Moment(), nullable=False),
    sa.Column('made_by_id', sa.Integer(), nullable=False),
    sa.Column('undone', sa.Integer(), nullable=True),
    sa.Column('undone_at', Moment(), nullable=True),
    sa.Column('request_key', sa.String(), nullable=True),
    sa.CheckConstraint('starts_on < ends_on', name=op.f('ck_activity_year_plans_starts_before_it_ends')),
    sa.ForeignKeyConstraint(['made_by_id'], ['people.id'], name=op.f('fk_activity_year_plans_made_by_id_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_activity_year_plans')),
    sa.UniqueConstraint('request_key', name=op.f('uq_activity_year_plans_request_key'))
    )
    op.create_index(op.f('ix_activity_year_plans_made_by_id'), 'activity_year_plans', ['made_by_id'], unique=False)

    op.create_table('activity_frequencies',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind_id', sa.Integer(), nullable=False),
    sa.Column('scope', sa.String(), nullable=False),
    sa.Column('standard', sa.String(), nullable=True),
    sa.Column('department_id', sa.Integer(), nullable=True),
    sa.Column('times', sa.Integer(), nullable=False),
    sa.Column('period', sa.String(), nullable=False),
    sa.Column('in_use', sa.Boolean(), nullable=False),
    sa.Column('source', sa.String(), nullable=False),
    sa.Column('confidence', sa.String(), nullable=False),
    sa.Column('request_key', sa.String(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(scope = 'department') = (department_id IS NOT NULL)", name=op.f('ck_activity_frequencies_department')),
    sa.CheckConstraint("(scope = 'standard') = (standard IS NOT NULL)", name=op.f('ck_activity_frequencies_standard')),
    sa.CheckConstraint("confidence IN ('H', 'M', 'S')", name=op.f('ck_activity_frequencies_confidence_is_known')),
    sa.CheckConstraint("period IN ('week', 'fortnight', 'month')", name=op.f('ck_activity_frequencies_period_is_known')),
    sa.CheckConstraint('times >= 0', name=op.f('ck_activity_frequencies_times_not_negative')),
    sa.ForeignKeyConstraint(['department_id'], ['departments.id'], name=op.f('fk_activity_frequencies_department_id_departments')),
    sa.ForeignKeyConstraint(['kind_id'], ['activity_kinds.id'], name=op.f('fk_activity_frequencies_kind_id_activity_kinds')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_activity_frequencies')),
    sa.UniqueConstraint('request_key', name=op.f('uq_activity_frequencies_request_key'))
    )
    op.create_index(op.f('ix_activity_frequencies_department_id'), 'activity_frequencies', ['department_id'], unique=False)
    op.create_index(op.f('ix_activity_frequencies_kind_id'), 'activity_frequencies', ['kind_id'], unique=False)

    op.create_table('activity_slots',
    sa.Column('department_id', sa.Integer(), nullable=False),
    sa.Column('kind_id', sa.Integer(), nullable=False),
    sa.Column('weekday', sa.Integer(), nullable=False),
    sa.Column('starts_at', sa.String(), nullable=False),
    sa.Column('room', sa.String(), nullable=True),
    sa.CheckConstraint('weekday BETWEEN 0 AND 6', name=op.f('ck_activity_slots_weekday_is_one')),
    sa.ForeignKeyConstraint(['department_id'], ['departments.id'], name=op.f('fk_activity_slots_department_id_departments')),
    sa.ForeignKeyConstraint(['kind_id'], ['activity_kinds.id'], name=op.f('fk_activity_slots_kind_id_activity_kinds')),
    sa.PrimaryKeyConstraint('department_id', 'kind_id', name=op.f('pk_activity_slots'))
    )
    op.create_table('activity_departments',
    sa.Column('activity_id', sa.Integer(), nullable=False),
    sa.Column('department_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['activity_id'], ['activities.id'], name=op.f('fk_activity_departments_activity_id_activities')),
    sa.ForeignKeyConstraint(['department_id'], ['departments.id'], name=op.f('fk_activity_departments_department_id_departments')),
    sa.PrimaryKeyConstraint('activity_id', 'department_id', name=op.f('pk_activity_departments'))
    )
    op.create_index(op.f('ix_activity_departments_department_id'), 'activity_departments', ['department_id'], unique=False)

    op.create_table('activity_materials',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('activity_id', sa.Integer(), nullable=False),
    sa.Column('file_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['activity_id'], ['activities.id'], name=op.f('fk_activity_materials_activity_id_activities')),
    sa.ForeignKeyConstraint(['file_id'], ['stored_files.id'], name=op.f('fk_activity_materials_file_id_stored_files')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_activity_materials')),
    sa.UniqueConstraint('file_id', name=op.f('uq_activity_materials_file_id'))
    )
    op.create_index(op.f('ix_activity_materials_activity_id'), 'activity_materials', ['activity_id'], unique=False)

    op.create_table('activity_ratings',
    sa.Column('activity_id', sa.Integer(), nullable=False),
    sa.Column('resident_id', sa.Integer(), nullable=False),
    sa.Column('stars', sa.Integer(), nullable=False),
    sa.Column('text', sa.String(), nullable=True),
    sa.Column('rated_at', Moment(), nullable=False),
    sa.CheckConstraint('stars BETWEEN 1 AND 5', name=op.f('ck_activity_ratings_stars_one_to_five')),
    sa.ForeignKeyConstraint(['activity_id'], ['activities.id'], name=op.f('fk_activity_ratings_activity_id_activities')),
    sa.ForeignKeyConstraint(['resident_id'], ['residents.id'], name=op.f('fk_activity_ratings_resident_id_residents')),
    sa.PrimaryKeyConstraint('activity_id', 'resident_id', name=op.f('pk_activity_ratings'))
    )
    op.create_index(op.f('ix_activity_ratings_resident_id'), 'activity_ratings', ['resident_id'], unique=False)

    op.create_table('activity_scores',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('activity_id', sa.Integer(), nullable=False),
    sa.Column('scorer_id', sa.Integer(), nullable=False),
    sa.Column('sheet', sa.String(), nullable=False),
    sa.Column('edition', sa.String(), nullable=False),
    sa.Column('points', sa.JSON(), nullable=False),
    sa.Column('total', Exact(), nullable=False),
    sa.Column('highest', Exact(), nullable=False),
    sa.Column('note', sa.String(), nullable=True),
    sa.Column('scored_at', Moment(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('total BETWEEN 0 AND highest', name=op.f('ck_activity_scores_total_within_highest')),
    sa.ForeignKeyConstraint(['activity_id'], ['activities.id'], name=op.f('fk_activity_scores_activity_id_activities')),
    sa.ForeignKeyConstraint(['scorer_id'], ['people.id'], name=op.f('fk_activity_scores_scorer_id_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_activity_scores')),
    sa.UniqueConstraint('activity_id', 'scorer_id', name=op.f('uq_activity_scores_activity_id_scorer_id'))
    )
    op.create_index(op.f('ix_activity_scores_scorer_id'), 'activity_scores', ['scorer_id'], unique=False)

    op.create_table('activity_speakers',
    sa.Column('activity_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['activity_id'], ['activities.id'], name=op.f('fk_activity_speakers_activity_id_activities')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_activity_speakers_person_id_people')),
    sa.PrimaryKeyConstraint('activity_id', 'person_id', name=op.f('pk_activity_speakers'))
    )
    op.create_index(op.f('ix_activity_speakers_person_id'), 'activity_speakers', ['person_id'], unique=False)

    op.create_table('planned_activities',
    sa.Column('activity_id', sa.Integer(), nullable=False),
    sa.Column('plan_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['activity_id'], ['activities.id'], name=op.f('fk_planned_activities_activity_id_activities')),
    sa.ForeignKeyConstraint(['plan_id'], ['activity_year_plans.id'], name=op.f('fk_planned_activities_plan_id_activity_year_plans')),
    sa.PrimaryKeyConstraint('activity_id', name=op.f('pk_planned_activities'))
    )
    op.create_index(op.f('ix_planned_activities_plan_id'), 'planned_activities', ['plan_id'], unique=False)
    # others refer to this table: outside a batch, which would drop it on SQLite
    for name, kind in COLUMNS:
        op.add_column('activities', sa.Column(name, kind, nullable=True))
    op.create_index('uq_activities_request_key', 'activities', ['request_key'], unique=True)
    # whatever stood there unapproved was waiting for the office
    op.execute(
        "UPDATE activities SET submitted_at = CURRENT_TIMESTAMP"
        " WHERE approved_at IS NULL AND cancelled_at IS NULL"
    )
    with op.batch_alter_table('activity_attendances', schema=None) as batch_op:
        batch_op.add_column(sa.Column('how', sa.String(), server_default='import', nullable=False))
        batch_op.add_column(sa.Column('signed_in_at', Moment(), nullable=True))
        batch_op.add_column(sa.Column('signed_out_at', Moment(), nullable=True))
        batch_op.add_column(sa.Column('is_late', sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column('counts', sa.Boolean(), server_default=sa.true(), nullable=False))
        batch_op.add_column(sa.Column('reason', sa.String(), nullable=True))
        batch_op.add_column(sa.Column('device', sa.String(), nullable=True))
        batch_op.add_column(sa.Column('by_id', sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f('ix_activity_attendances_by_id'), ['by_id'], unique=False)
        batch_op.create_index('uq_activity_attendances_device', ['activity_id', 'device'], unique=True)
        batch_op.create_foreign_key(batch_op.f('fk_activity_attendances_by_id_people'), 'people', ['by_id'], ['id'])
        batch_op.create_check_constraint(
            op.f('ck_activity_attendances_how_is_known'),
            "how IN ('import', 'code', 'speaker', 'correction')",
        )


def downgrade():
    with op.batch_alter_table('activity_attendances', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_activity_attendances_how_is_known'), type_='check')
        batch_op.drop_constraint(batch_op.f('fk_activity_attendances_by_id_people'), type_='foreignkey')
        batch_op.drop_index('uq_activity_attendances_device')
        batch_op.drop_index(batch_op.f('ix_activity_attendances_by_id'))
        for name in ('by_id', 'device', 'reason', 'counts', 'is_late', 'signed_out_at', 'signed_in_at', 'how'):
            batch_op.drop_column(name)
    op.drop_index('uq_activities_request_key', table_name='activities')
    for name, _kind in reversed(COLUMNS):
        op.drop_column('activities', name)
    for name in (
        'planned_activities', 'activity_speakers', 'activity_scores', 'activity_ratings', 'activity_materials',
        'activity_departments', 'activity_slots', 'activity_frequencies', 'activity_year_plans', 'activity_kinds',
    ):
        op.drop_table(name)
