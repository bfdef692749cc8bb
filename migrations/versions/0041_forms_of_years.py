"""Which official form a base is judged by in which year

Revision ID: 0041
Revises: 0040
Create Date: 2026-11-23 02:00:00+00:00

"""
from alembic import op
import sqlalchemy as sa

revision = '0041'
down_revision = "0040"
branch_labels = None
depends_on = None


def upgrade():
    op.add_column('selfassessment_editions', sa.Column('first_year', sa.Integer(), nullable=True))
    op.add_column('selfassessment_editions', sa.Column('request_key', sa.String(), nullable=True))
    op.create_index(
        'ix_selfassessment_editions_request_key', 'selfassessment_editions', ['request_key'], unique=True
    )
    op.execute("UPDATE selfassessment_editions SET first_year = 2021 WHERE code = 'E21'")


def downgrade():
    op.drop_index('ix_selfassessment_editions_request_key', table_name='selfassessment_editions')
    op.drop_column('selfassessment_editions', 'request_key')
    op.drop_column('selfassessment_editions', 'first_year')
