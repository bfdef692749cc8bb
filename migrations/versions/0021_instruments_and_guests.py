"""Instruments as drafts and versions, and guests

Revision ID: 0021
Revises: 0019
Create Date: 2026-11-22

"""
from datetime import UTC, datetime

from alembic import op
import sqlalchemy as sa
from trainingbase.db import Exact, Moment

# revision identifiers, used by Alembic.
revision = '0021'
down_revision = '0019'
branch_labels = None
depends_on = None

OF_INSTRUMENTS = (
    ('origin', sa.String(), 'national'),
    ('subject', sa.String(), 'resident'),
    ('note', sa.String(), None),
    ('note_en', sa.String(), None),
    ('veto', sa.String(), None),
    ('is_once', sa.Boolean(), sa.true()),
    ('copied_from', sa.String(), None),
    ('published_at', Moment(), None),
    ('retired_at', Moment(), None),
    ('edits', sa.Integer(), '1'),
)
OF_ITEMS = (
    ('scale', sa.String(), None),
    ('note', sa.String(), None),
    ('note_en', sa.String(), None),
    ('is_veto', sa.Boolean(), sa.false()),
    ('shown_when', sa.JSON(), None),
    ('weight', Exact(), None),
    ('competencies', sa.JSON(), None),
    ('missing', sa.String(), None),
)


def upgrade():
    for table, columns in (('instruments', OF_INSTRUMENTS), ('instrument_items', OF_ITEMS)):
        for name, kind, default in columns:
            op.add_column(
                table, sa.Column(name, kind, nullable=default is None, server_default=default)
            )
    op.add_column(
        'people', sa.Column('is_guest', sa.Boolean(), nullable=False, server_default=sa.false())
    )
    _keep_the_state_of_what_was_there()
    _guests()


def _keep_the_state_of_what_was_there():
    """Every form that is there was published; the ones out of use are retired."""
    forms = sa.table(
        'instruments',
        sa.column('is_in_use', sa.Boolean()),
        sa.column('published_at', Moment()),
        sa.column('retired_at', Moment()),
    )
    moment = datetime(2026, 11, 22, tzinfo=UTC)
    op.execute(forms.update().values(published_at=moment))
    op.execute(forms.update().where(sa.not_(forms.c.is_in_use)).values(retired_at=moment))


def _guests():
    op.create_table('guest_links',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('token_hash', sa.String(), nullable=False),
        sa.Column('nonce', sa.String(), nullable=False),
        sa.Column('batch', sa.String(), nullable=False),
        sa.Column('number', sa.Integer(), nullable=False),
        sa.Column('kind', sa.String(), nullable=False),
        sa.Column('identity', sa.String(), nullable=False),
        sa.Column('instrument_id', sa.Integer(), nullable=False),
        sa.Column('placement_id', sa.Integer(), nullable=False),
        sa.Column('name', sa.String(), nullable=True),
        sa.Column('contact', sa.String(), nullable=True),
        sa.Column('issued_by_id', sa.Integer(), nullable=False),
        sa.Column('issued_at', Moment(), nullable=False),
        sa.Column('expires_on', sa.Date(), nullable=False),
        sa.Column('reminded_at', Moment(), nullable=True),
        sa.Column('revoked_at', Moment(), nullable=True),
        sa.Column('used_at', Moment(), nullable=True),
        sa.Column('submission_id', sa.Integer(), nullable=True),
        sa.CheckConstraint("kind IN ('nurse', 'patient', 'examiner')", name=op.f('ck_guest_links_kind_is_known')),
        sa.CheckConstraint("identity IN ('printed', 'sent', 'handed')", name=op.f('ck_guest_links_identity_is_known')),
        sa.CheckConstraint('(used_at IS NULL) = (submission_id IS NULL)', name=op.f('ck_guest_links_used_by_an_answer')),
        sa.ForeignKeyConstraint(['instrument_id'], ['instruments.id'], name=op.f('fk_guest_links_instrument_id_instruments')),
        sa.ForeignKeyConstraint(['placement_id'], ['placements.id'], name=op.f('fk_guest_links_placement_id_placements')),
        sa.ForeignKeyConstraint(['issued_by_id'], ['people.id'], name=op.f('fk_guest_links_issued_by_id_people')),
        sa.ForeignKeyConstraint(['submission_id'], ['submissions.id'], name=op.f('fk_guest_links_submission_id_submissions')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_guest_links')),
        sa.UniqueConstraint('token_hash', name=op.f('uq_guest_links_token_hash')),
        sa.UniqueConstraint('submission_id', name=op.f('uq_guest_links_submission_id')),
        sa.UniqueConstraint('batch', 'number', name=op.f('uq_guest_links_batch_number')),
    )
    op.create_index(op.f('ix_guest_links_placement_id'), 'guest_links', ['placement_id'])
    op.create_index(op.f('ix_guest_links_expires_on'), 'guest_links', ['expires_on'])
    op.create_table('guest_tries',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('address', sa.String(), nullable=False),
        sa.Column('at', Moment(), nullable=False),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_guest_tries')),
    )
    op.create_index('ix_guest_tries_address_at', 'guest_tries', ['address', 'at'])


def downgrade():
    op.drop_table('guest_tries')
    op.drop_table('guest_links')
    op.drop_column('people', 'is_guest')
    for table, columns in (('instrument_items', OF_ITEMS), ('instruments', OF_INSTRUMENTS)):
        for name, _kind, _default in reversed(columns):
            op.drop_column(table, name)
