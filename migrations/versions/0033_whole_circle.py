"""Guests and fellow residents asked by the plan, confidential forms

Revision ID: 0033
Revises: 0030
Create Date: 2026-11-22 20:30:00+00:00

"""
from alembic import op
import sqlalchemy as sa

revision = '0033'
down_revision = '0030'
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


def downgrade():
    op.drop_table('guest_errand_links')
    op.drop_table('guest_errands')
    op.drop_column('planned_requests', 'guests')
    op.drop_column('instruments', 'is_confidential')
