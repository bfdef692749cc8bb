"""Network of sites

Revision ID: 0013
Revises: 0012
Create Date: 2026-11-22

"""
from alembic import op
import sqlalchemy as sa
from trainingbase.db import Exact, Moment

# revision identifiers, used by Alembic.
revision = '0013'
down_revision = '0012'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('readiness_rules',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('code', sa.String(), nullable=False),
        sa.Column('levels', sa.JSON(), nullable=False),
        sa.Column('kind', sa.String(), nullable=False),
        sa.Column('what', sa.JSON(), nullable=False),
        sa.Column('least', Exact(), nullable=False),
        sa.Column('name', sa.String(), nullable=False),
        sa.Column('name_en', sa.String(), nullable=False),
        sa.Column('source', sa.String(), nullable=False),
        sa.Column('confidence', sa.String(), nullable=False),
        sa.Column('in_use', sa.Boolean(), nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.CheckConstraint("confidence IN ('H', 'M', 'S')", name=op.f('ck_readiness_rules_confidence_is_known')),
        sa.CheckConstraint('least >= 0', name=op.f('ck_readiness_rules_least_not_negative')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_readiness_rules')),
        sa.UniqueConstraint('code', name=op.f('uq_readiness_rules_code'))
    )
    op.create_table('staff_counts',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('institution_id', sa.Integer(), nullable=False),
        sa.Column('year', sa.Integer(), nullable=False),
        sa.Column('title', sa.String(), nullable=False),
        sa.Column('qualification', sa.String(), nullable=False),
        sa.Column('count', sa.Integer(), nullable=False),
        sa.CheckConstraint("qualification IN ('doctor', 'master', 'bachelor', 'college', 'other')", name=op.f('ck_staff_counts_qualification_is_known')),
        sa.CheckConstraint("title IN ('senior', 'associate', 'intermediate', 'junior', 'none')", name=op.f('ck_staff_counts_title_is_known')),
        sa.CheckConstraint('count >= 0', name=op.f('ck_staff_counts_count_not_negative')),
        sa.ForeignKeyConstraint(['institution_id'], ['institutions.id'], name=op.f('fk_staff_counts_institution_id_institutions')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_staff_counts')),
        sa.UniqueConstraint('institution_id', 'year', 'title', 'qualification', name=op.f('uq_staff_counts_institution_id_year_title_qualification'))
    )
    op.create_table('site_agreements',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('institution_id', sa.Integer(), nullable=False),
        sa.Column('number', sa.String(), nullable=True),
        sa.Column('starts_on', sa.Date(), nullable=False),
        sa.Column('ends_on', sa.Date(), nullable=True),
        sa.Column('ours', sa.String(), nullable=True),
        sa.Column('theirs', sa.String(), nullable=True),
        sa.Column('note', sa.String(), nullable=True),
        sa.Column('file_id', sa.Integer(), nullable=True),
        sa.Column('request_key', sa.String(), nullable=True),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.CheckConstraint('starts_on < ends_on', name=op.f('ck_site_agreements_starts_before_it_ends')),
        sa.ForeignKeyConstraint(['file_id'], ['stored_files.id'], name=op.f('fk_site_agreements_file_id_stored_files')),
        sa.ForeignKeyConstraint(['institution_id'], ['institutions.id'], name=op.f('fk_site_agreements_institution_id_institutions')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_site_agreements')),
        sa.UniqueConstraint('request_key', name=op.f('uq_site_agreements_request_key'))
    )
    op.create_index(op.f('ix_site_agreements_institution_id'), 'site_agreements', ['institution_id'], unique=False)
    op.create_table('equipment_items',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('institution_id', sa.Integer(), nullable=False),
        sa.Column('department_id', sa.Integer(), nullable=True),
        sa.Column('kind', sa.String(), nullable=False),
        sa.Column('name', sa.String(), nullable=False),
        sa.Column('count', sa.Integer(), nullable=False),
        sa.Column('note', sa.String(), nullable=True),
        sa.Column('request_key', sa.String(), nullable=True),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.CheckConstraint("kind IN ('ct', 'dr', 'ultrasound', 'ecg', 'rehabilitation', 'other')", name=op.f('ck_equipment_items_kind_is_known')),
        sa.CheckConstraint('count >= 1', name=op.f('ck_equipment_items_count_positive')),
        sa.ForeignKeyConstraint(['department_id'], ['departments.id'], name=op.f('fk_equipment_items_department_id_departments')),
        sa.ForeignKeyConstraint(['institution_id'], ['institutions.id'], name=op.f('fk_equipment_items_institution_id_institutions')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_equipment_items')),
        sa.UniqueConstraint('request_key', name=op.f('uq_equipment_items_request_key'))
    )
    op.create_index(op.f('ix_equipment_items_institution_id'), 'equipment_items', ['institution_id'], unique=False)
    op.create_table('place_changes',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('department_id', sa.Integer(), nullable=False),
        sa.Column('from_on', sa.Date(), nullable=False),
        sa.Column('most', sa.Integer(), nullable=False),
        sa.Column('fewest', sa.Integer(), nullable=False),
        sa.Column('why', sa.String(), nullable=True),
        sa.Column('made_at', Moment(), nullable=False),
        sa.Column('made_by_id', sa.Integer(), nullable=True),
        sa.CheckConstraint('fewest BETWEEN 0 AND most', name=op.f('ck_place_changes_fewest_within_most')),
        sa.CheckConstraint('most >= 0', name=op.f('ck_place_changes_most_not_negative')),
        sa.ForeignKeyConstraint(['department_id'], ['departments.id'], name=op.f('fk_place_changes_department_id_departments')),
        sa.ForeignKeyConstraint(['made_by_id'], ['people.id'], name=op.f('fk_place_changes_made_by_id_people')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_place_changes')),
        sa.UniqueConstraint('department_id', 'from_on', name=op.f('uq_place_changes_department_id_from_on'))
    )
    op.create_table('place_proposals',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('department_id', sa.Integer(), nullable=False),
        sa.Column('starts_on', sa.Date(), nullable=False),
        sa.Column('ends_on', sa.Date(), nullable=True),
        sa.Column('most', sa.Integer(), nullable=True),
        sa.Column('fewest', sa.Integer(), nullable=True),
        sa.Column('why', sa.String(), nullable=False),
        sa.Column('proposed_at', Moment(), nullable=False),
        sa.Column('proposed_by_id', sa.Integer(), nullable=False),
        sa.Column('granted', sa.Boolean(), nullable=True),
        sa.Column('decided_at', Moment(), nullable=True),
        sa.Column('decided_by_id', sa.Integer(), nullable=True),
        sa.Column('reason', sa.String(), nullable=True),
        sa.Column('request_key', sa.String(), nullable=True),
        sa.CheckConstraint('(ends_on IS NULL) = (most IS NOT NULL)', name=op.f('ck_place_proposals_closure_or_places')),
        sa.CheckConstraint('(granted IS NULL) = (decided_at IS NULL)', name=op.f('ck_place_proposals_decision_is_whole')),
        sa.CheckConstraint('(most IS NULL) = (fewest IS NULL)', name=op.f('ck_place_proposals_places_are_whole')),
        sa.CheckConstraint('fewest BETWEEN 0 AND most', name=op.f('ck_place_proposals_fewest_within_most')),
        sa.CheckConstraint('starts_on < ends_on', name=op.f('ck_place_proposals_starts_before_it_ends')),
        sa.ForeignKeyConstraint(['decided_by_id'], ['people.id'], name=op.f('fk_place_proposals_decided_by_id_people')),
        sa.ForeignKeyConstraint(['department_id'], ['departments.id'], name=op.f('fk_place_proposals_department_id_departments')),
        sa.ForeignKeyConstraint(['proposed_by_id'], ['people.id'], name=op.f('fk_place_proposals_proposed_by_id_people')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_place_proposals')),
        sa.UniqueConstraint('request_key', name=op.f('uq_place_proposals_request_key'))
    )
    op.create_index('ix_place_proposals_decided_at', 'place_proposals', ['decided_at'], unique=False)
    op.create_index(op.f('ix_place_proposals_department_id'), 'place_proposals', ['department_id'], unique=False)
    op.create_table('expert_postings',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('person_id', sa.Integer(), nullable=False),
        sa.Column('department_id', sa.Integer(), nullable=False),
        sa.Column('institution_id', sa.Integer(), nullable=False),
        sa.Column('kind', sa.String(), nullable=False),
        sa.Column('weekday', sa.Integer(), nullable=True),
        sa.Column('hours', Exact(), nullable=False),
        sa.Column('starts_on', sa.Date(), nullable=False),
        sa.Column('ends_on', sa.Date(), nullable=True),
        sa.Column('note', sa.String(), nullable=True),
        sa.Column('request_key', sa.String(), nullable=True),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.CheckConstraint("kind IN ('clinic', 'rounds', 'teaching')", name=op.f('ck_expert_postings_kind_is_known')),
        sa.CheckConstraint('hours > 0', name=op.f('ck_expert_postings_hours_positive')),
        sa.CheckConstraint('starts_on < ends_on', name=op.f('ck_expert_postings_starts_before_it_ends')),
        sa.CheckConstraint('weekday BETWEEN 0 AND 6', name=op.f('ck_expert_postings_weekday_is_known')),
        sa.ForeignKeyConstraint(['department_id'], ['departments.id'], name=op.f('fk_expert_postings_department_id_departments')),
        sa.ForeignKeyConstraint(['institution_id'], ['institutions.id'], name=op.f('fk_expert_postings_institution_id_institutions')),
        sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_expert_postings_person_id_people')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_expert_postings')),
        sa.UniqueConstraint('request_key', name=op.f('uq_expert_postings_request_key'))
    )
    op.create_index(op.f('ix_expert_postings_institution_id'), 'expert_postings', ['institution_id'], unique=False)
    op.create_index(op.f('ix_expert_postings_person_id'), 'expert_postings', ['person_id'], unique=False)
    op.create_table('staff_courses',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('institution_id', sa.Integer(), nullable=False),
        sa.Column('name', sa.String(), nullable=False),
        sa.Column('person_id', sa.Integer(), nullable=True),
        sa.Column('department_id', sa.Integer(), nullable=False),
        sa.Column('starts_on', sa.Date(), nullable=False),
        sa.Column('ends_on', sa.Date(), nullable=False),
        sa.Column('certificate', sa.String(), nullable=True),
        sa.Column('file_id', sa.Integer(), nullable=True),
        sa.Column('note', sa.String(), nullable=True),
        sa.Column('request_key', sa.String(), nullable=True),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.CheckConstraint('starts_on < ends_on', name=op.f('ck_staff_courses_starts_before_it_ends')),
        sa.ForeignKeyConstraint(['department_id'], ['departments.id'], name=op.f('fk_staff_courses_department_id_departments')),
        sa.ForeignKeyConstraint(['file_id'], ['stored_files.id'], name=op.f('fk_staff_courses_file_id_stored_files')),
        sa.ForeignKeyConstraint(['institution_id'], ['institutions.id'], name=op.f('fk_staff_courses_institution_id_institutions')),
        sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_staff_courses_person_id_people')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_staff_courses')),
        sa.UniqueConstraint('request_key', name=op.f('uq_staff_courses_request_key'))
    )
    op.create_index(op.f('ix_staff_courses_institution_id'), 'staff_courses', ['institution_id'], unique=False)
    op.create_index(op.f('ix_staff_courses_person_id'), 'staff_courses', ['person_id'], unique=False)
    op.create_table('site_visits',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('institution_id', sa.Integer(), nullable=False),
        sa.Column('visited_on', sa.Date(), nullable=False),
        sa.Column('kind', sa.String(), nullable=False),
        sa.Column('visitors', sa.String(), nullable=False),
        sa.Column('summary', sa.String(), nullable=True),
        sa.Column('file_id', sa.Integer(), nullable=True),
        sa.Column('request_key', sa.String(), nullable=True),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.CheckConstraint("kind IN ('guidance', 'assessment', 'meeting')", name=op.f('ck_site_visits_kind_is_known')),
        sa.ForeignKeyConstraint(['file_id'], ['stored_files.id'], name=op.f('fk_site_visits_file_id_stored_files')),
        sa.ForeignKeyConstraint(['institution_id'], ['institutions.id'], name=op.f('fk_site_visits_institution_id_institutions')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_site_visits')),
        sa.UniqueConstraint('request_key', name=op.f('uq_site_visits_request_key'))
    )
    op.create_index('ix_site_visits_institution_id_visited_on', 'site_visits', ['institution_id', 'visited_on'], unique=False)
    op.create_table('yearly_figures',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('institution_id', sa.Integer(), nullable=False),
        sa.Column('department_id', sa.Integer(), nullable=True),
        sa.Column('year', sa.Integer(), nullable=False),
        sa.Column('beds', sa.Integer(), nullable=True),
        sa.Column('outpatients', sa.Integer(), nullable=True),
        sa.Column('emergencies', sa.Integer(), nullable=True),
        sa.Column('admissions', sa.Integer(), nullable=True),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.CheckConstraint('admissions >= 0', name=op.f('ck_yearly_figures_admissions_not_negative')),
        sa.CheckConstraint('beds >= 0', name=op.f('ck_yearly_figures_beds_not_negative')),
        sa.CheckConstraint('emergencies >= 0', name=op.f('ck_yearly_figures_emergencies_not_negative')),
        sa.CheckConstraint('outpatients >= 0', name=op.f('ck_yearly_figures_outpatients_not_negative')),
        sa.ForeignKeyConstraint(['department_id'], ['departments.id'], name=op.f('fk_yearly_figures_department_id_departments')),
        sa.ForeignKeyConstraint(['institution_id'], ['institutions.id'], name=op.f('fk_yearly_figures_institution_id_institutions')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_yearly_figures'))
    )
    op.create_index('uq_yearly_figures_department_id_year', 'yearly_figures', ['department_id', 'year'], unique=True)
    op.create_index('uq_yearly_figures_institution_id_year', 'yearly_figures', ['institution_id', 'year'], unique=True, sqlite_where=sa.text('department_id IS NULL'), postgresql_where=sa.text('department_id IS NULL'))
    op.create_table('visit_findings',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('visit_id', sa.Integer(), nullable=False),
        sa.Column('what', sa.String(), nullable=False),
        sa.Column('due_on', sa.Date(), nullable=False),
        sa.Column('done_on', sa.Date(), nullable=True),
        sa.Column('remedy', sa.String(), nullable=True),
        sa.Column('evidence_id', sa.Integer(), nullable=True),
        sa.Column('done_by_id', sa.Integer(), nullable=True),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.CheckConstraint('(done_on IS NULL) = (remedy IS NULL)', name=op.f('ck_visit_findings_remedy_is_whole')),
        sa.ForeignKeyConstraint(['done_by_id'], ['people.id'], name=op.f('fk_visit_findings_done_by_id_people')),
        sa.ForeignKeyConstraint(['evidence_id'], ['stored_files.id'], name=op.f('fk_visit_findings_evidence_id_stored_files')),
        sa.ForeignKeyConstraint(['visit_id'], ['site_visits.id'], name=op.f('fk_visit_findings_visit_id_site_visits')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_visit_findings'))
    )
    op.create_index('ix_visit_findings_done_on_due_on', 'visit_findings', ['done_on', 'due_on'], unique=False)
    op.create_index(op.f('ix_visit_findings_visit_id'), 'visit_findings', ['visit_id'], unique=False)
    op.create_table('posting_sessions',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('posting_id', sa.Integer(), nullable=False),
        sa.Column('held_on', sa.Date(), nullable=False),
        sa.Column('hours', Exact(), nullable=False),
        sa.Column('note', sa.String(), nullable=True),
        sa.Column('confirmed_at', Moment(), nullable=False),
        sa.Column('confirmed_by_id', sa.Integer(), nullable=False),
        sa.CheckConstraint('hours >= 0', name=op.f('ck_posting_sessions_hours_not_negative')),
        sa.ForeignKeyConstraint(['confirmed_by_id'], ['people.id'], name=op.f('fk_posting_sessions_confirmed_by_id_people')),
        sa.ForeignKeyConstraint(['posting_id'], ['expert_postings.id'], name=op.f('fk_posting_sessions_posting_id_expert_postings')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_posting_sessions')),
        sa.UniqueConstraint('posting_id', 'held_on', name=op.f('uq_posting_sessions_posting_id_held_on'))
    )
    op.create_index('ix_posting_sessions_held_on', 'posting_sessions', ['held_on'], unique=False)
    op.add_column('departments', sa.Column('head_name', sa.String(), nullable=True))
    op.add_column('departments', sa.Column('head_title', sa.String(), nullable=True))
    op.add_column('departments', sa.Column('retired_on', sa.Date(), nullable=True))
    op.add_column('departments', sa.Column('request_key', sa.String(), nullable=True))
    op.create_index('uq_departments_request_key', 'departments', ['request_key'], unique=True)
    op.add_column('institutions', sa.Column('contact', sa.String(), nullable=True))
    op.add_column('institutions', sa.Column('telephone', sa.String(), nullable=True))
    op.add_column('institutions', sa.Column('map_x', sa.Integer(), nullable=True))
    op.add_column('institutions', sa.Column('map_y', sa.Integer(), nullable=True))
    op.add_column('institutions', sa.Column('retired_on', sa.Date(), nullable=True))
    op.add_column('institutions', sa.Column('request_key', sa.String(), nullable=True))
    op.create_index('uq_institutions_request_key', 'institutions', ['request_key'], unique=True)



def downgrade():
    op.drop_index('uq_institutions_request_key', 'institutions')
    op.drop_column('institutions', 'request_key')
    op.drop_column('institutions', 'retired_on')
    op.drop_column('institutions', 'map_y')
    op.drop_column('institutions', 'map_x')
    op.drop_column('institutions', 'telephone')
    op.drop_column('institutions', 'contact')
    op.drop_index('uq_departments_request_key', 'departments')
    op.drop_column('departments', 'request_key')
    op.drop_column('departments', 'retired_on')
    op.drop_column('departments', 'head_title')
    op.drop_column('departments', 'head_name')
    op.drop_index('ix_posting_sessions_held_on', 'posting_sessions')
    op.drop_table('posting_sessions')
    op.drop_index('ix_visit_findings_visit_id', 'visit_findings')
    op.drop_index('ix_visit_findings_done_on_due_on', 'visit_findings')
    op.drop_table('visit_findings')
    op.drop_index('uq_yearly_figures_institution_id_year', 'yearly_figures')
    op.drop_index('uq_yearly_figures_department_id_year', 'yearly_figures')
    op.drop_table('yearly_figures')
    op.drop_index('ix_site_visits_institution_id_visited_on', 'site_visits')
    op.drop_table('site_visits')
    op.drop_index('ix_staff_courses_person_id', 'staff_courses')
    op.drop_index('ix_staff_courses_institution_id', 'staff_courses')
    op.drop_table('staff_courses')
    op.drop_index('ix_expert_postings_person_id', 'expert_postings')
    op.drop_index('ix_expert_postings_institution_id', 'expert_postings')
    op.drop_table('expert_postings')
    op.drop_index('ix_place_proposals_department_id', 'place_proposals')
    op.drop_index('ix_place_proposals_decided_at', 'place_proposals')
    op.drop_table('place_proposals')
    op.drop_table('place_changes')
    op.drop_index('ix_equipment_items_institution_id', 'equipment_items')
    op.drop_table('equipment_items')
    op.drop_index('ix_site_agreements_institution_id', 'site_agreements')
    op.drop_table('site_agreements')
    op.drop_table('staff_counts')
    op.drop_table('readiness_rules')
