"""Three long conversations, held with the real program and written down as docs/hoi-thoai/*.md."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from storage.people import Role
from tests.world import ZONE, Actor, World

FOLDER = Path(__file__).parents[1] / "docs" / "hoi-thoai"
HEAD = "Lời của chương trình thật, do `tests/transcripts.py` ghi lại; trong ngoặc vuông là nút.\n"
WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")


@dataclass
class Scribe:
    """Writes down who said and pressed what, and what each person heard or saw change."""

    world: World
    people: dict[str, Actor] = field(default_factory=dict)
    screens: dict[str, list[str]] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)
    at: str = ""

    async def joins(self, name: str, unit: str, role: Role = Role.REPORTER) -> Actor:
        actor = self.people[name] = await self.world.joins(unit, role, name=name)
        self.screens[name] = [await _shown(message) for message in await actor.chat.screen()]
        return actor

    async def says(self, name: str, text: str) -> None:
        await self._did(name, text, self.people[name].says(text))

    async def sends(self, name: str, photos: int, caption: str = "") -> None:
        told = f"*({photos} ảnh)* {caption}".strip()
        await self._did(name, told, self.people[name].sends_photos(photos, caption))

    async def presses(self, name: str, label: str) -> None:
        await self._did(name, f"*chọn* [{label}]", self.people[name].presses(label))

    async def later(self, **time: float) -> None:
        await self.world.forward(**time)
        await self._look()

    async def _did(self, name: str, what: str, done: Awaitable[object]) -> None:
        self._clock()
        self.lines.append(f"**{name}:** {what}\n")
        await done
        await self._look()

    def _clock(self) -> None:
        local = self.world.now.astimezone(ZONE)
        at = f"{local:%H:%M} {WEEKDAYS[local.weekday()]} {local:%d/%m/%Y}"
        if at != self.at:
            self.at = at
            self.lines.append(f"### {at}\n")

    async def _look(self) -> None:
        for name, actor in self.people.items():
            now = [await _shown(message) for message in await actor.chat.screen()]
            before, self.screens[name] = self.screens[name], now
            for old, new in zip(before, now, strict=False):
                known = set(old.splitlines())
                if changed := [line for line in new.splitlines() if line not in known]:
                    self._heard(f"Tháo Gỡ đổi tin trước của {name}", "\n".join(changed))
            for new in now[len(before) :]:
                self._heard(f"Tháo Gỡ → {name}", new)

    def _heard(self, whom: str, text: str) -> None:
        self._clock()
        quoted = "<br>\n".join(f"> {line}" for line in text.splitlines())
        self.lines.append(f"**{whom}:**\n{quoted}\n")


async def _shown(message: object) -> str:
    text, buttons = message.text, message.buttons  # type: ignore[attr-defined]  a Heard
    row = " ".join(f"[{label}]" for label, _ in buttons)
    return f"{text}\n{row}".strip()


async def storm_night(scribe: Scribe) -> None:
    """A landslide at night, without marks: an emergency from the first word to the last."""
    await scribe.world.forward(hours=13, minutes=40)
    await scribe.joins("Cán bộ xã Chiêu Lưu", "chieu_luu")
    await scribe.joins("Trực Sở NN&MT", "so_nong_nghiep_moi_truong", Role.STAFF)
    await scribe.joins("Lãnh đạo Sở NN&MT", "so_nong_nghiep_moi_truong", Role.HEAD)
    await scribe.says(
        "Cán bộ xã Chiêu Lưu",
        "sat lo duong vao ban Khe Tang, dat da tran xuong 2 nha dan, xe k qua dc",
    )
    await scribe.says("Cán bộ xã Chiêu Lưu", "Không")
    await scribe.sends("Cán bộ xã Chiêu Lưu", 3, "5 ho 21 nguoi da len nha van hoa")
    await scribe.later(minutes=3)
    await scribe.presses("Trực Sở NN&MT", "Tiếp nhận")
    await scribe.says("Trực Sở NN&MT", "hỏi thêm: Máy xúc vào được tới đâu?")
    await scribe.later(minutes=4)
    await scribe.says("Cán bộ xã Chiêu Lưu", "xe vao duoc toi cau ban Khe Tang thoi")
    await scribe.says(
        "Trực Sở NN&MT", "cập nhật: 2 máy xúc của Hạt giao thông đang vào, tới trước 2 giờ sáng"
    )
    await scribe.later(hours=9)
    await scribe.says(
        "Trực Sở NN&MT", "đã xử lý: thông đường 6h30, 5 hộ về nhà bà con, chưa ai bị thương"
    )
    await scribe.says("Cán bộ xã Chiêu Lưu", "đã xong, cảm ơn các anh")


async def scanner(scribe: Scribe) -> None:
    """A request that two departments pass on, answered "no resources yet" with a promise."""
    await scribe.joins("Cán bộ xã Con Cuông", "con_cuong")
    await scribe.joins("Sở Tài chính", "so_tai_chinh", Role.STAFF)
    await scribe.joins("Sở KH&CN", "so_khoa_hoc_cong_nghe", Role.STAFF)
    await scribe.joins("Văn phòng UBND tỉnh", "van_phong_ubnd", Role.COORDINATOR)
    await scribe.joins("Phó Giám đốc Sở Tài chính", "so_tai_chinh", Role.HEAD)
    await scribe.says(
        "Cán bộ xã Con Cuông", "TTHCC xã có 2 máy scan hỏng, dân chờ kín phòng, xin cấp máy mới"
    )
    await scribe.presses("Sở Tài chính", "Chuyển")
    await scribe.says("Sở Tài chính", "skhcn vì là thiết bị số của một cửa")
    await scribe.later(hours=2)
    await scribe.says("Sở KH&CN", "1 chuyển sở tài chính: mua sắm do Sở Tài chính lo")
    await scribe.says("Sở KH&CN", "Văn phòng UBND tỉnh: hai sở chưa thống nhất")
    await scribe.later(hours=1)
    await scribe.says(
        "Văn phòng UBND tỉnh", "1 chuyển sở tài chính: Thông báo 2040 giao Sở Tài chính chủ trì"
    )
    await scribe.presses("Sở Tài chính", "Tiếp nhận")
    await scribe.says("Sở Tài chính", "hỏi thêm: Máy mua năm nào, còn bảo hành không?")
    await scribe.later(hours=20)
    await scribe.says("Cán bộ xã Con Cuông", "mua 2019, het bao hanh lau roi em a")
    await scribe.presses("Sở Tài chính", "Việc khác")
    await scribe.presses("Sở Tài chính", "Chưa có nguồn")
    await scribe.says(
        "Sở Tài chính",
        "Chưa có nguồn trong năm 2026; đã đưa vào dự toán 2027, báo lại trước 15/01/2027",
    )
    await scribe.presses("Phó Giám đốc Sở Tài chính", "Duyệt")
    await scribe.presses("Cán bộ xã Con Cuông", "Đồng ý")


async def outage(scribe: Scribe) -> None:
    """The same software fails in three communes; each has a ticket, each hears the end."""
    communes = ("Châu Khê", "Môn Sơn", "Con Cuông")
    codes = ("chau_khe", "mon_son", "con_cuong")
    for name, code in zip(communes, codes, strict=True):
        await scribe.joins(f"Cán bộ xã {name}", code)
    await scribe.joins("Sở KH&CN", "so_khoa_hoc_cong_nghe", Role.STAFF)
    said = (
        "phan mem 1 cua sang gio dang nhap toan bi da ra",
        "Hệ thống một cửa không đăng nhập được từ 8h, dân đợi",
        "mot cua dien tu lai loi dang nhap roi em oi",
    )
    for name, words in zip(communes, said, strict=True):
        await scribe.says(f"Cán bộ xã {name}", words)
        await scribe.later(minutes=7)
    await scribe.says("Sở KH&CN", "/hangdoi")
    for number in (1, 2, 3):
        await scribe.says(
            "Sở KH&CN", f"{number} đã xử lý: khởi động lại máy chủ lúc 09:40, đã kiểm tra"
        )
    await scribe.says("Cán bộ xã Châu Khê", "xong rồi em")
    await scribe.says("Cán bộ xã Môn Sơn", "vẫn chưa vào được")
    await scribe.says("Sở KH&CN", "2 đã xử lý: mở lại tài khoản của xã bị khóa")
    await scribe.says("Cán bộ xã Môn Sơn", "được rồi, cảm ơn")


Story = Callable[[Scribe], Awaitable[None]]
STORIES: Sequence[tuple[str, str, Story]] = (
    ("dem-bao", "Đêm bão: sạt lở, gõ không dấu", storm_night),
    ("may-scan", "Máy scan: hai sở chuyển qua lại, chưa có nguồn lực", scanner),
    ("mot-cua", "Phần mềm một cửa lỗi ở ba xã", outage),
)


async def transcript(world: World, title: str, story: Story) -> str:
    """A story as a readable file."""
    scribe = Scribe(world)
    await story(scribe)
    return "\n".join([f"# {title}\n", HEAD, *scribe.lines]).rstrip() + "\n"
