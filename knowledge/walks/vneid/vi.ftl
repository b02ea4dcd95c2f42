title = Làm tài khoản VNeID mức 2
about = Tôi đi cùng bạn từ lúc chuẩn bị, đến công an xã, cho tới khi mở được VNeID trên điện thoại. Việc này không mất phí.

cho-ai = Bạn làm tài khoản cho ai?
    .toi = Cho tôi, từ 14 tuổi
    .con = Cho con dưới 14 tuổi
    .name = Làm cho

the = Bạn có thẻ căn cước gắn chip còn hạn không?
    Thẻ có con chip màu vàng ở mặt trước hoặc mặt sau.
    .co = Có, còn hạn
    .chua = Chưa có
    .het-han = Đã hết hạn hoặc bị mất
    .name = Thẻ căn cước

muc = Bạn đang ở bước nào với VNeID?
    Mở ứng dụng ra, tên mức hiện ở màn hình đầu.
    .chua = Chưa làm gì
    .muc-1 = Đang ở mức 1
    .muc-2 = Đã ở mức 2
    .da-duyet = Đã làm ở công an, chờ kích hoạt
    .name = VNeID

dien-thoai = Bạn có điện thoại thông minh để cài VNeID không?
    .co = Có
    .khong = Không có
    .name = Điện thoại

sim = SIM bạn đang dùng có đứng tên bạn không?
    Mã xác thực gửi về SIM này. Số phải chính chủ.
    .phai = Đứng tên tôi
    .khong = Đứng tên người khác
    .name = SIM

sim-sai-ten = Ra cửa hàng của nhà mạng để chuyển SIM sang tên bạn. Mang theo thẻ căn cước.
    Bạn cũng có thể mua một SIM mới đứng tên mình.
    Xong rồi, bấm "Đã xong".

mang-theo = Chuẩn bị trước khi đi:
    - thẻ căn cước gắn chip
    - điện thoại có SIM đứng tên bạn, nếu có
    - địa chỉ thư điện tử, nếu có

lam-ca-the = Bạn làm thẻ căn cước và tài khoản trong cùng một lần đi. Chuẩn bị:
    - thẻ cũ, nếu còn
    - điện thoại có SIM đứng tên bạn, nếu có
    - địa chỉ thư điện tử, nếu có

mang-theo-con = Đưa bé đến công an xã, phường cùng bạn. Mang theo thẻ căn cước của bạn và của bé, nếu bé đã có.
    Tài khoản của bé dùng số điện thoại của cha, mẹ hoặc người giám hộ.

den-cong-an = Đến công an xã, phường và nói: "Tôi làm định danh mức 2".
    Cán bộ chụp ảnh mặt và lấy vân tay. Đọc lại họ tên, ngày sinh, số điện thoại trước khi ký.
    Làm xong ở đó, bấm "Đã xong".

cho-tin = Chờ tin nhắn báo đã cấp tài khoản.
    Nhiều nhất 3 ngày làm việc; nếu phải làm thẻ mới thì nhiều nhất 7 ngày làm việc.
    Có tin nhắn rồi, bấm "Đã xong". Bạn có thể bấm "Để sau" và quay lại khi có tin.

cai-dat = Cài ứng dụng "VNeID".
    Mở App Store (iPhone) hoặc Google Play (máy Android), gõ "VNeID". Chọn ứng dụng của Bộ Công an.
    Không cài từ đường dẫn người khác gửi.

kich-hoat = Mở VNeID, bấm "Kích hoạt".
    Nhập số trên thẻ căn cước, 12 chữ số, và số điện thoại của bạn.
    Một mã 6 số gửi về máy. Nhập mã đó vào VNeID. Đừng đọc mã cho ai, đừng gửi vào đây.

mat-khau = Đặt mật khẩu, rồi đặt mã 6 số để mở VNeID.
    Mật khẩu có ít nhất 8 ký tự: chữ hoa, chữ thường, số và ký tự đặc biệt.
    Chọn 2 câu hỏi bảo mật mà chỉ bạn biết câu trả lời.

da-co = Bạn đã có tài khoản mức 2, không phải làm lại.
    Bạn dùng nó để đăng nhập Cổng Dịch vụ công quốc gia.

khong-dien-thoai = Tài khoản của bạn đã được cấp. Muốn dùng thì cần một điện thoại thông minh có SIM đứng tên bạn.
    Chưa có máy, bạn vẫn nộp hồ sơ được tại Trung tâm Phục vụ hành chính công của xã, phường.

cho-con = Công an xã, phường làm tài khoản cho bé khi bạn đưa bé đến. Việc này không mất phí.
    Bạn hỏi cán bộ ở đó cách mở tài khoản của bé trên điện thoại của bạn.

chua-kich-hoat = Tài khoản của bạn được cấp nhưng chưa kích hoạt, vì cần điện thoại thông minh.
    Khi có máy, bạn mở lại hướng dẫn này và chọn "Đã làm ở công an, chờ kích hoạt".

xong = Xong rồi! Màn hình VNeID có ghi "Tài khoản định danh điện tử mức 2".
    Mất điện thoại: khóa tài khoản ngay trên máy khác, hoặc tại công an xã, phường. Việc khóa không mất phí.

trouble-khong-dt = Không có điện thoại thông minh
    .remedy = Chọn "Không có". Bạn vẫn làm được tài khoản ở công an, rồi kích hoạt khi có máy.
trouble-dt-chung = Cả nhà dùng chung một máy
    .remedy = Mỗi người cần SIM đứng tên mình để nhận mã. Hỏi công an xã, phường cách dùng chung máy cho an toàn.
trouble-nha-mang = Nhà mạng không cho chuyển tên
    .remedy = Nhờ người đứng tên SIM cùng ra cửa hàng. Không được nữa thì mua SIM mới đứng tên bạn.
trouble-xa-nha = Tôi đang ở xa nơi thường trú
    .remedy = Bạn làm ở công an xã, phường bất kỳ, không cần về quê.
trouble-sai-ten = Tên hoặc ngày sinh bị sai
    .remedy = Nói ngay với cán bộ trước khi ký. Dữ liệu dân cư phải sửa trước, theo thủ tục điều chỉnh thông tin dân cư.
trouble-cho-lau = Quá hạn mà chưa có tin nhắn
    .remedy = Hỏi lại công an nơi bạn đã làm, hoặc gọi 1900.0368. Mang theo thẻ căn cước.
trouble-may-cu = Máy cũ không cài được
    .remedy = Xóa bớt ảnh, cập nhật máy rồi thử lại. Vẫn không được thì cài trên máy khác, kèm SIM của bạn.
trouble-khong-thay = Không tìm thấy VNeID
    .remedy = Gõ đúng "VNeID", viết liền. Chỉ tìm trong App Store hoặc Google Play.
trouble-otp = Mã 6 số không về máy
    .remedy = Kiểm tra máy có sóng, SIM còn dùng được, số đúng với số đã khai ở công an. Chờ vài phút rồi bấm gửi lại.
trouble-so-sai = Báo số điện thoại không khớp
    .remedy = Số đang nhập khác số đã khai ở công an. Mang thẻ căn cước ra công an xã, phường để đổi số.
trouble-chua-duyet = Báo tài khoản chưa được duyệt
    .remedy = Chờ tin nhắn báo đã cấp tài khoản rồi thử lại. Quá 7 ngày làm việc, hỏi công an nơi bạn đã làm.
trouble-mk-sai = Báo mật khẩu không hợp lệ
    .remedy = Mật khẩu cần đủ bốn loại: chữ hoa, chữ thường, số và ký tự như @ hoặc #. Không dùng dấu tiếng Việt.
trouble-quen = Tôi quên mật khẩu hoặc mã mở máy
    .remedy = Bấm "Quên mật khẩu" trong VNeID và làm theo hướng dẫn. Không được thì ra công an xã, phường với thẻ căn cước.
