"""Comments in both languages and what is missing from each, by `rules.coach`."""

GOOD = ""
NOTHING = "short seen next"
PRAISE = "praise seen next"

COMMENTS = [
    (
        ".",
        NOTHING,
    ),
    (
        "。",
        NOTHING,
    ),
    (
        "",
        NOTHING,
    ),
    (
        "   ",
        NOTHING,
    ),
    (
        "/",
        NOTHING,
    ),
    (
        "-",
        NOTHING,
    ),
    (
        "1111111111111111",
        NOTHING,
    ),
    (
        "好",
        NOTHING,
    ),
    (
        "无",
        NOTHING,
    ),
    (
        "同意",
        NOTHING,
    ),
    (
        "…………",
        NOTHING,
    ),
    (
        "啊啊啊啊啊啊啊啊啊啊啊啊啊啊",
        NOTHING,
    ),
    (
        "asdf asdf asdf asdf asdf",
        NOTHING,
    ),
    (
        "😀😀😀😀😀😀😀😀😀😀😀😀",
        NOTHING,
    ),
    (
        "ok",
        NOTHING,
    ),
    (
        "n/a",
        NOTHING,
    ),
    (
        "As above",
        NOTHING,
    ),
    (
        "<script>alert(1)</script>",
        NOTHING,
    ),
    (
        "Good job, keep it up!",
        NOTHING,
    ),
    (
        "很好，继续努力",
        NOTHING,
    ),
    (
        "再接再厉！",
        NOTHING,
    ),
    (
        "表现不错。",
        NOTHING,
    ),
    (
        "ＧＯＯＤ",
        NOTHING,
    ),
    (
        "该同学工作认真负责，团结同事，积极主动，遵守纪律，态度端正。",
        PRAISE,
    ),
    (
        "表现优秀，各方面都不错，再接再厉！",
        PRAISE,
    ),
    (
        "责任心强，服从管理，吃苦耐劳，尊敬老师，团结同事。",
        PRAISE,
    ),
    (
        "总体表现良好，态度认真，爱岗敬业，任劳任怨，继续保持。",
        PRAISE,
    ),
    (
        "Very good resident, hard working and pleasant, a great team player, keep up the "
        "good work.",
        PRAISE,
    ),
    (
        "Excellent! Diligent, motivated, reliable, enthusiastic, polite and friendly. Well done.",
        PRAISE,
    ),
    (
        "病史问得全，查体规范，诊断依据充分，处理及时。",
        "next",
    ),
    (
        "心电图判读准确，能说出两条鉴别诊断的依据。",
        "next",
    ),
    (
        "操作前核对到位，无菌观念强，进针角度偏大。",
        "next",
    ),
    (
        "与患者沟通时用通俗的话解释了血压控制目标。",
        "next",
    ),
    (
        "病历记录完整，主要诊断明确，重点突出。",
        "next",
    ),
    (
        "对药物不良反应的观察很细，再次核对了剂量。",
        "next",
    ),
    (
        "Took a focused history of the chest pain and examined the abdomen gently.",
        "next",
    ),
    (
        "Explained each step of the procedure to the patient and washed hands.",
        "next",
    ),
    (
        "Presented the case in good order; the differential was complete.",
        "next",
    ),
    (
        "The needle went in at too steep an angle, and asepsis was kept throughout.",
        "next",
    ),
    (
        "建议加强病史采集，注意问用药史，多与患者沟通。",
        "seen",
    ),
    (
        "下次查体前应先洗手，并向患者说明目的。",
        "seen",
    ),
    (
        "今后要多练习心电图判读，复习指南。",
        "seen",
    ),
    (
        "Next time ask about allergies first and summarise the history.",
        "seen",
    ),
    (
        "You should practise suturing on the model and read about wound closure.",
        "seen",
    ),
    (
        "Try to let the patient speak first. Consider a different opening question.",
        "seen",
    ),
    (
        "今天天气不错，我们一起度过了愉快的一天，感谢大家。",
        "seen next",
    ),
    (
        "We had a lovely afternoon together and the weather was warm outside.",
        "seen next",
    ),
    (
        "这位医生来自外地，家里有两个孩子，平时住在宿舍。",
        "seen next",
    ),
    (
        "病史采集条理清楚，但未追问用药史；建议按“现病史—既往史—用药史”顺序复核一遍。",
        GOOD,
    ),
    (
        "体格检查手法规范，腹部触诊时先询问了疼痛部位，做得好；下次注意保护隐私，拉好围帘。",
        GOOD,
    ),
    (
        "能说出主要诊断和两个鉴别诊断，依据充分；处理措施的先后顺序还要再想一想。",
        GOOD,
    ),
    (
        "与患者沟通耐心，用通俗的话解释了血压控制目标；建议让患者复述一遍以确认理解。",
        GOOD,
    ),
    (
        "心电图判读准确；遇到异常结果时应及时向上级医师汇报，这次晚了约二十分钟。",
        GOOD,
    ),
    (
        "慢病随访记录完整，能发现足背动脉搏动减弱并提出转诊，很好；健康教育可再具体些。",
        GOOD,
    ),
    (
        "操作前核对到位，无菌观念强；进针角度偏大，课后在模型上再练习三次。",
        GOOD,
    ),
    (
        "接诊节奏合适，能兼顾患者的担忧；时间把握稍欠，建议先处理最急的问题。",
        GOOD,
    ),
    (
        "问诊时漏了过敏史。\n下次先问过敏史，再开处方。",
        GOOD,
    ),
    (
        "病人血糖监测的结果没有记录，不过交班清楚；今后交班时要把异常结果写在第一行。",
        GOOD,
    ),
    (
        "Took a focused history of the chest pain but did not ask about drugs; next time "
        "ask for allergies first.",
        GOOD,
    ),
    (
        "Examined the abdomen gently and explained each step to the patient. Should "
        "check the dose before prescribing.",
        GOOD,
    ),
    (
        "Good rapport with an anxious mother, and listened without interrupting; could "
        "have summarised the plan at the end.",
        GOOD,
    ),
    (
        "The ECG was read correctly however the report came late. Make sure to phone "
        "abnormal results at once.",
        GOOD,
    ),
    (
        "Sterile field kept, needle angle too steep: please practise ten times on the model.",
        GOOD,
    ),
    (
        "Notes complete and the handover was clear. Work on shorter presentations of each patient.",
        GOOD,
    ),
    (
        "ＥＣＧ判读准确，汇报及时；下次试着先说结论，再说依据。",
        GOOD,
    ),
    (
        "history taking 完整，查体有遗漏；建议 review 腹部查体顺序。",
        GOOD,
    ),
    (
        "Didn’t ask about smoking while taking the history; remember to ask it of every patient.",
        GOOD,
    ),
]

BEFORE = "病史采集条理清楚，但未追问用药史。建议按顺序再复核一遍。"
"""What the author wrote before."""
REPEATED = [
    (BEFORE, "old"),
    (BEFORE.replace("，", ", ").replace("。", "！") + " 1.", "old"),
    (BEFORE + "这次心电图判读准确，应及时汇报。", GOOD),
    ("建议按顺序再复核一遍。病史采集条理清楚，但未追问用药史。", "old"),
]
