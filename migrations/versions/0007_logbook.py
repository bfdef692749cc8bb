"""Logbook

Revision ID: 0007
Revises: 0006
Create Date: 2026-11-22

"""
from alembic import op
import sqlalchemy as sa

from trainingbase.db import Moment

# revision identifiers, used by Alembic.
revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None

LIVE = sa.text('withdrawn_at IS NULL AND replaced_at IS NULL AND corrects_id IS NULL')
OPEN = sa.text('confirmed IS NULL AND withdrawn_at IS NULL')


def upgrade():
    op.create_table('log_entries',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('resident_id', sa.Integer(), nullable=False),
        sa.Column('placement_id', sa.Integer(), nullable=False),
        sa.Column('category', sa.String(), nullable=False),
        sa.Column('item', sa.String(), nullable=False),
        sa.Column('level', sa.String(), nullable=True),
        sa.Column('done_on', sa.Date(), nullable=False),
        sa.Column('reference', sa.String(), nullable=True),
        sa.Column('note', sa.String(), nullable=True),
        sa.Column('entered_at', Moment(), nullable=False),
        sa.Column('entry_key', sa.String(), nullable=False),
        sa.Column('corrects_id', sa.Integer(), nullable=True),
        sa.Column('confirmed', sa.Boolean(), nullable=True),
        sa.Column('decided_at', Moment(), nullable=True),
        sa.Column('decided_by_id', sa.Integer(), nullable=True),
        sa.Column('reason', sa.String(), nullable=True),
        sa.Column('withdrawn_at', Moment(), nullable=True),
        sa.Column('replaced_at', Moment(), nullable=True),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.CheckConstraint("category IN ('disease', 'procedure', 'case', 'community', 'activity')", name=op.f('ck_log_entries_category_is_known')),
        sa.CheckConstraint("level IN ('observed', 'assisted', 'supervised', 'alone')", name=op.f('ck_log_entries_level_is_known')),
        sa.CheckConstraint('(confirmed IS NULL) = (decided_at IS NULL)', name=op.f('ck_log_entries_decision_is_whole')),
        sa.CheckConstraint('confirmed OR reason IS NOT NULL', name=op.f('ck_log_entries_a_return_says_why')),
        sa.CheckConstraint('withdrawn_at IS NULL OR confirmed IS NOT TRUE', name=op.f('ck_log_entries_confirmed_stays')),
        sa.ForeignKeyConstraint(['resident_id'], ['residents.id'], name=op.f('fk_log_entries_resident_id_residents')),
        sa.ForeignKeyConstraint(['placement_id'], ['placements.id'], name=op.f('fk_log_entries_placement_id_placements')),
        sa.ForeignKeyConstraint(['corrects_id'], ['log_entries.id'], name=op.f('fk_log_entries_corrects_id_log_entries')),
        sa.ForeignKeyConstraint(['decided_by_id'], ['people.id'], name=op.f('fk_log_entries_decided_by_id_people')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_log_entries')),
        sa.UniqueConstraint('entry_key', name=op.f('uq_log_entries_entry_key')),
    )
    op.create_index(op.f('ix_log_entries_placement_id'), 'log_entries', ['placement_id'])
    op.create_index(op.f('ix_log_entries_reference'), 'log_entries', ['reference'])
    op.create_index(op.f('ix_log_entries_corrects_id'), 'log_entries', ['corrects_id'])
    op.create_index('ix_log_entries_resident_id_done_on', 'log_entries', ['resident_id', 'done_on'])
    op.create_index('uq_log_entries_claimed_once', 'log_entries', ['resident_id', 'category', 'item', 'reference'],
                    unique=True, sqlite_where=LIVE, postgresql_where=LIVE)
    op.create_index('uq_log_entries_one_correction', 'log_entries', ['corrects_id'],
                    unique=True, sqlite_where=OPEN, postgresql_where=OPEN)


def downgrade():
    op.drop_table('log_entries')
