"""Entering a department

Revision ID: 0014
Revises: 0013
Create Date: 2026-11-22

"""
from alembic import op
import sqlalchemy as sa
from trainingbase.db import Moment

# revision identifiers, used by Alembic.
revision = '0014'
down_revision = '0013'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('induction_items',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('position', sa.Integer(), nullable=False),
        sa.Column('name', sa.String(), nullable=False),
        sa.Column('name_en', sa.String(), nullable=True),
        sa.Column('retired_at', Moment(), nullable=True),
        sa.Column('request_key', sa.String(), nullable=True),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_induction_items')),
        sa.UniqueConstraint('request_key', name=op.f('uq_induction_items_request_key'))
    )
    op.create_table('induction_papers',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('department_id', sa.Integer(), nullable=False),
        sa.Column('title', sa.String(), nullable=False),
        sa.Column('file_id', sa.Integer(), nullable=False),
        sa.Column('added_at', Moment(), nullable=False),
        sa.Column('added_by_id', sa.Integer(), nullable=True),
        sa.Column('removed_at', Moment(), nullable=True),
        sa.Column('request_key', sa.String(), nullable=True),
        sa.ForeignKeyConstraint(['added_by_id'], ['people.id'], name=op.f('fk_induction_papers_added_by_id_people')),
        sa.ForeignKeyConstraint(['department_id'], ['departments.id'], name=op.f('fk_induction_papers_department_id_departments')),
        sa.ForeignKeyConstraint(['file_id'], ['stored_files.id'], name=op.f('fk_induction_papers_file_id_stored_files')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_induction_papers')),
        sa.UniqueConstraint('file_id', name=op.f('uq_induction_papers_file_id')),
        sa.UniqueConstraint('request_key', name=op.f('uq_induction_papers_request_key'))
    )
    op.create_index(op.f('ix_induction_papers_department_id'), 'induction_papers', ['department_id'], unique=False)
    op.create_table('inductions',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('department_id', sa.Integer(), nullable=False),
        sa.Column('place', sa.String(), nullable=True),
        sa.Column('meets_at', sa.String(), nullable=True),
        sa.Column('contact', sa.String(), nullable=True),
        sa.Column('telephone', sa.String(), nullable=True),
        sa.Column('about', sa.String(), nullable=True),
        sa.Column('about_en', sa.String(), nullable=True),
        sa.Column('is_general_practice', sa.Boolean(), nullable=False),
        sa.Column('changed_at', Moment(), nullable=False),
        sa.Column('changed_by_id', sa.Integer(), nullable=True),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['changed_by_id'], ['people.id'], name=op.f('fk_inductions_changed_by_id_people')),
        sa.ForeignKeyConstraint(['department_id'], ['departments.id'], name=op.f('fk_inductions_department_id_departments')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_inductions')),
        sa.UniqueConstraint('department_id', name=op.f('uq_inductions_department_id'))
    )
    op.create_table('induction_readings',
        sa.Column('placement_id', sa.Integer(), nullable=False),
        sa.Column('read_at', Moment(), nullable=False),
        sa.ForeignKeyConstraint(['placement_id'], ['placements.id'], name=op.f('fk_induction_readings_placement_id_placements')),
        sa.PrimaryKeyConstraint('placement_id', name=op.f('pk_induction_readings'))
    )
    op.create_table('late_notices',
        sa.Column('placement_id', sa.Integer(), nullable=False),
        sa.Column('told_on', sa.Date(), nullable=False),
        sa.Column('told_at', Moment(), nullable=False),
        sa.ForeignKeyConstraint(['placement_id'], ['placements.id'], name=op.f('fk_late_notices_placement_id_placements')),
        sa.PrimaryKeyConstraint('placement_id', 'told_on', name=op.f('pk_late_notices'))
    )
    op.create_table('placement_arrivals',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('placement_id', sa.Integer(), nullable=False),
        sa.Column('arrived_on', sa.Date(), nullable=True),
        sa.Column('confirmed_at', Moment(), nullable=True),
        sa.Column('confirmed_by_id', sa.Integer(), nullable=True),
        sa.Column('beds', sa.Integer(), nullable=True),
        sa.Column('inducted_on', sa.Date(), nullable=True),
        sa.Column('inducted_by_id', sa.Integer(), nullable=True),
        sa.Column('missed_because', sa.String(), nullable=True),
        sa.Column('missed_note', sa.String(), nullable=True),
        sa.Column('missed_at', Moment(), nullable=True),
        sa.Column('missed_by_id', sa.Integer(), nullable=True),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.CheckConstraint("missed_because IN ('sick', 'elsewhere', 'unreachable', 'leaving', 'other')", name=op.f('ck_placement_arrivals_missed_is_known')),
        sa.CheckConstraint('(arrived_on IS NULL) = (confirmed_at IS NULL)', name=op.f('ck_placement_arrivals_confirmed_whole')),
        sa.CheckConstraint('(missed_because IS NULL) = (missed_at IS NULL)', name=op.f('ck_placement_arrivals_missed_whole')),
        sa.CheckConstraint('arrived_on IS NULL OR missed_at IS NULL', name=op.f('ck_placement_arrivals_came_or_did_not')),
        sa.CheckConstraint('beds BETWEEN 0 AND 99', name=op.f('ck_placement_arrivals_beds_are_some')),
        sa.CheckConstraint('inducted_on IS NULL OR arrived_on IS NOT NULL', name=op.f('ck_placement_arrivals_inducted_is_there')),
        sa.ForeignKeyConstraint(['confirmed_by_id'], ['people.id'], name=op.f('fk_placement_arrivals_confirmed_by_id_people')),
        sa.ForeignKeyConstraint(['inducted_by_id'], ['people.id'], name=op.f('fk_placement_arrivals_inducted_by_id_people')),
        sa.ForeignKeyConstraint(['missed_by_id'], ['people.id'], name=op.f('fk_placement_arrivals_missed_by_id_people')),
        sa.ForeignKeyConstraint(['placement_id'], ['placements.id'], name=op.f('fk_placement_arrivals_placement_id_placements')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_placement_arrivals')),
        sa.UniqueConstraint('placement_id', name=op.f('uq_placement_arrivals_placement_id'))
    )
    op.create_table('arrival_items',
        sa.Column('arrival_id', sa.Integer(), nullable=False),
        sa.Column('item_id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['arrival_id'], ['placement_arrivals.id'], name=op.f('fk_arrival_items_arrival_id_placement_arrivals')),
        sa.ForeignKeyConstraint(['item_id'], ['induction_items.id'], name=op.f('fk_arrival_items_item_id_induction_items')),
        sa.PrimaryKeyConstraint('arrival_id', 'item_id', name=op.f('pk_arrival_items'))
    )


def downgrade():
    op.drop_table('arrival_items')
    op.drop_table('placement_arrivals')
    op.drop_table('late_notices')
    op.drop_table('induction_readings')
    op.drop_table('inductions')
    op.drop_index(op.f('ix_induction_papers_department_id'), table_name='induction_papers')
    op.drop_table('induction_papers')
    op.drop_table('induction_items')
