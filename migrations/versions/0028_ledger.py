"""ledger

Revision ID: 0028
Revises: 0027
Create Date: 2026-11-22 16:41:51.730823

"""
from alembic import op
import sqlalchemy as sa
from trainingbase.db import Exact, Moment

# revision identifiers, used by Alembic.
revision = '0028'
down_revision = '0027'
branch_labels = None
depends_on = None

LOCKED = "(SELECT approved_at FROM incentive_runs WHERE id = {row}.run_id) IS NOT NULL"
OF_A_LINE = (
    'run_id, department_id, institution_id, version_id, rate_id, source_id, corrects_id, identity, '
    'rule, "key", quantity, unit_amount, cap, amount, facts, evidence'
)
OF_A_VERSION = (
    'scheme_id, number, basis, rates, applies, quantity, multiplier, share, splits, pay, amount, '
    'point_value, cap, source_id, starts_on'
)
GUARDS = (
    # name, table, before what, when
    ('line_made', 'incentive_lines', 'INSERT', LOCKED.format(row='NEW')),
    ('line_changed', 'incentive_lines', f'UPDATE OF {OF_A_LINE}', LOCKED.format(row='OLD')),
    ('line_gone', 'incentive_lines', 'DELETE', LOCKED.format(row='OLD')),
    ('snapshot_changed', 'incentive_snapshots', 'UPDATE', LOCKED.format(row='OLD')),
    ('snapshot_gone', 'incentive_snapshots', 'DELETE', LOCKED.format(row='OLD')),
    ('approval_changed', 'incentive_approvals', 'UPDATE OF run_id, role, at',
     LOCKED.format(row='OLD')),
    ('approval_gone', 'incentive_approvals', 'DELETE', LOCKED.format(row='OLD')),
    ('posting_changed', 'incentive_postings', 'UPDATE', LOCKED.format(row='OLD')),
    ('posting_gone', 'incentive_postings', 'DELETE', LOCKED.format(row='OLD')),
    ('run_changed', 'incentive_runs',
     'UPDATE OF month_on, computed_at, approved_at, replaced_at, findings',
     'OLD.approved_at IS NOT NULL'),
    ('run_gone', 'incentive_runs', 'DELETE', 'OLD.approved_at IS NOT NULL'),
    ('version_changed', 'incentive_versions', f'UPDATE OF {OF_A_VERSION}',
     'OLD.starts_on IS NOT NULL'),
)
"""What belongs to a locked run, and a rule in force, stay as they are whatever program asks."""


def guards():
    if op.get_bind().dialect.name == 'sqlite':
        for name, table, what, when in GUARDS:
            yield (
                f"CREATE TRIGGER locked_{name} BEFORE {what} ON {table} WHEN {when} "
                "BEGIN SELECT RAISE(ABORT, 'locked'); END"
            )
        return
    yield (
        "CREATE FUNCTION refuse_locked() RETURNS trigger AS $$ BEGIN "
        "RAISE EXCEPTION 'locked' USING ERRCODE = 'restrict_violation'; END $$ LANGUAGE plpgsql"
    )
    # PostgreSQL allows no question to another table in WHEN, so the function asks it.
    yield (
        "CREATE FUNCTION refuse_of_locked_run() RETURNS trigger AS $$ "
        "DECLARE touched integer; BEGIN "
        "IF TG_OP = 'INSERT' THEN touched := NEW.run_id; ELSE touched := OLD.run_id; END IF; "
        "IF EXISTS (SELECT 1 FROM incentive_runs WHERE id = touched AND approved_at IS NOT NULL) "
        "THEN RAISE EXCEPTION 'locked' USING ERRCODE = 'restrict_violation'; END IF; "
        "IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END $$ LANGUAGE plpgsql"
    )
    for name, table, what, when in GUARDS:
        asks = 'SELECT' in when
        condition = '' if asks else f'WHEN ({when}) '
        function = 'refuse_of_locked_run' if asks else 'refuse_locked'
        yield (
            f"CREATE TRIGGER locked_{name} BEFORE {what} ON {table} FOR EACH ROW {condition}"
            f"EXECUTE FUNCTION {function}()"
        )


def drop_guards():
    is_sqlite = op.get_bind().dialect.name == 'sqlite'
    for name, table, _what, _when in GUARDS:
        op.execute(f'DROP TRIGGER locked_{name}' + ('' if is_sqlite else f' ON {table}'))
    if not is_sqlite:
        op.execute('DROP FUNCTION refuse_locked()')
        op.execute('DROP FUNCTION refuse_of_locked_run()')



def upgrade():
    op.create_table('incentive_bank_columns',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('field', sa.String(), nullable=False),
    sa.Column('header', sa.String(), nullable=False),
    sa.Column('is_used', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_incentive_bank_columns')),
    sa.UniqueConstraint('field', name=op.f('uq_incentive_bank_columns_field'))
    )
    op.create_table('incentive_schemes',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('name_en', sa.String(), nullable=False),
    sa.Column('beneficiary', sa.String(), nullable=False),
    sa.Column('is_shipped', sa.Boolean(), nullable=False),
    sa.Column('request_key', sa.String(), nullable=True),
    sa.CheckConstraint("beneficiary IN ('resident', 'faculty', 'secretary', 'department', 'site', 'anyone')", name=op.f('ck_incentive_schemes_beneficiary_is_known')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_incentive_schemes')),
    sa.UniqueConstraint('code', name=op.f('uq_incentive_schemes_code')),
    sa.UniqueConstraint('request_key', name=op.f('uq_incentive_schemes_request_key'))
    )
    op.create_table('incentive_bank_accounts',
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('bank', sa.String(), nullable=False),
    sa.Column('number', sa.String(), nullable=False),
    sa.Column('changed_at', Moment(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_incentive_bank_accounts_person_id_people')),
    sa.PrimaryKeyConstraint('person_id', name=op.f('pk_incentive_bank_accounts'))
    )
    op.create_table('incentive_versions',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('scheme_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('basis', sa.String(), nullable=False),
    sa.Column('rates', sa.String(), nullable=False),
    sa.Column('applies', sa.String(), nullable=False),
    sa.Column('quantity', sa.String(), nullable=False),
    sa.Column('multiplier', sa.String(), nullable=False),
    sa.Column('share', sa.String(), nullable=False),
    sa.Column('splits', sa.JSON(), nullable=False),
    sa.Column('pay', sa.String(), nullable=False),
    sa.Column('amount', Exact(), nullable=False),
    sa.Column('point_value', Exact(), nullable=False),
    sa.Column('cap', Exact(), nullable=True),
    sa.Column('source_id', sa.Integer(), nullable=True),
    sa.Column('tax_note', sa.String(), nullable=True),
    sa.Column('made_at', Moment(), nullable=False),
    sa.Column('made_by_id', sa.Integer(), nullable=True),
    sa.Column('starts_on', sa.Date(), nullable=True),
    sa.Column('ends_on', sa.Date(), nullable=True),
    sa.Column('put_in_force_at', Moment(), nullable=True),
    sa.Column('put_in_force_by_id', sa.Integer(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("pay IN ('rate', 'yuan', 'points')", name=op.f('ck_incentive_versions_pay_is_known')),
    sa.CheckConstraint('starts_on < ends_on', name=op.f('ck_incentive_versions_starts_before_it_ends')),
    sa.ForeignKeyConstraint(['made_by_id'], ['people.id'], name=op.f('fk_incentive_versions_made_by_id_people')),
    sa.ForeignKeyConstraint(['put_in_force_by_id'], ['people.id'], name=op.f('fk_incentive_versions_put_in_force_by_id_people')),
    sa.ForeignKeyConstraint(['scheme_id'], ['incentive_schemes.id'], name=op.f('fk_incentive_versions_scheme_id_incentive_schemes')),
    sa.ForeignKeyConstraint(['source_id'], ['funding_sources.id'], name=op.f('fk_incentive_versions_source_id_funding_sources')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_incentive_versions')),
    sa.UniqueConstraint('scheme_id', 'number', name=op.f('uq_incentive_versions_scheme_id_number'))
    )
    with op.batch_alter_table('incentive_versions', schema=None) as batch_op:
        batch_op.create_index('ix_incentive_versions_starts_on', ['starts_on'], unique=False)

    op.create_table('incentive_appraisals',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('month_on', sa.Date(), nullable=False),
    sa.Column('department_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('quality', Exact(), nullable=False),
    sa.Column('efficiency', Exact(), nullable=False),
    sa.Column('reward', Exact(), nullable=False),
    sa.Column('deduction', Exact(), nullable=False),
    sa.Column('teaching_points', Exact(), nullable=True),
    sa.Column('total_points', Exact(), nullable=True),
    sa.Column('note', sa.String(), nullable=True),
    sa.Column('made_at', Moment(), nullable=False),
    sa.Column('made_by_id', sa.Integer(), nullable=False),
    sa.Column('request_key', sa.String(), nullable=True),
    sa.Column('whose', sa.String(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('reward >= 0 AND deduction >= 0', name=op.f('ck_incentive_appraisals_amounts_not_negative')),
    sa.CheckConstraint('teaching_points <= total_points', name=op.f('ck_incentive_appraisals_teaching_within_total')),
    sa.ForeignKeyConstraint(['department_id'], ['departments.id'], name=op.f('fk_incentive_appraisals_department_id_departments')),
    sa.ForeignKeyConstraint(['made_by_id'], ['people.id'], name=op.f('fk_incentive_appraisals_made_by_id_people')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_incentive_appraisals_person_id_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_incentive_appraisals')),
    sa.UniqueConstraint('month_on', 'whose', name=op.f('uq_incentive_appraisals_month_on_whose')),
    sa.UniqueConstraint('request_key', name=op.f('uq_incentive_appraisals_request_key'))
    )
    with op.batch_alter_table('incentive_appraisals', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_incentive_appraisals_month_on'), ['month_on'], unique=False)

    op.create_table('incentive_approvals',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('run_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('role', sa.String(), nullable=False),
    sa.Column('at', Moment(), nullable=False),
    sa.CheckConstraint("role IN ('office', 'leader')", name=op.f('ck_incentive_approvals_role_is_known')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_incentive_approvals_person_id_people')),
    sa.ForeignKeyConstraint(['run_id'], ['incentive_runs.id'], name=op.f('fk_incentive_approvals_run_id_incentive_runs')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_incentive_approvals')),
    sa.UniqueConstraint('run_id', 'person_id', name=op.f('uq_incentive_approvals_run_id_person_id')),
    sa.UniqueConstraint('run_id', 'role', name=op.f('uq_incentive_approvals_run_id_role'))
    )
    op.create_table('incentive_postings',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('entry', sa.String(), nullable=False),
    sa.Column('source_id', sa.Integer(), nullable=True),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('account', sa.String(), nullable=False),
    sa.Column('amount', Exact(), nullable=False),
    sa.Column('run_id', sa.Integer(), nullable=True),
    sa.Column('posted_at', Moment(), nullable=False),
    sa.CheckConstraint("account IN ('appropriation', 'available', 'committed', 'spent')", name=op.f('ck_incentive_postings_account_is_known')),
    sa.ForeignKeyConstraint(['run_id'], ['incentive_runs.id'], name=op.f('fk_incentive_postings_run_id_incentive_runs')),
    sa.ForeignKeyConstraint(['source_id'], ['funding_sources.id'], name=op.f('fk_incentive_postings_source_id_funding_sources')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_incentive_postings')),
    sa.UniqueConstraint('entry', 'source_id', 'year', 'account', name=op.f('uq_incentive_postings_entry_source_id_year_account'))
    )
    with op.batch_alter_table('incentive_postings', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_incentive_postings_entry'), ['entry'], unique=False)
        batch_op.create_index(batch_op.f('ix_incentive_postings_run_id'), ['run_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_incentive_postings_source_id'), ['source_id'], unique=False)

    op.create_table('incentive_snapshots',
    sa.Column('run_id', sa.Integer(), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=False),
    sa.Column('digest', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['run_id'], ['incentive_runs.id'], name=op.f('fk_incentive_snapshots_run_id_incentive_runs')),
    sa.PrimaryKeyConstraint('run_id', name=op.f('pk_incentive_snapshots'))
    )
    op.add_column('incentive_lines', sa.Column('identity', sa.String(), nullable=True))
    op.execute(
        "UPDATE incentive_lines SET identity = "
        "'person:' || payee_id || '/' || rule || '/' || \"key\""
    )
    with op.batch_alter_table('incentive_lines', schema=None) as batch_op:
        batch_op.add_column(sa.Column('department_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('institution_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('version_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('corrects_id', sa.Integer(), nullable=True))
        batch_op.alter_column('identity', existing_type=sa.String(), nullable=False)
        batch_op.alter_column('payee_id',
               existing_type=sa.INTEGER(),
               nullable=True)
        batch_op.drop_constraint(batch_op.f('uq_incentive_lines_run_id_payee_id_rule_key'), type_='unique')
        batch_op.create_index('ix_incentive_lines_corrects_id', ['corrects_id'], unique=False)
        batch_op.create_index('ix_incentive_lines_version_id', ['version_id'], unique=False)
        batch_op.create_unique_constraint(batch_op.f('uq_incentive_lines_run_id_identity'), ['run_id', 'identity'])
        batch_op.create_foreign_key(batch_op.f('fk_incentive_lines_department_id_departments'), 'departments', ['department_id'], ['id'])
        batch_op.create_foreign_key(batch_op.f('fk_incentive_lines_corrects_id_incentive_lines'), 'incentive_lines', ['corrects_id'], ['id'])
        batch_op.create_foreign_key(batch_op.f('fk_incentive_lines_institution_id_institutions'), 'institutions', ['institution_id'], ['id'])
        batch_op.create_foreign_key(batch_op.f('fk_incentive_lines_version_id_incentive_versions'), 'incentive_versions', ['version_id'], ['id'])

    op.create_table('incentive_corrections',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('run_id', sa.Integer(), nullable=False),
    sa.Column('line_id', sa.Integer(), nullable=True),
    sa.Column('identity', sa.String(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('payee_id', sa.Integer(), nullable=True),
    sa.Column('department_id', sa.Integer(), nullable=True),
    sa.Column('institution_id', sa.Integer(), nullable=True),
    sa.Column('source_id', sa.Integer(), nullable=True),
    sa.Column('amount', Exact(), nullable=False),
    sa.Column('facts', sa.JSON(), nullable=False),
    sa.Column('reason', sa.String(), nullable=False),
    sa.Column('made_at', Moment(), nullable=False),
    sa.Column('made_by_id', sa.Integer(), nullable=False),
    sa.Column('settled_run_id', sa.Integer(), nullable=True),
    sa.Column('dropped_at', Moment(), nullable=True),
    sa.CheckConstraint("kind IN ('fact', 'decision')", name=op.f('ck_incentive_corrections_kind_is_known')),
    sa.CheckConstraint('amount <> 0', name=op.f('ck_incentive_corrections_amount_not_zero')),
    sa.ForeignKeyConstraint(['department_id'], ['departments.id'], name=op.f('fk_incentive_corrections_department_id_departments')),
    sa.ForeignKeyConstraint(['institution_id'], ['institutions.id'], name=op.f('fk_incentive_corrections_institution_id_institutions')),
    sa.ForeignKeyConstraint(['line_id'], ['incentive_lines.id'], name=op.f('fk_incentive_corrections_line_id_incentive_lines')),
    sa.ForeignKeyConstraint(['made_by_id'], ['people.id'], name=op.f('fk_incentive_corrections_made_by_id_people')),
    sa.ForeignKeyConstraint(['payee_id'], ['people.id'], name=op.f('fk_incentive_corrections_payee_id_people')),
    sa.ForeignKeyConstraint(['run_id'], ['incentive_runs.id'], name=op.f('fk_incentive_corrections_run_id_incentive_runs')),
    sa.ForeignKeyConstraint(['settled_run_id'], ['incentive_runs.id'], name=op.f('fk_incentive_corrections_settled_run_id_incentive_runs')),
    sa.ForeignKeyConstraint(['source_id'], ['funding_sources.id'], name=op.f('fk_incentive_corrections_source_id_funding_sources')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_incentive_corrections')),
    sa.UniqueConstraint('run_id', 'identity', 'number', name=op.f('uq_incentive_corrections_run_id_identity_number'))
    )
    with op.batch_alter_table('incentive_corrections', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_incentive_corrections_line_id'), ['line_id'], unique=False)

    op.create_table('incentive_questions',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('line_id', sa.Integer(), nullable=False),
    sa.Column('asked_by_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('text', sa.String(), nullable=False),
    sa.Column('asked_at', Moment(), nullable=False),
    sa.Column('is_upheld', sa.Boolean(), nullable=True),
    sa.Column('answer', sa.String(), nullable=True),
    sa.Column('answered_at', Moment(), nullable=True),
    sa.Column('answered_by_id', sa.Integer(), nullable=True),
    sa.Column('correction_id', sa.Integer(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('(answered_at IS NULL) = (answer IS NULL)', name=op.f('ck_incentive_questions_answer_is_whole')),
    sa.ForeignKeyConstraint(['answered_by_id'], ['people.id'], name=op.f('fk_incentive_questions_answered_by_id_people')),
    sa.ForeignKeyConstraint(['asked_by_id'], ['people.id'], name=op.f('fk_incentive_questions_asked_by_id_people')),
    sa.ForeignKeyConstraint(['correction_id'], ['incentive_corrections.id'], name=op.f('fk_incentive_questions_correction_id_incentive_corrections')),
    sa.ForeignKeyConstraint(['line_id'], ['incentive_lines.id'], name=op.f('fk_incentive_questions_line_id_incentive_lines')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_incentive_questions')),
    sa.UniqueConstraint('line_id', 'number', name=op.f('uq_incentive_questions_line_id_number'))
    )
    with op.batch_alter_table('incentive_questions', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_incentive_questions_asked_by_id'), ['asked_by_id'], unique=False)
    for statement in guards():
        op.execute(statement)


def downgrade():
    drop_guards()
    with op.batch_alter_table('incentive_questions', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_incentive_questions_asked_by_id'))

    op.drop_table('incentive_questions')
    with op.batch_alter_table('incentive_corrections', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_incentive_corrections_line_id'))

    op.drop_table('incentive_corrections')
    op.execute("DELETE FROM incentive_lines WHERE payee_id IS NULL OR rule = 'correction'")
    with op.batch_alter_table('incentive_lines', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_incentive_lines_version_id_incentive_versions'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('fk_incentive_lines_institution_id_institutions'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('fk_incentive_lines_corrects_id_incentive_lines'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('fk_incentive_lines_department_id_departments'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('uq_incentive_lines_run_id_identity'), type_='unique')
        batch_op.drop_index('ix_incentive_lines_version_id')
        batch_op.drop_index('ix_incentive_lines_corrects_id')
        batch_op.create_unique_constraint(batch_op.f('uq_incentive_lines_run_id_payee_id_rule_key'), ['run_id', 'payee_id', 'rule', 'key'])
        batch_op.alter_column('payee_id',
               existing_type=sa.INTEGER(),
               nullable=False)
        batch_op.drop_column('identity')
        batch_op.drop_column('corrects_id')
        batch_op.drop_column('version_id')
        batch_op.drop_column('institution_id')
        batch_op.drop_column('department_id')

    op.drop_table('incentive_snapshots')
    with op.batch_alter_table('incentive_postings', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_incentive_postings_source_id'))
        batch_op.drop_index(batch_op.f('ix_incentive_postings_run_id'))
        batch_op.drop_index(batch_op.f('ix_incentive_postings_entry'))

    op.drop_table('incentive_postings')
    op.drop_table('incentive_approvals')
    with op.batch_alter_table('incentive_appraisals', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_incentive_appraisals_month_on'))

    op.drop_table('incentive_appraisals')
    with op.batch_alter_table('incentive_versions', schema=None) as batch_op:
        batch_op.drop_index('ix_incentive_versions_starts_on')

    op.drop_table('incentive_versions')
    op.drop_table('incentive_bank_accounts')
    op.drop_table('incentive_schemes')
    op.drop_table('incentive_bank_columns')
