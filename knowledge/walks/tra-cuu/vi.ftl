title = Tra cứu hồ sơ đã nộp
about = Tôi giúp bạn xem hồ sơ đang ở bước nào, trạng thái đó nghĩa là gì và bạn phải làm gì tiếp.

ma = Bạn có mã hồ sơ không?
    Mã in trên giấy hẹn, hoặc ở trong tin nhắn báo đã nộp.
    .co = Có, trên giấy hẹn hoặc tin nhắn
    .tai-khoan = Tôi nộp trực tuyến, không nhớ mã
    .mat = Mất giấy hẹn, không có mã
    .name = Mã hồ sơ

doc-ma = Tìm dòng "Mã hồ sơ" hoặc "Mã số hồ sơ" trên giấy hẹn.
    Giấy cũng có thể ghi là "Số phiếu" hoặc "Mã biên nhận".
    Chép đủ mã, cả chữ cái, dấu chấm và dấu gạch.

tim-ma = Tìm lại mã ở những chỗ này:
    - tin nhắn, thư điện tử báo đã nộp
    - mục "Hồ sơ của tôi" trên Cổng Dịch vụ công quốc gia
    - mục "Lịch sử xử lý hồ sơ" trong VNeID
    - nơi đã nhận hồ sơ, nếu bạn nộp tại quầy

noi = Bạn muốn xem hồ sơ ở đâu?
    Xem trên mạng thì không phải đi lại.
    .cong = Trên dichvucong.gov.vn
    .vneid = Trong ứng dụng VNeID
    .quay = Hỏi nơi đã nhận hồ sơ
    .name = Nơi xem

cong-ma = Tự gõ địa chỉ dichvucong.gov.vn, chọn "Tra cứu hồ sơ".
    Nhập mã hồ sơ, cả dấu chấm và dấu gạch.
    Thấy hồ sơ của mình rồi, bấm "Đã xong".

cong-tai-khoan = Tự gõ địa chỉ dichvucong.gov.vn, bấm "Đăng nhập" ở góc trên bên phải.
    Đăng nhập bằng VNeID. Đừng gửi mật khẩu hay mã xác nhận vào đây.
    Mở "Hồ sơ của tôi", bấm vào hồ sơ cần xem.

cong-mat = Tự gõ địa chỉ dichvucong.gov.vn.
    - Đã tìm được mã: chọn "Tra cứu hồ sơ" và nhập mã.
    - Chưa có mã: đăng nhập bằng VNeID, mở "Hồ sơ của tôi".
    Đừng gửi mật khẩu hay mã xác nhận vào đây.

trong-vneid = Mở ứng dụng VNeID trên điện thoại.
    Vào "Thủ tục hành chính", rồi "Lịch sử xử lý hồ sơ".
    Bấm vào hồ sơ cần xem.

hoi-quay = Mang giấy hẹn hoặc mã hồ sơ đến nơi đã nhận hồ sơ.
    Không còn giấy hẹn thì nói tên thủ tục và ngày nộp.
    Hỏi cơ quan nào đang giữ hồ sơ và ngày nào trả kết quả.

doc = Đọc và ghi lại ba điều:
    - trạng thái của hồ sơ
    - ngày hẹn trả kết quả
    - thông báo của cơ quan, nếu có

trang-thai = Hồ sơ của bạn đang ghi gì?
    Có yêu cầu bổ sung hoặc nộp tiền thì chọn dòng đó, dù đã qua ngày hẹn.
    .dang-xu-ly = Mới đăng ký, Được tiếp nhận, Đang xử lý
    .bo-sung = Yêu cầu bổ sung giấy tờ
    .nop-tien = Yêu cầu thực hiện nghĩa vụ tài chính (nộp tiền)
    .xong = Đã xử lý xong, Đã trả kết quả
    .dung = Không được tiếp nhận, Dừng xử lý, rút hồ sơ
    .qua-hen = Đã qua ngày hẹn mà chưa có kết quả
    .name = Trạng thái

cho-giai-quyet = Bạn chưa phải nộp thêm gì. Các chữ ấy nghĩa là:
    - Mới đăng ký: hồ sơ đã gửi, chưa ai nhận
    - Được tiếp nhận: cơ quan đã nhận và có giấy hẹn
    - Đang xử lý: cơ quan đang giải quyết
    Chờ đến ngày hẹn, giữ mã và giấy hẹn.

doc-phieu = Hồ sơ còn thiếu giấy tờ và tạm dừng để chờ bạn.
    Đọc thông báo trong hồ sơ hoặc phiếu yêu cầu bổ sung (mẫu 02).
    Ghi lại tên từng giấy còn thiếu, chỗ phải sửa và hạn nộp, nếu có ghi.

nop-bo-sung = Nộp đúng những giấy ghi trong phiếu. Không nộp hồ sơ mới.
    - Nộp trực tuyến: mở hồ sơ trong "Hồ sơ của tôi", làm theo thông báo.
    - Nộp tại quầy: mang giấy tờ và giấy hẹn đến nơi đã nhận hồ sơ.
    Chụp rõ, đủ cả trang, không lóa.

xem-khoan-tien = Bạn phải nộp phí, lệ phí hoặc thuế thì hồ sơ mới đi tiếp.
    Mở hồ sơ trong "Hồ sơ của tôi", xem khoản phải nộp.
    So người nhận tiền, số tiền và mã hồ sơ. Không khớp thì dừng lại.
    Chỉ nộp từ trong hồ sơ trên Cổng, hoặc tại quầy.

lay-ket-qua = Các chữ ấy nghĩa là:
    - Đã xử lý xong: kết quả đã có, chờ giao cho bạn
    - Đã trả kết quả: kết quả đã giao, hồ sơ kết thúc
    Nhận theo cách bạn đã chọn: đến lấy, qua bưu điện hoặc bản điện tử.
    Đến lấy thì mang giấy hẹn.

vi-sao = Màn hình hoặc phiếu ghi chữ nào?
    .tu-choi = Không được tiếp nhận
    .dung = Dừng xử lý
    .rut = Công dân yêu cầu rút hồ sơ
    .name = Vì sao dừng

bi-tu-choi = Cơ quan từ chối nhận hồ sơ này.
    Đọc lý do trong phiếu từ chối (mẫu 03).
    Ghi lại từng điều phải sửa, rồi mới nộp lại.

bi-dung = Cơ quan đã tạm ngừng hoặc kết thúc hồ sơ.
    Đọc lý do trong thông báo (mẫu 05).
    Hỏi nơi nhận hồ sơ: chỉ tạm ngừng hay đã kết thúc, bạn phải làm gì.

da-rut = Bạn đã xin rút hồ sơ này.
    Chờ cơ quan xác nhận. Muốn làm tiếp thì hỏi nơi nhận hồ sơ trước khi nộp lại.

tim-phieu = Cơ quan trả chậm phải gửi phiếu xin lỗi và hẹn lại ngày (mẫu 04).
    - Nộp tại quầy: hỏi phiếu ở nơi đã nhận hồ sơ.
    - Nộp trực tuyến: xem thư điện tử và tin nhắn.
    Phiếu ghi lý do chậm và ngày hẹn mới.

hoi-cham = Hỏi nơi đã nhận hồ sơ, mang giấy hẹn hoặc mã hồ sơ:
    - cơ quan nào, ai đang giải quyết
    - vì sao chậm, ngày nào trả
    Chưa có phiếu xin lỗi thì xin, rồi giữ lại.

cho = Thỉnh thoảng bạn tra lại, cho đến ngày hẹn.
    Có tin nhắn báo bổ sung giấy tờ hoặc nộp tiền thì làm ngay.
    Qua ngày hẹn mà chưa có kết quả, bạn mở lại hướng dẫn này.

da-bo-sung = Nộp bổ sung xong, bạn tra lại để xem trạng thái đã đổi chưa.
    Ngày hẹn có thể được tính lại. Thời gian chờ bạn bổ sung không tính vào thời hạn.

nop-phi = Nộp xong, bạn giữ biên lai và mở lại hồ sơ xem đã ghi nhận chưa.
    Không trả theo mã QR, số tài khoản hay đường dẫn người khác gửi.

nop-lai = Sửa xong những điều ghi trong phiếu, bạn nộp lại hồ sơ.
    Thấy từ chối sai và làm bạn bị thiệt, bạn có thể khiếu nại.

cho-di-tiep = Chỉ tạm ngừng thì bạn làm theo thông báo, rồi tra lại.
    Đã kết thúc thì hỏi nơi nhận hồ sơ trước khi nộp lại.

cho-rut = Bạn tra lại sau để xem cơ quan đã xác nhận chưa.
    Giữ giấy hẹn, mã hồ sơ và biên lai, nếu có.

van-cham = Có ngày hẹn mới thì bạn chờ và tra lại vào ngày đó.
    Vẫn chậm mà không rõ lý do, bạn gửi phản ánh trên Cổng.
    Đừng nộp hồ sơ mới khi hồ sơ cũ còn đang giải quyết.

nhan-ket-qua = Nhận được kết quả, bạn đọc ngay họ tên, ngày sinh và số trên giấy.
    Thấy sai thì báo ngay cơ quan đã cấp, kèm mã hồ sơ.

trouble-ma-thu-tuc = Mã của tôi giống như 1.001193
    .remedy = Đó là mã thủ tục, ai nộp cũng giống nhau. Mã hồ sơ là của riêng hồ sơ bạn. Tìm dòng "Mã hồ sơ" trên giấy hẹn.
trouble-hai-ma = Giấy có cả mã hồ sơ và số phiếu
    .remedy = Dùng mã hồ sơ, không chép số phiếu đi kèm. Không ra thì hỏi nơi đã nhận hồ sơ.
trouble-ma-mo = Giấy mờ, không đọc được mã
    .remedy = Tìm mã trong tin nhắn báo đã nộp. Không có thì nhờ nơi đã nhận hồ sơ đọc lại mã.
trouble-khong-tim-ra = Tìm khắp nơi vẫn không có mã
    .remedy = Hỏi nơi đã nhận hồ sơ, nói tên thủ tục và ngày nộp. Ở câu sau, bạn chọn "Hỏi nơi đã nhận hồ sơ".
trouble-nop-thay = Người khác nộp thay tôi
    .remedy = Hỏi người đó. Giấy hẹn hoặc tin nhắn báo đã nộp thường ở chỗ họ.
trouble-khong-ra = Nhập mã mà không ra hồ sơ
    .remedy = So lại từng chữ, số, dấu chấm, dấu gạch. Vẫn không ra thì hỏi nơi đã nhận hồ sơ.
trouble-cong-loi = Cổng báo lỗi hoặc không mở được
    .remedy = Chờ một lúc rồi thử lại, hoặc xem trong VNeID. Vẫn lỗi thì gọi 18001096.
trouble-duong-la = Có người gửi đường dẫn để tra cứu
    .remedy = Đừng bấm. Bạn tự gõ dichvucong.gov.vn. Không đưa mật khẩu, mã xác nhận hay ảnh thẻ cho ai.
trouble-dang-nhap = Không đăng nhập được
    .remedy = Có mã hồ sơ thì chọn "Tra cứu hồ sơ". Cần giúp về VNeID thì gọi 1900.0368, về Cổng thì gọi 18001096.
trouble-khong-co = Không thấy hồ sơ trong danh sách
    .remedy = Xem bạn có vào đúng tài khoản đã nộp không. Nộp tại quầy hoặc nhờ nộp thay thì hỏi nơi đã nhận hồ sơ.
trouble-khong-muc = Không thấy mục đó trong VNeID
    .remedy = Cập nhật VNeID từ App Store hoặc Google Play rồi mở lại. Vẫn không có thì xem trên dichvucong.gov.vn.
trouble-chua-vneid = Tôi chưa có VNeID
    .remedy = Quay lại, chọn tra trên dichvucong.gov.vn bằng mã, hoặc hỏi nơi đã nhận hồ sơ.
trouble-o-xa = Tôi ở xa nơi nộp
    .remedy = Bạn không phải đến chỉ để hỏi. Quay lại, chọn xem trên dichvucong.gov.vn hoặc trong VNeID.
trouble-khong-ai = Hỏi mà không ai trả lời
    .remedy = Ghi lại ngày, giờ, tên quầy. Hồ sơ nộp trên Cổng thì gọi 18001096. Bạn cũng có thể gửi phản ánh trên Cổng.
trouble-khong-hen = Không thấy ngày hẹn
    .remedy = Hồ sơ chưa được tiếp nhận thì chưa có giấy hẹn. Đã tiếp nhận mà không có ngày hẹn thì hỏi nơi nhận hồ sơ.
trouble-chu-khac = Chữ của tôi khác các dòng này
    .remedy = Chọn dòng gần nghĩa nhất. "Chờ thanh toán" là phải nộp tiền, "Tạm dừng" là dừng xử lý, "Đã có kết quả" là đã xử lý xong.
trouble-mai-moi = Cứ ghi "Mới đăng ký" mãi
    .remedy = Hỏi cơ quan bạn đã gửi, đưa mã hồ sơ. Hồ sơ nộp trên Cổng thì gọi thêm 18001096. Đừng nộp thêm hồ sơ mới.
trouble-ban-nhap = Cán bộ gửi bản nháp cho tôi
    .remedy = Đọc kỹ và trả lời ngay. Với hộ tịch điện tử, sau 1 ngày không trả lời được coi là đồng ý.
trouble-khai-sai = Tôi mới thấy mình khai sai
    .remedy = Liên hệ ngay nơi nhận hồ sơ, đưa mã hồ sơ. Đừng tự nộp thêm hồ sơ mới.
trouble-khong-phieu = Không thấy phiếu hay thông báo
    .remedy = Xem tin nhắn, thư điện tử và mục "Hồ sơ của tôi". Vẫn không có thì xin phiếu ở nơi nhận hồ sơ.
trouble-kho-hieu = Đọc mà không hiểu phải nộp gì
    .remedy = Hỏi nơi nhận hồ sơ trước khi đi làm giấy. Hỏi rõ tên giấy, bản chính hay bản sao.
trouble-nhieu-lan = Bị đòi bổ sung nhiều lần
    .remedy = Giữ lại phiếu của từng lần và hỏi rõ còn thiếu gì. Thấy vô lý thì gửi phản ánh trên Cổng.
trouble-khong-gui = Không gửi được tệp
    .remedy = Chụp lại rõ và đủ trang, dùng tệp JPG, PNG hoặc PDF. Vẫn không được thì gọi 18001096.
trouble-khong-kip = Không kịp có giấy trước hạn
    .remedy = Báo nơi nhận hồ sơ trước khi hết hạn và hỏi cách làm. Tôi chưa có thông tin về việc lùi hạn.
trouble-qr-la = Có người gửi mã QR, số tài khoản
    .remedy = Đừng chuyển tiền. Nếu đã chuyển, gọi ngay ngân hàng của bạn, rồi báo công an xã, phường hoặc gọi 113.
trouble-khong-hien = Không thấy khoản phải nộp
    .remedy = Có khoản chỉ hiện sau khi cán bộ kiểm tra hồ sơ. Xem lại sau, hoặc hỏi nơi nhận hồ sơ.
trouble-da-tra-tien = Đã nộp mà chưa được ghi nhận
    .remedy = Giữ biên lai, mã giao dịch và đừng trả lần nữa ngay. Hỏi nơi nhận hồ sơ hoặc gọi 18001096.
trouble-chua-nhan = Ghi đã trả mà tôi chưa nhận được
    .remedy = Xem thư điện tử và tin nhắn trước. Không có thì hỏi nơi nhận hồ sơ: trả cho ai, ngày nào, bằng cách nào.
trouble-buu-dien = Bưu điện mãi chưa đến
    .remedy = Thường mất 2–5 ngày làm việc. Lâu hơn thì đưa mã hồ sơ và hỏi nơi nhận hồ sơ.
trouble-mat-giay-hen = Mất giấy hẹn, sợ không lấy được
    .remedy = Hỏi nơi nhận hồ sơ cần mang gì trước khi đi. Nói mã hồ sơ, hoặc tên thủ tục và ngày nộp.
trouble-khong-ly-do = Không thấy ghi rõ lý do
    .remedy = Hỏi nơi nhận hồ sơ và xin phiếu có ghi lý do. Giữ phiếu đó lại.
trouble-khong-dong-y = Tôi thấy lý do đó là sai
    .remedy = Bạn có thể khiếu nại. Hỏi ngay nơi nhận hồ sơ về thời hạn khiếu nại, đừng để quá hạn.
trouble-tien-da-nop = Lệ phí đã nộp có được trả lại không?
    .remedy = Việc này tùy từng trường hợp. Giữ biên lai và hỏi cơ quan nhận hồ sơ.
trouble-khong-xin-rut = Tôi không hề xin rút
    .remedy = Hỏi ngay nơi nhận hồ sơ: ai xin rút, ngày nào. Nghi lộ tài khoản thì khóa VNeID ngay, ở ứng dụng hoặc tại công an.
trouble-chua-co-phieu = Tôi không nhận được phiếu xin lỗi
    .remedy = Bạn bấm "Đã xong" để đi tiếp. Bước sau, bạn hỏi nơi nhận hồ sơ và xin phiếu này.
trouble-doi-tien = Có người đòi tiền để làm nhanh
    .remedy = Đừng đưa tiền. Ghi lại ngày, giờ, tên quầy và việc đã xảy ra, rồi gửi phản ánh.
trouble-bao-nop-lai = Cán bộ bảo tôi nộp lại từ đầu
    .remedy = Hỏi lý do và xin giấy ghi lý do. Đừng nộp hồ sơ mới khi chưa rõ hồ sơ cũ ra sao.
