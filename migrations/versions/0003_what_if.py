"""What if, and re-planning

Revision ID: 0003
Revises: 0001
Create Date: 2026-11-22

"""
from alembic import op
import sqlalchemy as sa

# revision identifiers, used by Alembic.
revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None

COLUMNS = ('way', 'notice_days', 'is_what_if', 'supposed', 'imagined', 'bottlenecks', 'accepted')


def upgrade():
    # Not in a batch: SQLite would drop the table, which other tables refer to.
    op.add_column('plans', sa.Column('way', sa.String(), nullable=True))
    op.add_column('plans', sa.Column('notice_days', sa.Integer(), server_default='0', nullable=False))
    op.add_column('plans', sa.Column('is_what_if', sa.Boolean(), server_default='0', nullable=False))
    for name in ('supposed', 'imagined', 'bottlenecks', 'accepted'):
        op.add_column('plans', sa.Column(name, sa.JSON(), nullable=True))


def downgrade():
    for name in reversed(COLUMNS):
        op.drop_column('plans', name)
