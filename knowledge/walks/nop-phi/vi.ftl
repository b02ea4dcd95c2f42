title = Nộp phí, lệ phí hồ sơ trên Cổng
about = Tôi đi cùng bạn từ lúc mở hồ sơ cho tới khi có biên lai. Bạn chỉ trả từ bên trong hồ sơ của mình trên Cổng. Tôi không bao giờ gửi số tài khoản hay mã QR.

tu-dau = Bạn biết mình phải nộp tiền từ đâu?
    .cong = Tôi tự thấy trong hồ sơ trên Cổng
    .chua-ro = Tôi muốn xem có phải nộp không
    .ai-gui = Có người gửi số tài khoản, mã QR hoặc đường dẫn
    .name = Biết từ đâu

tien = Bạn trả bằng gì?
    .ngan-hang = Ứng dụng ngân hàng trên điện thoại
    .vi = Ví điện tử
    .khong = Tôi không có những thứ đó
    .name = Cách trả

vao-cong = Bạn đã đăng nhập được Cổng Dịch vụ công bằng VNeID chưa?
    .roi = Đã đăng nhập được
    .chua = Chưa bao giờ, hoặc không được
    .name = Đăng nhập

mo-ho-so = Tự gõ địa chỉ dichvucong.gov.vn, đăng nhập, rồi mở "Hồ sơ của tôi".
    Bấm vào hồ sơ cần nộp tiền. Xem mã hồ sơ có đúng với mã bạn đã ghi lại không.

khoan = Trong hồ sơ có khoản nào phải nộp không?
    Trạng thái "Yêu cầu thực hiện nghĩa vụ tài chính" nghĩa là hồ sơ đang chờ bạn nộp.
    .co = Có khoản phải nộp
    .chua = Chưa thấy khoản nào
    .da-nop = Hồ sơ ghi là đã nộp
    .name = Khoản phải nộp

doi-chieu = Trước khi trả, so ba điều với hồ sơ của bạn:
    - đơn vị nhận tiền
    - số tiền
    - mã hồ sơ
    Cả ba có khớp không?
    .khop = Khớp cả ba
    .lech = Có chỗ không khớp
    .name = So trước khi trả

tra-qr = Trong hồ sơ, chọn trả bằng mã QR để mã hiện ra.
    Mở ứng dụng ngân hàng của bạn và quét mã đó.
    Chỉ quét mã hiện trong hồ sơ của chính bạn.

tra-vi = Trong hồ sơ, chọn trả bằng ví điện tử, rồi chọn ví của bạn.
    Làm theo màn hình của ví.

xac-nhan = Đọc lại tên bên nhận và số tiền trong ứng dụng ngân hàng hoặc ví.
    Giống như trong hồ sơ thì mới xác nhận. Bấm một lần rồi chờ.
    Đừng đọc mã của ngân hàng cho ai, đừng gửi vào đây.

bien-lai = Lưu biên lai và mã giao dịch, ví dụ chụp ảnh màn hình.
    Giữ cho tới khi nhận được kết quả hồ sơ.

ghi-nhan = Mở lại hồ sơ trên Cổng. Hồ sơ đã ghi nhận khoản nộp chưa?
    .roi = Đã ghi nhận
    .chua = Chưa ghi nhận, nhưng tiền đã bị trừ
    .hai-lan = Tôi bị trừ tiền hai lần
    .khong-tru = Chưa ghi nhận, tiền cũng chưa bị trừ
    .name = Ghi nhận

dung-tra = Đừng trả theo số tài khoản, mã QR hay đường dẫn đó, dù người gửi xưng là cán bộ hay công an.
    Muốn biết có phải nộp không, tự gõ dichvucong.gov.vn và mở hồ sơ của mình, hoặc hỏi tại quầy.
    Lỡ chuyển tiền rồi thì gọi ngay ngân hàng của bạn. Giữ tin nhắn, báo công an xã, phường hoặc gọi 113.

nop-tai-quay = Bạn nộp tại quầy nơi nhận hồ sơ. Mang giấy hẹn hoặc mã hồ sơ.
    Hỏi số tiền và cách nộp trước khi nộp. Nộp xong, lấy biên lai và giữ lại.
    Đừng nhờ người lạ trả giúp.

chua-vao = Muốn trả trên mạng, bạn phải đăng nhập Cổng trước. Mở hướng dẫn đăng nhập, xong thì quay lại đây.
    Không đăng nhập được thì nộp tại quầy nơi nhận hồ sơ, mang giấy hẹn hoặc mã hồ sơ.

cho-khoan = Hồ sơ chưa hiện khoản nào thì bạn chưa phải trả. Có khoản chỉ hiện ra sau khi cán bộ kiểm tra hồ sơ.
    Chờ thông báo, hoặc thỉnh thoảng mở lại "Hồ sơ của tôi". Đừng trả trước cho ai.

da-nop-roi = Hồ sơ đã ghi nhận thì bạn không phải trả nữa.
    Ai bảo trả thêm lần nữa thì đừng trả, hãy hỏi nơi nhận hồ sơ hoặc gọi 18001096.

dung-lai = Dừng lại, đừng trả. Đóng trang và gọi 18001096, hoặc hỏi nơi nhận hồ sơ.
    Có câu trả lời rồi, tự gõ dichvucong.gov.vn và mở lại hồ sơ để so lần nữa.

chua-ghi = Đừng trả lần nữa ngay. Giữ biên lai và mã giao dịch, lát sau mở lại hồ sơ để xem.
    Vẫn chưa ghi nhận thì hỏi nơi nhận hồ sơ hoặc gọi 18001096. Nói mã hồ sơ và mã giao dịch.

hoi-tien = Giữ cả hai biên lai và hai mã giao dịch.
    Hỏi nơi nhận hồ sơ hoặc gọi 18001096, nói mã hồ sơ. Tôi chưa có thông tin bao lâu thì hoàn tiền.
    Ai gọi đến xin mã hay mật khẩu để "hoàn tiền" thì đừng đưa.

chua-tra = Lần trả vừa rồi chưa thành. Xem lịch sử giao dịch để chắc chắn tiền chưa bị trừ.
    Sau đó mở lại hồ sơ, so lại ba điều rồi trả lần nữa. Không được thì nộp tại quầy nơi nhận hồ sơ.

xong = Xong rồi! Khoản nộp đã được ghi nhận.
    Bạn không phải in biên lai mang đi, nhưng vẫn nên giữ ảnh. Theo dõi hồ sơ trong "Hồ sơ của tôi".

trouble-nha-ho = Nhờ người nhà trả giúp được không?
    .remedy = Tôi chưa có nguồn về việc này. Bạn hỏi nơi nhận hồ sơ, hoặc nộp tại quầy. Đừng đưa mật khẩu của mình cho ai.
trouble-khong-thay-hs = Không thấy hồ sơ của tôi
    .remedy = Xem đúng tài khoản đã nộp chưa. Tìm thêm trong VNeID: "Thủ tục hành chính", rồi "Lịch sử xử lý hồ sơ". Không có thì gọi 18001096.
trouble-nop-quay = Tôi đã nộp hồ sơ tại quầy
    .remedy = Không thấy hồ sơ trên Cổng thì nộp tiền tại quầy nơi nhận hồ sơ. Mang giấy hẹn hoặc mã hồ sơ.
trouble-quen-ma = Tôi không nhớ mã hồ sơ
    .remedy = Xem giấy hẹn hoặc tin nhắn báo đã nộp. Mã cũng nằm trong "Hồ sơ của tôi".
trouble-khong-hien = Không thấy chỗ trả tiền
    .remedy = Có khoản chỉ hiện ra sau khi cán bộ kiểm tra. Tải lại trang. Hồ sơ báo phải nộp mà không có chỗ trả thì gọi 18001096.
trouble-mien-giam = Tôi nghĩ mình được giảm hoặc miễn
    .remedy = Đừng trả vội. Hỏi nơi nhận hồ sơ hoặc gọi 18001096. Đến hết 28/2/2027, nhiều khoản nộp trực tuyến được giảm, nếu bạn đủ điều kiện.
trouble-khong-thay-ten = Không thấy tên đơn vị nhận hoặc mã hồ sơ
    .remedy = Tải lại trang. Nếu ứng dụng ngân hàng cho xem sau khi quét thì so ở đó, trước khi xác nhận. Vẫn thiếu thì đừng trả, gọi 18001096.
trouble-qr-khong-mo = Mã QR không hiện ra
    .remedy = Tải lại trang, hoặc thử trình duyệt khác. Vẫn không được thì trả bằng ví điện tử, nộp tại quầy, hoặc gọi 18001096.
trouble-cung-may = Mã QR ở ngay trên máy này, không quét được
    .remedy = Mở hồ sơ trên máy tính rồi quét. Hoặc tự chụp màn hình mã đó, rồi mở ảnh trong ứng dụng ngân hàng, nếu ứng dụng cho phép.
trouble-app-khong-quet = Ứng dụng ngân hàng không đọc được mã
    .remedy = Tăng độ sáng, phóng to mã, cập nhật ứng dụng rồi quét lại. Không được thì hỏi ngân hàng, hoặc nộp tại quầy. Đừng tự chuyển khoản tay.
trouble-khong-thay-vi = Không thấy ví của tôi trong danh sách
    .remedy = Dùng ví khác hoặc ứng dụng ngân hàng, nếu có. Không có thì nộp tại quầy nơi nhận hồ sơ.
trouble-khong-du-tien = Báo không đủ tiền hoặc quá hạn mức
    .remedy = Xem số dư và hạn mức trong ứng dụng, hoặc hỏi ngân hàng. Bạn cũng có thể nộp tại quầy.
trouble-tru-chua-bao = Tiền đã trừ mà hồ sơ chưa báo nộp
    .remedy = Đừng trả lần nữa ngay. Giữ biên lai và mã giao dịch, rồi hỏi nơi nhận hồ sơ hoặc gọi 18001096.
trouble-tru-hai-lan = Bị trừ tiền hai lần
    .remedy = Giữ cả hai biên lai. Hỏi nơi nhận hồ sơ hoặc gọi 18001096, nói mã hồ sơ.
trouble-that-bai = Báo giao dịch thất bại
    .remedy = Xem lịch sử giao dịch. Tiền chưa bị trừ thì mở lại hồ sơ và trả lại. Tiền đã trừ thì đừng trả nữa, gọi 18001096.
trouble-otp-nh = Mã của ngân hàng không về
    .remedy = Kiểm tra máy có sóng, chờ vài phút. Đừng bấm trả nhiều lần. Vẫn không có thì gọi ngân hàng của bạn.
trouble-khong-bien-lai = Không thấy biên lai
    .remedy = Chụp màn hình giao dịch trong ứng dụng ngân hàng hoặc ví, có mã giao dịch. Rồi hỏi nơi nhận hồ sơ về biên lai.
