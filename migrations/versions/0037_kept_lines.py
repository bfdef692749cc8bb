"""Lines of completion that are kept

Revision ID: 0037
Revises: 0036
Create Date: 2026-11-23 00:50:00+00:00

"""
from alembic import op
import sqlalchemy as sa

revision = '0037'
down_revision = "0036"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('kept_lines',
        sa.Column('resident_id', sa.Integer(), nullable=False),
        sa.Column('proportions', sa.JSON(), nullable=False),
        sa.Column('stays', sa.JSON(), nullable=False),
        sa.Column('lines', sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(['resident_id'], ['kept_completions.resident_id'], name=op.f('fk_kept_lines_resident_id_kept_completions')),
        sa.PrimaryKeyConstraint('resident_id', name=op.f('pk_kept_lines')),
    )
    # What is kept has no lines yet: the worker keeps all of it anew within a minute.
    op.execute('DELETE FROM kept_stays')
    op.execute('DELETE FROM kept_completions')


def downgrade():
    op.drop_table('kept_lines')
