"""Where departments and sites are paid, and where graduates may be written to

Revision ID: 0034
Revises: 0033
Create Date: 2026-11-22 20:40:00+00:00

"""
from alembic import op
import sqlalchemy as sa

from trainingbase.db import Moment

revision = '0034'
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('incentive_place_accounts',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('department_id', sa.Integer(), nullable=True),
        sa.Column('institution_id', sa.Integer(), nullable=True),
        sa.Column('holder', sa.String(), nullable=False),
        sa.Column('bank', sa.String(), nullable=False),
        sa.Column('number', sa.String(), nullable=False),
        sa.Column('changed_at', Moment(), nullable=False),
        sa.Column('changed_by_id', sa.Integer(), nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.CheckConstraint('(department_id IS NULL) <> (institution_id IS NULL)', name=op.f('ck_incentive_place_accounts_one_place_is_paid')),
        sa.ForeignKeyConstraint(['changed_by_id'], ['people.id'], name=op.f('fk_incentive_place_accounts_changed_by_id_people')),
        sa.ForeignKeyConstraint(['department_id'], ['departments.id'], name=op.f('fk_incentive_place_accounts_department_id_departments')),
        sa.ForeignKeyConstraint(['institution_id'], ['institutions.id'], name=op.f('fk_incentive_place_accounts_institution_id_institutions')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_incentive_place_accounts')),
        sa.UniqueConstraint('department_id', name=op.f('uq_incentive_place_accounts_department_id')),
        sa.UniqueConstraint('institution_id', name=op.f('uq_incentive_place_accounts_institution_id')),
    )
    op.create_table('graduate_addresses',
        sa.Column('person_id', sa.Integer(), nullable=False),
        sa.Column('address', sa.String(), nullable=False),
        sa.Column('consented_on', sa.Date(), nullable=False),
        sa.Column('told_by', sa.String(), nullable=False),
        sa.Column('entered_at', Moment(), nullable=False),
        sa.Column('entered_by_id', sa.Integer(), nullable=True),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.CheckConstraint("told_by IN ('link', 'office')", name=op.f('ck_graduate_addresses_told_by_is_known')),
        sa.ForeignKeyConstraint(['entered_by_id'], ['people.id'], name=op.f('fk_graduate_addresses_entered_by_id_people')),
        sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_graduate_addresses_person_id_people')),
        sa.PrimaryKeyConstraint('person_id', name=op.f('pk_graduate_addresses')),
    )
    op.create_table('promotion_told',
        sa.Column('scheme_id', sa.Integer(), nullable=False),
        sa.Column('person_id', sa.Integer(), nullable=False),
        sa.Column('told_at', Moment(), nullable=False),
        sa.Column('how', sa.String(), nullable=False),
        sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_promotion_told_person_id_people')),
        sa.ForeignKeyConstraint(['scheme_id'], ['promotion_schemes.id'], name=op.f('fk_promotion_told_scheme_id_promotion_schemes')),
        sa.PrimaryKeyConstraint('scheme_id', 'person_id', name=op.f('pk_promotion_told')),
    )
    op.create_index('ix_promotion_told_person_id', 'promotion_told', ['person_id'])
    op.add_column('bond_rules', sa.Column('used_at', Moment(), nullable=True))
    op.execute(
        'UPDATE bond_rules SET used_at ='
        ' (SELECT min(declared_at) FROM bond_breaches WHERE bond_breaches.rule_id = bond_rules.id)'
    )


def downgrade():
    op.drop_column('bond_rules', 'used_at')
    op.drop_table('promotion_told')
    op.drop_table('graduate_addresses')
    op.drop_table('incentive_place_accounts')
