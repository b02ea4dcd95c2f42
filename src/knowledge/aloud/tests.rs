//! Announcements as they are typed, and as they are read.

#[test]
fn each_thing_is_said() {
    let cases = "
0 10 15 21 24 25 => không mười mười lăm hai mươi mốt hai mươi tư hai mươi lăm | 007 => không không bảy |
101 1005 => một trăm linh một một nghìn không trăm linh năm | 1000000 1.000.000.000 => một triệu một tỷ |
50.000 1,5 0,05 3.5 => năm mươi nghìn một phẩy năm không phẩy không năm ba chấm năm | 50,000đ => năm mươi nghìn đồng |
12A QR => mười hai A quy e-rờ | ngày 22/11/2026 => ngày hai mươi hai tháng mười một năm hai nghìn không trăm hai mươi sáu |
hôm 5/1 => hôm mùng năm tháng một | sáng 1/4 và 2/4 => sáng ngày mùng một tháng tư và ngày mùng hai tháng tư |
1/2 3/4 24/7 => một phần hai ba phần tư hai mươi tư trên bảy | ngày 5 tháng 4 => ngày mùng năm tháng tư |
22-25/11 họp => từ ngày hai mươi hai đến ngày hai mươi lăm tháng mười một họp | khóa XV => khóa mười lăm |
ngày 1/5 - ngày 2/5 => ngày mùng một tháng năm đến ngày mùng hai tháng năm |
quý IV/2030 => quý bốn năm hai nghìn không trăm ba mươi | 7 giờ 30 phút => bảy giờ ba mươi phút |
7h 7h30 07:30 17h00 => bảy giờ bảy giờ ba mươi bảy giờ ba mươi mười bảy giờ | từ 7h – 8h30 => từ bảy giờ đến tám giờ ba mươi |
7-11h => từ bảy đến mười một giờ | 15-20 người => mười lăm đến hai mươi người | 30-40% => ba mươi đến bốn mươi phần trăm |
thứ 2-6 => thứ hai đến thứ sáu | 5km 100m2 38°C => năm ki lô mét một trăm mét vuông ba mươi tám độ xê |
9đ/m2/tháng => chín đồng mỗi mét vuông mỗi tháng | và/hoặc k/h => và hoặc k hoặc h |
0912345678 => không chín một hai, ba bốn năm, sáu bảy tám | 0210 3847 123 => không hai một không, ba tám bốn bảy, một hai ba |
1900.6789 => một chín không không, sáu bảy tám chín | +84912345678 => cộng tám bốn, chín một hai, ba bốn năm, sáu bảy tám |
gọi 113, 114 => gọi một một ba, một một bốn | 113 hộ => một trăm mười ba hộ | H44.1-01 => hát bốn bốn, một, không một |
Nghị định 8/2030/NĐ-CP => Nghị định số tám năm hai nghìn không trăm ba mươi của Chính phủ |
Số: 15/TB-UBND => Số: mười lăm, thông báo của Ủy ban nhân dân | Trường TH A, TH => Trường Tiểu học A, tê hát |
TT Hùng Sơn, TP.HCM => thị trấn Hùng Sơn, thành phố Hồ Chí Minh | TS. An ko CA, v.v... => tiến sĩ An ko CA, vân vân |
COVID-19 => COVID mười chín | a@xa.gov.vn. => thư điện tử a a còng xa chấm gov chấm vn. |
** A&B (tầng 2) có 3x4 + 1. => A và B, tầng hai, có ba nhân bốn cộng một.";
    for (typed, said) in cases.split('|').map(|case| case.trim().split_once(" => ").unwrap()) {
        assert_eq!(super::aloud(typed), said, "{typed}");
    }
}

#[test]
fn an_announcement_reads_well() {
    let typed = "📢 THÔNG BÁO\n🔔 UBND xã mời bà con làm CCCD.\n\n✅ Thời gian: 7h30-11h30, từ ngày 22/11\n- Địa điểm: NVH \
        thôn 3 (tầng 2).\n- Lệ phí: 50.000đ/người, giảm 30%.\n- Mỗi buổi 15-20 người.\n* SĐT 0912.345.678 hoặc gọi 113.";
    let said = "THÔNG BÁO\nỦy ban nhân dân xã mời bà con làm căn cước công dân.\n\nThời gian: từ bảy giờ ba mươi đến mười \
        một giờ ba mươi, từ ngày hai mươi hai tháng mười một\nĐịa điểm: nhà văn hóa thôn ba, tầng hai.\nLệ phí: năm \
        mươi nghìn đồng mỗi người, giảm ba mươi phần trăm.\nMỗi buổi mười lăm đến hai mươi người.\nsố điện thoại không \
        chín một hai, ba bốn năm, sáu bảy tám hoặc gọi một một ba.";
    assert_eq!(super::aloud(typed), said);
}
