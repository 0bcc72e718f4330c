"""Reported speech in quotation marks, and who said it."""

from __future__ import annotations

import re
from dataclasses import replace

from service.domain.article import Article, Quote
from service.enrichment.sentences import QuotedSpan, paragraphs, quoted
from service.enrichment.speakers import Speakers
from service.enrichment.texts import Texts

_SPEECH = (
    "말|밝[혔히]|전[했하해]|강조|설명|덧붙|답|지적|주장|당부|조언|[했하]|하소연|평가|화답|해명|묻|물[었으]|비판|제안|기대|내다|소개|요구|촉구|호소|토로|회상|언급|"
    "반박|약속|다짐|인사|외[쳤치]|적[었으]|썼|쓰|입을|목소리|운을|반문|되물|귀띔|털어|고백|경고|우려|걱정|진단|분석|전망|예상|제시|선언|발표|공언|일축|반대|맞[받섰]|꼬집|"
    "역설|자평|자신|확신|단언|시사|암시|치켜|추켜|축하|격려|감사|칭찬|환영|반[기겼]|아쉬|안타까|사과|해석|풀이|판단|추[정측]|규정|정의했|결론|입장|의견|반응|응[답수]|회신|"
    "읽|낭독|구호|성토|질타|질책|질의|질문|문제|의문|토론|대답|호통|고함|소리|조롱|비꼬|항변|변명|부인|시인|인정|증언|진술|털|회고|술회|전해|알[렸리]|예고|거[듭들]|"
    "설득|권[했고유]|부탁|청[했하]|요청|건의|제언|주문|지시|명령|이야기|얘기|이르|일렀|일갈|충고|훈계|가르|위로|달[랬래]|기원|희망|바[랐라]|빌|꼽|웃|미소|눈물|눈시울|울먹|떨"
)
_NOT_SPEECH = "불[리렸린러리]|부[르른]|이름|적힌|쓰[인여]|쓰여|표기|칭|명명|알려[졌진]|새겨|정의되|이야기되"
_SAYING = (
    "말|의견|입장|주장|지적|설명|반응|목소리|얘기|이야기|평가|답|조언|요청|당부|비판|뜻을|취지|소감|제안|우려|전망|판단|생각|가르침|게 |것이 |대답|해명|지론|분석|진단|관측|"
    "불만|하소연|호소|지시|약속|다짐|경고|각오|포부|계획|방침|계산|논리|견해|시각|글|댓글|문자|메시지|응원|격려|항의|질문|물음|푸념|탄식|후문|전언|귀띔|주문|바람|기대|구상|복안|것$|것[.,]"
)
_SAYING_NOT = "이름|제목|주제|슬로건|표어|구호|문구|뜻의|뜻으로|용어|단어|별명|애칭|브랜드|사업|행사|노래|책|영화"
_REPORTED = re.compile(
    rf"^(?:(?:이?라)?며[ ,]|(?:이?라)?면서(?:도|는)?[ ,]|(?:이?라)?(?:고|고도|고는),? ?(?:[^.?!\"“”]{{0,60}}?[ ,])??(?:{_SPEECH})|"
    rf"(?:이?라)?고$|(?:이?라)?는 (?:등의 |식의 |내용의 |취지의 )?(?:{_SAYING})|이?란 (?:{_SAYING})|(?:이?라)?지만,? |(?:이?라)?는데,? )"
)
_NAMED = re.compile(
    rf"^(?:이?라)?고,? ?(?:{_NOT_SPEECH})|^(?:이?라)?고(?:도| )?(?:[가-힣]{{1,6}} )?(?:{_NOT_SPEECH})|^(?:이?라)?는 (?:{_SAYING_NOT})|^(?:이?라)?란 (?:{_SAYING_NOT})"
)
_SENTENCE = re.compile(r"(?:[다요죠까라자네군걸지음함임됨]|니다|세요)[.?!…]*$|[.?!…]$")
_ALONE_BEFORE = re.compile(r"(?:^|[.?!:]) ?$")


def quotes_step(article: Article, texts: Texts) -> Article:
    """Return the article with the reported speech of its body, in order, each with its speaker's full name if told."""
    if "quotes" in article.given:
        return article
    speakers = Speakers(article, texts)
    found: list[Quote] = []
    for number, (start, end) in enumerate(paragraphs(article.body)):
        said = [span for span in quoted(article.body, start, end) if _is_reported(article.body, span, start, end)]
        for first, span in enumerate(said):
            text = article.body[span.start + 1 : span.end - 1].strip()
            previous = said[first - 1].end if first else start
            found.append(Quote(speakers.of(number, (start, end), span, previous), text))
    return replace(article, quotes=tuple(found))


def _is_reported(body: str, span: QuotedSpan, start: int, end: int) -> bool:
    inner = body[span.start + 1 : span.end - 1].strip()
    after = body[span.end : min(end, span.end + 120)]
    if len(inner) < 2:
        return False
    if _NAMED.match(after):
        return False
    if _REPORTED.match(after):
        return True
    if body[start : span.start].strip() == "" and after.strip() == "":
        return True
    return (
        len(inner) > 7
        and bool(_SENTENCE.search(inner))
        and bool(re.match(r"\s*$|[.]?\s", after))
        and (bool(_ALONE_BEFORE.search(body[start : span.start])) or inner[-1] in ".?!")
    )
