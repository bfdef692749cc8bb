"""Whether a text gives away who a patient is.

A portal of a training base must not become a second patient record: texts that carry an identity
are refused, with the place where it stands.  The rules look for what people really type: numbers of
identity cards and phones, and names after the words that announce them.
"""

import re

CARD = re.compile(r"(?<![0-9])[1-9][0-9]{16}[0-9Xx](?![0-9])|(?<![0-9])[1-9][0-9]{14}(?![0-9])")
PHONE = re.compile(r"(?<![0-9])1[3-9][0-9][ -]?[0-9]{4}[ -]?[0-9]{4}(?![0-9])")
LANDLINE = re.compile(r"(?<![0-9])0[0-9]{2,3}-[0-9]{7,8}(?![0-9])")
SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗"
    "凤花方俞任袁柳酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹"
    "狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞"
    "万支柯管卢莫经房裘缪干解应宗丁宣邓郁单杭洪包诸左石崔吉龚程邢裴陆荣翁荀羊甄曲封芮储靳段富巫乌焦巴弓牧隗山谷车侯"
    "宓蓬全郗班仰秋仲伊宫宁仇栾甘厉戎祖武符刘景詹束龙叶幸司韶郜黎薄印宿白怀蒲从鄂索咸籍赖卓蔺屠蒙池乔阴胥能苍双闻莘"
    "党翟谭贡劳逄姬申扶堵冉宰郦雍桑桂牛寿通边扈燕冀浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容向古易慎戈廖庾终暨居衡步都耿满"
    "弘匡国文寇广禄阙东欧殳沃利蔚越夔隆师巩厍聂晁勾敖融冷訾辛阚那简饶空曾毋沙乜养鞠须丰巢关蒯相查后荆红游竺权逯盖益桓公肖"
)
ANNOUNCED = re.compile(
    rf"(?:姓名|患者|病人|患儿|产妇|家属|户主)[:：为是叫 　]*"
    rf"(?P<name>[{SURNAMES}][\u4e00-\u9fff·]{{1,2}})(?=[，,。；;、\s（(0-9]|男|女|$)"
)
MEDICINE = re.compile(
    "高血|高热|高脂|高钾|高烧|黄疸|黄染|水肿|白细|白带|包块|全身|全麻|全科|时有|常有|常规|经[过治查期]|于[今入昨]|"
    "成年|平[素时]|干咳|双[下侧肺]|应[予用]|单[纯侧]|宫[颈缩外]|胡言|符合|解[释除]|安[静全]|支[气架持]|满意|车祸|"
    "步[行态]|空腹|石膏|易[怒疲]|通[气便过]|和家|方[案可]|金属|华法|贫血|康复|明显|明确|强[直烈]|温[度和]|"
    "查[体房]|游走|关[节于]|红[肿疹]|危[重急]|"
    "颜面|舒[适张]|房颤|管[理路]"
)
"""What begins like a surname and is none: a disease, a finding, a turn of phrase."""
ADDRESSED = re.compile(rf"(?P<name>[{SURNAMES}][某]{{0,2}}(?:先生|女士|大爷|大妈|阿姨))")
ENGLISH = re.compile(
    r"(?i:\b(?:patient(?:'s)? name|name)\s*(?::|is)\s*)(?P<name>[A-Z][\w'-]+(?: [A-Z][\w'-]+)?)"
    r"|\b(?:Mr|Mrs|Ms|Miss)\.? (?P<titled>[A-Z][\w'-]+)"
)


def identity_in(text: str | None) -> str | None:
    """The first piece of the text that could tell who a patient is; None when there is none."""
    if not text:
        return None
    found = []
    for pattern in (CARD, PHONE, LANDLINE, ANNOUNCED, ADDRESSED, ENGLISH):
        for match in pattern.finditer(text):
            named = [value for value in match.groupdict().values() if value]
            if pattern is ANNOUNCED and MEDICINE.match(named[0]):
                continue
            found.append((match.start(), named[0] if named else match.group()))
    return min(found)[1] if found else None
