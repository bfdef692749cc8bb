"""What gives away who a patient is, and what only looks like it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainingbase.logbook.rules.identity import identity_in

GIVES_AWAY = [
    # after a word that announces a name
    ("患者张三丰，男，65岁", "张三丰"),
    ("姓名：李梅 高血压3级", "李梅"),
    ("病人王强3天前胸痛", "王强"),
    ("患者：王 建 国，男", "王 建 国"),
    ("患者王建国因胸痛入院", "王建国"),
    ("患者王建国反复咳嗽", "王建国"),
    ("家属刘芳的电话", "刘芳"),
    ("户主：容小平", "容小平"),
    ("患者欧阳文山，胸闷", "欧阳文山"),
    ("孕妇陈静，孕32周", "陈静"),
    # before sex or age
    ("王建国, 男, 65岁", "王建国"),
    ("王建国，女，慢阻肺", "王建国"),
    ("王建国（男）慢阻肺", "王建国"),
    ("王建国 男 65岁", "王建国"),
    ("随访：李梅，65岁", "李梅"),
    ("李梅65岁，糖尿病", "李梅"),
    ("Wang Jianguo, male, 65, chest pain", "Wang Jianguo"),
    # masked, which is as good as said in a village
    ("王某某，男，65岁", "王某某"),
    ("李某，胸痛3天", "李某"),
    ("张某某因发热就诊", "张某某"),
    # beside a bed
    ("12床王建国，血压控制可", "王建国"),
    ("3号床 李梅 出院", "李梅"),
    # addressed
    ("随访刘大爷", "刘大爷"),
    ("王建国先生复诊", "王建国先生"),
    ("为陈奶奶测血压", "陈奶奶"),
    ("Patient name: John Smith, chest pain", "John Smith"),
    ("Patient John Smith with chest pain", "John Smith"),
    ("Mrs. Dalloway came back", "Dalloway"),
    # telephones
    ("电话13812345678", "13812345678"),
    ("138-1234-5678", "138-1234-5678"),
    ("138 1234 5678", "138 1234 5678"),
    ("138.1234.5678", "138.1234.5678"),
    ("1 3 8 1 2 3 4 5 6 7 8", "1 3 8 1 2 3 4 5 6 7 8"),
    ("１３８１２３４５６７８", "１３８１２３４５６７８"),
    ("+86 13812345678", "+86 13812345678"),
    ("一三八一二三四五六七八", "一三八一二三四五六七八"),
    ("幺三八一二三四五六七八", "幺三八一二三四五六七八"),
    ("138\u200b1234\u200b5678", "138\u200b1234\u200b5678"),
    ("0516-83456789联系", "0516-83456789"),
    ("(0516) 83456789", "(0516) 83456789"),
    ("家里电话：83456789", "电话：83456789"),
    # identity cards
    ("11010119900307123X", "11010119900307123X"),
    ("110101 19900307 123X", "110101 19900307 123X"),
    ("110101-19900307-123x", "110101-19900307-123x"),
    ("１１０１０１１９９００３０７１２３Ｘ", "１１０１０１１９９００３０７１２３Ｘ"),
    ("110101900307123", "110101900307123"),
]

ONLY_LOOKS_LIKE_IT = [
    None,
    "",
    # what is written of cases every day
    "65岁男性，胸痛3天，肌钙蛋白 0.12，行冠脉造影",
    "患者高血压20年，血压 160/100 mmHg",
    "血压 120/80，脉搏 76 次/分",
    "病人黄疸、腹水，考虑肝硬化",
    "家属了解病情并签字",
    "患者双眼无异常",
    "患者从楼梯跌倒，左髋疼痛",
    "患者于昨日出现发热",
    "患者平素体健，否认高血压",
    "患者，男，65岁，胸痛",
    "高血压，男，65岁",
    "白癜风，女，30岁起病",
    "康复科 男 病房",
    "黄疸，女，孕38周",
    "唐氏综合征，男",
    "慢阻肺，男，78岁",
    "2型糖尿病，女，60岁",
    "高危，女，孕36周",
    "成人65岁以上接种肺炎疫苗",
    "周围神经病变，男，70岁",
    "12床，慢阻肺急性加重",
    "12床高血压患者调整用药",
    "5床出院，6床新收",
    "3床 温度正常",
    # numbers that are no telephone
    "2型糖尿病随访，HbA1c 7.2%，2026-11-03 复查",
    "血糖 13.5 12.1 10.2 9.8 mmol/L",
    "血压 138/86 142/90 135/85",
    "心率 138 次，血压 142/90",
    "2026年11月3日至二〇二六年十二月一日",
    "ZY2026110312",
    "门诊号 202611030012",
    "条码 6901234567892",
    "doi:10.1056/NEJMoa2034577",
    "10.1016/j.jacc.2013812345678",
    "https://doi.org/10.13812345678/x",
    "eGFR 60, CKD stage 3; name the drugs",
    "Patient Health Questionnaire 9 points",
    "patient with COPD, FEV1 45 %",
    "Heart Failure, male, 65",
    # people who are no patients
    "王主任查房，李老师带教",
    "和张医生讨论治疗方案",
    "陈护士长示范导尿",
    # words that begin like names
    "于某日发病",
    "严重，男性多见",
    "焦虑，女，需转诊",
    "麻疹，男，5岁",
    "安静休息，余无特殊",
    "马尾综合征，男，45岁",
    "左侧，男，无力",
    "高敏肌钙蛋白阴性",
    "白内障术后，女，70岁",
    "家访一户，测血压两人",
    "签约家庭3户",
    "健康教育讲座，听众45人",
    "全科门诊接诊 25 人次",
]


@pytest.mark.parametrize(("text", "said"), GIVES_AWAY)
def test_who_a_patient_is_is_noticed(text, said):
    assert identity_in(text) == said


@pytest.mark.parametrize("text", ONLY_LOOKS_LIKE_IT)
def test_medicine_is_not_taken_for_a_name(text):
    assert identity_in(text) is None


@given(st.text(max_size=200))
def test_any_text_can_be_read_for_an_identity(text):
    said = identity_in(text)
    assert said is None or said in text


@given(st.text("患者王李张男女岁，, 0123456789某床-", max_size=40))
def test_what_is_said_stands_in_the_text(text):
    said = identity_in(text)
    assert said is None or (said and said in text)
