"""Months whose figures have to be counted anew, and what is asked of all forms

Revision ID: 0036
Revises: 0035
Create Date: 2026-11-22 20:40:00+00:00

"""
from alembic import op
import sqlalchemy as sa

revision = '0036'
down_revision = "0035"
branch_labels = None
depends_on = None

HOW_FAST = ['observed_on', 'placement_id', 'assessor_id', 'instrument_id', 'hours']


def upgrade():
    op.create_table('quality_touches',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('what', sa.String(), nullable=False),
        sa.Column('key', sa.Integer(), nullable=True),
        sa.Column('starts_on', sa.Date(), nullable=True),
        sa.Column('ends_on', sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_quality_touches')),
    )
    op.drop_index('ix_submissions_observed_on', table_name='submissions')
    op.create_index('ix_submissions_how_fast', 'submissions', HOW_FAST)
    op.create_index(
        'ix_submissions_instrument_id_observed_on', 'submissions', ['instrument_id', 'observed_on']
    )


def downgrade():
    op.drop_index('ix_submissions_instrument_id_observed_on', table_name='submissions')
    op.drop_index('ix_submissions_how_fast', table_name='submissions')
    op.create_index('ix_submissions_observed_on', 'submissions', ['observed_on'])
    op.drop_table('quality_touches')
