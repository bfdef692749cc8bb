"""asking in turn, chasing, comments, drafts and mail

Revision ID: 0024
Revises: 0023
Create Date: 2026-11-22

"""
from alembic import op
import sqlalchemy as sa
from trainingbase.db import Exact, Moment

# revision identifiers, used by Alembic.
revision = '0024'
down_revision = '0023'
branch_labels = None
depends_on = None

ONCE = 'uq_assessment_requests_instrument_id_placement_id_by_plan'


def upgrade():
    op.add_column('assessment_requests', sa.Column('declined_at', Moment(), nullable=True))
    op.add_column('assessment_requests', sa.Column('extended_at', Moment(), nullable=True))
    op.add_column('submissions', sa.Column('hours', Exact(), nullable=True))
    op.drop_index(ONCE, table_name='assessment_requests')  # planned_requests keep it now
    op.create_index('ix_assessment_requests_asked_on', 'assessment_requests', ['asked_on'])
    op.create_index('ix_assessment_requests_declined_at', 'assessment_requests', ['declined_at'])
    waits = sa.text('answered_at IS NULL AND cancelled_at IS NULL')
    op.create_index(
        'ix_assessment_requests_waiting', 'assessment_requests', ['due_on'],
        sqlite_where=waits, postgresql_where=waits,
    )
    op.create_index('ix_submissions_submitted_at', 'submissions', ['submitted_at', 'id'])
    _turns()
    _steps()
    _comments()
    _drafts()
    _mailing()
    _count_hours()


def _turns():
    op.create_table('planned_requests',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('instrument_id', sa.Integer(), nullable=False),
        sa.Column('code', sa.String(), nullable=False),
        sa.Column('resident_id', sa.Integer(), nullable=False),
        sa.Column('placement_id', sa.Integer(), nullable=False),
        sa.Column('slot', sa.String(), nullable=False),
        sa.Column('wanted_on', sa.Date(), nullable=False),
        sa.Column('due_on', sa.Date(), nullable=True),
        sa.Column('planned_at', Moment(), nullable=False),
        sa.Column('sent_at', Moment(), nullable=True),
        sa.Column('request_id', sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(['instrument_id'], ['instruments.id'], name=op.f('fk_planned_requests_instrument_id_instruments')),
        sa.ForeignKeyConstraint(['placement_id'], ['placements.id'], name=op.f('fk_planned_requests_placement_id_placements')),
        sa.ForeignKeyConstraint(['request_id'], ['assessment_requests.id'], name=op.f('fk_planned_requests_request_id_assessment_requests')),
        sa.ForeignKeyConstraint(['resident_id'], ['residents.id'], name=op.f('fk_planned_requests_resident_id_residents')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_planned_requests')),
        sa.UniqueConstraint('request_id', name=op.f('uq_planned_requests_request_id')),
        sa.UniqueConstraint('resident_id', 'code', 'slot', name=op.f('uq_planned_requests_resident_id_code_slot')),
    )
    op.create_index('ix_planned_requests_placement_id', 'planned_requests', ['placement_id'])
    op.create_index(
        'ix_planned_requests_waiting', 'planned_requests', ['wanted_on'],
        sqlite_where=sa.text('sent_at IS NULL'), postgresql_where=sa.text('sent_at IS NULL'),
    )


def _steps():
    op.create_table('request_steps',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('request_id', sa.Integer(), nullable=False),
        sa.Column('kind', sa.String(), nullable=False),
        sa.Column('on', sa.Date(), nullable=False),
        sa.Column('at', Moment(), nullable=False),
        sa.Column('by_id', sa.Integer(), nullable=True),
        sa.Column('from_id', sa.Integer(), nullable=True),
        sa.Column('to_id', sa.Integer(), nullable=True),
        sa.Column('reason', sa.String(), nullable=True),
        sa.CheckConstraint("kind IN ('remind', 'secretary', 'office', 'expire', 'extend', 'delegate', 'hand-over', 'decline', 'ask-again')", name=op.f('ck_request_steps_kind_is_known')),
        sa.ForeignKeyConstraint(['by_id'], ['people.id'], name=op.f('fk_request_steps_by_id_people')),
        sa.ForeignKeyConstraint(['from_id'], ['people.id'], name=op.f('fk_request_steps_from_id_people')),
        sa.ForeignKeyConstraint(['request_id'], ['assessment_requests.id'], name=op.f('fk_request_steps_request_id_assessment_requests')),
        sa.ForeignKeyConstraint(['to_id'], ['people.id'], name=op.f('fk_request_steps_to_id_people')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_request_steps')),
    )
    op.create_index('ix_request_steps_request_id', 'request_steps', ['request_id'])
    op.create_index('ix_request_steps_by_id', 'request_steps', ['by_id'])
    op.create_index('ix_request_steps_to_id_on', 'request_steps', ['to_id', 'on'])
    op.create_index(
        'uq_request_steps_request_id_kind_on_by_itself', 'request_steps', ['request_id', 'kind', 'on'],
        unique=True, sqlite_where=sa.text('by_id IS NULL'), postgresql_where=sa.text('by_id IS NULL'),
    )


def _comments():
    op.create_table('coachings',
        sa.Column('code', sa.String(), nullable=False),
        sa.Column('mode', sa.String(), nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.CheckConstraint("mode IN ('off', 'advise', 'strict')", name=op.f('ck_coachings_mode_is_known')),
        sa.PrimaryKeyConstraint('code', name=op.f('pk_coachings')),
    )
    op.create_table('comment_marks',
        sa.Column('submission_id', sa.Integer(), nullable=False),
        sa.Column('is_good', sa.Boolean(), nullable=False),
        sa.Column('missing', sa.String(), nullable=False),
        sa.Column('letters', sa.Integer(), nullable=False),
        sa.Column('sentences', sa.String(), nullable=False),
        sa.ForeignKeyConstraint(['submission_id'], ['submissions.id'], name=op.f('fk_comment_marks_submission_id_submissions')),
        sa.PrimaryKeyConstraint('submission_id', name=op.f('pk_comment_marks')),
    )
    op.create_index('ix_comment_marks_is_good', 'comment_marks', ['is_good'])
    op.create_table('feedback_replies',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('submission_id', sa.Integer(), nullable=False),
        sa.Column('form_key', sa.String(), nullable=False),
        sa.Column('by_id', sa.Integer(), nullable=False),
        sa.Column('at', Moment(), nullable=False),
        sa.Column('text', sa.String(), nullable=False),
        sa.CheckConstraint('length(text) > 0', name=op.f('ck_feedback_replies_text_not_empty')),
        sa.ForeignKeyConstraint(['by_id'], ['people.id'], name=op.f('fk_feedback_replies_by_id_people')),
        sa.ForeignKeyConstraint(['submission_id'], ['submissions.id'], name=op.f('fk_feedback_replies_submission_id_submissions')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_feedback_replies')),
        sa.UniqueConstraint('form_key', name=op.f('uq_feedback_replies_form_key')),
    )
    op.create_index('ix_feedback_replies_submission_id', 'feedback_replies', ['submission_id'])


def _drafts():
    op.create_table('form_drafts',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('person_id', sa.Integer(), nullable=False),
        sa.Column('placement_id', sa.Integer(), nullable=False),
        sa.Column('code', sa.String(), nullable=False),
        sa.Column('form_key', sa.String(), nullable=False),
        sa.Column('values', sa.JSON(), nullable=False),
        sa.Column('saves', sa.Integer(), nullable=False),
        sa.Column('saved_at', Moment(), nullable=False),
        sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_form_drafts_person_id_people')),
        sa.ForeignKeyConstraint(['placement_id'], ['placements.id'], name=op.f('fk_form_drafts_placement_id_placements')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_form_drafts')),
        sa.UniqueConstraint('person_id', 'placement_id', 'code', name=op.f('uq_form_drafts_person_id_placement_id_code')),
    )
    op.create_index('ix_form_drafts_saved_at', 'form_drafts', ['saved_at'])


def _mailing():
    op.create_table('messages_out',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('channel', sa.String(), nullable=False),
        sa.Column('person_id', sa.Integer(), nullable=True),
        sa.Column('address', sa.String(), nullable=False),
        sa.Column('kind', sa.String(), nullable=False),
        sa.Column('subject', sa.String(), nullable=False),
        sa.Column('body', sa.String(), nullable=False),
        sa.Column('key', sa.String(), nullable=False),
        sa.Column('made_at', Moment(), nullable=False),
        sa.Column('next_try_at', Moment(), nullable=True),
        sa.Column('tries', sa.Integer(), nullable=False),
        sa.Column('sent_at', Moment(), nullable=True),
        sa.Column('gave_up_at', Moment(), nullable=True),
        sa.Column('fault', sa.String(), nullable=True),
        sa.CheckConstraint("channel IN ('mail', 'chat')", name=op.f('ck_messages_out_channel_is_known')),
        sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_messages_out_person_id_people')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_messages_out')),
        sa.UniqueConstraint('key', name=op.f('uq_messages_out_key')),
    )
    op.create_index('ix_messages_out_made_at', 'messages_out', ['made_at'])
    op.create_index(
        'ix_messages_out_to_send', 'messages_out', ['next_try_at'],
        sqlite_where=sa.text('next_try_at IS NOT NULL'), postgresql_where=sa.text('next_try_at IS NOT NULL'),
    )
    op.create_index('ix_messages_out_person_id', 'messages_out', ['person_id'])
    op.create_table('mailed_notices',
        sa.Column('notice_id', sa.Integer(), nullable=False),
        sa.Column('message_id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['message_id'], ['messages_out.id'], name=op.f('fk_mailed_notices_message_id_messages_out')),
        sa.ForeignKeyConstraint(['notice_id'], ['notices.id'], name=op.f('fk_mailed_notices_notice_id_notices')),
        sa.PrimaryKeyConstraint('notice_id', name=op.f('pk_mailed_notices')),
    )
    op.create_index('ix_mailed_notices_message_id', 'mailed_notices', ['message_id'])
    op.create_table('mail_choices',
        sa.Column('person_id', sa.Integer(), nullable=False),
        sa.Column('address', sa.String(), nullable=False),
        sa.Column('all_notices', sa.Boolean(), nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_mail_choices_person_id_people')),
        sa.PrimaryKeyConstraint('person_id', name=op.f('pk_mail_choices')),
    )


def _count_hours():
    """From noon of the day observed, or from the moment of asking on that day, to the sending; the
    model says the same."""
    from datetime import datetime, time
    from decimal import Decimal

    from trainingbase.clock import LOCAL

    sent = sa.table(
        'submissions', sa.column('id', sa.Integer()), sa.column('request_id', sa.Integer()),
        sa.column('observed_on', sa.Date()), sa.column('submitted_at', Moment()), sa.column('hours', Exact()),
    )
    asked = sa.table('assessment_requests', sa.column('id', sa.Integer()), sa.column('created_at', Moment()))
    bind = op.get_bind()
    rows = bind.execute(
        sa.select(sent.c.id, sent.c.observed_on, sent.c.submitted_at, asked.c.created_at)
        .select_from(sent.outerjoin(asked, asked.c.id == sent.c.request_id))
    ).all()
    values = []
    for number, observed_on, submitted_at, created_at in rows:
        noted = datetime.combine(observed_on, time(12), LOCAL)
        if created_at is not None and created_at.astimezone(LOCAL).date() == observed_on:
            noted = created_at
        seconds = Decimal(int((submitted_at - noted).total_seconds()))
        hours = max(Decimal(0), (seconds / 3600).quantize(Decimal('0.1')))
        values.append({'key': number, 'value': hours})
    if values:
        bind.execute(
            sent.update().where(sent.c.id == sa.bindparam('key')).values(hours=sa.bindparam('value')),
            values,
        )


def downgrade():
    for table in (
        'mail_choices', 'mailed_notices', 'messages_out', 'form_drafts', 'feedback_replies',
        'comment_marks', 'coachings', 'request_steps', 'planned_requests',
    ):
        op.drop_table(table)
    op.drop_index('ix_submissions_submitted_at', table_name='submissions')
    op.drop_index('ix_assessment_requests_waiting', table_name='assessment_requests')
    op.drop_index('ix_assessment_requests_declined_at', table_name='assessment_requests')
    op.drop_index('ix_assessment_requests_asked_on', table_name='assessment_requests')
    op.drop_column('submissions', 'hours')
    op.drop_column('assessment_requests', 'extended_at')
    op.drop_column('assessment_requests', 'declined_at')
    plan = sa.text('asked_by_id IS NULL')
    op.create_index(
        ONCE, 'assessment_requests', ['instrument_id', 'placement_id'],
        unique=True, sqlite_where=plan, postgresql_where=plan,
    )
