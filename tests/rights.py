"""Every address of the program with what each kind of person gets there: the table of rights."""

NOBODY = ("stranger", "frozen")
"""Without a session that counts: one never had one, the other was shut out while it was open."""
CHAT = ("reporter", "neighbour", "left")
"""Signed in to the chat alone; the last one's duty ended while the page was open."""
DESK = ("chair", "staff", "head", "other", "moved")
"""At the console for a unit: the commune's own chair, the lead's two, another department's head,
and an officer of the lead who works elsewhere since."""
ABOVE = ("coordinator", "leader", "admin")
EVERYBODY = (*NOBODY, *CHAT, *DESK, *ABOVE)

CONSOLE = " ".join((*DESK, *ABOVE))
SIGNED_IN = " ".join((*CHAT, *DESK, *ABOVE))
SEES = "chair staff head coordinator leader"
"""Who sees the ticket at the console."""

PUBLIC: dict[str, int] = {
    "GET /": 200,
    "GET /healthz": 200,
    "GET /readyz": 200,
    "GET /metrics": 404,
    "POST /hooks/telegram": 403,
    "GET /hooks/{name:path}": 403,
    "POST /hooks/{name:path}": 403,
    "GET /given/{token}": 404,
    "HEAD /given/{token}": 404,
    "GET /letters/{token}": 404,
    "GET /storms/{token}": 404,
    "GET /join": 200,
    "GET /join/{code}": 200,
    "POST /join/{code}": 403,
    "GET /in/{token}": 403,
    "POST /in/{token}": 403,
    "GET /vao/{token}": 200,
    "GET /vao-email": 200,
    "POST /vao-email": 200,
    "GET /vao-oidc": 404,
    "GET /vao-oidc/ve": 404,
}
"""The same for everybody: a wrong word opens nothing, and is not asked whose it would be."""

ROWS: dict[str, dict[int, str]] = {
    # A wrong code, or a link to the console: whoever is signed in is led to their own page.
    "POST /join": {303: SIGNED_IN},
    "POST /vao/{token}": {303: SIGNED_IN},
    # The chat is each person's own.
    "GET /chat": {200: SIGNED_IN, 303: " ".join(NOBODY)},
    "GET /chat/news": {200: SIGNED_IN},
    "POST /chat/say": {303: SIGNED_IN},
    "POST /chat/press": {409: SIGNED_IN},
    "GET /files/{name}": {200: f"reporter {SEES}", 404: "neighbour left other moved admin"},
    "GET /du-lieu": {200: SIGNED_IN},
    "POST /du-lieu": {400: SIGNED_IN},
    "GET /du-lieu/tai-ve": {200: SIGNED_IN},
    # The console; who is named nowhere gets 404 there, and 403 without a console.
    "GET /dieu-hanh": {303: CONSOLE},
    "GET /phieu": {200: CONSOLE},
    "GET /phieu.xlsx": {200: CONSOLE},
    "GET /phieu.csv": {200: CONSOLE},
    "GET /phieu/{code}": {200: SEES},
    "GET /phieu/{code}/tep/{name}": {200: SEES},
    "GET /phieu/{code}/van-ban/{kind}": {200: "staff head"},
    "POST /phieu/{code}/viec": {303: "staff head", 403: "chair coordinator leader"},
    "GET /phieu/{code}/tep/{name}/xoa": {200: "head coordinator"},
    "POST /phieu/{code}/tep/{name}/xoa": {400: "head coordinator"},
    "GET /bao-cao": {200: "chair staff head other moved coordinator leader"},
    "GET /bao-cao.docx": {200: "chair staff head other moved coordinator leader"},
    "GET /can-xem": {200: "coordinator"},
    "POST /can-xem/giao": {422: "coordinator"},
    "GET /bao-lu": {200: "coordinator leader"},
    "GET /toan-canh": {200: "coordinator leader"},
    "GET /nhu-cau": {200: "chair staff head other moved coordinator leader"},
    "POST /nhu-cau/{number}": {303: "staff head coordinator"},
    "GET /nhu-cau/{number}.docx": {200: "staff head coordinator leader"},
    "GET /thong-bao": {200: "coordinator"},
    "POST /thong-bao": {422: "coordinator"},
    "GET /thong-bao/{number}": {200: "coordinator"},
    "POST /thong-bao/{number}": {303: "coordinator"},
    "GET /nhap-viec": {200: "coordinator"},
    "POST /nhap-viec/kiem-tra": {400: "coordinator"},
    "POST /nhap-viec/lam": {400: "coordinator"},
    "GET /mau-tra-loi": {200: "chair head other coordinator"},
    "POST /mau-tra-loi": {422: "chair head other coordinator"},
    "GET /mau-van-ban": {200: "chair head other coordinator admin"},
    "GET /mau-van-ban/{kind}.docx": {200: "chair head other coordinator admin"},
    "GET /mau-van-ban/{kind}": {200: "chair head other coordinator admin"},
    "POST /mau-van-ban/{kind}": {400: "chair head other coordinator admin"},
    "GET /tin-hong": {200: "coordinator admin"},
    "POST /tin-hong/viec": {400: "coordinator admin"},
    "GET /nguoi": {200: "chair head other coordinator admin"},
    "POST /nguoi/kiem-tra": {200: "chair head other coordinator admin"},
    "POST /nguoi/moi": {400: "chair head other coordinator admin"},
    "POST /nguoi/lam": {303: "admin coordinator"},
    "GET /du-lieu-ca-nhan": {200: "admin"},
    "POST /du-lieu-ca-nhan": {404: "admin"},
    "GET /goi-du-lieu": {200: "admin"},
    "POST /goi-du-lieu": {400: "admin"},
    "GET /goi-du-lieu/don-vi.csv": {200: "admin"},
    "POST /goi-du-lieu/don-vi": {422: "admin"},
    "GET /phan-mem": {200: "admin"},
    "POST /phan-mem": {400: "admin"},
    "GET /nhat-ky": {200: "admin"},
    "GET /nhat-ky/xem": {200: "admin"},
    "GET /nhat-ky/quan-tri": {200: "admin"},
    "GET /kenh": {200: "admin"},
    "GET /luu-giu": {200: "admin"},
    # What stays open; the program is stopping, so that each ends at once.
    "GET /chat/stream": {200: SIGNED_IN},
    "GET /phieu/luong": {200: CONSOLE},
    "GET /phieu/{code}/luong": {200: SEES},
    "GET /can-xem/luong": {200: "coordinator"},
    "GET /bao-lu/luong": {200: "coordinator leader"},
    # The ways out, last.
    "GET /thoat": {200: CONSOLE},
    "POST /thoat": {200: CONSOLE},
    "GET /out": {200: SIGNED_IN},
    "POST /out": {303: SIGNED_IN},
}
"""Who gets which answer; everybody else is refused."""

TRIAL = {"POST /as/{key}/enter"}
"""What the trial alone answers; under /as/<person> it mounts the rows above once more."""

FORMS: dict[str, dict[str, str]] = {
    "POST /join": {"code": "VV4W-9PAP-1VE2"},
    "POST /vao-email": {"email": "ai.do@nghean.test"},
    "POST /chat/press": {"press": "1:t:ack:1:1"},
    "POST /phieu/{code}/viec": {"viec": "note", "loi": "đã xem"},
    "POST /mau-tra-loi": {"viec": "them"},
    "POST /tin-hong/viec": {"viec": "?"},
    "POST /nguoi/lam": {"viec": "mo", "so": "{person}"},
    "POST /du-lieu-ca-nhan": {"viec": "dong-y", "so": "999"},
}
"""What a form needs so that the right, and not a missing field, decides the answer."""


def expected(route: str, who: str) -> int:
    """The status that somebody gets at an address."""
    if route in PUBLIC:
        return PUBLIC[route]
    named = next((status for status, names in ROWS[route].items() if who in names.split()), None)
    return named or (404 if who in (*DESK, *ABOVE) else 403)
