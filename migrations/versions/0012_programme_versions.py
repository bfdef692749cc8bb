"""Versions of programmes, frameworks, assessment plans, moves

Revision ID: 0012
Revises: 0011
Create Date: 2026-11-22

"""
from alembic import op
import sqlalchemy as sa

from trainingbase.db import Moment

# revision identifiers, used by Alembic.
revision = '0012'
down_revision = '0011'
branch_labels = None
depends_on = None

COLUMNS = (
    ('family', sa.String(), {'server_default': '', 'nullable': False}),
    ('edition', sa.Integer(), {'server_default': '1', 'nullable': False}),
    ('from_year', sa.Integer(), {'nullable': True}),
    ('copied_from_id', sa.Integer(), {'nullable': True}),
    ('made_at', Moment(), {'nullable': True}),
    ('made_by_id', sa.Integer(), {'nullable': True}),
    ('in_force_at', Moment(), {'nullable': True}),
    ('in_force_by_id', sa.Integer(), {'nullable': True}),
    ('retired_at', Moment(), {'nullable': True}),
    ('retired_by_id', sa.Integer(), {'nullable': True}),
)


def upgrade():
    # Not in a batch: SQLite would drop the tables, which others refer to.
    for name, kind, more in COLUMNS:
        op.add_column('programmes', sa.Column(name, kind, **more))
    op.execute("UPDATE programmes SET family = code")
    op.execute(
        "UPDATE programmes SET in_force_at = CURRENT_TIMESTAMP WHERE EXISTS"
        " (SELECT 1 FROM residents WHERE residents.programme_id = programmes.id)"
    )
    op.create_index('uq_programmes_family_edition', 'programmes', ['family', 'edition'], unique=True)
    op.add_column('standard_departments', sa.Column('version', sa.Integer(), server_default='1', nullable=False))
    _minimums()
    _frameworks()
    _moves()


def _minimums():
    op.create_table('programme_minimums',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('programme_id', sa.Integer(), nullable=False),
        sa.Column('standard_department_id', sa.Integer(), nullable=False),
        sa.Column('category', sa.String(), nullable=False),
        sa.Column('item', sa.String(), nullable=False),
        sa.Column('count', sa.Integer(), nullable=False),
        sa.Column('note', sa.String(), nullable=True),
        sa.CheckConstraint("category IN ('disease', 'case', 'procedure', 'activity')", name=op.f('ck_programme_minimums_category_is_known')),
        sa.CheckConstraint('count >= 0', name=op.f('ck_programme_minimums_count_not_negative')),
        sa.ForeignKeyConstraint(['programme_id'], ['programmes.id'], name=op.f('fk_programme_minimums_programme_id_programmes')),
        sa.ForeignKeyConstraint(['standard_department_id'], ['standard_departments.id'], name=op.f('fk_programme_minimums_standard_department_id_standard_departments')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_programme_minimums')),
        sa.UniqueConstraint('programme_id', 'standard_department_id', 'category', 'item', name='uq_programme_minimums_item'),
    )
    op.create_index(op.f('ix_programme_minimums_programme_id'), 'programme_minimums', ['programme_id'])
    op.create_index(op.f('ix_programme_minimums_standard_department_id'), 'programme_minimums', ['standard_department_id'])
    # each programme gets those of its rotations; those of no rotation at all go to every one
    op.execute(
        "INSERT INTO programme_minimums (programme_id, standard_department_id, category, item, count, note)"
        " SELECT p.id, m.standard_department_id, m.category, m.item, m.count, m.note"
        " FROM programmes p CROSS JOIN minimums m"
        " WHERE EXISTS (SELECT 1 FROM requirements r WHERE r.programme_id = p.id"
        " AND r.standard_department_id = m.standard_department_id)"
        " OR NOT EXISTS (SELECT 1 FROM requirements r WHERE r.standard_department_id = m.standard_department_id)"
        " ORDER BY p.id, m.id"
    )
    op.drop_table('minimums')


def _frameworks():
    op.create_table('planned_assessments',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('programme_id', sa.Integer(), nullable=False),
        sa.Column('instrument', sa.String(), nullable=False),
        sa.Column('timing', sa.String(), nullable=False),
        sa.Column('times', sa.Integer(), nullable=False),
        sa.Column('standard_department_id', sa.Integer(), nullable=True),
        sa.Column('note', sa.String(), nullable=True),
        sa.CheckConstraint("timing IN ('leaving', 'placement', 'monthly', 'yearly', 'training')", name=op.f('ck_planned_assessments_timing_is_known')),
        sa.CheckConstraint('times > 0', name=op.f('ck_planned_assessments_times_positive')),
        sa.ForeignKeyConstraint(['programme_id'], ['programmes.id'], name=op.f('fk_planned_assessments_programme_id_programmes')),
        sa.ForeignKeyConstraint(['standard_department_id'], ['standard_departments.id'], name=op.f('fk_planned_assessments_standard_department_id_standard_departments')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_planned_assessments')),
    )
    op.create_index(op.f('ix_planned_assessments_programme_id'), 'planned_assessments', ['programme_id'])
    op.create_index('ix_planned_assessments_instrument', 'planned_assessments', ['instrument'])
    op.create_table('frameworks',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('code', sa.String(), nullable=False),
        sa.Column('authority', sa.String(), nullable=False),
        sa.Column('name', sa.String(), nullable=False),
        sa.Column('name_en', sa.String(), nullable=True),
        sa.Column('edition', sa.String(), nullable=False),
        sa.Column('kind', sa.String(), nullable=False),
        sa.Column('whole', sa.Integer(), nullable=True),
        sa.Column('loaded_at', Moment(), nullable=False),
        sa.CheckConstraint("kind IN ('competency', 'scale', 'evidence')", name=op.f('ck_frameworks_kind_is_known')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_frameworks')),
        sa.UniqueConstraint('code', name=op.f('uq_frameworks_code')),
    )
    op.create_table('competencies',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('framework_id', sa.Integer(), nullable=False),
        sa.Column('parent_id', sa.Integer(), nullable=True),
        sa.Column('position', sa.Integer(), nullable=False),
        sa.Column('code', sa.String(), nullable=False),
        sa.Column('name', sa.String(), nullable=False),
        sa.Column('name_en', sa.String(), nullable=True),
        sa.Column('level', sa.String(), nullable=True),
        sa.Column('source', sa.String(), nullable=True),
        sa.Column('verification', sa.String(), nullable=True),
        sa.ForeignKeyConstraint(['framework_id'], ['frameworks.id'], name=op.f('fk_competencies_framework_id_frameworks')),
        sa.ForeignKeyConstraint(['parent_id'], ['competencies.id'], name=op.f('fk_competencies_parent_id_competencies')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_competencies')),
        sa.UniqueConstraint('framework_id', 'code', name=op.f('uq_competencies_framework_id_code')),
    )
    op.create_index(op.f('ix_competencies_framework_id'), 'competencies', ['framework_id'])
    op.create_table('programme_frameworks',
        sa.Column('programme_id', sa.Integer(), nullable=False),
        sa.Column('framework_id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['programme_id'], ['programmes.id'], name=op.f('fk_programme_frameworks_programme_id_programmes')),
        sa.ForeignKeyConstraint(['framework_id'], ['frameworks.id'], name=op.f('fk_programme_frameworks_framework_id_frameworks')),
        sa.PrimaryKeyConstraint('programme_id', 'framework_id', name=op.f('pk_programme_frameworks')),
    )
    op.create_table('competency_links',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('programme_id', sa.Integer(), nullable=False),
        sa.Column('competency_id', sa.Integer(), nullable=False),
        sa.Column('standard_department_id', sa.Integer(), nullable=True),
        sa.Column('instrument', sa.String(), nullable=True),
        sa.CheckConstraint('(standard_department_id IS NULL) <> (instrument IS NULL)', name=op.f('ck_competency_links_one_subject')),
        sa.ForeignKeyConstraint(['programme_id'], ['programmes.id'], name=op.f('fk_competency_links_programme_id_programmes')),
        sa.ForeignKeyConstraint(['competency_id'], ['competencies.id'], name=op.f('fk_competency_links_competency_id_competencies')),
        sa.ForeignKeyConstraint(['standard_department_id'], ['standard_departments.id'], name=op.f('fk_competency_links_standard_department_id_standard_departments')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_competency_links')),
        sa.UniqueConstraint('programme_id', 'competency_id', 'standard_department_id', 'instrument', name='uq_competency_links_what'),
    )
    op.create_index(op.f('ix_competency_links_programme_id'), 'competency_links', ['programme_id'])
    op.create_index(op.f('ix_competency_links_competency_id'), 'competency_links', ['competency_id'])


def _moves():
    op.create_table('programme_moves',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('to_id', sa.Integer(), nullable=False),
        sa.Column('why', sa.String(), nullable=False),
        sa.Column('at', Moment(), nullable=False),
        sa.Column('by_id', sa.Integer(), nullable=False),
        sa.Column('undone_at', Moment(), nullable=True),
        sa.Column('undone_by_id', sa.Integer(), nullable=True),
        sa.Column('request_key', sa.String(), nullable=True),
        sa.ForeignKeyConstraint(['to_id'], ['programmes.id'], name=op.f('fk_programme_moves_to_id_programmes')),
        sa.ForeignKeyConstraint(['by_id'], ['people.id'], name=op.f('fk_programme_moves_by_id_people')),
        sa.ForeignKeyConstraint(['undone_by_id'], ['people.id'], name=op.f('fk_programme_moves_undone_by_id_people')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_programme_moves')),
        sa.UniqueConstraint('request_key', name=op.f('uq_programme_moves_request_key')),
    )
    op.create_table('moved_residents',
        sa.Column('move_id', sa.Integer(), nullable=False),
        sa.Column('resident_id', sa.Integer(), nullable=False),
        sa.Column('from_id', sa.Integer(), nullable=False),
        sa.Column('gains', sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(['move_id'], ['programme_moves.id'], name=op.f('fk_moved_residents_move_id_programme_moves')),
        sa.ForeignKeyConstraint(['resident_id'], ['residents.id'], name=op.f('fk_moved_residents_resident_id_residents')),
        sa.ForeignKeyConstraint(['from_id'], ['programmes.id'], name=op.f('fk_moved_residents_from_id_programmes')),
        sa.PrimaryKeyConstraint('move_id', 'resident_id', name=op.f('pk_moved_residents')),
    )
    op.create_index(op.f('ix_moved_residents_resident_id'), 'moved_residents', ['resident_id'])


def downgrade():
    for name in ('moved_residents', 'programme_moves', 'competency_links', 'programme_frameworks',
                 'competencies', 'frameworks', 'planned_assessments'):
        op.drop_table(name)
    op.create_table('minimums',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('standard_department_id', sa.Integer(), nullable=False),
        sa.Column('category', sa.String(), nullable=False),
        sa.Column('item', sa.String(), nullable=False),
        sa.Column('count', sa.Integer(), nullable=False),
        sa.Column('note', sa.String(), nullable=True),
        sa.CheckConstraint("category IN ('disease', 'procedure', 'activity')", name=op.f('ck_minimums_category_is_known')),
        sa.CheckConstraint('count >= 0', name=op.f('ck_minimums_count_not_negative')),
        sa.ForeignKeyConstraint(['standard_department_id'], ['standard_departments.id'], name=op.f('fk_minimums_standard_department_id_standard_departments')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_minimums')),
        sa.UniqueConstraint('standard_department_id', 'category', 'item', name=op.f('uq_minimums_standard_department_id_category_item')),
    )
    op.create_index(op.f('ix_minimums_standard_department_id'), 'minimums', ['standard_department_id'])
    op.execute(
        "INSERT INTO minimums (standard_department_id, category, item, count, note)"
        " SELECT standard_department_id, category, item, MAX(count), MAX(note) FROM programme_minimums"
        " WHERE category <> 'case' GROUP BY standard_department_id, category, item"
    )
    op.drop_table('programme_minimums')
    op.drop_column('standard_departments', 'version')
    op.drop_index('uq_programmes_family_edition', table_name='programmes')
    for name, _kind, _more in reversed(COLUMNS):
        op.drop_column('programmes', name)
