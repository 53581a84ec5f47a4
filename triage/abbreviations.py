"""What officials shorten or say in Nghệ speech, and the common words it stands for."""

from typing import Final


def _table(lines: str) -> dict[str, str]:
    """Read lines of 'full words: short short …' into short -> full words."""
    pairs = (line.split(":") for line in lines.strip().splitlines())
    return {short: full.strip() for full, shorts in pairs for short in shorts.split()}


SHORT: Final = _table("""
không: ko k kg hok khg hông kô khôg khog hem hk0 k0 hong kongg
không phải: kp
không biết: kbiet kbit kbiết
được: dc đc đk dx đx đuoc duợc đựoc dcc đươc đưọc đuợc
với: vs vơi
cũng: cg cũg cug cx cung~
như thế nào: ntn
thế nào: tnao tnào
gì: j
vậy: z zậy zay
rồi: r rùi rui ròi ròy rầu òi
người: ng ngừi
người ta: ngta
người dân: ngdan ngdân
mọi người: mng mn
anh em: ae
anh chị em: ace
anh chị: a/c ac
em: e
điện thoại: đth đthoai đthoại dthoai
số điện thoại: sđt sdt
nhiều: nhìu nhiu nhìu nhiuf
quá: wá wa qa qá
làm: lm
luôn: lun luon~
mà: mak mah
hôm nay: hnay hnai
hôm qua: hqua
bây giờ: bjo bgio bgiờ bgjo bjờ
thời gian: tgian tg
trước: trc trươc
trả lời: trl
đang: đag đg dg
ví dụ: vd
nhắn tin: ib inbox
đồng ý: ok oke okie okê
cảm ơn: tks thanks thank thks thx camon cmon cámơn cảmơn
cảm: cám
làm ơn: pls plz
công ty: cty
số thứ tự: stt
quan trọng: qtrong qtrọng
quan tâm: qtam qtâm
thông báo: tbao tbáo
thông tin: ttin
bình thường: bthg bthuong bthường bthg
sử dụng: sdung sdụng sd
vấn đề: vđ vđề vde
hướng dẫn: hdan hdẫn hd hdẩn
đề nghị: đn đnghi đnghị dnghi đ/n
doanh nghiệp: dn dnghiep
kiến nghị: kn knghi knghị k/n
phản ánh: pa p/a pánh
báo cáo: bc b/c bcao bcáo
xử lý: xl xly xlý
giải quyết: gq gquyet gquyết
học sinh: hsinh
học sinh giỏi: hsg
sinh viên: sv
học sinh sinh viên: hssv
hồ sơ: hso hsơ
hỗ trợ: htro htrợ
khắc phục: kphuc kphục kp'
kiểm tra: ktra ktr
quyết định: qđ qd qđịnh
công văn: cv c/v
văn bản: vb vban vbản
nghị định: nđ nghđ
nghị quyết: nq
kết luận: kl
tờ trình: ttr
triệu: tr trieu~
triệu đồng: trđ trd
lái xe: lx
ô tô: oto ôtô
xe máy: xm
bắt đầu: bđ
buổi: bủi
phải: fải fai
chương trình: ctr ctrình ctrinh
ủy ban nhân dân: ubnd
ủy ban nhân dân xã: ubndx
ủy ban xã: ubx
ủy ban: ub uỷban
ủy ban mặt trận tổ quốc: ubmttq ubmt
mặt trận tổ quốc: mttq
hội đồng nhân dân: hđnd hdnd
văn phòng: vp
văn phòng ủy ban: vpub vpubnd
vi phạm hành chính: vphc
chủ tịch xã: ctx
phó chủ tịch: pct
phó chủ tịch xã: pctx
đảng ủy: đu đuy đuỷ
đảng viên: đv đvien đviên dvien
cán bộ đảng viên: cbđv
đại hội đại biểu: đhđb
ban tổ chức: btc
ban tổ chức tỉnh ủy: btctu
ban thường vụ: btv
ban chấp hành: bch
ban tuyên giáo: btg
ban tuyên giáo dân vận: btgdv
sở nội vụ: snv
sở tài chính: stc
sở xây dựng: sxd
sở y tế: syt
sở công thương: sct
sở tư pháp: stp
sở khoa học công nghệ: skhcn
sở giáo dục: sgd
sở giáo dục đào tạo: sgdđt sgddt
sở nông nghiệp: snn
sở nông nghiệp môi trường: snnmt
nông nghiệp môi trường: nnmt nn&mt nnvmt
tài nguyên môi trường: tnmt tn&mt
nông nghiệp phát triển nông thôn: nnptnt nn&ptnt
kế hoạch đầu tư: khđt khdt kh&đt
thông tin truyền thông: tttt tt&tt
khoa học công nghệ: khcn kh&cn
công nghệ thông tin: cntt
giao thông vận tải: gtvt
giáo dục đào tạo: gdđt gddt gd&đt
lao động thương binh xã hội: lđtbxh ldtbxh
văn hóa thể thao: vhtt
văn hóa thể thao du lịch: vhttdl vhtt&dl
văn hóa thể thao truyền thông: vhtttt
văn hóa xã hội: vhxh
nhà văn hóa: nvh nhavh
nhà văn hóa cộng đồng: nvhcđ
dân tộc tôn giáo: dttg dt&tg
dân tộc thiểu số: dtts
đồng bào dân tộc: đbdt
đồng bào dân tộc thiểu số: đbdtts dbdtts
công an xã: cax
ban chỉ huy quân sự: bchqs
chỉ huy quân sự: chqs
bộ đội biên phòng: bđbp bdbp
đồn biên phòng: đbp
dân quân: dq
dân quân tự vệ: dqtv
nghĩa vụ quân sự: nvqs
an ninh trật tự: antt
bảo vệ an ninh trật tự: bvantt
quốc phòng an ninh: qpan anqp
trật tự an toàn giao thông: ttatgt
an toàn giao thông: atgt
tai nạn giao thông: tngt
cảnh sát giao thông: csgt
giấy phép lái xe: gplx
cán bộ: cb cbo cbộ
cán bộ công chức: cbcc cb-cc
cán bộ công chức viên chức: cbccvc
công chức viên chức: ccvc
công chức: cchuc cchức
cán bộ không chuyên trách: cbkct
không chuyên trách: kct
bán chuyên trách: bct
giáo viên: gv gvien gviên
giáo viên mầm non: gvmn
bác sĩ: bs bsi bsĩ
bệnh nhân: bn
bệnh viện: bv bvien bviện
trạm y tế: tyt
y tế: yt
y tế bản: ytb ytbản
bảo hiểm y tế: bhyt
bảo hiểm xã hội: bhxh
bảo hiểm thất nghiệp: bhtn
bảo trợ xã hội: btxh
an sinh xã hội: asxh
người khuyết tật: nkt
người cao tuổi: nct
người có công: ncc
thương binh liệt sĩ: tbls
thanh niên xung phong: tnxp
cựu chiến binh: ccb
phụ nữ: pn
vệ sinh an toàn thực phẩm: vsattp vsatt
an toàn vệ sinh thực phẩm: atvstp
an toàn thực phẩm: attp
sốt xuất huyết: sxh
dân số kế hoạch hóa gia đình: dskhhgd dskhhgđ
kế hoạch hóa gia đình: khhgđ khhgd
bạo lực gia đình: blgđ blgd
thủ tục hành chính: tthc
thủ tục: ttuc thutuc
hành chính công: hcc
trung tâm hành chính công: tthcc
trung tâm phục vụ hành chính công: ttpvhcc ttphcc ttpvhc ttpv
phục vụ hành chính công: pvhcc
trung tâm: ttam ttâm
trung tâm y tế: ttyt
trung tâm văn hóa: ttvh
trung tâm văn hóa thể thao: ttvhtt
một cửa: 1cua 1cửa
một cửa điện tử: mcđt mcdt
dịch vụ công: dvc dvcong
dịch vụ công trực tuyến: dvctt
dịch vụ công quốc gia: dvcqg
phần mềm: pm pmem pmềm fm fần
hệ thống: ht hthong hthống hthg
tài khoản: tk tkhoan tkhoản
mật khẩu: mk mkhau mkhẩu pass pw password
chữ ký số: cks ckso
chữ ký: cky cký
chứng thư số: cts
ký số: kso
thiết bị: tbi tbị
trang thiết bị: ttb
máy tính: mtinh mtính pc
máy tính xách tay: laptop lap mtxt
cơ sở dữ liệu: csdl
cơ sở dữ liệu quốc gia: csdlqg
dữ liệu: dlieu dliệu
chuyển đổi số: cđs cds
đổi mới sáng tạo: đmst
quản lý văn bản: qlvb
quản lý văn bản điều hành: qlvbđh
trục liên thông: ttx
liên thông: lthong lthông
đăng ký kinh doanh: đkkd dkkd
hợp tác xã: htx
hộ kinh doanh: hkd hộkd
an toàn thông tin: attt
an toàn thông tin mạng: atttm
truyền số liệu chuyên dùng: tslcd
nhà mạng: nmang nmạng
giấy chứng nhận: gcn
giấy chứng nhận quyền sử dụng đất: gcnqsdđ gcnqsdd
quyền sử dụng đất: qsdđ qsdd
văn phòng đăng ký đất đai: vpđkđđ vpdkdd vpđk vpdk
bản đồ địa chính: bđđc bddc bđđch
hồ sơ địa chính: hsđc
chuyển mục đích: cmđ cmd
chuyển mục đích sử dụng đất: cmđsdđ cmdsdd
sử dụng đất: sdđ sdd
giải phóng mặt bằng: gpmb
bồi thường giải phóng mặt bằng: btgpmb
tái định cư: tđc tdc
khu tái định cư: ktđc
thủy điện: tđ thđ thuyđien
nhà máy thủy điện: nmtđ
nông thôn mới: ntm
mục tiêu quốc gia: mtqg
chương trình mục tiêu quốc gia: ctmtqg
xóa đói giảm nghèo: xđgn
hộ cận nghèo: hcn
khu vực ba: kv3 kviii
khu vực: kv
đặc biệt khó khăn: đbkk dbkk
khó khăn: kk
xây dựng cơ bản: xdcb
xây dựng: xd
trật tự xây dựng: ttxd
cấp phép xây dựng: cpxd
giấy phép xây dựng: gpxd
quy hoạch: qh qhoach qhoạch
quản lý dự án: qlda
dự án: da
đầu tư công: đtc dtc
đầu tư: đtư dtu đtu
ngân sách nhà nước: nsnn
kinh phí: kphi kphí kf kfi
kiểm soát chi: ksc
kho bạc nhà nước: kbnn
kho bạc: kbac kbạc
ngân hàng chính sách xã hội: nhcsxh
chính sách xã hội: csxh
chính sách: cs csach csách
chế độ: cđ cđộ cdo chđộ
phụ cấp: pc pcap pcấp
phòng cháy chữa cháy: pccc
phòng cháy chữa cháy rừng: pcccr
cứu nạn cứu hộ: cnch
phòng chống thiên tai: pctt
tìm kiếm cứu nạn: tkcn
phòng thủ dân sự: ptds
quản lý bảo vệ rừng: qlbvr
bảo vệ rừng: bvr
bê tông xi măng: btxm
bê tông cốt thép: btct
bê tông: btông btong
giao thông nông thôn: gtnt
giao thông: gthong gthông gt
vệ sinh môi trường: vsmt
ô nhiễm môi trường: onmt
ô nhiễm: ônhiem onhiem
môi trường: mtr mtruong mtrường
nước sinh hoạt: nsh
nhà vệ sinh: nvs wc toilet
sạt lở: sl slở slo satlo
lũ quét: lq
trạm biến áp: tba
mất điện: mđ matdien
điện lực: đlực dluc evn pc1
xuất khẩu lao động: xkld xklđ
lao động: lđ
hợp đồng lao động: hđlđ hdld
dịch tả lợn châu phi: dtlcp asf
lở mồm long móng: lmlm
viêm da nổi cục: vdnc
gia súc gia cầm: gsgc
bảo vệ thực vật: bvtv
căn cước công dân: cccd
chứng minh nhân dân: cmnd
chứng minh thư: cmt
lý lịch tư pháp: lltp
giấy khai sinh: gks
khai sinh: ks
đăng ký kết hôn: đkkh dkkh
hộ tịch: htich htịch
hộ khẩu: hk hkhau hkhẩu
trợ giúp pháp lý: tgpl
quy phạm pháp luật: qppl
văn bản quy phạm pháp luật: vbqppl
phổ biến giáo dục pháp luật: pbgdpl
hòa giải cơ sở: hgcs
khiếu nại tố cáo: kntc
tiếp công dân: tcd
khu dân cư: kdc
trung học phổ thông: thpt
trung học cơ sở: thcs
tiểu học cơ sở: thcs&th
phổ thông dân tộc bán trú: ptdtbt
phổ thông dân tộc nội trú: ptdtnt
mầm non: mnon
giáo dục thường xuyên: gdtx
giáo dục nghề nghiệp: gdnn
cơ sở vật chất: csvc
thiết bị dạy học: tbdh
sách giáo khoa: sgk
sản xuất: sx
phát thanh truyền hình: ptth
truyền thanh: tthanh
thi đua khen thưởng: tđkt tdkt
khen thưởng: kthuong kthưởng
tập huấn: thuan~ tập-huấn
biên chế: bche bchế
nghỉ việc: nghiviec
khẩn cấp: kcap kcấp
cấp cứu: ccuu ccứu
tái hòa nhập: thn
""")
"""Short form to the full words. Forms that read in several ways (tt, bt, ct, nv, kt, ns …) are
left out: the classifier sees them as typed, among their neighbours."""

SHORT_PAIRS: Final = _table("""
công an xã: ca_xã ca_xa ca_x
công an tỉnh: ca_tỉnh ca_tinh
công an phường: ca_phường ca_phuong
không chuyên trách: ko_ct k_ct
một cửa: 1_cửa 1_cua
tỉnh lộ: tl_số
an ninh trật tự: an_ttự
mặt trận tổ quốc: mt_tq
thủ tục hành chính: tt_hc
phó chủ tịch: p_ct
văn phòng ủy ban: vp_ub
hồ sơ tồn: hs_tồn hs_ton
hồ sơ trễ: hs_trễ hs_tre
hồ sơ kẹt: hs_kẹt hs_ket
hồ sơ đất: hs_đất hs_dat
hồ sơ quá: hs_quá
hồ sơ nộp: hs_nộp hs_nop
nộp hồ sơ: nộp_hs nop_hs
nhận hồ sơ: nhận_hs nhan_hs
trả hồ sơ: trả_hs tra_hs
bộ hồ sơ: bộ_hs bo_hs
làm hồ sơ: làm_hs lam_hs
chuyển hồ sơ: chuyển_hs chuyen_hs
số hồ sơ: số_hs
mã hồ sơ: mã_hs ma_hs
hồ sơ dân: hs_dân hs_dan
hồ sơ của: hs_của hs_cua
hồ sơ hộ: hs_hộ
em học sinh: em_hs
học sinh nghỉ: hs_nghỉ hs_nghi
học sinh đi: hs_đi hs_di
học sinh bỏ: hs_bỏ
học sinh lớp: hs_lớp hs_lop
học sinh bán: hs_bán hs_ban
học sinh tiểu: hs_tiểu hs_tieu
học sinh ở: hs_ở
phòng học: ph_học
""")
"""Two typed words joined by '_' to their full words, where only the neighbour decides."""

DIALECT: Final = _table("""
đâu: mô
kia: tê
sao: răng
thế: rứa
không: nỏ
thế này: ri
này: ni
ấy: nớ
giờ: chừ
làm: mần
nước: nác
đường: đàng
trâu: tru
lửa: lả
đầu: trốc
hắn: hấn
chơi: nhởi
giữa: trửa
dây: chạc
sân: cươi
xa: ngái
rừng: rú
cái: cấy
vợ: gấy
chồng: nhông
ông: ôông
bát: đọi
bữa: bựa
trên: côi
nào: mồ
dưới: dưói
người: ngài
sâu: su
lúa: ló
vào: vô
""")
"""Words of Nghệ speech, as written with their marks: without marks most read as something else."""

WORDS_UNMARKED: Final = frozenset(
    ("ac", "da", "hem", "hong", "lap", "lun", "ri", "rui", "su", "tru")
)
"""Short forms that in a message without marks are words themselves, and stay as typed there:
"da" is "đã" or "đá", "hong" "hỏng", "lap" "lập" or "lấp", "su dung" "sử dụng", "tru so" "trụ sở".
Beside words with marks the writer, who could have marked them, means "dự án", "không", "sâu" …
Read in the examples: of "ac" ("ắc quy", anh chị), "ri" and "rui" about half are words, of the
others nearly all."""
