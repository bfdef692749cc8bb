"""Rotations that are done again

Revision ID: 0031
Revises: 0023
Create Date: 2026-11-22 16:50:00+00:00

"""
from alembic import op
import sqlalchemy as sa

from trainingbase.db import Moment

revision = '0031'
down_revision = '0023'
branch_labels = None
depends_on = None


def upgrade():
    op.add_column('placements', sa.Column('repeats_at', Moment(), nullable=True))


def downgrade():
    op.drop_column('placements', 'repeats_at')
