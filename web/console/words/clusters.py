"""Words of the page of what communes have in common."""

WORDS: dict[str, tuple[str, str]] = {
    "nav_clusters": ("Việc chung", "In common"),
    "clusters_title": ("Nhu cầu giống nhau", "Needs alike"),
    "clusters_note": (
        "Ba xã trở lên, gần nhau (cùng huyện cũ hoặc cách không quá 20 km), cùng cần một thứ trong "
        "60 ngày. Từng phiếu vẫn chạy, quyết thế nào cũng đổi lại được.",
        "Three communes and more near each other (one former district, or 20 km at most) that ask "
        "for the same within 60 days. Each ticket runs on; every decision can be taken back.",
    ),
    "clusters_none": ("Chưa có nhu cầu nào giống nhau.", "No needs alike yet."),
    "clusters_wait": ("chờ quyết", "to be decided"),
    "cluster_proposed": ("Chờ quyết", "To be decided"),
    "cluster_made": ("Đã lập đề xuất chung", "Joint proposal made"),
    "cluster_dropped": ("Không phải nhu cầu chung", "No common need"),
    "cluster_since": ("từ", "since"),
    "cluster_apart": ("xa nhất", "at most apart"),
    "cluster_draft": ("Dự thảo .docx", "Draft .docx"),
    "cluster_need": ("Cần gì", "What"),
    "cluster_who": ("Xã nào", "Who"),
    "cluster_map": ("Ở đâu", "Where"),
    "cluster_map_note": (
        "Vòng đỏ: có nhu cầu chờ quyết; xanh: đã lập đề xuất chung; đường nối: các xã của một nhu cầu.",
        "Red: a need waits to be decided; blue: a joint proposal was made; lines join one need.",
    ),
    "outages_title": ("Sự cố chung đang xử lý", "Shared outages at work"),
    "outages_none": ("Không có sự cố chung nào.", "No shared outage."),
}
