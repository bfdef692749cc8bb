"""Guests and fellow residents asked by the plan, confidential forms

Revision ID: 0033
Revises: 0032
Create Date: 2026-11-22 20:30:00+00:00

"""
from alembic import op
import sqlalchemy as sa

from trainingbase.db import Moment

revision = '0033'
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade():
    op.add_column('instruments', sa.Column(
        'is_confidential', sa.Boolean(), server_default='0', nullable=False))
    op.add_column('planned_requests', sa.Column(
        'guests', sa.Integer(), server_default='0', nullable=False))
    op.create_table('guest_errands',
        sa.Column('request_id', sa.Integer(), nullable=False),
        sa.Column('wanted', sa.Integer(), nullable=False),
        sa.CheckConstraint('wanted > 0', name=op.f('ck_guest_errands_wanted_positive')),
        sa.ForeignKeyConstraint(['request_id'], ['assessment_requests.id'], name=op.f('fk_guest_errands_request_id_assessment_requests')),
        sa.PrimaryKeyConstraint('request_id', name=op.f('pk_guest_errands')),
    )
    op.create_table('guest_errand_links',
        sa.Column('link_id', sa.Integer(), nullable=False),
        sa.Column('request_id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['link_id'], ['guest_links.id'], name=op.f('fk_guest_errand_links_link_id_guest_links')),
        sa.ForeignKeyConstraint(['request_id'], ['guest_errands.request_id'], name=op.f('fk_guest_errand_links_request_id_guest_errands')),
        sa.PrimaryKeyConstraint('link_id', name=op.f('pk_guest_errand_links')),
    )
    op.create_index(op.f('ix_guest_errand_links_request_id'), 'guest_errand_links', ['request_id'])
    op.create_table('osce_guest_links',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('form_key', sa.String(), nullable=False),
        sa.Column('examiner_id', sa.Integer(), nullable=False),
        sa.Column('token_hash', sa.String(), nullable=False),
        sa.Column('nonce', sa.String(), nullable=False),
        sa.Column('employer', sa.String(), nullable=True),
        sa.Column('identity', sa.String(), nullable=False),
        sa.Column('issued_by_id', sa.Integer(), nullable=False),
        sa.Column('issued_at', Moment(), nullable=False),
        sa.Column('expires_on', sa.Date(), nullable=False),
        sa.Column('taken_at', Moment(), nullable=True),
        sa.Column('device_hash', sa.String(), nullable=True),
        sa.Column('revoked_at', Moment(), nullable=True),
        sa.CheckConstraint("identity IN ('printed', 'sent', 'handed')", name=op.f('ck_osce_guest_links_identity_is_known')),
        sa.CheckConstraint('(taken_at IS NULL) = (device_hash IS NULL)', name=op.f('ck_osce_guest_links_taken_by_a_device')),
        sa.ForeignKeyConstraint(['examiner_id'], ['osce_examiners.id'], name=op.f('fk_osce_guest_links_examiner_id_osce_examiners')),
        sa.ForeignKeyConstraint(['issued_by_id'], ['people.id'], name=op.f('fk_osce_guest_links_issued_by_id_people')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_osce_guest_links')),
        sa.UniqueConstraint('form_key', name=op.f('uq_osce_guest_links_form_key')),
        sa.UniqueConstraint('token_hash', name=op.f('uq_osce_guest_links_token_hash')),
        sa.UniqueConstraint('device_hash', name=op.f('uq_osce_guest_links_device_hash')),
    )
    op.create_index(op.f('ix_osce_guest_links_examiner_id'), 'osce_guest_links', ['examiner_id'])
    op.create_table('ballot_round_sums',
        sa.Column('round_id', sa.Integer(), nullable=False),
        sa.Column('people', sa.Integer(), nullable=False),
        sa.Column('asked', sa.Integer(), nullable=False),
        sa.Column('answered', sa.Integer(), nullable=False),
        sa.Column('forgotten_on', sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(['round_id'], ['ballot_rounds.id'], name=op.f('fk_ballot_round_sums_round_id_ballot_rounds')),
        sa.PrimaryKeyConstraint('round_id', name=op.f('pk_ballot_round_sums')),
    )


def downgrade():
    op.drop_table('ballot_round_sums')
    op.drop_table('osce_guest_links')
    op.drop_table('guest_errand_links')
    op.drop_table('guest_errands')
    op.drop_column('planned_requests', 'guests')
    op.drop_column('instruments', 'is_confidential')
