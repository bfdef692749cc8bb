"""Files and history

Revision ID: 0004
Revises: 0003
Create Date: 2026-11-22

"""
from alembic import op
import sqlalchemy as sa

from trainingbase.db import Moment

# revision identifiers, used by Alembic.
revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('stored_files',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('name', sa.String(), nullable=False),
        sa.Column('media_type', sa.String(), nullable=False),
        sa.Column('size', sa.Integer(), nullable=False),
        sa.Column('sha256', sa.String(), nullable=False),
        sa.Column('uploaded_at', Moment(), nullable=False),
        sa.Column('uploaded_by_id', sa.Integer(), nullable=True),
        sa.Column('content', sa.LargeBinary(), nullable=False),
        sa.CheckConstraint('size > 0', name=op.f('ck_stored_files_size_positive')),
        sa.ForeignKeyConstraint(['uploaded_by_id'], ['people.id'], name=op.f('fk_stored_files_uploaded_by_id_people')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_stored_files')),
    )
    op.create_index(op.f('ix_stored_files_uploaded_by_id'), 'stored_files', ['uploaded_by_id'])
    op.create_table('changes',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('subject', sa.String(), nullable=False),
        sa.Column('subject_id', sa.String(), nullable=False),
        sa.Column('field', sa.String(), nullable=False),
        sa.Column('old', sa.String(), nullable=True),
        sa.Column('new', sa.String(), nullable=True),
        sa.Column('why', sa.String(), nullable=True),
        sa.Column('at', Moment(), nullable=False),
        sa.Column('by_id', sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(['by_id'], ['people.id'], name=op.f('fk_changes_by_id_people')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_changes')),
    )
    op.create_index(op.f('ix_changes_by_id'), 'changes', ['by_id'])
    op.create_index('ix_changes_subject', 'changes', ['subject', 'subject_id'])


def downgrade():
    op.drop_table('changes')
    op.drop_table('stored_files')
