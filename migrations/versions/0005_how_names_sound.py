"""How names sound

Revision ID: 0005
Revises: 0004
Create Date: 2026-11-22

"""
from alembic import op
import sqlalchemy as sa

from trainingbase.people.rules import sounds_of

# revision identifiers, used by Alembic.
revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None

people = sa.table('people', sa.column('id', sa.Integer), sa.column('name', sa.String), sa.column('sounds', sa.String))


def upgrade():
    # Not in a batch: SQLite would drop the table, which all others refer to.
    op.add_column('people', sa.Column('sounds', sa.String(), server_default='', nullable=False))
    connection = op.get_bind()
    for id_, name in connection.execute(sa.select(people.c.id, people.c.name)).all():
        connection.execute(people.update().where(people.c.id == id_).values(sounds=sounds_of(name)))


def downgrade():
    op.drop_column('people', 'sounds')
