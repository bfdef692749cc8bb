"""The numbers a new base starts from.  Sources are named by the keys of the official forms.

E21: 住院医师规范化培训评估指标——全科专业基地 (2021).
KH15: 住院医师规范化培训考核实施办法（试行）(2015).
"Base" marks a choice of this portal that no official document prescribes.
"""

# key, value, unit, Chinese name, English name, source, confidence
STARTING_POINT = (
    (
        "certificate_years",
        "5",
        "year",
        "师资证书有效年限",
        "Years a faculty certificate is valid",
        "E21 2.1",
        "H",
    ),
    (
        "residents_per_supervisor",
        "2",
        "person",
        "每名指导医师同时带教人数上限",
        "Residents per supervisor at once",
        "E21",
        "H",
    ),
    (
        "whole_month_leave_days",
        "15",
        "day",
        "当月请假满多少天需调整轮转",
        "Days of leave in a month from which the plan moves",
        "Base",
        "S",
    ),
    (
        "notice_days",
        "30",
        "day",
        "轮转变动提前通知天数",
        "Days of notice before a placement moves",
        "Base",
        "S",
    ),
    (
        "request_due_days",
        "7",
        "day",
        "评价任务完成期限",
        "Days to answer an assessment request",
        "Base",
        "S",
    ),
    (
        "request_expires_days",
        "28",
        "day",
        "评价任务失效期限",
        "Days until a request expires",
        "Base",
        "S",
    ),
    (
        "exit_asked_before_days",
        "7",
        "day",
        "出科前多少天发出出科考核任务",
        "Days before leaving on which the exit assessment is asked",
        "Base",
        "S",
    ),
    (
        "supervisor_sees_after_days",
        "30",
        "day",
        "出科后指导医师仍可查看天数",
        "Days a supervisor still sees a resident who left",
        "Base",
        "S",
    ),
    ("exam_pass_score", "60", "point", "考核合格分", "Pass mark of an examination", "Base", "S"),
    (
        "completion_target",
        "90",
        "%",
        "培训内容完成率目标",
        "Target: training log completed",
        "E21 4.3.3",
        "H",
    ),
    (
        "first_pass_target",
        "85",
        "%",
        "首次结业考核通过率目标",
        "Target: first-attempt graduation pass rate",
        "E21 4.1.2",
        "H",
    ),
)
