"""Enrolment and intake

Revision ID: 0009
Revises: 0008
Create Date: 2026-11-22

"""
from alembic import op
import sqlalchemy as sa
from trainingbase.db import Exact, Moment

# revision identifiers, used by Alembic.
revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('intakes',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('year', sa.Integer(), nullable=False),
        sa.Column('programme_id', sa.Integer(), nullable=False),
        sa.Column('planned', sa.Integer(), nullable=False),
        sa.Column('starts_on', sa.Date(), nullable=False),
        sa.Column('ends_on', sa.Date(), nullable=False),
        sa.Column('report_ends_on', sa.Date(), nullable=False),
        sa.Column('written_most', Exact(), nullable=False),
        sa.Column('interview_most', Exact(), nullable=False),
        sa.Column('opened_at', Moment(), nullable=False),
        sa.Column('opened_by_id', sa.Integer(), nullable=False),
        sa.Column('request_key', sa.String(), nullable=True),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.CheckConstraint('planned >= 0', name=op.f('ck_intakes_planned_not_negative')),
        sa.CheckConstraint('starts_on < ends_on', name=op.f('ck_intakes_starts_before_it_ends')),
        sa.CheckConstraint('written_most > 0 AND interview_most > 0', name=op.f('ck_intakes_most_positive')),
        sa.ForeignKeyConstraint(['opened_by_id'], ['people.id'], name=op.f('fk_intakes_opened_by_id_people')),
        sa.ForeignKeyConstraint(['programme_id'], ['programmes.id'], name=op.f('fk_intakes_programme_id_programmes')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_intakes')),
        sa.UniqueConstraint('request_key', name=op.f('uq_intakes_request_key')),
        sa.UniqueConstraint('year', 'programme_id', name=op.f('uq_intakes_year_programme_id'))
    )
    op.create_index(op.f('ix_intakes_opened_by_id'), 'intakes', ['opened_by_id'])
    op.create_table('person_merges',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('kept_id', sa.Integer(), nullable=False),
        sa.Column('gone_id', sa.Integer(), nullable=False),
        sa.Column('why', sa.String(), nullable=False),
        sa.Column('merged_at', Moment(), nullable=False),
        sa.Column('merged_by_id', sa.Integer(), nullable=False),
        sa.Column('undone_at', Moment(), nullable=True),
        sa.Column('undone_by_id', sa.Integer(), nullable=True),
        sa.CheckConstraint('kept_id <> gone_id', name=op.f('ck_person_merges_two_people')),
        sa.ForeignKeyConstraint(['gone_id'], ['people.id'], name=op.f('fk_person_merges_gone_id_people')),
        sa.ForeignKeyConstraint(['kept_id'], ['people.id'], name=op.f('fk_person_merges_kept_id_people')),
        sa.ForeignKeyConstraint(['merged_by_id'], ['people.id'], name=op.f('fk_person_merges_merged_by_id_people')),
        sa.ForeignKeyConstraint(['undone_by_id'], ['people.id'], name=op.f('fk_person_merges_undone_by_id_people')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_person_merges'))
    )
    op.create_index(op.f('ix_person_merges_gone_id'), 'person_merges', ['gone_id'])
    op.create_index(op.f('ix_person_merges_kept_id'), 'person_merges', ['kept_id'])
    op.create_index(op.f('ix_person_merges_merged_by_id'), 'person_merges', ['merged_by_id'])
    op.create_index(op.f('ix_person_merges_undone_by_id'), 'person_merges', ['undone_by_id'])
    op.create_table('samenesses',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('person_id', sa.Integer(), nullable=False),
        sa.Column('other_id', sa.Integer(), nullable=True),
        sa.Column('id_number', sa.String(), nullable=True),
        sa.Column('is_same', sa.Boolean(), nullable=False),
        sa.Column('why', sa.String(), nullable=False),
        sa.Column('decided_at', Moment(), nullable=False),
        sa.Column('decided_by_id', sa.Integer(), nullable=False),
        sa.CheckConstraint('(other_id IS NULL) <> (id_number IS NULL)', name=op.f('ck_samenesses_one_other')),
        sa.ForeignKeyConstraint(['decided_by_id'], ['people.id'], name=op.f('fk_samenesses_decided_by_id_people')),
        sa.ForeignKeyConstraint(['other_id'], ['people.id'], name=op.f('fk_samenesses_other_id_people')),
        sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_samenesses_person_id_people')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_samenesses'))
    )
    op.create_index(op.f('ix_samenesses_decided_by_id'), 'samenesses', ['decided_by_id'])
    op.create_index(op.f('ix_samenesses_id_number'), 'samenesses', ['id_number'])
    op.create_index(op.f('ix_samenesses_other_id'), 'samenesses', ['other_id'])
    op.create_index(op.f('ix_samenesses_person_id'), 'samenesses', ['person_id'])
    op.create_table('merge_steps',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('merge_id', sa.Integer(), nullable=False),
        sa.Column('table', sa.String(), nullable=False),
        sa.Column('column', sa.String(), nullable=False),
        sa.Column('row', sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(['merge_id'], ['person_merges.id'], name=op.f('fk_merge_steps_merge_id_person_merges')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_merge_steps'))
    )
    op.create_index(op.f('ix_merge_steps_merge_id'), 'merge_steps', ['merge_id'])
    op.create_table('applicants',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('intake_id', sa.Integer(), nullable=False),
        sa.Column('name', sa.String(), nullable=False),
        sa.Column('id_number', sa.String(), nullable=False),
        sa.Column('sex', sa.String(), nullable=False),
        sa.Column('phone', sa.String(), nullable=True),
        sa.Column('education', sa.String(), nullable=True),
        sa.Column('degree', sa.String(), nullable=True),
        sa.Column('school', sa.String(), nullable=True),
        sa.Column('major', sa.String(), nullable=True),
        sa.Column('graduated', sa.String(), nullable=True),
        sa.Column('licence_number', sa.String(), nullable=True),
        sa.Column('trainee_type', sa.String(), nullable=True),
        sa.Column('home_institution', sa.String(), nullable=True),
        sa.Column('note', sa.String(), nullable=True),
        sa.Column('written', Exact(), nullable=True),
        sa.Column('interview', Exact(), nullable=True),
        sa.Column('applied_at', Moment(), nullable=False),
        sa.Column('decision', sa.String(), nullable=True),
        sa.Column('decided_at', Moment(), nullable=True),
        sa.Column('decided_by_id', sa.Integer(), nullable=True),
        sa.Column('reason', sa.String(), nullable=True),
        sa.Column('resident_id', sa.Integer(), nullable=True),
        sa.Column('enrolled_at', Moment(), nullable=True),
        sa.Column('request_key', sa.String(), nullable=True),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.CheckConstraint("decision IN ('admitted', 'reserve', 'refused', 'withdrawn')", name=op.f('ck_applicants_decision_is_known')),
        sa.CheckConstraint("sex IN ('男', '女')", name=op.f('ck_applicants_sex_is_known')),
        sa.CheckConstraint("trainee_type IN ('own', 'sent', 'social', 'rural', 'master')", name=op.f('ck_applicants_trainee_type_is_known')),
        sa.CheckConstraint('(decision IS NULL) = (decided_at IS NULL)', name=op.f('ck_applicants_decision_is_whole')),
        sa.CheckConstraint('(resident_id IS NULL) = (enrolled_at IS NULL)', name=op.f('ck_applicants_enrolment_is_whole')),
        sa.CheckConstraint('written >= 0 AND interview >= 0', name=op.f('ck_applicants_scores_not_negative')),
        sa.ForeignKeyConstraint(['decided_by_id'], ['people.id'], name=op.f('fk_applicants_decided_by_id_people')),
        sa.ForeignKeyConstraint(['intake_id'], ['intakes.id'], name=op.f('fk_applicants_intake_id_intakes')),
        sa.ForeignKeyConstraint(['resident_id'], ['residents.id'], name=op.f('fk_applicants_resident_id_residents')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_applicants')),
        sa.UniqueConstraint('intake_id', 'id_number', name=op.f('uq_applicants_intake_id_id_number')),
        sa.UniqueConstraint('request_key', name=op.f('uq_applicants_request_key'))
    )
    op.create_index(op.f('ix_applicants_decided_by_id'), 'applicants', ['decided_by_id'])
    op.create_index(op.f('ix_applicants_id_number'), 'applicants', ['id_number'])
    op.create_index(op.f('ix_applicants_intake_id'), 'applicants', ['intake_id'])
    op.create_index(op.f('ix_applicants_name'), 'applicants', ['name'])
    op.create_index(op.f('ix_applicants_resident_id'), 'applicants', ['resident_id'])
    op.create_table('arrivals',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('resident_id', sa.Integer(), nullable=False),
        sa.Column('intake_id', sa.Integer(), nullable=False),
        sa.Column('reported_at', Moment(), nullable=False),
        sa.Column('how', sa.String(), nullable=False),
        sa.Column('entered_by_id', sa.Integer(), nullable=False),
        sa.CheckConstraint("how IN ('code', 'office')", name=op.f('ck_arrivals_how_is_known')),
        sa.ForeignKeyConstraint(['entered_by_id'], ['people.id'], name=op.f('fk_arrivals_entered_by_id_people')),
        sa.ForeignKeyConstraint(['intake_id'], ['intakes.id'], name=op.f('fk_arrivals_intake_id_intakes')),
        sa.ForeignKeyConstraint(['resident_id'], ['residents.id'], name=op.f('fk_arrivals_resident_id_residents')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_arrivals')),
        sa.UniqueConstraint('resident_id', name=op.f('uq_arrivals_resident_id'))
    )
    op.create_index(op.f('ix_arrivals_entered_by_id'), 'arrivals', ['entered_by_id'])
    op.create_index(op.f('ix_arrivals_intake_id'), 'arrivals', ['intake_id'])
    op.create_table('contracts',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('resident_id', sa.Integer(), nullable=False),
        sa.Column('number', sa.String(), nullable=True),
        sa.Column('signed_on', sa.Date(), nullable=True),
        sa.Column('starts_on', sa.Date(), nullable=False),
        sa.Column('ends_on', sa.Date(), nullable=False),
        sa.Column('payer', sa.String(), nullable=False),
        sa.Column('payer_name', sa.String(), nullable=True),
        sa.Column('file_id', sa.Integer(), nullable=True),
        sa.Column('note', sa.String(), nullable=True),
        sa.Column('request_key', sa.String(), nullable=True),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.CheckConstraint("payer IN ('base', 'home', 'school', 'other')", name=op.f('ck_contracts_payer_is_known')),
        sa.CheckConstraint('starts_on < ends_on', name=op.f('ck_contracts_starts_before_it_ends')),
        sa.ForeignKeyConstraint(['file_id'], ['stored_files.id'], name=op.f('fk_contracts_file_id_stored_files')),
        sa.ForeignKeyConstraint(['resident_id'], ['residents.id'], name=op.f('fk_contracts_resident_id_residents')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_contracts')),
        sa.UniqueConstraint('request_key', name=op.f('uq_contracts_request_key'))
    )
    op.create_index(op.f('ix_contracts_file_id'), 'contracts', ['file_id'])
    op.create_index(op.f('ix_contracts_resident_id'), 'contracts', ['resident_id'])
    op.create_table('credit_claims',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('resident_id', sa.Integer(), nullable=False),
        sa.Column('standard_department_id', sa.Integer(), nullable=False),
        sa.Column('months', Exact(), nullable=False),
        sa.Column('place', sa.String(), nullable=False),
        sa.Column('starts_on', sa.Date(), nullable=False),
        sa.Column('ends_on', sa.Date(), nullable=False),
        sa.Column('file_id', sa.Integer(), nullable=False),
        sa.Column('asked_at', Moment(), nullable=False),
        sa.Column('asked_by_id', sa.Integer(), nullable=False),
        sa.Column('approved', sa.Boolean(), nullable=True),
        sa.Column('decided_at', Moment(), nullable=True),
        sa.Column('decided_by_id', sa.Integer(), nullable=True),
        sa.Column('reason', sa.String(), nullable=True),
        sa.Column('request_key', sa.String(), nullable=True),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.CheckConstraint('(approved IS NULL) = (decided_at IS NULL)', name=op.f('ck_credit_claims_decision_is_whole')),
        sa.CheckConstraint('months > 0', name=op.f('ck_credit_claims_months_positive')),
        sa.CheckConstraint('starts_on < ends_on', name=op.f('ck_credit_claims_starts_before_it_ends')),
        sa.ForeignKeyConstraint(['asked_by_id'], ['people.id'], name=op.f('fk_credit_claims_asked_by_id_people')),
        sa.ForeignKeyConstraint(['decided_by_id'], ['people.id'], name=op.f('fk_credit_claims_decided_by_id_people')),
        sa.ForeignKeyConstraint(['file_id'], ['stored_files.id'], name=op.f('fk_credit_claims_file_id_stored_files')),
        sa.ForeignKeyConstraint(['resident_id'], ['residents.id'], name=op.f('fk_credit_claims_resident_id_residents')),
        sa.ForeignKeyConstraint(['standard_department_id'], ['standard_departments.id'], name=op.f('fk_credit_claims_standard_department_id_standard_departments')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_credit_claims')),
        sa.UniqueConstraint('request_key', name=op.f('uq_credit_claims_request_key'))
    )
    op.create_index(op.f('ix_credit_claims_asked_by_id'), 'credit_claims', ['asked_by_id'])
    op.create_index(op.f('ix_credit_claims_decided_by_id'), 'credit_claims', ['decided_by_id'])
    op.create_index(op.f('ix_credit_claims_file_id'), 'credit_claims', ['file_id'])
    op.create_index(op.f('ix_credit_claims_resident_id'), 'credit_claims', ['resident_id'])
    op.create_table('resident_particulars',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('resident_id', sa.Integer(), nullable=False),
        sa.Column('email', sa.String(), nullable=True),
        sa.Column('address', sa.String(), nullable=True),
        sa.Column('emergency_name', sa.String(), nullable=True),
        sa.Column('emergency_phone', sa.String(), nullable=True),
        sa.Column('photo_id', sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(['photo_id'], ['stored_files.id'], name=op.f('fk_resident_particulars_photo_id_stored_files')),
        sa.ForeignKeyConstraint(['resident_id'], ['residents.id'], name=op.f('fk_resident_particulars_resident_id_residents')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_resident_particulars')),
        sa.UniqueConstraint('resident_id', name=op.f('uq_resident_particulars_resident_id'))
    )
    op.create_index(op.f('ix_resident_particulars_photo_id'), 'resident_particulars', ['photo_id'])
    op.create_table('service_obligations',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('resident_id', sa.Integer(), nullable=False),
        sa.Column('years', Exact(), nullable=False),
        sa.Column('place', sa.String(), nullable=False),
        sa.Column('starts_on', sa.Date(), nullable=True),
        sa.Column('penalty', sa.String(), nullable=True),
        sa.Column('penalty_amount', Exact(), nullable=True),
        sa.Column('counts', sa.String(), nullable=True),
        sa.Column('ended_on', sa.Date(), nullable=True),
        sa.Column('ended_why', sa.String(), nullable=True),
        sa.Column('file_id', sa.Integer(), nullable=True),
        sa.Column('agreed_at', Moment(), nullable=False),
        sa.Column('request_key', sa.String(), nullable=True),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.CheckConstraint('penalty_amount >= 0', name=op.f('ck_service_obligations_penalty_not_negative')),
        sa.CheckConstraint('years > 0', name=op.f('ck_service_obligations_years_positive')),
        sa.ForeignKeyConstraint(['file_id'], ['stored_files.id'], name=op.f('fk_service_obligations_file_id_stored_files')),
        sa.ForeignKeyConstraint(['resident_id'], ['residents.id'], name=op.f('fk_service_obligations_resident_id_residents')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_service_obligations')),
        sa.UniqueConstraint('request_key', name=op.f('uq_service_obligations_request_key'))
    )
    op.create_index(op.f('ix_service_obligations_file_id'), 'service_obligations', ['file_id'])
    op.create_index(op.f('ix_service_obligations_resident_id'), 'service_obligations', ['resident_id'])
    op.create_table('applicant_documents',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('applicant_id', sa.Integer(), nullable=False),
        sa.Column('file_id', sa.Integer(), nullable=False),
        sa.Column('kind', sa.String(), nullable=False),
        sa.CheckConstraint("kind IN ('identity', 'diploma', 'degree', 'licence', 'consent', 'other')", name=op.f('ck_applicant_documents_kind_is_known')),
        sa.ForeignKeyConstraint(['applicant_id'], ['applicants.id'], name=op.f('fk_applicant_documents_applicant_id_applicants')),
        sa.ForeignKeyConstraint(['file_id'], ['stored_files.id'], name=op.f('fk_applicant_documents_file_id_stored_files')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_applicant_documents')),
        sa.UniqueConstraint('file_id', name=op.f('uq_applicant_documents_file_id'))
    )
    op.create_index(op.f('ix_applicant_documents_applicant_id'), 'applicant_documents', ['applicant_id'])
    op.add_column('people', sa.Column('merged_at', Moment(), nullable=True))
    op.create_index(op.f('ix_people_sounds'), 'people', ['sounds'])


def downgrade():
    op.drop_index(op.f('ix_people_sounds'), 'people')
    op.drop_column('people', 'merged_at')
    op.drop_table('applicant_documents')
    op.drop_table('service_obligations')
    op.drop_table('resident_particulars')
    op.drop_table('credit_claims')
    op.drop_table('contracts')
    op.drop_table('arrivals')
    op.drop_table('applicants')
    op.drop_table('merge_steps')
    op.drop_table('samenesses')
    op.drop_table('person_merges')
    op.drop_table('intakes')
