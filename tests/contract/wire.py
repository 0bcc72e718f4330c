"""Texts of wire copy and of what others make of it: about people and places that do not exist."""

from __future__ import annotations

FERRY = (
    "가온시는 달섬과 새터를 오가는 뱃길을 다음 달부터 하루 여덟 차례로 늘린다고 9일 밝혔다.",
    "지금은 아침과 저녁에 두 차례씩 모두 네 차례만 배가 다닌다.",
    "주민들은 병원에 가려면 첫 배를 놓치지 않아야 해서 새벽부터 줄을 섰다.",
    "시는 새 배 두 척을 빌리는 데 18억원을 들이고 선착장 대합실도 고친다.",
    "배마다 휠체어 자리를 여섯 개씩 두고 뱃삯은 1천200원 그대로 받는다.",
    "노을빛 가온시 교통국장은 “섬에 산다고 병원이 멀어서는 안 된다”고 말했다.",
    "달섬 어촌계는 주말 낚시꾼이 몰릴 때를 대비해 주차장을 먼저 넓혀 달라고 했다.",
    "시의회는 이번 달 임시회에서 운항 손실을 메우는 조례를 다룰 예정이다.",
)
LIBRARY = (
    "한빛군이 폐교된 솔뫼초등학교를 고쳐 마을 도서관으로 연다.",
    "교실 여섯 칸을 터서 만든 열람실에는 책 3만 권이 들어간다.",
    "운동장 한쪽에는 아이들이 뒹굴며 책을 읽는 잔디밭을 만들었다.",
    "군은 이웃한 세 마을에서 도서관까지 오는 작은 버스도 하루 다섯 번 보낸다.",
    "개관식은 오는 21일 오전 10시에 열리고 동화 작가의 낭독회가 이어진다.",
    "마을 이장 표이든 씨는 “불 꺼진 학교가 다시 밝아져 고맙다”고 말했다.",
    "군은 내년에 폐교 두 곳을 더 고쳐 청소년 쉼터와 공방으로 쓸 계획이다.",
)
QUOTE = FERRY[5]
WEATHER = "{day}일 전국이 대체로 맑겠고 아침 최저기온은 {low}도, 낮 최고기온은 {high}도로 예보됐다."
NOTICE = "자세한 내용은 시청 누리집이나 민원 안내 전화로 알아볼 수 있다."


def text(*sentences: str) -> str:
    """Return a body with two sentences in each paragraph."""
    return "\n\n".join(" ".join(sentences[start : start + 2]) for start in range(0, len(sentences), 2))


ORIGINAL = text(*FERRY)
NOTICES = "doseoyun@nuri.example\n\n<저작권자 ⓒ 누리통신, 무단 전재 및 재배포 금지>"
VERBATIM = f"(가온=누리통신) 도서윤 기자 = {ORIGINAL}\n\n{NOTICES}"
LIGHT = text(*FERRY[:3], FERRY[4], FERRY[3].replace("들이고", "쓰고"), *FERRY[5:7]).replace("밝혔다", "전했다")
REWRITE = text(FERRY[0].replace("밝혔다", "말했다"), FERRY[1], NOTICE, *FERRY[3:6], FERRY[7].replace("다룰", "살필"))
TRUNCATED = text(*FERRY[:4])
OTHER = text(*LIBRARY)
OTHER_WITH_QUOTE = text(*LIBRARY[:3], QUOTE, *LIBRARY[3:], NOTICE)
COPIES = {"verbatim": VERBATIM, "light": LIGHT, "rewrite": REWRITE, "truncated": TRUNCATED}
