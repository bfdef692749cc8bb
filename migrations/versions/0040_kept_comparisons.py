"""What the ratings of a cohort say together

Revision ID: 0040
Revises: 0038
Create Date: 2026-11-23 01:30:00+00:00

"""
from alembic import op
import sqlalchemy as sa

import trainingbase.db

revision = '0040'
down_revision = "0038"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('kept_comparisons',
        sa.Column('cohort_id', sa.Integer(), autoincrement=False, nullable=False),
        sa.Column('state', sa.String(), nullable=False),
        sa.Column('lines', sa.JSON(), nullable=False),
        sa.Column('kept_at', trainingbase.db.Moment(), nullable=False),
        sa.ForeignKeyConstraint(['cohort_id'], ['cohorts.id'], name=op.f('fk_kept_comparisons_cohort_id_cohorts')),
        sa.PrimaryKeyConstraint('cohort_id', name=op.f('pk_kept_comparisons')),
    )


def downgrade():
    op.drop_table('kept_comparisons')
