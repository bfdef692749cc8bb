"""Rotations that are done again, and guessing at signatures

Revision ID: 0031
Revises: 0029
Create Date: 2026-11-22 16:50:00+00:00

"""
from alembic import op
import sqlalchemy as sa

from trainingbase.db import Moment

revision = '0031'
down_revision = '0029'
branch_labels = None
depends_on = None


def upgrade():
    op.add_column('placements', sa.Column('repeats_at', Moment(), nullable=True))
    op.create_table('verification_misses',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('address', sa.String(), nullable=False),
        sa.Column('at', Moment(), nullable=False),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_verification_misses')),
    )
    op.create_index('ix_verification_misses_address_at', 'verification_misses', ['address', 'at'])


def downgrade():
    op.drop_table('verification_misses')
    op.drop_column('placements', 'repeats_at')
