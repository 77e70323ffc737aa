"""How the name, the doses and the totals of dexamethasone are written."""

from __future__ import annotations

import re

from rasa_project.reading.quantities.schedules import NOT_OF_A_DOSE

NAME = re.compile(
    r"[地迪弟递蒂][塞赛噻][米咪密][松送](?:片|磷酸钠|注射液)?|地米|氟美松|(?<![a-z])(?:dexamethasone|dexa?|dxm)(?![a-z])",
    re.I,
)
# "激素减量：原40mg/周，现改为10mg每周一次": the steroid by the name of its class
HORMONE = re.compile(r"(?:糖皮质|皮质)?激素(?!替代|受体|抵抗|依赖|水平|类?药膏)")
OTHER_STEROID = re.compile(
    r"泼尼松|强的松|泼尼龙|甲强龙|美卓乐|可的松|倍他米松|曲安|(?<![a-z])(?:pred|mp)(?![a-z])", re.I
)
EACH_DAY = re.compile(r"(?<![a-z])(?:qd|bid)(?![a-z])|每[日天]|[一/][日天]|/\s?d(?![a-z])", re.I)
LOCAL = re.compile(r"封闭|滴眼|眼膏|玻璃体|外用|雾化|灌肠|含漱|漱口|鞘内|关节腔|局部|湿敷|植入")
OTHER_DRUG = re.compile(
    r"来那度胺|沙利度胺|泊马度胺|硼替佐米|卡非佐米|伊沙佐米|达雷妥尤|环磷酰胺|美法仑|多柔比星|阿霉素|塞利尼索|泼尼松|"
    r"依诺肝素|利伐沙班|阿司匹林|华法林|肝素|沙班|度胺|佐米|万珂|"
    r"(?<![a-z])(?:btz|bortezomib|lenalidomide|len|thal|pom|dara|cfz|ctx|plt|inr|e?gfr|crcl|s?cr|hb)(?![a-z])|血小板|肌酐|体重|心率|年龄",
    re.I,
)
# The parts of a regimen spelled out by letter: "VRd：V 1.3mg/m2 …；R 25mg d1-14；d 20mg d1,2,4,5".
LETTER = re.compile(
    r"(?:^|(?<=[\s;；,，、+(:：]))[dD](?=\s*[:：]?\s*\d{1,2}(?:\.\d)?\s*mg(?!\s*/\s*(?:kg|m)))"
)
REGIMEN_WITH_D = re.compile(r"[A-Za-z][dD]\s*(?:方案|[:：(])")
# "40mg qw (>75岁减为20mg)": a rule for others, not this patient's dose, unless it says that it was followed.
RULE = re.compile(
    r"\([^()]*?(?:(?:[>≥<≤]|大于|超过)(?!\s*\d+\s*(?:mg|毫克))|以上|以下|若|如|必要时|指南|说明书|"
    r"(?:高龄|老年|年老|体弱|肥胖|糖尿病|不能?耐受|耐受差)的?(?:者|时|患者|病人))[^()]*?(?:减|改|用|为|\d\s*mg)[^()]*\)|"
    # "20mg qw (由40mg减量)": the dose that was left
    r"\([^()\d]{0,8}(?:由|从|原为?|原先|之前|此前)\s*\d+(?:\.\d+)?\s*(?:mg|毫克)[^()\d]{0,8}\)"
)
# "40mg（75岁以上20mg）": whether the rule is the patient's hangs on his age
RULE_OF_AGE = re.compile(
    r"(?:(?:[>≥]=?|大于|超过|满)\s*(?P<over>\d{2})\s*周?岁?|(?P<above>\d{2})\s*周?岁\s*及?以上)(?:的|者|患者|病人|则|时|建议|[:,，])*"
    r"(?:(?:减|改|降|用|给)量?(?:为|至|到|成)?|为|半量)*\s*(?P<mg>\d{1,2})\s*(?:mg|毫克)"
)
OWN_AGE = re.compile(
    r"(?<![\d.>≥过于满])(?<![>≥]\s)(?P<age>\d{2})\s*周?岁(?!\s*及?以上|者|以下|的患者|时|那年)"
)
# "第一疗程40mg qw，第二疗程起20mg qw", "首周期40mg/周 现20mg/周": one after the other, not together
_NUMBER = r"[\d一二三四五六七八九十]+"
_NTH = rf"(?:第\s?{_NUMBER}(?:\s?[-~至到、]\s?{_NUMBER})?\s?个?|首个?|[头前][\d一二两三四五六]?个?|上个?)"
OTHER_CYCLE = re.compile(
    rf"{_NTH}(?:周期|疗程|程|周(?!期)|星期|礼拜)|(?<![a-z])c\s?\d{{1,2}}(?!\s*d\s*\d)(?![\d.])|"
    r"以?后续?(?=\s*(?:改|减|用|每|\d))|(?:此|之|随|以)后|起始|开始|原来?|既往|之前|先(?!后)",
    re.I,
)
# "前两周40mg qw，后两周20mg qw", "40 qw C1，C3开始20 qw": another dose behind what is read
LATER_DOSE = re.compile(
    rf"[^。;；\n]{{0,14}}?(?:{_NTH}(?:周期|疗程|程|周(?!期))|(?<![a-z])c\s?\d{{1,2}}|后[\d一二两三四]个?(?:周期|疗程|程|周(?!期))|[以之此随]后)"
    r"(?:起|开始|后|改|减|用|为|至|到|成|量|\s)*(?P<mg>\d{1,2})\s*(?:mg|毫克|qw|每周|/\s?周)",
    re.I,
)
AT_PRESENT = re.compile(r"(?:现在?|目前|今|当前|本(?:周期|疗程|程)|这(?:个|一)?(?:周期|疗程|程))(?!病)")
FOLLOWED = re.compile(r"(?:已|故|因此|所以|遂|本例|患者|该例|此例|现)[^()未不无没]{0,10}(?:减|改|降|调|按)")
MG = re.compile(r"(?P<mg>\d+(?:\.\d+)?)\s*(?:mg|毫克)")
# "第2周期第16天", "C2D16": the day on which the patient is, none of the schedule's
DAY_NOW = re.compile(
    r"第\s*[\d一二三四五六七八九十]+\s*个?(?:周期|疗程|程)\s*[,，]?\s*(?:第\s*\d+\s*[天日]|d\s*\d+)|(?<![a-z])c\d{1,2}\s*d\d{1,2}(?![\d,，、\-~])",
    re.I,
)
# "每周期由320mg减到160mg"
TOTAL_CHANGED = re.compile(
    r"每个?(?:周期|疗程)(?:总量|剂量|用量)?\s*(?:由|从)\s*\d+\s*(?:mg|毫克)?\s*(?:减|改|降|增|加|调)[^\d,，。;；]{0,4}(?P<mg>\d+)\s*(?:mg|毫克)(?!\s*/)",
    re.I,
)
# "硼替佐米每周一次+地米10mg当天": given on the days of the other
ON_ITS_DAYS = re.compile(r"当[天日]")
# "20mg用药当日及次日": on two days each time
AND_THE_NEXT = re.compile(r"当[天日]\s*[及和与、,，+]?\s*(?:次日|第二天|翌日|后一?[天日]|隔天)")
# "上周期160mg，本周期只用了两次各20mg"
THIS_CYCLE = re.compile(
    r"[^。;；\n]{0,40}?(?:本|这个?)(?:周期|疗程|程)[^,，。;；\n\d]{0,10}?(?:[用吃打服给]|使用)了?\s*"
    r"(?P<n>\d{1,2}|[一二两三四五六七八九十])\s*[次天回][,，]?\s*(?:各|每次|每天|每回|一次|都是)+\s*(?P<mg>\d+(?:\.\d+)?)\s*(?:mg|毫克)",
    re.I,
)
# "地塞米松年龄大于75岁，建议由40mg减为20mg": why the dose is changed
REASON = re.compile(
    r"\s*(?:因|由于|考虑|鉴于)?(?:患者|病人)?(?:年龄|高龄|年老)[^,，。;；\n\d]{0,6}(?:\d{2}\s*岁)?\s*[,，]\s*(?:故|建议|予以?|遂)*(?=由|从|减|改|降)"
)
# "一周十片，哪种规格说不清"
STRENGTH_UNKNOWN = re.compile(
    r"[^。;；\n]{0,10}?(?:规格|几毫克|多少毫克|多大的?片|(?:每|一)片多少)[^。;；\n\d]{0,10}?(?:不清|不详|不知|不明|不记得|记不|未知|没写|待)"
)
# "是卡非佐米当天和第二天各20mg": whose days they are, no drug of its own
WHOSE_DAYS = re.compile(
    r"(?:卡非佐米|硼替佐米|伊沙佐米|万珂|卡非|达雷妥尤单抗|兆珂)(?=(?:用药|输注|给药|注射)?的?(?:当[天日]|[前次][天日]))"
)
# "也不是每周40mg，是…各20mg": the dose that is put right
NOT_THIS = re.compile(r"不是[^,，。;；\n]{1,16}[,，]\s*(?=而?是)")
# "10mg早上已推，d1、2、4、5都是10mg": the same dose once more
ONCE_MORE = re.compile(r"(?:都是|均为|均是|都|均|每次|也是)\s*$")
COMMA = re.compile(r"[,，](?:(?!\s*\d)|(?=\s*\d{1,2}\s*(?:mg|毫克)))", re.I)
OTHERS_DAYS = re.compile(r"硼替佐米|万珂|卡非佐米|(?<![a-z])(?:btz|bortezomib)(?![a-z])", re.I)
OTHERS_REACH = 32  # characters
CHANGED = re.compile(
    # "前两周期每周40mg，现第5周期每周20mg"
    r"(?<=[,，])\s?(?:现在?|目前|本|这)(?:第\s?[\d一二三四五六七八九十]{1,2}\s?)?个?(?:周期|疗程|程)(?=[^,，。;；]{0,8}\d{1,2}\s?mg)|"
    r"(?:减量?|改|降|加量?|增加?|调整?|换)(?:为|至|到|成)|(?<=[嘱已遂今])改(?=\s?\d{1,3}\s?(?:mg|毫克))|→|->"
)
# "每周四十毫克，改成二十了"
BARE_CHANGE = re.compile(
    r"\s*(?P<dose>\d{1,2}|[一二三四五六七八九]?十[一二三四五六七八九]?)(?=\s*(?:了|[,，。;；]|$))"
)
SPOKEN = r"[一二两三四五六七八九十百零]{1,5}"
AMOUNT = rf"(?:\d+(?:\.\d+)?|{SPOKEN}(?=\s*(?:mg|毫克)))"
BARE_DOSE = re.compile(
    r"\s*[:：]?\s*(?P<dose>\d{1,3}(?:\.\d+)?)"
    r"(?=\s*(?:$|[,，(]|d(?:ays?)?\.?\s*\d|qw|qd|biw|每周|第\s*\d|[×x*]\s*\d))",
    re.I,
)
SAID_DOSE = re.compile(
    r"\s*(?:片|是|用|吃|打|给|为|已|[减改降加调]量?(?:到|为|至|成)|[:,，(])*\s*(?:[每一]个?(?:周期|疗程|程)(?:总?共|一共|总|[吃打用给])*\s*\d{1,2}\s*[次天回][,，]\s*)?(?:(?:每|一|1)\s*个?(?:周|星期|礼拜)(?!期)\s*(?:一次)?|每次|一次|每回|一回)(?:是|用|吃|打|给|服|[,，]|\s)*"
    r"(?P<dose>[1-9]\d|[一二三四五六七八九]?十[一二三四五六七八九]?)(?=\s*了?\s*(?:[,，。;；()、]|$))"
)
DOSE_UNKNOWN = re.compile(
    r"\s*(?:片|注射液)?\s*(?:的|每个?周期|每周期|具体|使用|应用|总|累计|用了?|是)*(?:总共|一共|一个周期|一个疗程)*(?:剂量|用量|总量|量|用法|多少(?:毫克|mg)?)?\s*(?:[:：]|是|为|多少|具体|都|还|也|暂)*\s*"
    r"(?:不清楚|不知道?|不详|未知|不明|不确定|记不清|(?:还|尚)?没定(?:下来)?|未定|待核实|待查|待问|没问|未记录|未提供|没写|未写|说不清|问不到)"
)
# "改成每周期119mg" with no drug named: of all drugs only dexamethasone is counted by the cycle here.
# "C1时160mg/程，C2起80mg/程"
NAMELESS_EACH = re.compile(
    r"(?<![\d.])(?P<mg>\d{2,4}(?:\.\d+)?)\s*(?:mg|毫克)\s*/\s*个?(?:周期|疗程|程)(?![一-龥])", re.I
)
LATER_ON = re.compile(r"(?:起|后|改|减|加|现|目前|本)[^\d,，。;；]{0,6}$")
NAMELESS = re.compile(
    r"(?:^|[\s,，;；。:：成为到至是]|更正)(?:一个|每\s*一?个?)\s*(?:周期|疗程)\s*(?:总量|总剂量|剂量|共|总共|用|[:：=是为])*\s*"
    r"(?P<mg>\d{2,4}(?:\.\d+)?)\s*(?:mg|毫克|㎎)(?!\s*/)",
    re.I,
)
# "原来每周期480mg，主任说太多，改成一个周期160mg": the total after the change.
CHANGED_TOTAL = re.compile(
    rf"[^。;；\n]{{0,24}}(?:改|减|降|加|调整?|换)(?:为|至|到|成)\s*(?:一个|每\s*一?个?)\s*(?:周期|疗程)\s*(?:总量|总共|共|用)*\s*"
    rf"(?P<mg>{AMOUNT})\s*(?:mg|毫克|㎎)(?!\s*/)",
    re.I,
)
# "来那度胺25mg+地塞米松", "甲泼尼龙40mg静滴3天，与地塞米松合用": the dose before belongs to the drug before.
OF_THE_OTHER = re.compile(
    r"(?:\+|、|[,，]\s*(?=[联合配加与和及])|联合|合用|合并|配合?|加上?|加用|(?<=[\da-zA-Z日天次片克月])\s*[与和及])[^\d,，。;；]{0,8}$"
)
TABLET_MG = 0.75
USUAL_WEEKS = (3, 4, 5)  # the length of a cycle; where none is stated, 4 weeks are counted and said
MOST_PER_DAY = 100  # mg; more is a slip of the pen
MOST_PER_CYCLE = 2000  # mg; the contract's range
STOP = re.compile(r"[。;；\n!?？！]")
# After a comma only a schedule goes on about this drug: "40mg qw，发热3天" is not three doses.
NEW_SUBJECT = re.compile(
    rf"[,，、](?!\s*(?:(?:后者|末者)|(?:现在?|目前|本|这)(?:第\s?\d{{1,2}}\s?)?个?(?:周期|疗程|程)(?=[^,，。;；]{{0,8}}\d{{1,2}}\s?mg)|d?\s*\d{NOT_OF_A_DOSE}|第|每|方案每|当[天日]|[次翌]日|c\s?\d{{1,2}}\s?(?:起|后|开始)|连|共|总|及|和|停|歇|连|(?:现在?|目前|今起?|已|后)?(?:改(?!善)|减)|周|逢|隔|(?:[现已遵]|医?嘱)+改|[用吃打服]\s*[一二两三四1-4]\s*个?[周星礼]|q\s*\d*[wdh]|biw|bid|qd|weekly|[一二两三四五六]|静|口服|po|iv|用\s*\d|(?:大概|大约|差不多|约)\s*\d|合计|累计|疗程))",
    re.I,
)
DOSE = re.compile(
    rf"(?<![\d.a-z/\-])(?P<dose>\d+(?:\.\d+)?|{SPOKEN}(?=\s*(?:mg|毫克)))\s*(?P<unit>mg|毫克|㎎|g(?![a-z/])|克)?\s*(?P<area>/\s*(?:m\s*[2²]|㎡|kg))?",
    re.I,
)
# "来那度胺一粒，每个礼拜一吃40毫克地塞米松": the tablets are of what stands before the comma
TABLETS_BEFORE = re.compile(r"[^,，]*(?:片|粒|颗)[^,，]*[,，](?=[^,，]*\d\s*(?:mg|毫克)[^,，]*$)", re.I)
AMID = re.compile(r"[每一]个?(?:周|星期|礼拜)[一二三四五六日天]?(?:[一二两]?[次回趟])?")
TABLET = re.compile(
    r"(?P<mg>0?\.75|1\.5)\s*(?:mg|毫克)?\s*(?:/\s*片|的?\s*[一每1]片|的)?\s*(?:[)×x*,，]|\s)*\s*"
    r"(?P<within>(?:每个?(?:周|星期|礼拜)[一二三四五六日天]?|一周|[一每]?[次回趟]|[吃服用口早顿一,，\s])*)(?P<n>\d{1,3}|[一二两三四五六七八九十]+)\s*(?:片|粒|tabs?)(?!\s*/\s*[瓶盒板])|"
    r"(?P<n2>\d{1,3}|[一二两三四五六七八九十]+)\s*(?:片|粒|tabs?)(?!\s*/\s*[瓶盒板])\s*(?:[(（每,，一]\s*(?:[每一]?片)?(?:是|为)?\s*(?P<mg2>0?\.75|1\.5)\s*(?:mg|毫克)?(?:\s*/\s*片)?\s*[)）]?)?",
    re.I,
)
TOTAL = re.compile(
    rf"(?:总量|总剂量|总共|总计|拢共|累计(?:剂量)?|累积剂量|加起来|合计|一共|共)\s*(?:地塞米松|dex)?\s*(?:[本每这该此一]一?个?(?:周期|疗程|程))?\s*(?:[:=是为约达恰嘛呢啊嗯呃]|的话|[,，]\s?(?=(?:大概|大约|差不多|约|有|是|嗯|呃)*{AMOUNT}\s*(?:mg|毫克))|[用给吃打]了?|大概|大约|差不多|有(?=\d)|正好|刚好|\s)*(?P<compare>[<>≤≥]=?|大于|超过|小于|不到|低于|高于|不足)?\s*"
    rf"(?:(?P<grams>0?\.\d+)\s*(?:g(?![a-z/])|克)|(?P<said>[一二两三四五]百(?:零?[一二三四五六七八九]十?)?)(?=\s*(?:[,，。;；)]|$|[没不]变))|"
    rf"(?P<a>{AMOUNT})\s*(?:(?:-|~|到|至)\s*(?P<upper>\d+(?:\.\d+)?)\s*)?(?:mg|毫克|㎎))|"
    rf"(?:每\s*一?个?|一个)\s*(?:周期|疗程|程|cycle)\s*(?:用|给|的|加起来|合计|总共|一共|总计|地塞米松|地米|(?:糖皮质|皮质)?激素|dex|dxm|总量|剂量|总剂量|累计|共)*(?:[:=是为约达恰]|大约|正好|刚好|\s)*(?P<compare2>[<>≤≥]=?|大于|超过|小于|不到|低于|高于|不足)?\s*"
    rf"(?:(?P<b>{AMOUNT})\s*(?:(?:-|~|到|至)\s*(?P<upper2>\d+(?:\.\d+)?)\s*)?(?:mg|毫克|㎎)|(?P<f>\d{{2,3}})(?=\s*(?:[,，。;；)]|$|地塞米松|地米|dex)|\s+(?:(?!\d|\.|毫|m?g(?![a-z]))|(?=\d{{2}}\s*岁))))|"
    # "地米总量160"
    r"(?:地米|地塞米松|(?<![a-z])(?:dexa?|dxm))的?总(?:剂)?量\s*[:=是为约]*\s*(?P<whole>\d{2,3})(?=\s*(?:[,，。;；)、]|$)|\s)|"
    # "地米160每周期", "地米80一个周期": no unit, behind the name
    rf"(?:地米|地塞米松|(?<![a-z])(?:dexa?|dxm))(?:片|是|用|给|吃|总量|大概|大约|约|[:：\s])*(?P<g>\d{{2,3}})\s*(?:每|一|1)\s*个?(?:周期|疗程|程)(?=\s*(?:[,，。;；)、]|$)|\s+(?!\d{{1,2}}\s*[次天片]))|"
    rf"(?:dex|地塞米松|地米)?\s*/\s*(?:每|一)?个?(?:周期|疗程)\s*[:=为]\s*(?P<e>{AMOUNT})\s*(?:mg|毫克|㎎)|"
    rf"(?P<c>\d+(?:\.\d+)?)\s*(?:mg|毫克|㎎)?\s*/\s*(?:每|一|1)?\s*个?\s*(?:周期|疗程|cycle|程)|"
    rf"(?P<d>\d+(?:\.\d+)?)\s*(?:mg|毫克|㎎)\s*(?:per\s*cycle|每个?(?:周期|疗程))",
    re.I,
)
