"""Leaving

Revision ID: 0022
Revises: 0021
Create Date: 2026-11-22

"""
from alembic import op
import sqlalchemy as sa

from trainingbase.db import Exact, Moment

# revision identifiers, used by Alembic.
revision = '0022'
down_revision = '0021'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('exit_gates',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('family', sa.String(), nullable=True),
        sa.Column('standard_department_id', sa.Integer(), nullable=True),
        sa.Column('starts_on', sa.Date(), nullable=False),
        sa.Column('in_use', sa.Boolean(), nullable=False),
        sa.Column('daily', Exact(), nullable=False),
        sa.Column('theory', Exact(), nullable=False),
        sa.Column('skill', Exact(), nullable=False),
        sa.Column('source', sa.String(), nullable=False),
        sa.Column('confidence', sa.String(), nullable=False),
        sa.Column('why', sa.String(), nullable=True),
        sa.Column('made_at', Moment(), nullable=False),
        sa.Column('made_by_id', sa.Integer(), nullable=True),
        sa.Column('request_key', sa.String(), nullable=True),
        sa.CheckConstraint("confidence IN ('H', 'M', 'S')", name=op.f('ck_exit_gates_confidence_is_known')),
        sa.CheckConstraint('daily >= 0 AND theory >= 0 AND skill >= 0', name=op.f('ck_exit_gates_points_not_negative')),
        sa.ForeignKeyConstraint(['made_by_id'], ['people.id'], name=op.f('fk_exit_gates_made_by_id_people')),
        sa.ForeignKeyConstraint(['standard_department_id'], ['standard_departments.id'], name=op.f('fk_exit_gates_standard_department_id_standard_departments')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_exit_gates')),
        sa.UniqueConstraint('request_key', name=op.f('uq_exit_gates_request_key'))
    )
    op.create_index(op.f('ix_exit_gates_standard_department_id'), 'exit_gates', ['standard_department_id'], unique=False)
    op.create_index('ix_exit_gates_starts_on', 'exit_gates', ['starts_on'], unique=False)
    op.create_table('exit_gate_items',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('gate_id', sa.Integer(), nullable=False),
        sa.Column('item', sa.String(), nullable=False),
        sa.Column('effect', sa.String(), nullable=False),
        sa.Column('least', Exact(), nullable=False),
        sa.Column('source', sa.String(), nullable=False),
        sa.Column('confidence', sa.String(), nullable=False),
        sa.CheckConstraint("confidence IN ('H', 'M', 'S')", name=op.f('ck_exit_gate_items_confidence_is_known')),
        sa.CheckConstraint("effect IN ('veto', 'needed', 'advice')", name=op.f('ck_exit_gate_items_effect_is_known')),
        sa.CheckConstraint('least >= 0', name=op.f('ck_exit_gate_items_least_not_negative')),
        sa.ForeignKeyConstraint(['gate_id'], ['exit_gates.id'], name=op.f('fk_exit_gate_items_gate_id_exit_gates')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_exit_gate_items')),
        sa.UniqueConstraint('gate_id', 'item', name=op.f('uq_exit_gate_items_gate_id_item'))
    )
    op.create_table('teaching_groups',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('department_id', sa.Integer(), nullable=True),
        sa.Column('standard_department_id', sa.Integer(), nullable=True),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.CheckConstraint('(department_id IS NULL) <> (standard_department_id IS NULL)', name=op.f('ck_teaching_groups_of_one_department')),
        sa.ForeignKeyConstraint(['department_id'], ['departments.id'], name=op.f('fk_teaching_groups_department_id_departments')),
        sa.ForeignKeyConstraint(['standard_department_id'], ['standard_departments.id'], name=op.f('fk_teaching_groups_standard_department_id_standard_departments')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_teaching_groups')),
        sa.UniqueConstraint('department_id', name=op.f('uq_teaching_groups_department_id')),
        sa.UniqueConstraint('standard_department_id', name=op.f('uq_teaching_groups_standard_department_id'))
    )
    op.create_table('teaching_group_members',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('group_id', sa.Integer(), nullable=False),
        sa.Column('faculty_member_id', sa.Integer(), nullable=False),
        sa.Column('duty', sa.String(), nullable=False),
        sa.Column('starts_on', sa.Date(), nullable=False),
        sa.Column('ends_on', sa.Date(), nullable=True),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.CheckConstraint("duty IN ('leader', 'deputy', 'member')", name=op.f('ck_teaching_group_members_duty_is_known')),
        sa.CheckConstraint('ends_on IS NULL OR starts_on < ends_on', name=op.f('ck_teaching_group_members_starts_before_it_ends')),
        sa.ForeignKeyConstraint(['faculty_member_id'], ['faculty_members.id'], name=op.f('fk_teaching_group_members_faculty_member_id_faculty_members')),
        sa.ForeignKeyConstraint(['group_id'], ['teaching_groups.id'], name=op.f('fk_teaching_group_members_group_id_teaching_groups')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_teaching_group_members')),
        sa.UniqueConstraint('group_id', 'faculty_member_id', 'starts_on', name=op.f('uq_teaching_group_members_group_id_faculty_member_id_starts_on'))
    )
    op.create_index(op.f('ix_teaching_group_members_faculty_member_id'), 'teaching_group_members', ['faculty_member_id'], unique=False)
    op.create_table('exit_appraisals',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('placement_id', sa.Integer(), nullable=False),
        sa.Column('grades', sa.JSON(), nullable=False),
        sa.Column('counts', sa.JSON(), nullable=False),
        sa.Column('comment', sa.String(), nullable=True),
        sa.Column('signed_at', Moment(), nullable=False),
        sa.Column('signed_by_id', sa.Integer(), nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['placement_id'], ['placements.id'], name=op.f('fk_exit_appraisals_placement_id_placements')),
        sa.ForeignKeyConstraint(['signed_by_id'], ['people.id'], name=op.f('fk_exit_appraisals_signed_by_id_people')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_exit_appraisals')),
        sa.UniqueConstraint('placement_id', name=op.f('uq_exit_appraisals_placement_id'))
    )
    op.create_table('exit_exams',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('placement_id', sa.Integer(), nullable=False),
        sa.Column('kind', sa.String(), nullable=False),
        sa.Column('attempt', sa.Integer(), nullable=False),
        sa.Column('held_on', sa.Date(), nullable=False),
        sa.Column('name', sa.String(), nullable=True),
        sa.Column('score', Exact(), nullable=False),
        sa.Column('examiner_id', sa.Integer(), nullable=True),
        sa.Column('second_examiner_id', sa.Integer(), nullable=True),
        sa.Column('entered_at', Moment(), nullable=False),
        sa.Column('entered_by_id', sa.Integer(), nullable=False),
        sa.Column('request_key', sa.String(), nullable=True),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.CheckConstraint("kind = 'theory' OR (examiner_id IS NOT NULL AND second_examiner_id IS NOT NULL AND examiner_id <> second_examiner_id)", name=op.f('ck_exit_exams_skill_has_two_examiners')),
        sa.CheckConstraint("kind IN ('theory', 'skill')", name=op.f('ck_exit_exams_kind_is_known')),
        sa.CheckConstraint('attempt >= 1', name=op.f('ck_exit_exams_attempt_counts')),
        sa.CheckConstraint('score >= 0', name=op.f('ck_exit_exams_score_not_negative')),
        sa.ForeignKeyConstraint(['entered_by_id'], ['people.id'], name=op.f('fk_exit_exams_entered_by_id_people')),
        sa.ForeignKeyConstraint(['examiner_id'], ['people.id'], name=op.f('fk_exit_exams_examiner_id_people')),
        sa.ForeignKeyConstraint(['placement_id'], ['placements.id'], name=op.f('fk_exit_exams_placement_id_placements')),
        sa.ForeignKeyConstraint(['second_examiner_id'], ['people.id'], name=op.f('fk_exit_exams_second_examiner_id_people')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_exit_exams')),
        sa.UniqueConstraint('placement_id', 'kind', 'attempt', name=op.f('uq_exit_exams_placement_id_kind_attempt')),
        sa.UniqueConstraint('request_key', name=op.f('uq_exit_exams_request_key'))
    )
    op.create_index(op.f('ix_exit_exams_examiner_id'), 'exit_exams', ['examiner_id'], unique=False)
    op.create_index(op.f('ix_exit_exams_second_examiner_id'), 'exit_exams', ['second_examiner_id'], unique=False)
    op.create_table('leavings',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('placement_id', sa.Integer(), nullable=False),
        sa.Column('round', sa.Integer(), nullable=False),
        sa.Column('is_current', sa.Boolean(), nullable=True),
        sa.Column('state', sa.String(), nullable=False),
        sa.Column('prepared_at', Moment(), nullable=False),
        sa.Column('prepared_by_id', sa.Integer(), nullable=True),
        sa.Column('prepared_because', sa.String(), nullable=True),
        sa.Column('sent_back_because', sa.String(), nullable=True),
        sa.Column('proposed', sa.String(), nullable=True),
        sa.Column('verdict', sa.String(), nullable=True),
        sa.Column('reason', sa.String(), nullable=True),
        sa.Column('feedback', sa.String(), nullable=True),
        sa.Column('content', sa.JSON(), nullable=True),
        sa.Column('signature_id', sa.Integer(), nullable=True),
        sa.Column('signed_at', Moment(), nullable=True),
        sa.Column('view_signature_id', sa.Integer(), nullable=True),
        sa.Column('seen_at', Moment(), nullable=True),
        sa.Column('remark', sa.String(), nullable=True),
        sa.Column('objects', sa.Boolean(), nullable=True),
        sa.Column('answer', sa.String(), nullable=True),
        sa.Column('answered_at', Moment(), nullable=True),
        sa.Column('answered_by_id', sa.Integer(), nullable=True),
        sa.Column('consequence', sa.String(), nullable=True),
        sa.Column('consequence_because', sa.String(), nullable=True),
        sa.Column('consequence_at', Moment(), nullable=True),
        sa.Column('consequence_by_id', sa.Integer(), nullable=True),
        sa.Column('withdrawn_at', Moment(), nullable=True),
        sa.Column('withdrawn_by_id', sa.Integer(), nullable=True),
        sa.Column('withdrawn_because', sa.String(), nullable=True),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.CheckConstraint("consequence IN ('repeat', 'go_on')", name=op.f('ck_leavings_consequence_is_known')),
        sa.CheckConstraint("state IN ('ready', 'sent_back', 'passed', 'failed', 'withdrawn')", name=op.f('ck_leavings_state_is_known')),
        sa.CheckConstraint("state NOT IN ('passed', 'failed') OR (verdict IS NOT NULL AND signature_id IS NOT NULL AND signed_at IS NOT NULL)", name=op.f('ck_leavings_signed_is_whole')),
        sa.CheckConstraint("verdict IN ('passed', 'failed')", name=op.f('ck_leavings_verdict_is_known')),
        sa.ForeignKeyConstraint(['answered_by_id'], ['people.id'], name=op.f('fk_leavings_answered_by_id_people')),
        sa.ForeignKeyConstraint(['consequence_by_id'], ['people.id'], name=op.f('fk_leavings_consequence_by_id_people')),
        sa.ForeignKeyConstraint(['placement_id'], ['placements.id'], name=op.f('fk_leavings_placement_id_placements')),
        sa.ForeignKeyConstraint(['prepared_by_id'], ['people.id'], name=op.f('fk_leavings_prepared_by_id_people')),
        sa.ForeignKeyConstraint(['signature_id'], ['signatures.id'], name=op.f('fk_leavings_signature_id_signatures')),
        sa.ForeignKeyConstraint(['view_signature_id'], ['signatures.id'], name=op.f('fk_leavings_view_signature_id_signatures')),
        sa.ForeignKeyConstraint(['withdrawn_by_id'], ['people.id'], name=op.f('fk_leavings_withdrawn_by_id_people')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_leavings')),
        sa.UniqueConstraint('placement_id', 'is_current', name=op.f('uq_leavings_placement_id_is_current')),
        sa.UniqueConstraint('signature_id', name=op.f('uq_leavings_signature_id')),
        sa.UniqueConstraint('view_signature_id', name=op.f('uq_leavings_view_signature_id'))
    )
    op.create_index('ix_leavings_state', 'leavings', ['state'], unique=False)
    op.create_table('exit_retakes',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('leaving_id', sa.Integer(), nullable=False),
        sa.Column('kinds', sa.JSON(), nullable=False),
        sa.Column('held_on', sa.Date(), nullable=False),
        sa.Column('examiner_id', sa.Integer(), nullable=False),
        sa.Column('second_examiner_id', sa.Integer(), nullable=False),
        sa.Column('arranged_at', Moment(), nullable=False),
        sa.Column('arranged_by_id', sa.Integer(), nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.CheckConstraint('examiner_id <> second_examiner_id', name=op.f('ck_exit_retakes_two_examiners')),
        sa.ForeignKeyConstraint(['arranged_by_id'], ['people.id'], name=op.f('fk_exit_retakes_arranged_by_id_people')),
        sa.ForeignKeyConstraint(['examiner_id'], ['people.id'], name=op.f('fk_exit_retakes_examiner_id_people')),
        sa.ForeignKeyConstraint(['leaving_id'], ['leavings.id'], name=op.f('fk_exit_retakes_leaving_id_leavings')),
        sa.ForeignKeyConstraint(['second_examiner_id'], ['people.id'], name=op.f('fk_exit_retakes_second_examiner_id_people')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_exit_retakes')),
        sa.UniqueConstraint('leaving_id', name=op.f('uq_exit_retakes_leaving_id'))
    )
    op.create_index(op.f('ix_exit_retakes_examiner_id'), 'exit_retakes', ['examiner_id'], unique=False)
    op.create_index(op.f('ix_exit_retakes_second_examiner_id'), 'exit_retakes', ['second_examiner_id'], unique=False)
    op.create_table('placements_left',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('placement_id', sa.Integer(), nullable=False),
        sa.Column('leaving_id', sa.Integer(), nullable=False),
        sa.Column('left_on', sa.Date(), nullable=False),
        sa.Column('done_at', Moment(), nullable=False),
        sa.Column('done_by_id', sa.Integer(), nullable=True),
        sa.Column('withdrawn_at', Moment(), nullable=True),
        sa.ForeignKeyConstraint(['done_by_id'], ['people.id'], name=op.f('fk_placements_left_done_by_id_people')),
        sa.ForeignKeyConstraint(['leaving_id'], ['leavings.id'], name=op.f('fk_placements_left_leaving_id_leavings')),
        sa.ForeignKeyConstraint(['placement_id'], ['placements.id'], name=op.f('fk_placements_left_placement_id_placements')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_placements_left'))
    )
    op.create_index(op.f('ix_placements_left_leaving_id'), 'placements_left', ['leaving_id'], unique=False)
    op.create_index('ix_placements_left_left_on', 'placements_left', ['left_on'], unique=False)
    op.create_index(op.f('ix_placements_left_placement_id'), 'placements_left', ['placement_id'], unique=False)
    op.create_index('uq_placements_left_standing', 'placements_left', ['placement_id'], unique=True, sqlite_where=sa.text('withdrawn_at IS NULL'), postgresql_where=sa.text('withdrawn_at IS NULL'))


def downgrade():
    op.drop_index('uq_placements_left_standing', table_name='placements_left', sqlite_where=sa.text('withdrawn_at IS NULL'), postgresql_where=sa.text('withdrawn_at IS NULL'))
    op.drop_index(op.f('ix_placements_left_placement_id'), table_name='placements_left')
    op.drop_index('ix_placements_left_left_on', table_name='placements_left')
    op.drop_index(op.f('ix_placements_left_leaving_id'), table_name='placements_left')
    op.drop_table('placements_left')
    op.drop_index(op.f('ix_exit_retakes_second_examiner_id'), table_name='exit_retakes')
    op.drop_index(op.f('ix_exit_retakes_examiner_id'), table_name='exit_retakes')
    op.drop_table('exit_retakes')
    op.drop_index('ix_leavings_state', table_name='leavings')
    op.drop_table('leavings')
    op.drop_index(op.f('ix_exit_exams_second_examiner_id'), table_name='exit_exams')
    op.drop_index(op.f('ix_exit_exams_examiner_id'), table_name='exit_exams')
    op.drop_table('exit_exams')
    op.drop_table('exit_appraisals')
    op.drop_index(op.f('ix_teaching_group_members_faculty_member_id'), table_name='teaching_group_members')
    op.drop_table('teaching_group_members')
    op.drop_table('teaching_groups')
    op.drop_table('exit_gate_items')
    op.drop_index('ix_exit_gates_starts_on', table_name='exit_gates')
    op.drop_index(op.f('ix_exit_gates_standard_department_id'), table_name='exit_gates')
    op.drop_table('exit_gates')
