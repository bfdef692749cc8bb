"""Attendance

Revision ID: 0015
Revises: 0017
Create Date: 2026-11-22

"""
from alembic import op
import sqlalchemy as sa
from trainingbase.db import Exact, Moment

# revision identifiers, used by Alembic.
revision = '0015'
down_revision = '0017'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('attendance_choices',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('from_on', sa.Date(), nullable=False),
        sa.Column('mode', sa.String(), nullable=False),
        sa.Column('counting', sa.String(), nullable=False),
        sa.Column('once_a_day', sa.Boolean(), nullable=False),
        sa.Column('morning_opens', sa.Time(), nullable=False),
        sa.Column('morning_closes', sa.Time(), nullable=False),
        sa.Column('afternoon_opens', sa.Time(), nullable=False),
        sa.Column('afternoon_closes', sa.Time(), nullable=False),
        sa.Column('why', sa.String(), nullable=True),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.CheckConstraint("counting IN ('working', 'calendar', 'nights')", name=op.f('ck_attendance_choices_counting_is_known')),
        sa.CheckConstraint("mode IN ('default', 'code')", name=op.f('ck_attendance_choices_mode_is_known')),
        sa.CheckConstraint('afternoon_opens < afternoon_closes', name=op.f('ck_attendance_choices_afternoon_opens_first')),
        sa.CheckConstraint('morning_opens < morning_closes', name=op.f('ck_attendance_choices_morning_opens_first')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_attendance_choices')),
        sa.UniqueConstraint('from_on', name=op.f('uq_attendance_choices_from_on'))
    )
    op.create_table('calendar_years',
        sa.Column('year', sa.Integer(), autoincrement=False, nullable=False),
        sa.Column('entered_at', Moment(), nullable=False),
        sa.Column('entered_by_id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['entered_by_id'], ['people.id'], name=op.f('fk_calendar_years_entered_by_id_people')),
        sa.PrimaryKeyConstraint('year', name=op.f('pk_calendar_years'))
    )
    op.create_table('attendance_confirmed_days',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('department_id', sa.Integer(), nullable=False),
        sa.Column('day_on', sa.Date(), nullable=False),
        sa.Column('confirmed_at', Moment(), nullable=False),
        sa.Column('confirmed_by_id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['confirmed_by_id'], ['people.id'], name=op.f('fk_attendance_confirmed_days_confirmed_by_id_people')),
        sa.ForeignKeyConstraint(['department_id'], ['departments.id'], name=op.f('fk_attendance_confirmed_days_department_id_departments')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_attendance_confirmed_days')),
        sa.UniqueConstraint('department_id', 'day_on', name=op.f('uq_attendance_confirmed_days_department_id_day_on'))
    )
    op.create_table('attendance_months',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('department_id', sa.Integer(), nullable=False),
        sa.Column('month_on', sa.Date(), nullable=False),
        sa.Column('closed_at', Moment(), nullable=True),
        sa.Column('closed_by_id', sa.Integer(), nullable=True),
        sa.Column('said', sa.String(), nullable=True),
        sa.Column('totals', sa.JSON(), nullable=True),
        sa.Column('reopened_at', Moment(), nullable=True),
        sa.Column('reopened_by_id', sa.Integer(), nullable=True),
        sa.Column('reopened_because', sa.String(), nullable=True),
        sa.Column('reminded_on', sa.Date(), nullable=True),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.CheckConstraint('(closed_at IS NULL) = (closed_by_id IS NULL)', name=op.f('ck_attendance_months_closing_is_whole')),
        sa.ForeignKeyConstraint(['closed_by_id'], ['people.id'], name=op.f('fk_attendance_months_closed_by_id_people')),
        sa.ForeignKeyConstraint(['department_id'], ['departments.id'], name=op.f('fk_attendance_months_department_id_departments')),
        sa.ForeignKeyConstraint(['reopened_by_id'], ['people.id'], name=op.f('fk_attendance_months_reopened_by_id_people')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_attendance_months')),
        sa.UniqueConstraint('department_id', 'month_on', name=op.f('uq_attendance_months_department_id_month_on'))
    )
    op.create_index('ix_attendance_months_month_on', 'attendance_months', ['month_on'], unique=False)
    op.create_table('calendar_exceptions',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('day_on', sa.Date(), nullable=False),
        sa.Column('institution_id', sa.Integer(), nullable=True),
        sa.Column('department_id', sa.Integer(), nullable=True),
        sa.Column('is_working', sa.Boolean(), nullable=False),
        sa.Column('reason', sa.String(), nullable=False),
        sa.Column('made_at', Moment(), nullable=False),
        sa.Column('made_by_id', sa.Integer(), nullable=False),
        sa.CheckConstraint('(institution_id IS NULL) <> (department_id IS NULL)', name=op.f('ck_calendar_exceptions_is_of_one_place')),
        sa.ForeignKeyConstraint(['department_id'], ['departments.id'], name=op.f('fk_calendar_exceptions_department_id_departments')),
        sa.ForeignKeyConstraint(['institution_id'], ['institutions.id'], name=op.f('fk_calendar_exceptions_institution_id_institutions')),
        sa.ForeignKeyConstraint(['made_by_id'], ['people.id'], name=op.f('fk_calendar_exceptions_made_by_id_people')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_calendar_exceptions'))
    )
    op.create_index(op.f('ix_calendar_exceptions_day_on'), 'calendar_exceptions', ['day_on'], unique=False)
    op.create_index('uq_calendar_exceptions_department', 'calendar_exceptions', ['department_id', 'day_on'], unique=True, sqlite_where=sa.text('department_id IS NOT NULL'), postgresql_where=sa.text('department_id IS NOT NULL'))
    op.create_index('uq_calendar_exceptions_institution', 'calendar_exceptions', ['institution_id', 'day_on'], unique=True, sqlite_where=sa.text('institution_id IS NOT NULL'), postgresql_where=sa.text('institution_id IS NOT NULL'))
    op.create_table('attendance_marks',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('resident_id', sa.Integer(), nullable=False),
        sa.Column('department_id', sa.Integer(), nullable=False),
        sa.Column('day_on', sa.Date(), nullable=False),
        sa.Column('morning', sa.String(), nullable=True),
        sa.Column('afternoon', sa.String(), nullable=True),
        sa.Column('reason', sa.String(), nullable=True),
        sa.Column('how', sa.String(), nullable=False),
        sa.Column('marked_at', Moment(), nullable=False),
        sa.Column('marked_by_id', sa.Integer(), nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.CheckConstraint("afternoon IN ('present', 'lesson', 'night', 'rest', 'sick', 'personal', 'excused', 'absence')", name=op.f('ck_attendance_marks_afternoon_is_known')),
        sa.CheckConstraint("how IN ('hand', 'code', 'appeal', 'office')", name=op.f('ck_attendance_marks_how_is_known')),
        sa.CheckConstraint("morning IN ('present', 'lesson', 'night', 'rest', 'sick', 'personal', 'excused', 'absence')", name=op.f('ck_attendance_marks_morning_is_known')),
        sa.ForeignKeyConstraint(['department_id'], ['departments.id'], name=op.f('fk_attendance_marks_department_id_departments')),
        sa.ForeignKeyConstraint(['marked_by_id'], ['people.id'], name=op.f('fk_attendance_marks_marked_by_id_people')),
        sa.ForeignKeyConstraint(['resident_id'], ['residents.id'], name=op.f('fk_attendance_marks_resident_id_residents')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_attendance_marks')),
        sa.UniqueConstraint('resident_id', 'day_on', name=op.f('uq_attendance_marks_resident_id_day_on'))
    )
    op.create_index('ix_attendance_marks_department_id_day_on', 'attendance_marks', ['department_id', 'day_on'], unique=False)
    op.create_table('attendance_appeals',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('resident_id', sa.Integer(), nullable=False),
        sa.Column('placement_id', sa.Integer(), nullable=False),
        sa.Column('day_on', sa.Date(), nullable=False),
        sa.Column('morning', sa.String(), nullable=True),
        sa.Column('afternoon', sa.String(), nullable=True),
        sa.Column('before', sa.JSON(), nullable=False),
        sa.Column('reason', sa.String(), nullable=False),
        sa.Column('file_id', sa.Integer(), nullable=True),
        sa.Column('asked_at', Moment(), nullable=False),
        sa.Column('approved', sa.Boolean(), nullable=True),
        sa.Column('decided_at', Moment(), nullable=True),
        sa.Column('decided_by_id', sa.Integer(), nullable=True),
        sa.Column('answer', sa.String(), nullable=True),
        sa.Column('request_key', sa.String(), nullable=True),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.CheckConstraint("afternoon IN ('present', 'lesson', 'night', 'rest', 'sick', 'personal', 'excused', 'absence')", name=op.f('ck_attendance_appeals_afternoon_is_known')),
        sa.CheckConstraint("morning IN ('present', 'lesson', 'night', 'rest', 'sick', 'personal', 'excused', 'absence')", name=op.f('ck_attendance_appeals_morning_is_known')),
        sa.CheckConstraint('(approved IS NULL) = (decided_at IS NULL)', name=op.f('ck_attendance_appeals_decision_is_whole')),
        sa.ForeignKeyConstraint(['decided_by_id'], ['people.id'], name=op.f('fk_attendance_appeals_decided_by_id_people')),
        sa.ForeignKeyConstraint(['file_id'], ['stored_files.id'], name=op.f('fk_attendance_appeals_file_id_stored_files')),
        sa.ForeignKeyConstraint(['placement_id'], ['placements.id'], name=op.f('fk_attendance_appeals_placement_id_placements')),
        sa.ForeignKeyConstraint(['resident_id'], ['residents.id'], name=op.f('fk_attendance_appeals_resident_id_residents')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_attendance_appeals')),
        sa.UniqueConstraint('request_key', name=op.f('uq_attendance_appeals_request_key'))
    )
    op.create_index('ix_attendance_appeals_asked_at', 'attendance_appeals', ['asked_at'], unique=False)
    op.create_index(op.f('ix_attendance_appeals_placement_id'), 'attendance_appeals', ['placement_id'], unique=False)
    op.create_index('uq_attendance_appeals_open', 'attendance_appeals', ['resident_id', 'day_on'], unique=True, sqlite_where=sa.text('approved IS NULL'), postgresql_where=sa.text('approved IS NULL'))


def downgrade():
    op.drop_index('uq_attendance_appeals_open', 'attendance_appeals', sqlite_where=sa.text('approved IS NULL'), postgresql_where=sa.text('approved IS NULL'))
    op.drop_index(op.f('ix_attendance_appeals_placement_id'), 'attendance_appeals')
    op.drop_index('ix_attendance_appeals_asked_at', 'attendance_appeals')
    op.drop_table('attendance_appeals')
    op.drop_index('ix_attendance_marks_department_id_day_on', 'attendance_marks')
    op.drop_table('attendance_marks')
    op.drop_index('uq_calendar_exceptions_institution', 'calendar_exceptions', sqlite_where=sa.text('institution_id IS NOT NULL'), postgresql_where=sa.text('institution_id IS NOT NULL'))
    op.drop_index('uq_calendar_exceptions_department', 'calendar_exceptions', sqlite_where=sa.text('department_id IS NOT NULL'), postgresql_where=sa.text('department_id IS NOT NULL'))
    op.drop_index(op.f('ix_calendar_exceptions_day_on'), 'calendar_exceptions')
    op.drop_table('calendar_exceptions')
    op.drop_index('ix_attendance_months_month_on', 'attendance_months')
    op.drop_table('attendance_months')
    op.drop_table('attendance_confirmed_days')
    op.drop_table('calendar_years')
    op.drop_table('attendance_choices')
