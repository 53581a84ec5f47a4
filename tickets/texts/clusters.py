"""What is said about needs that communes near each other have alike."""

from collections.abc import Sequence
from datetime import datetime

from storage.clusters import Asked, Cluster, Taken
from storage.tickets import Ticket
from tickets.clusters import Picture
from tickets.rich import bold
from tickets.texts.pieces import Pieces

NAMED = 12
"""Communes that are named; the rest are counted."""


class Clusters(Pieces):
    """Sentences about need clusters."""

    def cluster_proposed(self, shown: Picture, now: datetime) -> str:
        """The lead's desk and the coordinator are asked whether it is one request."""
        head = self._(
            "{n} xã gần nhau cùng cần {need}, cách nhau xa nhất {km} km, từ {day}: {names}."
        ).format(
            n=bold(str(len(shown.group.communes))), need=bold(shown.cluster.need),
            km=round(shown.group.span_km), day=self.short_day(shown.group.since),
            names=self.some(shown.group.communes),
        )  # fmt: skip
        then = self._(
            "Lập đề xuất chung thì có dự thảo văn bản kèm bảng nhu cầu; từng phiếu vẫn chạy, bỏ "
            "lại được. Không phải thì thôi."
        )
        return f"{head}\n{then}"

    def short_day(self, instant: datetime) -> str:
        """A day of this year: 02/11."""
        return f"{instant.astimezone(self.zone):%d/%m}"

    def some(self, communes: Sequence[str]) -> str:
        """Communes by name, the rest counted."""
        named, more = self.shorts(communes[:NAMED]), len(communes) - NAMED
        if more <= 0:
            return named
        return self._("{names} và {n} xã nữa").format(names=named, n=more)

    def cluster_made(self, shown: Picture, link: str) -> str:
        """Whoever pressed hears what was made, with the draft."""
        text = self._(
            "Đã lập đề xuất chung {need}, {n} xã; các xã được báo, từng phiếu vẫn chạy."
        ).format(need=bold(shown.cluster.need), n=len(shown.group.communes))
        if link:
            text += "\n" + self._("Dự thảo (bảng nhu cầu, lịch dùng chung): {link}").format(
                link=link
            )
        return text

    def cluster_dropped(self, cluster: Cluster) -> str:
        """Somebody said that it is no common need."""
        return self._(
            "Đã ghi: {need} ở các xã này không phải nhu cầu chung; từng phiếu vẫn chạy."
        ).format(need=bold(cluster.need))

    def cluster_undone(self, cluster: Cluster) -> str:
        """What was taken up is a proposal again."""
        return self._(
            "Đã bỏ đề xuất chung {need}; các xã được báo. Lập lại lúc nào cũng được."
        ).format(need=bold(cluster.need))

    def cluster_stands(self, cluster: Cluster, name: str) -> str:
        """A press that came late: how it stands."""
        said = {
            Taken.PROPOSED: self._("{need}: đang chờ quyết."),
            Taken.MADE: self._("{need}: {name} đã lập đề xuất chung."),
            Taken.DROPPED: self._("{need}: {name} đã chọn không phải nhu cầu chung."),
        }[Taken(cluster.state)]
        return said.format(need=bold(cluster.need), name=name)

    def cluster_grew(self, shown: Picture, added: Sequence[Asked]) -> str:
        """One more commune asks for what a joint proposal is made about."""
        codes = list(dict.fromkeys(code for row in added for code in row.communes))
        return self._(
            "{names} cũng cần {need}: đã thêm vào đề xuất chung, nay {n} xã. Dự thảo tải lại "
            "là mới."
        ).format(
            names=bold(self.some(codes)), need=bold(shown.cluster.need),
            n=len(shown.group.communes),
        )  # fmt: skip

    def cluster_taken_up(self, ticket: Ticket, shown: Picture) -> str:
        """A commune hears that its request stands in a joint proposal."""
        return self._(
            "{title}: {lead} đưa vào đề xuất chung {need} của {n} xã ({names}). Phiếu của xã vẫn "
            "chạy, có tin là anh/chị nghe."
        ).format(
            title=self.title(ticket), lead=self.units.short_name(shown.cluster.lead),
            need=bold(shown.cluster.need), n=len(shown.group.communes),
            names=self.some(shown.group.communes),
        )  # fmt: skip

    def cluster_let_go(self, ticket: Ticket, need: str) -> str:
        """A commune hears that there is no joint proposal any more."""
        return self._("{title}: không còn trong đề xuất chung {need}; phiếu vẫn chạy.").format(
            title=self.title(ticket), need=bold(need)
        )

    def cluster_line(self, shown: Picture) -> str:
        """A proposal in a few words, for the digest."""
        return self._("{need}: {n} xã ({names}), từ {day}").format(
            need=shown.cluster.need, n=len(shown.group.communes),
            names=self.shorts(shown.group.communes[:3]), day=self.short_day(shown.group.since),
        )  # fmt: skip
