title = Làm tài khoản VNeID cho tổ chức
about = Tôi đi cùng bạn từ lúc chuẩn bị cho tới lần đăng nhập đầu tiên bằng tên tổ chức. Việc này không mất phí.

loai = Bạn làm tài khoản cho ai?
    .cong-ty = Công ty, doanh nghiệp
    .hop-tac-xa = Hợp tác xã
    .khac = Cơ quan, trường học, tổ chức khác
    .ho = Hộ kinh doanh
    .chua = Chưa có giấy đăng ký kinh doanh
    .name = Làm cho

ho-hoi = Quy định tôi đọc chỉ nêu cơ quan, tổ chức, chưa nêu hộ kinh doanh.
    Vì vậy hãy hỏi công an xã, phường trước, hoặc gọi 1900.0368.
    Bạn được trả lời thế nào?
    .duoc = Hộ của tôi được làm
    .ca-nhan = Dùng tài khoản riêng của chủ hộ
    .chua-hoi = Tôi chưa hỏi
    .name = Câu trả lời cho hộ

vai-tro = Bạn là ai trong tổ chức hoặc hộ kinh doanh?
    .dai-dien = Người đại diện theo pháp luật, người đứng đầu, chủ hộ
    .uy-quyen = Người được người đó ủy quyền
    .khong = Không phải những người trên
    .name = Vai trò

muc-hai = Bạn có tài khoản VNeID cá nhân mức 2 chưa?
    Mở VNeID, tên mức hiện ở màn hình đầu.
    .co = Có mức 2
    .chua = Chưa có, hoặc mới mức 1
    .name = VNeID của bạn

giay-uy-quyen = Xin người đại diện theo pháp luật, người đứng đầu hoặc chủ hộ ủy quyền cho bạn.
    Tôi chưa có nguồn về mẫu giấy ủy quyền. Hỏi công an xã, phường cần giấy gì.
    Có ủy quyền rồi, bấm "Đã xong".

dong-y = Tổ chức còn người đại diện theo pháp luật nào khác không?
    Phải được tất cả đồng ý thì mới gửi yêu cầu.
    .mot = Không còn ai khác
    .du = Có, tất cả đã đồng ý
    .thieu = Có, chưa đồng ý đủ
    .name = Người đại diện khác

xin-y-kien = Hỏi ý kiến từng người đại diện theo pháp luật còn lại.
    Tất cả đồng ý rồi, bấm "Đã xong". Cần thời gian thì bấm "Để sau".

thong-tin = Lấy giấy đăng ký hoặc quyết định thành lập ra, để sẵn:
    - tên đầy đủ, ngày thành lập, địa chỉ trụ sở
    - mã số thuế và mã số trên giấy đăng ký, nếu có
    - họ tên và số định danh của người đại diện hoặc người đứng đầu
    Các thông tin này được so với dữ liệu đăng ký. Đừng gửi giấy tờ vào đây.

cach = Bạn muốn gửi yêu cầu bằng cách nào?
    Cả hai cách đều không mất phí.
    .vneid = Trong ứng dụng VNeID
    .cong-an = Phiếu giấy tại công an xã, phường
    .name = Cách gửi

khai-vneid = Mở VNeID bằng tài khoản cá nhân mức 2 của bạn, tìm mục đăng ký định danh cho tổ chức.
    Hướng dẫn năm 2025 gọi mục này là "Định danh tổ chức". Bản mới có thể đặt tên khác.
    Khai thông tin của tổ chức theo màn hình.

gui-vneid = Đọc lại từng dòng, so với giấy đăng ký.
    Đúng hết rồi thì gửi yêu cầu. Bạn không phải nộp thêm phiếu giấy.

den-cong-an = Đến công an xã, phường, khai phiếu TK02 dùng cho cơ quan, tổ chức.
    Nên mang thẻ căn cước và giấy đăng ký, phòng khi cán bộ cần xem.
    Nơi có dịch vụ bưu chính cho thủ tục này, bạn gửi phiếu qua bưu chính cũng được.

ket-qua = Chờ kết quả. Nhiều nhất 3 ngày làm việc nếu dữ liệu về tổ chức đã có.
    Nhiều nhất 15 ngày nếu chưa có và phải xác minh.
    Kết quả báo qua VNeID, số điện thoại hoặc thư điện tử của người đăng ký.
    Bạn nhận được kết quả nào? Chưa có thì bấm "Để sau".
    .cap = Đã được cấp tài khoản
    .tu-choi = Bị từ chối
    .name = Kết quả

dang-nhap = Làm theo hướng dẫn trong thông báo kết quả, nếu có.
    Sau đó tự gõ dichvucong.gov.vn, bấm "Đăng nhập", và chọn tổ chức khi màn hình hỏi.
    Tôi chưa có nguồn mô tả từng màn hình của bước này. Vướng thì gọi 18001096.
    Tên tổ chức đã hiện ra, bấm "Đã xong".

chua-dang-ky = Phải có giấy đăng ký trước, rồi mới làm tài khoản.
    Hộ kinh doanh đăng ký tại xã, phường. Công ty, hợp tác xã thì hỏi Trung tâm Phục vụ hành chính công của tỉnh hoặc của xã, phường.

ho-ca-nhan = Chủ hộ dùng tài khoản VNeID mức 2 của chính mình, như công an đã trả lời.
    Chưa có mức 2 thì làm tại công an xã, phường, không mất phí. Có rồi thì đăng nhập Cổng.

ho-chua-hoi = Hỏi công an xã, phường, hoặc gọi 1900.0368: "Hộ kinh doanh có làm tài khoản định danh tổ chức không?"
    Nên mang thẻ căn cước và giấy chứng nhận đăng ký hộ kinh doanh. Có câu trả lời thì quay lại đây.
    Trong lúc đó, chủ hộ nên có sẵn VNeID mức 2 của mình.

khong-phai-ban = Bạn chưa đứng ra làm được.
    Người đại diện theo pháp luật, người đứng đầu hoặc chủ hộ phải tự làm, hoặc ủy quyền cho bạn. Chuyển hướng dẫn này cho người đó.

can-muc-2 = Bạn cần tài khoản VNeID cá nhân mức 2 trước. Công an xã, phường làm trực tiếp cho bạn, không mất phí.
    Có mức 2 rồi, mở lại hướng dẫn này.

bi-tu-choi = Đọc lý do trong văn bản, tin nhắn hoặc tài khoản VNeID của người đăng ký.
    Thông tin sai hoặc cũ thì sửa ở nơi đã đăng ký trước. Rồi hỏi công an xã, phường cách gửi lại.
    Không rõ lý do thì hỏi công an xã, phường hoặc gọi 1900.0368.

xong = Xong rồi! Trước mỗi lần nộp hồ sơ, xem tên đang hiện là tên tổ chức hay tên riêng của bạn.
    Đừng giao mật khẩu, mã xác nhận hay passcode cho người làm dịch vụ. Làm xong việc, nhớ đăng xuất.

trouble-khong-ro-muc = Tôi không biết mình ở mức nào
    .remedy = Mở VNeID và đọc tên mức ở màn hình đầu. Không mở được thì hỏi công an xã, phường hoặc gọi 1900.0368.
trouble-khong-dong-y = Có người không đồng ý
    .remedy = Chưa gửi yêu cầu được. Trong tổ chức phải thống nhất trước đã.
trouble-nguoi-cu = Người đại diện đã nghỉ mà còn tên
    .remedy = Đổi người đại diện ở nơi đã đăng ký trước. Dữ liệu mới có rồi mới gửi yêu cầu.
trouble-dk-cu = Địa chỉ, tên hoặc người đại diện đã đổi
    .remedy = Báo thay đổi ở nơi đã đăng ký trước, rồi hãy gửi. Thông tin lệch nhau dễ bị trả lại.
trouble-ten-khac = Tên người đại diện khác thẻ căn cước
    .remedy = Giấy đăng ký sai thì sửa ở nơi đã đăng ký. Dữ liệu dân cư sai thì sửa tại công an xã, phường.
trouble-mat-giay = Mất giấy đăng ký
    .remedy = Hỏi nơi đã cấp để xin lại bản khác. Bạn vẫn cần đúng tên, mã số và địa chỉ đã đăng ký.
trouble-khong-thay-muc = Không thấy mục cho tổ chức
    .remedy = Cập nhật VNeID từ App Store hoặc Google Play, rồi tìm lại. Vẫn không thấy thì đến công an xã, phường khai phiếu TK02.
trouble-quen-passcode = Tôi quên passcode
    .remedy = Mở VNeID. Khi ứng dụng hỏi passcode, tìm dòng "Quên passcode" và làm theo. Không được thì gọi 1900.0368, hoặc đến công an xã, phường.
trouble-may-cu = Điện thoại cũ, VNeID không chạy
    .remedy = Xóa bớt ảnh, cập nhật máy rồi thử lại. Không được thì khai phiếu TK02 tại công an xã, phường.
trouble-khong-khop = Báo thông tin không khớp
    .remedy = Chép lại đúng từng chữ trên giấy đăng ký. Vẫn báo lệch thì hỏi nơi đã đăng ký và cơ quan thuế xem dữ liệu nào sai.
trouble-otp = Mã 6 số không về
    .remedy = Kiểm tra máy có sóng, có mạng. Xem thông báo trong VNeID và tin nhắn của số đã đăng ký. Chờ vài phút rồi thử lại, hoặc gọi 1900.0368.
trouble-gui-loi = Bấm gửi thì báo lỗi
    .remedy = Kiểm tra mạng, chờ một lúc rồi thử lại. Vẫn lỗi thì gọi 1900.0368, hoặc khai phiếu TK02 tại công an xã, phường.
trouble-khong-nhan = Nơi tiếp nhận không nhận phiếu
    .remedy = Nói mã thủ tục 3.000498 và tên phiếu TK02. Vẫn không được thì gửi trong VNeID, hoặc gọi 1900.0368.
trouble-khong-di-duoc = Người đại diện không đi được
    .remedy = Người đó tự gửi yêu cầu trong VNeID, hoặc ủy quyền cho người khác. Hỏi công an xã, phường cần giấy ủy quyền nào.
trouble-cho-lau = Quá hạn mà chưa có kết quả
    .remedy = Xem thông báo trong VNeID, tin nhắn và thư điện tử. Không có thì hỏi công an xã, phường hoặc gọi 1900.0368.
trouble-doi-tien = Có người đòi tiền để làm nhanh
    .remedy = Đừng trả. Thủ tục này không mất phí. Hỏi lại công an xã, phường.
trouble-chi-ten-rieng = Chỉ hiện tên riêng của tôi
    .remedy = Bạn đang dùng tài khoản cá nhân. Đăng xuất, đăng nhập lại và tìm chỗ chọn tổ chức. Không thấy thì gọi 18001096.
