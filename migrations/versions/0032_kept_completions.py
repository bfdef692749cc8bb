"""Figures of completion that are kept

Revision ID: 0032
Revises: 0030
Create Date: 2026-11-22 21:00:00+00:00

"""
from alembic import op
import sqlalchemy as sa

from trainingbase.db import Moment

revision = '0032'
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('kept_completions',
        sa.Column('resident_id', sa.Integer(), nullable=False),
        sa.Column('counted', sa.Integer(), nullable=False),
        sa.Column('target', sa.Integer(), nullable=False),
        sa.Column('waiting', sa.Integer(), nullable=False),
        sa.Column('departments', sa.JSON(), nullable=False),
        sa.Column('kept_at', Moment(), nullable=False),
        sa.ForeignKeyConstraint(['resident_id'], ['residents.id'], name=op.f('fk_kept_completions_resident_id_residents')),
        sa.PrimaryKeyConstraint('resident_id', name=op.f('pk_kept_completions')),
    )
    op.create_table('kept_stays',
        sa.Column('placement_id', sa.Integer(), nullable=False),
        sa.Column('resident_id', sa.Integer(), nullable=False),
        sa.Column('lines', sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(['placement_id'], ['placements.id'], name=op.f('fk_kept_stays_placement_id_placements')),
        sa.ForeignKeyConstraint(['resident_id'], ['kept_completions.resident_id'], name=op.f('fk_kept_stays_resident_id_kept_completions')),
        sa.PrimaryKeyConstraint('placement_id', name=op.f('pk_kept_stays')),
    )
    op.create_index(op.f('ix_kept_stays_resident_id'), 'kept_stays', ['resident_id'])
    op.create_table('completion_changes',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('resident_id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['resident_id'], ['residents.id'], name=op.f('fk_completion_changes_resident_id_residents')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_completion_changes')),
    )
    op.create_index(op.f('ix_completion_changes_resident_id'), 'completion_changes', ['resident_id'])


def downgrade():
    op.drop_table('completion_changes')
    op.drop_table('kept_stays')
    op.drop_table('kept_completions')
