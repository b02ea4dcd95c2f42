title = Đăng nhập Cổng Dịch vụ công lần đầu
about = Tôi đi cùng bạn từ lúc chuẩn bị cho tới khi tên bạn hiện trên Cổng. Mật khẩu và các mã, bạn chỉ nhập trên màn hình đăng nhập hoặc trong VNeID.

muc = Tài khoản VNeID của bạn đang ở mức nào?
    Mở ứng dụng VNeID, tên mức hiện ở màn hình đầu.
    .muc-2 = Mức 2
    .muc-1 = Mức 1
    .da-duyet = Đã làm ở công an, chưa kích hoạt
    .chua = Chưa có VNeID
    .name = VNeID

cho-ai = Bạn đăng nhập để làm giấy tờ cho ai?
    Làm thay người nhà, bạn vẫn dùng tài khoản của chính mình.
    .toi = Cho tôi
    .nguoi-nha = Làm thay người nhà
    .to-chuc = Cho công ty, tổ chức, hộ kinh doanh
    .name = Làm cho

thiet-bi = Bạn đăng nhập trên máy nào?
    .dien-thoai = Điện thoại của tôi
    .may-tinh = Máy tính của tôi
    .may-chung = Máy nhiều người dùng chung
    .name = Máy đăng nhập

may-nhan = Điện thoại đang dùng VNeID có ở bên bạn không?
    Khi đăng nhập, một mã được gửi về điện thoại hoặc ứng dụng VNeID.
    .co = Có
    .doi-may = Tôi đã đổi sang máy mới
    .mat = Máy bị mất
    .name = Điện thoại VNeID

may-moi = Cài VNeID trên máy mới, rồi đăng nhập VNeID ở đó trước.
    Mã có thể về VNeID trên máy cũ. Còn máy cũ thì để bên cạnh.
    Không còn máy cũ, làm theo màn hình để quét thẻ gắn chip, nếu máy mới có NFC.
    Mở được VNeID trên máy mới rồi, bấm "Đã xong".

chuan-bi = Bạn cần có ba thứ:
    - số định danh 12 chữ số, in trên thẻ căn cước
    - mật khẩu VNeID, có cả chữ, số và ký tự đặc biệt
    - passcode VNeID, chỉ gồm 6 chữ số
    Đừng gửi những thứ này vào đây, đừng đưa cho ai.

mo-dt = Trên điện thoại, mở trình duyệt, ví dụ Chrome hoặc Safari.
    Tự gõ địa chỉ dichvucong.gov.vn. Đừng bấm đường dẫn người khác gửi.
    Bấm "Đăng nhập" ở đầu trang.

mo-mt = Trên máy tính, mở trình duyệt, ví dụ Chrome hoặc Edge.
    Tự gõ địa chỉ dichvucong.gov.vn. Đừng bấm đường dẫn người khác gửi.
    Bấm "Đăng nhập" ở góc trên bên phải.

mo-chung = Trên máy dùng chung, tự gõ địa chỉ dichvucong.gov.vn, rồi bấm "Đăng nhập" ở góc trên bên phải.
    Trình duyệt hỏi có lưu mật khẩu không thì chọn không lưu.
    Tự tay gõ mật khẩu và mã, đừng để ai gõ giúp.

nhap-so = Nhập số định danh, 12 chữ số, và mật khẩu VNeID. Bấm "Đăng nhập".
    Đây là mật khẩu của VNeID. Bạn không phải lập tài khoản riêng trên Cổng.

ma = Một mã 6 chữ số được gửi về điện thoại hoặc ứng dụng VNeID của bạn.
    Nhập mã đó vào màn hình đăng nhập, rồi bấm "Xác nhận".
    Đừng đọc mã cho ai, kể cả người xưng là công an. Đừng gửi mã vào đây.

chia-se = Màn hình hỏi bạn có đồng ý chia sẻ thông tin để vào Cổng không.
    Đọc nội dung, tích ô đồng ý, rồi bấm "Xác nhận chia sẻ".
    Nếu không phải bạn tự mở Cổng thì đừng đồng ý.

passcode = Nhập passcode 6 chữ số của tài khoản VNeID, rồi bấm "Xác nhận".
    Passcode là mã bạn tự đặt lúc kích hoạt VNeID, không phải mã vừa gửi về.
    Đừng gửi passcode vào đây.

kiem-tra = Nhìn góc trên bên phải màn hình. Thấy tên bạn là đã đăng nhập xong.
    Đọc kỹ xem tên có đúng như trên thẻ căn cước không.
    .dung = Tên tôi, viết đúng
    .sai = Tên tôi, nhưng viết sai
    .name = Tên hiện ra

can-muc-2 = Bạn nên có tài khoản VNeID mức 2 trước khi dùng Cổng. Công an xã, phường làm trực tiếp cho bạn, không mất phí.
    Đang gấp, bạn mang giấy tờ đến nộp tại Trung tâm Phục vụ hành chính công.

can-kich-hoat = Bạn chỉ còn phải kích hoạt VNeID.
    Mở hướng dẫn "Làm tài khoản VNeID mức 2" và chọn "Đã làm ở công an, chờ kích hoạt". Xong thì quay lại đây.

cho-to-chuc = Công ty, tổ chức đăng nhập bằng tài khoản định danh của tổ chức, không phải tài khoản riêng của bạn.
    Mở hướng dẫn làm tài khoản cho tổ chức. Hộ kinh doanh cũng xem ở đó để biết hỏi ai.

mat-may = Khóa tài khoản ngay, trên VNeID ở máy khác hoặc tại công an xã, phường. Việc khóa có hiệu lực ngay và không mất phí.
    Sau đó xin nhà mạng cấp lại SIM, rồi mở khóa và dùng VNeID trên máy mới. Cần giúp, gọi 1900.0368.
    Đang gấp, bạn nộp giấy tờ tại Trung tâm Phục vụ hành chính công.

sai-ten = Đừng nộp hồ sơ vội, vì tên sai sẽ theo vào hồ sơ.
    Đăng xuất, rồi mang thẻ căn cước đến công an xã, phường để sửa thông tin dân cư trước.

xong-chung = Bạn đã đăng nhập! Trên máy dùng chung, làm xong việc phải đăng xuất rồi đóng trình duyệt.
    Nộp hồ sơ thay người nhà thì chọn "Làm thủ tục cho người khác".
    Lần sau vẫn tự gõ địa chỉ dichvucong.gov.vn.

xong-thay = Bạn đã đăng nhập! Khi nộp hồ sơ, chọn "Làm thủ tục cho người khác" và khai quan hệ.
    Một số thủ tục cần văn bản ủy quyền. Xem trang của thủ tục trước khi nộp.
    Làm xong việc, nhớ đăng xuất.

xong = Bạn đã đăng nhập! Bây giờ bạn nộp hồ sơ, nộp phí và xem "Hồ sơ của tôi" được.
    Làm xong việc, nhớ đăng xuất. Lần sau vẫn tự gõ địa chỉ dichvucong.gov.vn.

trouble-khong-ro = Tôi không biết mình ở mức nào
    .remedy = Mở VNeID và đọc tên mức ở màn hình đầu. Không mở được thì hỏi công an xã, phường hoặc gọi 1900.0368.
trouble-khong-dt = Tôi không có điện thoại thông minh
    .remedy = Bạn nộp giấy tờ tại Trung tâm Phục vụ hành chính công của xã, phường. Đừng nhờ người lạ đăng nhập giúp.
trouble-may-cu = Máy cũ quá, không cài được VNeID
    .remedy = Xóa bớt ảnh, cập nhật máy rồi thử lại. Vẫn không được thì dùng máy khác, kèm SIM của bạn.
trouble-khong-nfc = Máy không có NFC hoặc quét thẻ không được
    .remedy = Tháo ốp lưng, bật NFC trong cài đặt rồi thử lại. Không được thì mang máy và thẻ căn cước đến công an xã, phường.
trouble-quen-mk = Tôi quên mật khẩu VNeID
    .remedy = Mở VNeID, bấm "Quên mật khẩu" và làm theo. Không được thì gọi 1900.0368, hoặc mang thẻ căn cước đến công an xã, phường.
trouble-quen-passcode = Tôi quên passcode
    .remedy = Mở VNeID. Khi ứng dụng hỏi passcode, tìm dòng "Quên passcode" và làm theo. Không được thì gọi 1900.0368, hoặc đến công an xã, phường.
trouble-khong-thay-nut = Không thấy nút "Đăng nhập"
    .remedy = Kéo lên đầu trang, nhìn góc trên bên phải. Màn hình nhỏ thì xoay ngang máy, hoặc mở danh mục của trang.
trouble-khong-mo = Trang không mở được
    .remedy = Kiểm tra mạng, gõ lại đúng dichvucong.gov.vn. Chờ một lúc rồi thử lại. Vẫn không được thì gọi 18001096.
trouble-that-gia = Tôi sợ đây là trang giả
    .remedy = Đóng trang lại. Mở trình duyệt và tự gõ từng chữ dichvucong.gov.vn. Chưa yên tâm thì gọi 18001096.
trouble-lo-luu = Tôi lỡ cho máy lưu mật khẩu
    .remedy = Xóa mật khẩu đã lưu trong cài đặt của trình duyệt. Về nhà, đổi mật khẩu trong VNeID.
trouble-sai-mk = Báo sai số định danh hoặc mật khẩu
    .remedy = Xem lại 12 chữ số trên thẻ. Tắt bộ gõ tiếng Việt, để ý chữ hoa, rồi gõ lại. Đừng nhầm mật khẩu với passcode.
trouble-bi-khoa = Báo tài khoản bị khóa
    .remedy = Mở khóa trong VNeID hoặc tại công an xã, phường. Việc này làm ngay và không mất phí. Chưa được thì gọi 1900.0368.
trouble-otp = Mã 6 số không về
    .remedy = Kiểm tra máy có sóng, có mạng. Xem thông báo trong VNeID và tin nhắn của số đã đăng ký. Chờ vài phút rồi thử lại, hoặc gọi 1900.0368.
trouble-sai-ma = Báo mã không đúng hoặc hết hạn
    .remedy = Dùng mã mới nhất và nhập ngay khi mã về. Mã này khác với passcode bạn tự đặt.
trouble-ma-may-cu = Mã về máy cũ
    .remedy = Còn máy cũ thì mở VNeID ở đó để xem mã. Không còn thì quay lại câu hỏi về điện thoại, chọn "Tôi đã đổi sang máy mới".
trouble-so-cu = Số đã đổi hoặc không đứng tên tôi
    .remedy = Dùng SIM đứng tên bạn. Mang SIM và thẻ căn cước đến công an xã, phường để đổi số của tài khoản.
trouble-nut-mo = Không bấm được "Xác nhận chia sẻ"
    .remedy = Kéo xuống hết nội dung, tích ô đồng ý, rồi bấm lại.
trouble-ngai-chia-se = Tôi không muốn chia sẻ thông tin
    .remedy = Bước này để Cổng biết bạn là ai. Không đồng ý thì bạn nộp giấy tờ tại Trung tâm Phục vụ hành chính công.
trouble-sai-passcode = Báo passcode không đúng
    .remedy = Nhập mã bạn tự đặt lúc kích hoạt VNeID, không phải mã vừa gửi về. Không nhớ chắc thì dừng lại, xem "Tôi quên passcode".
trouble-khong-ten = Không thấy tên tôi
    .remedy = Trên điện thoại, mở danh mục của trang để xem. Không có thì đăng nhập lại từ đầu. Vẫn không được thì gọi 18001096, hoặc nộp tại Trung tâm Phục vụ hành chính công.
trouble-ten-khac = Hiện tên người khác
    .remedy = Người dùng trước chưa đăng xuất. Bấm đăng xuất, rồi đăng nhập lại bằng tài khoản của bạn.
