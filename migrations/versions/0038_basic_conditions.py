"""Conditions without which a base fails whatever its points, and what community figures count

Revision ID: 0038
Revises: 0037
Create Date: 2026-11-23 00:40:00+00:00

"""
from alembic import op
import sqlalchemy as sa

from trainingbase.db import Moment

revision = '0038'
down_revision = "0037"
branch_labels = None
depends_on = None


COUNTED = ['counted', 'counted_en', 'beside', 'beside_en']


def upgrade():
    # how often each number of stars was given is counted from now on, of all months
    op.execute("INSERT INTO quality_touches (what) VALUES ('all')")
    for name in COUNTED:
        op.add_column('community_dimensions', sa.Column(name, sa.String(), nullable=True))
    op.add_column('selfassessment_editions', sa.Column('failed_name', sa.String(), nullable=True))
    op.add_column('selfassessment_editions', sa.Column('failed_name_en', sa.String(), nullable=True))
    op.create_table('selfassessment_conditions',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('edition_id', sa.Integer(), nullable=False),
        sa.Column('name', sa.String(), nullable=False),
        sa.Column('name_en', sa.String(), nullable=False),
        sa.Column('source', sa.String(), nullable=False),
        sa.Column('confidence', sa.String(), nullable=False),
        sa.Column('needs_department', sa.String(), nullable=True),
        sa.Column('in_use', sa.Boolean(), nullable=False),
        sa.Column('request_key', sa.String(), nullable=True),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.CheckConstraint("confidence IN ('H', 'M', 'S')", name=op.f('ck_selfassessment_conditions_confidence_is_known')),
        sa.ForeignKeyConstraint(['edition_id'], ['selfassessment_editions.id'], name=op.f('fk_selfassessment_conditions_edition_id_selfassessment_editions')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_selfassessment_conditions')),
        sa.UniqueConstraint('request_key', name=op.f('uq_selfassessment_conditions_request_key')),
    )
    op.create_index(op.f('ix_selfassessment_conditions_edition_id'), 'selfassessment_conditions', ['edition_id'])
    op.create_table('selfassessment_condition_marks',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('condition_id', sa.Integer(), nullable=False),
        sa.Column('year', sa.Integer(), nullable=False),
        sa.Column('state', sa.String(), nullable=False),
        sa.Column('why', sa.String(), nullable=False),
        sa.Column('dated_on', sa.Date(), nullable=False),
        sa.Column('owner', sa.String(), nullable=False),
        sa.Column('file_id', sa.Integer(), nullable=True),
        sa.Column('said_at', Moment(), nullable=False),
        sa.Column('said_by_id', sa.Integer(), nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.CheckConstraint("state IN ('met', 'lacking', 'unknown')", name=op.f('ck_selfassessment_condition_marks_state_is_known')),
        sa.ForeignKeyConstraint(['condition_id'], ['selfassessment_conditions.id'], name=op.f('fk_selfassessment_condition_marks_condition_id_selfassessment_conditions')),
        sa.ForeignKeyConstraint(['file_id'], ['stored_files.id'], name=op.f('fk_selfassessment_condition_marks_file_id_stored_files')),
        sa.ForeignKeyConstraint(['said_by_id'], ['people.id'], name=op.f('fk_selfassessment_condition_marks_said_by_id_people')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_selfassessment_condition_marks')),
        sa.UniqueConstraint('condition_id', 'year', name=op.f('uq_selfassessment_condition_marks_condition_id_year')),
    )


def downgrade():
    op.drop_table('selfassessment_condition_marks')
    op.drop_index(op.f('ix_selfassessment_conditions_edition_id'), table_name='selfassessment_conditions')
    op.drop_table('selfassessment_conditions')
    op.drop_column('selfassessment_editions', 'failed_name_en')
    op.drop_column('selfassessment_editions', 'failed_name')
    for name in reversed(COUNTED):
        op.drop_column('community_dimensions', name)
