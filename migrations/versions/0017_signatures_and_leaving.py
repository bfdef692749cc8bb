"""Signatures and leaving

Revision ID: 0017
Revises: 0014
Create Date: 2026-11-22

"""
from alembic import op
import sqlalchemy as sa

from trainingbase.db import Moment

# revision identifiers, used by Alembic.
revision = '0017'
down_revision = '0014'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('signatures',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('kind', sa.String(), nullable=False),
        sa.Column('subject_id', sa.Integer(), nullable=False),
        sa.Column('meaning', sa.String(), nullable=False),
        sa.Column('content', sa.JSON(), nullable=False),
        sa.Column('digest', sa.String(), nullable=False),
        sa.Column('signer_id', sa.Integer(), nullable=False),
        sa.Column('name', sa.String(), nullable=False),
        sa.Column('role', sa.String(), nullable=False),
        sa.Column('signed_at', Moment(), nullable=False),
        sa.Column('seal', sa.String(), nullable=False),
        sa.Column('withdrawn_at', Moment(), nullable=True),
        sa.Column('withdrawn_by_id', sa.Integer(), nullable=True),
        sa.Column('withdrawn_because', sa.String(), nullable=True),
        sa.CheckConstraint('length(digest) = 64', name=op.f('ck_signatures_digest_is_whole')),
        sa.CheckConstraint('(withdrawn_at IS NULL) = (withdrawn_because IS NULL)', name=op.f('ck_signatures_withdrawal_is_whole')),
        sa.ForeignKeyConstraint(['signer_id'], ['people.id'], name=op.f('fk_signatures_signer_id_people')),
        sa.ForeignKeyConstraint(['withdrawn_by_id'], ['people.id'], name=op.f('fk_signatures_withdrawn_by_id_people')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_signatures')),
    )
    op.create_index('ix_signatures_kind_subject_id', 'signatures', ['kind', 'subject_id'])
    op.create_index(op.f('ix_signatures_digest'), 'signatures', ['digest'])
    op.create_index(op.f('ix_signatures_signer_id'), 'signatures', ['signer_id'])
    op.create_index(
        'uq_signatures_standing', 'signatures', ['kind', 'subject_id', 'meaning', 'signer_id'],
        unique=True,
        sqlite_where=sa.text('withdrawn_at IS NULL'),
        postgresql_where=sa.text('withdrawn_at IS NULL'),
    )


def downgrade():
    op.drop_table('signatures')
