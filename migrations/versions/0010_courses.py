"""Changes of course

Revision ID: 0010
Revises: 0009
Create Date: 2026-11-22

"""
from alembic import op
import sqlalchemy as sa

from trainingbase.db import Moment

# revision identifiers, used by Alembic.
revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None

KINDS = (
    'transfer_in', 'change_programme', 'extension', 'suspension', 'return', 'withdrawal',
    'transfer_out', 'graduation', 'certificate',
)
OPEN = sa.text('returned_on IS NULL AND cancelled_at IS NULL')


def upgrade():
    op.create_table('course_reasons',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('of', sa.String(), nullable=False),
        sa.Column('code', sa.String(), nullable=False),
        sa.Column('name', sa.String(), nullable=False),
        sa.Column('name_en', sa.String(), nullable=True),
        sa.Column('is_in_use', sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "of IN ('manner', 'withdrawal', 'transfer', 'extension', 'suspension')",
            name=op.f('ck_course_reasons_list_is_known'),
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_course_reasons')),
        sa.UniqueConstraint('of', 'code', name=op.f('uq_course_reasons_of_code')),
    )
    op.create_table('courses',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('resident_id', sa.Integer(), nullable=False),
        sa.Column('kind', sa.String(), nullable=False),
        sa.Column('starts_on', sa.Date(), nullable=False),
        sa.Column('ends_on', sa.Date(), nullable=True),
        sa.Column('manner_id', sa.Integer(), nullable=True),
        sa.Column('reason_id', sa.Integer(), nullable=True),
        sa.Column('word', sa.String(), nullable=True),
        sa.Column('place', sa.String(), nullable=True),
        sa.Column('cohort_id', sa.Integer(), nullable=True),
        sa.Column('certificate_number', sa.String(), nullable=True),
        sa.Column('credits', sa.JSON(), nullable=True),
        sa.Column('evidence_id', sa.Integer(), nullable=True),
        sa.Column('proposed_at', Moment(), nullable=False),
        sa.Column('proposed_by_id', sa.Integer(), nullable=False),
        sa.Column('decided_at', Moment(), nullable=True),
        sa.Column('decided_by_id', sa.Integer(), nullable=True),
        sa.Column('dropped_at', Moment(), nullable=True),
        sa.Column('effect', sa.JSON(none_as_null=True), nullable=True),
        sa.Column('undoes_id', sa.Integer(), nullable=True),
        sa.Column('request_key', sa.String(), nullable=True),
        sa.CheckConstraint('(decided_at IS NULL) = (decided_by_id IS NULL)', name=op.f('ck_courses_decision_is_whole')),
        sa.CheckConstraint('decided_at IS NULL OR dropped_at IS NULL', name=op.f('ck_courses_decided_or_dropped')),
        sa.CheckConstraint('decided_at IS NULL OR effect IS NOT NULL', name=op.f('ck_courses_effect_is_kept')),
        sa.CheckConstraint('starts_on < ends_on', name=op.f('ck_courses_starts_before_it_ends')),
        sa.CheckConstraint(
            'kind IN ({})'.format(', '.join(f"'{one}'" for one in KINDS)),
            name=op.f('ck_courses_kind_is_known'),
        ),
        sa.ForeignKeyConstraint(['cohort_id'], ['cohorts.id'], name=op.f('fk_courses_cohort_id_cohorts')),
        sa.ForeignKeyConstraint(['decided_by_id'], ['people.id'], name=op.f('fk_courses_decided_by_id_people')),
        sa.ForeignKeyConstraint(['evidence_id'], ['stored_files.id'], name=op.f('fk_courses_evidence_id_stored_files')),
        sa.ForeignKeyConstraint(['manner_id'], ['course_reasons.id'], name=op.f('fk_courses_manner_id_course_reasons')),
        sa.ForeignKeyConstraint(['proposed_by_id'], ['people.id'], name=op.f('fk_courses_proposed_by_id_people')),
        sa.ForeignKeyConstraint(['reason_id'], ['course_reasons.id'], name=op.f('fk_courses_reason_id_course_reasons')),
        sa.ForeignKeyConstraint(['resident_id'], ['residents.id'], name=op.f('fk_courses_resident_id_residents')),
        sa.ForeignKeyConstraint(['undoes_id'], ['courses.id'], name=op.f('fk_courses_undoes_id_courses')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_courses')),
        sa.UniqueConstraint('request_key', name=op.f('uq_courses_request_key')),
        sa.UniqueConstraint('undoes_id', name=op.f('uq_courses_undoes_id')),
    )
    op.create_index(op.f('ix_courses_resident_id'), 'courses', ['resident_id'])
    op.create_index(op.f('ix_courses_starts_on'), 'courses', ['starts_on'])
    op.create_index('ix_courses_decided_at', 'courses', ['decided_at'])
    op.create_table('suspensions',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('resident_id', sa.Integer(), nullable=False),
        sa.Column('starts_on', sa.Date(), nullable=False),
        sa.Column('ends_on', sa.Date(), nullable=False),
        sa.Column('returned_on', sa.Date(), nullable=True),
        sa.Column('cancelled_at', Moment(), nullable=True),
        sa.CheckConstraint('starts_on < ends_on', name=op.f('ck_suspensions_starts_before_it_ends')),
        sa.CheckConstraint('starts_on < returned_on', name=op.f('ck_suspensions_returns_after_it_starts')),
        sa.ForeignKeyConstraint(['resident_id'], ['residents.id'], name=op.f('fk_suspensions_resident_id_residents')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_suspensions')),
    )
    op.create_index(op.f('ix_suspensions_resident_id'), 'suspensions', ['resident_id'])
    op.create_index(
        'uq_suspensions_resident_id_open', 'suspensions', ['resident_id'], unique=True,
        sqlite_where=OPEN, postgresql_where=OPEN,
    )


def downgrade():
    op.drop_table('suspensions')
    op.drop_table('courses')
    op.drop_table('course_reasons')
