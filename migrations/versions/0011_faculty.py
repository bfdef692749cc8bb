"""Faculty: whole records, days away, reminders, hand-over

Revision ID: 0011
Revises: 0010
Create Date: 2026-11-22

"""
from alembic import op
import sqlalchemy as sa

from trainingbase.db import Moment

# revision identifiers, used by Alembic.
revision = '0011'
down_revision = '0010'
branch_labels = None
depends_on = None

OF_MEMBERS = (
    ('title_on', sa.Date()),
    ('practising_since', sa.Date()),
    ('inactive_on', sa.Date()),
    ('request_key', sa.String()),
)


def upgrade():
    # Not in a batch: SQLite would drop the table, which other tables refer to.
    for name, kind in OF_MEMBERS:
        op.add_column('faculty_members', sa.Column(name, kind, nullable=True))
    op.create_index(op.f('ix_faculty_members_request_key'), 'faculty_members', ['request_key'], unique=True)
    for name in ('starts_on', 'ends_on'):
        op.add_column('posts', sa.Column(name, sa.Date(), nullable=True))
    op.add_column('posts', sa.Column('version', sa.Integer(), server_default='1', nullable=False))
    op.add_column('certificates', sa.Column('version', sa.Integer(), server_default='1', nullable=False))
    with op.batch_alter_table('certificates') as batch:  # nothing refers to them yet
        batch.add_column(sa.Column('ends_on', sa.Date(), nullable=True))
        batch.add_column(sa.Column('scan_id', sa.Integer(), nullable=True))
        batch.create_foreign_key(
            op.f('fk_certificates_scan_id_stored_files'), 'stored_files', ['scan_id'], ['id']
        )
    op.create_table('certificate_reminders',
        sa.Column('certificate_id', sa.Integer(), nullable=False),
        sa.Column('lapses_on', sa.Date(), nullable=False),
        sa.Column('days', sa.Integer(), nullable=False),
        sa.Column('sent_at', Moment(), nullable=False),
        sa.ForeignKeyConstraint(['certificate_id'], ['certificates.id'], name=op.f('fk_certificate_reminders_certificate_id_certificates')),
        sa.PrimaryKeyConstraint('certificate_id', 'lapses_on', 'days', name=op.f('pk_certificate_reminders')),
    )
    op.create_table('faculty_absences',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('faculty_member_id', sa.Integer(), nullable=False),
        sa.Column('kind', sa.String(), nullable=False),
        sa.Column('starts_on', sa.Date(), nullable=False),
        sa.Column('ends_on', sa.Date(), nullable=False),
        sa.Column('reason', sa.String(), nullable=True),
        sa.Column('withdrawn_at', Moment(), nullable=True),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.CheckConstraint('starts_on < ends_on', name=op.f('ck_faculty_absences_starts_before_it_ends')),
        sa.CheckConstraint("kind IN ('leave', 'sick', 'maternity', 'study', 'posting', 'other')", name=op.f('ck_faculty_absences_kind_is_known')),
        sa.ForeignKeyConstraint(['faculty_member_id'], ['faculty_members.id'], name=op.f('fk_faculty_absences_faculty_member_id_faculty_members')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_faculty_absences')),
    )
    op.create_index(op.f('ix_faculty_absences_faculty_member_id'), 'faculty_absences', ['faculty_member_id'])
    op.create_table('faculty_photos',
        sa.Column('faculty_member_id', sa.Integer(), nullable=False),
        sa.Column('file_id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['faculty_member_id'], ['faculty_members.id'], name=op.f('fk_faculty_photos_faculty_member_id_faculty_members')),
        sa.ForeignKeyConstraint(['file_id'], ['stored_files.id'], name=op.f('fk_faculty_photos_file_id_stored_files')),
        sa.PrimaryKeyConstraint('faculty_member_id', name=op.f('pk_faculty_photos')),
    )
    op.create_table('faculty_departures',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('faculty_member_id', sa.Integer(), nullable=False),
        sa.Column('kind', sa.String(), nullable=False),
        sa.Column('from_on', sa.Date(), nullable=False),
        sa.Column('reason', sa.String(), nullable=True),
        sa.Column('moved', sa.JSON(), nullable=False),
        sa.Column('closed_account', sa.Boolean(), nullable=False),
        sa.Column('recorded_at', Moment(), nullable=False),
        sa.Column('recorded_by_id', sa.Integer(), nullable=False),
        sa.Column('undone_at', Moment(), nullable=True),
        sa.Column('undone_by_id', sa.Integer(), nullable=True),
        sa.CheckConstraint("kind IN ('left', 'retired', 'lost')", name=op.f('ck_faculty_departures_kind_is_known')),
        sa.ForeignKeyConstraint(['faculty_member_id'], ['faculty_members.id'], name=op.f('fk_faculty_departures_faculty_member_id_faculty_members')),
        sa.ForeignKeyConstraint(['recorded_by_id'], ['people.id'], name=op.f('fk_faculty_departures_recorded_by_id_people')),
        sa.ForeignKeyConstraint(['undone_by_id'], ['people.id'], name=op.f('fk_faculty_departures_undone_by_id_people')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_faculty_departures')),
    )
    op.create_index(op.f('ix_faculty_departures_faculty_member_id'), 'faculty_departures', ['faculty_member_id'])


def downgrade():
    for name in ('faculty_departures', 'faculty_photos', 'faculty_absences', 'certificate_reminders'):
        op.drop_table(name)
    with op.batch_alter_table('certificates') as batch:
        batch.drop_constraint(op.f('fk_certificates_scan_id_stored_files'), type_='foreignkey')
        for name in ('scan_id', 'ends_on', 'version'):
            batch.drop_column(name)
    for name in ('version', 'ends_on', 'starts_on'):
        op.drop_column('posts', name)
    op.drop_index(op.f('ix_faculty_members_request_key'), 'faculty_members')
    for name, _kind in reversed(OF_MEMBERS):
        op.drop_column('faculty_members', name)
