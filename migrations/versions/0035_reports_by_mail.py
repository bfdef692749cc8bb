"""Reports by mail

Revision ID: 0035
Revises: 0034
Create Date: 2026-11-22 20:55:00+00:00

"""
from alembic import op
import sqlalchemy as sa

revision = '0035'
down_revision = "0034"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('message_files',
        sa.Column('message_id', sa.Integer(), nullable=False),
        sa.Column('file_id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['file_id'], ['stored_files.id'], name=op.f('fk_message_files_file_id_stored_files')),
        sa.ForeignKeyConstraint(['message_id'], ['messages_out.id'], name=op.f('fk_message_files_message_id_messages_out')),
        sa.PrimaryKeyConstraint('message_id', name=op.f('pk_message_files')),
    )
    op.create_index('ix_message_files_file_id', 'message_files', ['file_id'])
    op.create_table('report_mails',
        sa.Column('person_id', sa.Integer(), nullable=False),
        sa.Column('monthly', sa.Boolean(), nullable=False),
        sa.Column('yearly', sa.Boolean(), nullable=False),
        sa.Column('with_paper', sa.Boolean(), nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_report_mails_person_id_people')),
        sa.PrimaryKeyConstraint('person_id', name=op.f('pk_report_mails')),
    )


def downgrade():
    op.drop_table('report_mails')
    op.drop_index('ix_message_files_file_id', 'message_files')
    op.drop_table('message_files')
