"""English names of what workbooks name in Chinese.  Offered when something is new; a base that
has set another name keeps it."""

STANDARD_DEPARTMENTS = {
    "全科医学科": "General practice",
    "心血管内科": "Cardiology",
    "呼吸与危重症医学科": "Respiratory and critical care",
    "呼吸内科": "Respiratory medicine",
    "消化内科": "Gastroenterology",
    "内分泌科": "Endocrinology",
    "肾内科": "Nephrology",
    "血液内科": "Haematology",
    "风湿免疫科": "Rheumatology and immunology",
    "神经内科": "Neurology",
    "儿科": "Paediatrics",
    "普通外科": "General surgery",
    "骨科": "Orthopaedics",
    "泌尿外科": "Urology",
    "妇产科": "Obstetrics and gynaecology",
    "急诊医学科": "Emergency medicine",
    "感染性疾病科": "Infectious diseases",
    "皮肤科": "Dermatology",
    "眼科": "Ophthalmology",
    "耳鼻咽喉科": "Ear, nose and throat",
    "医学影像科": "Medical imaging",
    "检验科": "Laboratory medicine",
    "精神科": "Psychiatry",
    "康复医学科": "Rehabilitation",
    "中医科": "Traditional Chinese medicine",
    "肿瘤科": "Oncology",
    "老年医学科": "Geriatrics",
    "重症医学科": "Intensive care",
    "麻醉科": "Anaesthesiology",
    "口腔科": "Stomatology",
    "超声医学科": "Ultrasound",
    "预防保健科": "Preventive care",
    "基层实践": "Primary care practice",
}
FUNDING_SOURCES = {
    "政府财政": "Government funds",
    "社会资本": "Social capital",
    "慈善捐赠": "Donations",
    "医疗收入": "Service income",
}


def programme(code: str, months: int | float) -> str:
    kind = "Assistant GP training" if code.upper().startswith("A") else "GP residency"
    return f"{kind}, {months} months"
