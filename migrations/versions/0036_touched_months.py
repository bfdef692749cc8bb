"""Months whose figures have to be counted anew

Revision ID: 0036
Revises: 0030
Create Date: 2026-11-22 20:40:00+00:00

"""
from alembic import op
import sqlalchemy as sa

revision = '0036'
down_revision = '0030'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('quality_touches',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('what', sa.String(), nullable=False),
        sa.Column('key', sa.Integer(), nullable=True),
        sa.Column('starts_on', sa.Date(), nullable=True),
        sa.Column('ends_on', sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_quality_touches')),
    )


def downgrade():
    op.drop_table('quality_touches')
