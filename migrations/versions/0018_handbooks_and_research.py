"""Handbooks and research

Revision ID: 0018
Revises: 0016
Create Date: 2026-11-22 13:00:45.687175

"""
from alembic import op
import sqlalchemy as sa
from trainingbase.db import Exact, Moment

# revision identifiers, used by Alembic.
revision = '0018'
down_revision = '0016'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('research_points',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('level', sa.String(), nullable=False),
    sa.Column('points', Exact(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("kind IN ('project', 'paper', 'award', 'patent', 'book', 'conference', 'teaching', 'improvement')", name=op.f('ck_research_points_kind_is_known')),
    sa.CheckConstraint("level IN ('', 'national', 'provincial', 'municipal', 'county', 'base')", name=op.f('ck_research_points_level_is_known')),
    sa.CheckConstraint('points >= 0', name=op.f('ck_research_points_points_not_negative')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_research_points')),
    sa.UniqueConstraint('kind', 'level', name=op.f('uq_research_points_kind_level'))
    )
    op.create_table('handbook_orders',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('language', sa.String(), nullable=False),
    sa.Column('address', sa.String(), nullable=False),
    sa.Column('asked_at', Moment(), nullable=False),
    sa.Column('asked_by_id', sa.Integer(), nullable=False),
    sa.Column('alive_at', Moment(), nullable=True),
    sa.Column('stopped_at', Moment(), nullable=True),
    sa.Column('finished_at', Moment(), nullable=True),
    sa.Column('request_key', sa.String(), nullable=True),
    sa.CheckConstraint("language IN ('zh', 'en')", name=op.f('ck_handbook_orders_language_is_known')),
    sa.ForeignKeyConstraint(['asked_by_id'], ['people.id'], name=op.f('fk_handbook_orders_asked_by_id_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_handbook_orders')),
    sa.UniqueConstraint('request_key', name=op.f('uq_handbook_orders_request_key'))
    )
    with op.batch_alter_table('handbook_orders', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_handbook_orders_asked_at'), ['asked_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_handbook_orders_asked_by_id'), ['asked_by_id'], unique=False)

    op.create_table('research_works',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('title_key', sa.String(), nullable=False),
    sa.Column('role', sa.String(), nullable=False),
    sa.Column('author_order', sa.Integer(), nullable=True),
    sa.Column('authors', sa.String(), nullable=True),
    sa.Column('venue', sa.String(), nullable=True),
    sa.Column('level', sa.String(), nullable=True),
    sa.Column('reference', sa.String(), nullable=True),
    sa.Column('doi', sa.String(), nullable=True),
    sa.Column('done_on', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=True),
    sa.Column('hours', Exact(), nullable=True),
    sa.Column('note', sa.String(), nullable=True),
    sa.Column('entered_at', Moment(), nullable=False),
    sa.Column('entered_by_id', sa.Integer(), nullable=False),
    sa.Column('handed_in_at', Moment(), nullable=False),
    sa.Column('approved', sa.Boolean(), nullable=True),
    sa.Column('decided_at', Moment(), nullable=True),
    sa.Column('decided_by_id', sa.Integer(), nullable=True),
    sa.Column('reason', sa.String(), nullable=True),
    sa.Column('points', Exact(), nullable=True),
    sa.Column('withdrawn_at', Moment(), nullable=True),
    sa.Column('replaced_at', Moment(), nullable=True),
    sa.Column('corrects_id', sa.Integer(), nullable=True),
    sa.Column('request_key', sa.String(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("kind IN ('project', 'paper', 'award', 'patent', 'book', 'conference', 'teaching', 'improvement')", name=op.f('ck_research_works_kind_is_known')),
    sa.CheckConstraint("level IN ('national', 'provincial', 'municipal', 'county', 'base')", name=op.f('ck_research_works_level_is_known')),
    sa.CheckConstraint("role IN ('leader', 'first', 'corresponding', 'member', 'speaker')", name=op.f('ck_research_works_role_is_known')),
    sa.CheckConstraint('(approved IS NULL) = (decided_at IS NULL)', name=op.f('ck_research_works_decision_is_whole')),
    sa.CheckConstraint('approved IS NOT FALSE OR reason IS NOT NULL', name=op.f('ck_research_works_a_return_says_why')),
    sa.CheckConstraint('author_order > 0', name=op.f('ck_research_works_order_positive')),
    sa.CheckConstraint('done_on <= ends_on', name=op.f('ck_research_works_begins_before_it_ends')),
    sa.CheckConstraint('points >= 0', name=op.f('ck_research_works_points_not_negative')),
    sa.ForeignKeyConstraint(['corrects_id'], ['research_works.id'], name=op.f('fk_research_works_corrects_id_research_works')),
    sa.ForeignKeyConstraint(['decided_by_id'], ['people.id'], name=op.f('fk_research_works_decided_by_id_people')),
    sa.ForeignKeyConstraint(['entered_by_id'], ['people.id'], name=op.f('fk_research_works_entered_by_id_people')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_research_works_person_id_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_research_works')),
    sa.UniqueConstraint('request_key', name=op.f('uq_research_works_request_key'))
    )
    with op.batch_alter_table('research_works', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_research_works_corrects_id'), ['corrects_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_research_works_doi'), ['doi'], unique=False)
        batch_op.create_index(batch_op.f('ix_research_works_done_on'), ['done_on'], unique=False)
        batch_op.create_index(batch_op.f('ix_research_works_entered_by_id'), ['entered_by_id'], unique=False)
        batch_op.create_index('ix_research_works_person_id_done_on', ['person_id', 'done_on'], unique=False)
        batch_op.create_index(batch_op.f('ix_research_works_title_key'), ['title_key'], unique=False)
        batch_op.create_index('uq_research_works_one_correction', ['corrects_id'], unique=True, sqlite_where=sa.text('approved IS NULL AND withdrawn_at IS NULL'), postgresql_where=sa.text('approved IS NULL AND withdrawn_at IS NULL'))

    op.create_table('research_evidence',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('work_id', sa.Integer(), nullable=False),
    sa.Column('file_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['file_id'], ['stored_files.id'], name=op.f('fk_research_evidence_file_id_stored_files')),
    sa.ForeignKeyConstraint(['work_id'], ['research_works.id'], name=op.f('fk_research_evidence_work_id_research_works')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_research_evidence')),
    sa.UniqueConstraint('work_id', 'file_id', name=op.f('uq_research_evidence_work_id_file_id'))
    )
    with op.batch_alter_table('research_evidence', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_research_evidence_file_id'), ['file_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_research_evidence_work_id'), ['work_id'], unique=False)

    op.create_table('handbooks',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('resident_id', sa.Integer(), nullable=False),
    sa.Column('language', sa.String(), nullable=False),
    sa.Column('edition', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('digest', sa.String(), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=False),
    sa.Column('file_id', sa.Integer(), nullable=False),
    sa.Column('issued_at', Moment(), nullable=False),
    sa.Column('issued_by_id', sa.Integer(), nullable=False),
    sa.Column('superseded_at', Moment(), nullable=True),
    sa.Column('withdrawn_at', Moment(), nullable=True),
    sa.Column('withdrawn_by_id', sa.Integer(), nullable=True),
    sa.Column('withdrawn_because', sa.String(), nullable=True),
    sa.CheckConstraint("language IN ('zh', 'en')", name=op.f('ck_handbooks_language_is_known')),
    sa.CheckConstraint('(withdrawn_at IS NULL) = (withdrawn_because IS NULL)', name=op.f('ck_handbooks_withdrawal_says_why')),
    sa.ForeignKeyConstraint(['file_id'], ['stored_files.id'], name=op.f('fk_handbooks_file_id_stored_files')),
    sa.ForeignKeyConstraint(['issued_by_id'], ['people.id'], name=op.f('fk_handbooks_issued_by_id_people')),
    sa.ForeignKeyConstraint(['resident_id'], ['residents.id'], name=op.f('fk_handbooks_resident_id_residents')),
    sa.ForeignKeyConstraint(['withdrawn_by_id'], ['people.id'], name=op.f('fk_handbooks_withdrawn_by_id_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_handbooks')),
    sa.UniqueConstraint('code', name=op.f('uq_handbooks_code')),
    sa.UniqueConstraint('file_id', name=op.f('uq_handbooks_file_id')),
    sa.UniqueConstraint('resident_id', 'language', 'edition', name=op.f('uq_handbooks_resident_id_language_edition'))
    )
    with op.batch_alter_table('handbooks', schema=None) as batch_op:
        batch_op.create_index('ix_handbooks_issued_at', ['issued_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_handbooks_issued_by_id'), ['issued_by_id'], unique=False)

    op.create_table('handbook_order_lines',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('order_id', sa.Integer(), nullable=False),
    sa.Column('resident_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('tries', sa.Integer(), nullable=False),
    sa.Column('handbook_id', sa.Integer(), nullable=True),
    sa.Column('is_new', sa.Boolean(), nullable=True),
    sa.Column('failed_because', sa.String(), nullable=True),
    sa.Column('packed', sa.LargeBinary(), nullable=True),
    sa.Column('crc', sa.BigInteger(), nullable=True),
    sa.CheckConstraint('handbook_id IS NULL OR failed_because IS NULL', name=op.f('ck_handbook_order_lines_made_or_failed')),
    sa.ForeignKeyConstraint(['handbook_id'], ['handbooks.id'], name=op.f('fk_handbook_order_lines_handbook_id_handbooks')),
    sa.ForeignKeyConstraint(['order_id'], ['handbook_orders.id'], name=op.f('fk_handbook_order_lines_order_id_handbook_orders')),
    sa.ForeignKeyConstraint(['resident_id'], ['residents.id'], name=op.f('fk_handbook_order_lines_resident_id_residents')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_handbook_order_lines')),
    sa.UniqueConstraint('order_id', 'resident_id', name=op.f('uq_handbook_order_lines_order_id_resident_id'))
    )
    with op.batch_alter_table('handbook_order_lines', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_handbook_order_lines_handbook_id'), ['handbook_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_handbook_order_lines_resident_id'), ['resident_id'], unique=False)



def downgrade():
    with op.batch_alter_table('handbook_order_lines', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_handbook_order_lines_resident_id'))
        batch_op.drop_index(batch_op.f('ix_handbook_order_lines_handbook_id'))

    op.drop_table('handbook_order_lines')
    with op.batch_alter_table('handbooks', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_handbooks_issued_by_id'))
        batch_op.drop_index('ix_handbooks_issued_at')

    op.drop_table('handbooks')
    with op.batch_alter_table('research_evidence', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_research_evidence_work_id'))
        batch_op.drop_index(batch_op.f('ix_research_evidence_file_id'))

    op.drop_table('research_evidence')
    with op.batch_alter_table('research_works', schema=None) as batch_op:
        batch_op.drop_index('uq_research_works_one_correction', sqlite_where=sa.text('approved IS NULL AND withdrawn_at IS NULL'), postgresql_where=sa.text('approved IS NULL AND withdrawn_at IS NULL'))
        batch_op.drop_index(batch_op.f('ix_research_works_title_key'))
        batch_op.drop_index('ix_research_works_person_id_done_on')
        batch_op.drop_index(batch_op.f('ix_research_works_entered_by_id'))
        batch_op.drop_index(batch_op.f('ix_research_works_done_on'))
        batch_op.drop_index(batch_op.f('ix_research_works_doi'))
        batch_op.drop_index(batch_op.f('ix_research_works_corrects_id'))

    op.drop_table('research_works')
    with op.batch_alter_table('handbook_orders', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_handbook_orders_asked_by_id'))
        batch_op.drop_index(batch_op.f('ix_handbook_orders_asked_at'))

    op.drop_table('handbook_orders')
    op.drop_table('research_points')
