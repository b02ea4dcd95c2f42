title = Nộp hồ sơ trên Cổng Dịch vụ công
about = Tôi đi cùng bạn từng màn hình, cho tới khi có mã hồ sơ. Cách này dùng cho mọi thủ tục nhận hồ sơ qua mạng. Cổng nhận cả ngày đêm.

vneid = Bạn có tài khoản VNeID mức độ 2 chưa?
    .co = Có rồi
    .chua = Chưa có
    .name = VNeID

cho-ai = Bạn nộp hồ sơ cho ai?
    .toi = Cho tôi
    .nguoi-khac = Làm thay người khác, ví dụ bố mẹ
    .to-chuc = Cho công ty, cơ quan, tổ chức
    .name = Nộp cho

lam-thay = Làm thay thì bạn đăng nhập bằng tài khoản của chính bạn. Đừng mượn mật khẩu của người kia.
    Hỏi sẵn họ tên, ngày sinh, số định danh và địa chỉ của người đó.
    Một số thủ tục cần văn bản ủy quyền. Xem mục giấy tờ của thủ tục trước khi nộp.

chuan-bi = Chuẩn bị trước khi ngồi vào máy:
    - ảnh từng giấy tờ: đủ cả trang, rõ chữ, không lóa; tệp JPG, PNG hoặc PDF
    - điện thoại bạn dùng với VNeID, để nhận mã xác nhận
    - tài khoản ngân hàng hoặc ví điện tử, nếu thủ tục có phí
    Không cần sổ hộ khẩu giấy.

tim = Gõ địa chỉ dichvucong.gov.vn và đăng nhập bằng VNeID.
    Gõ tên thủ tục vào ô tìm kiếm rồi so mã. Ví dụ đăng ký khai sinh là 1.001193.
    Xem thủ tục là "toàn trình" hay "một phần". Nếu là "một phần" thì có lúc bạn phải đến nơi.

co-quan = Tìm khối "Chọn cơ quan thực hiện" ở bên phải.
    Chọn tỉnh và xã, phường, rồi bấm "Nộp hồ sơ".
    Xem lại đúng cơ quan chưa, rồi bấm "Nộp trực tuyến".

thong-tin = Có thủ tục hỏi thêm, ví dụ hộ tịch: bấm "Xác nhận chia sẻ", nhập lại passcode trên Cổng.
    Không đưa passcode cho ai, không gửi vào đây.
    Ở "Xác nhận thông tin chung", xem tỉnh, cơ quan, tên thủ tục, rồi bấm "Xác nhận".

thong-tin-thay = Có thủ tục hỏi thêm, ví dụ hộ tịch: bấm "Xác nhận chia sẻ", nhập lại passcode trên Cổng.
    Không đưa passcode cho ai, không gửi vào đây.
    Ở "Xác nhận thông tin chung", xem tỉnh, cơ quan, tên thủ tục.
    Chọn "Làm thủ tục cho người khác", khai quan hệ của bạn với người đó, rồi bấm "Xác nhận".

chu-ho-so = Ở mục "Thông tin chủ hồ sơ", phần lớn đã điền sẵn.
    Điền thêm ngày cấp giấy tờ, số điện thoại, thư điện tử, địa chỉ.
    Đọc lại số điện thoại. Sai số thì bạn không nhận được thông báo.
    Bấm "Bước tiếp theo".

mau = Điền mẫu điện tử. Viết đúng như trên giấy tờ.
    Bấm "Xem trước" và đọc lại từ đầu đến cuối.
    Ký số nếu mẫu đòi, rồi bấm "Xác nhận".

dinh-kem = Ở mục "Thành phần hồ sơ", bấm "Chọn tệp đính kèm" ở dòng của từng giấy tờ.
    - một ảnh: bấm "Tải lên từ thiết bị"
    - nhiều trang: bấm "Tạo tệp đính kèm từ nhiều hình ảnh"
    Mở tệp ra xem có rõ không, có đúng dòng không, rồi bấm "Bước tiếp theo".

nhan = Bạn chọn cách nhận kết quả nào?
    Chọn trên Cổng trước, rồi chọn giống vậy ở đây.
    .tai-quay = Đến Trung tâm lấy bản giấy
    .dien-tu = Nhận bản điện tử trên mạng
    .buu-dien = Bưu điện mang về nhà
    .name = Nhận kết quả

dia-chi = Ghi địa chỉ theo xã, phường mới, kèm thôn, xóm hoặc số nhà.
    Ghi tên người nhận và số điện thoại người đó nghe máy được.
    Xem cước bưu chính. Bạn trả cước này ngoài phí, lệ phí của thủ tục.

gui = Xem phí, lệ phí của hồ sơ, rồi bấm "Gửi hồ sơ".
    Chờ màn hình báo "Gửi hồ sơ thành công".
    Ghi lại mã hồ sơ ra giấy, hoặc chụp màn hình. Mã cũng nằm trong "Hồ sơ của tôi".

chua-vneid = Chưa có VNeID mức độ 2 thì bạn nên làm tài khoản này trước. Việc đó không mất phí.
    Việc gấp thì nộp giấy tại quầy, thường là Trung tâm Phục vụ hành chính công của xã, phường.
    Hỏi tôi tên thủ tục để biết đúng nơi nộp.

cho-to-chuc = Công ty, cơ quan, tổ chức nộp bằng tài khoản định danh của tổ chức.
    Người đại diện theo pháp luật xin tài khoản đó trong VNeID, hoặc tại Công an. Việc này không mất phí.

xong-buu-dien = Hồ sơ đã gửi. Giữ mã hồ sơ cho đến khi nhận được giấy tờ.
    Bưu điện thường phát trong 2–5 ngày làm việc sau khi có kết quả.
    Cán bộ báo thiếu giấy hay phải nộp tiền thì làm ngay trong hồ sơ trên Cổng.
    Đừng bấm đường dẫn lạ báo "bưu phẩm giữ lại".

xong = Hồ sơ đã gửi. Giữ mã hồ sơ để tra cứu.
    Cán bộ báo thiếu giấy hay phải nộp tiền thì làm ngay trong hồ sơ trên Cổng.
    Không chuyển tiền theo tin nhắn hay cuộc gọi.

trouble-muc-nao = Không rõ mình ở mức mấy
    .remedy = Mở VNeID. Tên mức hiện ở màn hình đầu. Chưa từng đến công an làm tài khoản thì bạn chưa có mức 2.
trouble-khong-ky = Người kia không tự ký ủy quyền được
    .remedy = Hỏi Trung tâm Phục vụ hành chính công trước khi nộp. Mỗi thủ tục có yêu cầu riêng.
trouble-giay-nao = Không biết cần giấy tờ nào
    .remedy = Hỏi tôi tên việc bạn cần làm, ví dụ "đăng ký tạm trú cần gì". Tôi liệt kê giấy tờ cho bạn.
trouble-chi-dt = Chỉ có điện thoại, không có máy quét
    .remedy = Đặt giấy lên mặt phẳng, chỗ đủ sáng. Giữ máy thẳng, chụp trọn trang. Mờ hoặc lóa thì chụp lại.
trouble-khong-vao = Không đăng nhập được
    .remedy = Hỏi tôi "đăng nhập dịch vụ công" để làm từng bước. Vẫn không được thì gọi 1900.0368 về VNeID, hoặc 18001096 về Cổng.
trouble-khong-ten = Không biết tên thủ tục
    .remedy = Nói với tôi bằng lời thường ngày, ví dụ "nhập hộ khẩu cho con". Tôi cho bạn tên và mã thủ tục.
trouble-nhieu-ten = Có nhiều thủ tục tên giống nhau
    .remedy = So mã, không chỉ so tên. Xem thủ tục đó dành cho ai, cơ quan nào giải quyết. Chọn nhầm là phải làm lại.
trouble-xa-nao = Không biết chọn xã, phường nào
    .remedy = Tùy thủ tục: nơi bạn cư trú, nơi có đất, nơi đặt cửa hàng. Hỏi tôi tên thủ tục, hoặc hỏi Trung tâm.
trouble-xa-cu = Không thấy tên xã, phường của tôi
    .remedy = Từ 1/7/2025 nhiều xã, phường đổi tên và không còn huyện. Chọn theo tên mới. Không biết thì hỏi tôi tên xã cũ.
trouble-khong-nut = Không bấm được "Nộp trực tuyến"
    .remedy = Xem lại tỉnh, xã, phường đã chọn. Có thể thủ tục chưa nhận qua mạng; khi đó nộp tại Trung tâm, hoặc gọi 18001096.
trouble-quen-ma = Tôi quên passcode
    .remedy = Gọi 1900.0368 hoặc đến Công an xã, phường. Đừng nhờ người lạ lấy lại giúp, đừng gửi mã vào đây.
trouble-sai-co-quan = Cơ quan hoặc thủ tục hiện ra không đúng
    .remedy = Đừng bấm "Xác nhận". Quay lại trang của thủ tục, so mã và chọn lại xã, phường.
trouble-dien-sai = Thông tin điền sẵn bị sai
    .remedy = Phần này lấy từ dữ liệu dân cư. Sửa ở đó trước, mã 1.012564, hoặc hỏi Công an xã, phường.
trouble-khong-qua = Bấm mà không sang bước sau
    .remedy = Xem còn ô nào trống hoặc bị báo lỗi không. Điền đủ rồi bấm lại. Vẫn không được thì gọi 18001096.
trouble-ky-so = Mẫu đòi ký số mà tôi chưa có
    .remedy = Hỏi tôi "chữ ký số" để biết cách làm trên VNeID. Việc gấp thì nộp giấy tại Trung tâm, ở đó ký tay.
trouble-khong-len = Tệp không tải lên được
    .remedy = Dùng tệp JPG, PNG hoặc PDF. Xem lại mạng rồi thử lần nữa. Vẫn không được thì gọi 18001096.
trouble-nhieu-trang = Ghép nhiều ảnh thế nào
    .remedy = Bấm "Tạo tệp đính kèm từ nhiều hình ảnh" và chọn ảnh lần lượt từ trang đầu. Cổng ghép thành một tệp PDF.
trouble-thieu-giay = Tôi không có một giấy trong danh sách
    .remedy = Xem giấy đó có bắt buộc với bạn không. Giấy nhà nước đã có dữ liệu thường không phải nộp. Chưa rõ thì hỏi Trung tâm.
trouble-khong-cach = Không thấy cách nhận tôi muốn
    .remedy = Có thể thủ tục này không cho chọn cách đó. Chọn cách khác trên Cổng, rồi chọn giống vậy ở đây.
trouble-cuoc = Cước bưu chính là bao nhiêu?
    .remedy = Tôi chưa có bảng cước. Xem số tiền trên màn hình trước khi xác nhận. Không hợp thì chọn cách nhận khác.
trouble-loi = Cổng báo lỗi, không gửi được
    .remedy = Xem lại mạng rồi thử lần nữa. Vẫn lỗi thì gọi 18001096, hoặc nộp tại Trung tâm Phục vụ hành chính công.
trouble-khong-phi = Không thấy chỗ trả tiền
    .remedy = Có khoản chỉ hiện sau khi cán bộ kiểm tra hồ sơ. Chờ thông báo, rồi trả trong "Hồ sơ của tôi".
trouble-khong-ma = Không thấy mã hồ sơ, hoặc gửi rồi mới thấy sai
    .remedy = Tìm mã trong "Hồ sơ của tôi". Khai sai thì báo ngay nơi nhận hồ sơ, kèm mã. Đừng tự nộp thêm hồ sơ mới.
