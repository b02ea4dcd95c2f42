title = Look up a dossier
about = I help you see at which step your dossier is, what that state means, and what to do next.

ma = Do you have the dossier code?
    It is printed on the appointment slip, or stands in the message that confirmed the filing.
    .co = Yes, on the slip or in a message
    .tai-khoan = I filed online and do not know it
    .mat = I lost the slip and have no code
    .name = Dossier code

doc-ma = Find the line "Mã hồ sơ" or "Mã số hồ sơ" (dossier code) on the slip.
    The slip may also call it "Số phiếu" or "Mã biên nhận".
    Copy the whole code with its letters, dots and dashes.

tim-ma = Look for the code in these places:
    - messages and e-mails that confirmed the filing
    - "Hồ sơ của tôi" (my dossiers) on the National Public Service Portal
    - "Lịch sử xử lý hồ sơ" (dossier history) in VNeID
    - the office that took the dossier, if you filed at the counter

noi = Where do you want to look?
    Looking online saves you the way.
    .cong = On dichvucong.gov.vn
    .vneid = In the VNeID app
    .quay = Ask the office that took it
    .name = Place

cong-ma = Type the address dichvucong.gov.vn yourself and choose "Tra cứu hồ sơ" (look up a dossier).
    Enter the dossier code with its dots and dashes.
    When you see your dossier, press "Done".

cong-tai-khoan = Type the address dichvucong.gov.vn yourself and press "Đăng nhập" (sign in) at the top right.
    Sign in with VNeID. Do not send a password or a confirmation code here.
    Open "Hồ sơ của tôi" (my dossiers) and press the dossier.

cong-mat = Type the address dichvucong.gov.vn yourself.
    - You found the code: choose "Tra cứu hồ sơ" (look up a dossier) and enter it.
    - No code yet: sign in with VNeID and open "Hồ sơ của tôi" (my dossiers).
    Do not send a password or a confirmation code here.

trong-vneid = Open the VNeID app on your phone.
    Go to "Thủ tục hành chính" (procedures), then "Lịch sử xử lý hồ sơ" (dossier history).
    Press the dossier you want to see.

hoi-quay = Take the slip or the dossier code to the office that took the dossier.
    Without a slip, tell the name of the procedure and the day you filed.
    Ask which agency has the dossier and on which day the result comes.

doc = Read and note three things:
    - the state of the dossier
    - the appointment date for the result
    - the agency's notice, if there is one

trang-thai = What does your dossier say?
    If papers or a payment are required, choose that line, even after the appointment date.
    .dang-xu-ly = Mới đăng ký, Được tiếp nhận, Đang xử lý (in process)
    .bo-sung = Yêu cầu bổ sung giấy tờ (papers missing)
    .nop-tien = Yêu cầu thực hiện nghĩa vụ tài chính (payment)
    .xong = Đã xử lý xong, Đã trả kết quả (done)
    .dung = Không được tiếp nhận, Dừng xử lý, rút hồ sơ (stopped)
    .qua-hen = The appointment date has passed without a result
    .name = State

cho-giai-quyet = You need not hand in anything more now. The words mean:
    - Mới đăng ký (submitted): sent, but nobody has taken it yet
    - Được tiếp nhận (accepted): taken, and there is an appointment slip
    - Đang xử lý (in process): the agency is working on it
    Wait for the appointment date; keep the code and the slip.

doc-phieu = Papers are missing, and the dossier stands still and waits for you.
    Read the notice in the dossier or the request to supplement (form 02).
    Note each missing paper, what must be corrected, and the last day, if one is given.

nop-bo-sung = Hand in the very papers that the request names. Do not file a new dossier.
    - Filed online: open the dossier in "Hồ sơ của tôi" (my dossiers) and follow the notice.
    - Filed at the counter: take the papers and the slip to the office that took the dossier.
    Photos must be sharp, show whole pages and have no glare.

xem-khoan-tien = You must pay a fee or a tax before the dossier goes on.
    Open the dossier in "Hồ sơ của tôi" (my dossiers) and look at what is to be paid.
    Compare payee, amount and dossier code. If they do not match, stop.
    Pay only from inside the dossier on the portal, or at the counter.

lay-ket-qua = The words mean:
    - Đã xử lý xong (decided): the result exists and waits to be given to you
    - Đã trả kết quả (handed over): the result was given, and the dossier is closed
    You get it in the way you chose: collecting it, by post, or as an electronic copy.
    If you collect it, bring the slip.

vi-sao = Which words are on the screen or the slip?
    .tu-choi = Không được tiếp nhận (refused)
    .dung = Dừng xử lý (stopped)
    .rut = Công dân yêu cầu rút hồ sơ (withdrawal)
    .name = Why it stopped

bi-tu-choi = The agency refused to take this dossier.
    Read the reason on the refusal slip (form 03).
    Note everything that must be corrected before you file again.

bi-dung = The agency has suspended or ended the dossier.
    Read the reason in the notice (form 05).
    Ask the office that took it: is it only suspended or has it ended, and what must you do?

da-rut = You asked to withdraw this dossier.
    Wait until the agency confirms it. If you want to go on, ask the office that took it before filing again.

tim-phieu = An agency that is late must send an apology slip with a new date (form 04).
    - Filed at the counter: ask for it at the office that took the dossier.
    - Filed online: look at your e-mail and messages.
    The slip gives the reason for the delay and the new date.

hoi-cham = Ask the office that took the dossier; bring the slip or the dossier code:
    - which agency and who is handling it
    - why it is late and on which day it comes
    If you have no apology slip yet, ask for it and keep it.

cho = Look again from time to time until the appointment date.
    If a message asks for papers or a payment, act at once.
    If the date passes without a result, open this again.

da-bo-sung = After handing in the papers, look again whether the state has changed.
    The appointment date may be set anew. Time spent waiting for your papers does not count.

nop-phi = After paying, keep the receipt and open the dossier again to see whether it is recorded.
    Do not pay by a QR code, account number or link that somebody sends you.

nop-lai = When everything on the slip is corrected, file the dossier again.
    If you think the refusal is wrong and harms you, you may complain.

cho-di-tiep = If it is only suspended, do what the notice says, then look again.
    If it has ended, ask the office that took it before filing again.

cho-rut = Look again later to see whether the agency has confirmed it.
    Keep the slip, the dossier code and the receipt, if you have one.

van-cham = If there is a new date, wait and look again on that day.
    If it is still late without a reason, send a petition on the portal.
    Do not file a new dossier while the old one is being handled.

nhan-ket-qua = When you get the result, read the name, date of birth and numbers on it at once.
    If something is wrong, tell the agency that issued it at once, with the dossier code.

trouble-ma-thu-tuc = My code looks like 1.001193
    .remedy = That is the code of a procedure, the same for everybody. A dossier code belongs to your dossier alone. Find the line "Mã hồ sơ" on the slip.
trouble-hai-ma = The slip has a dossier code and a slip number
    .remedy = Use the dossier code without the slip number. If nothing is found, ask the office that took the dossier.
trouble-ma-mo = The slip is faded, I cannot read the code
    .remedy = Look in the message that confirmed the filing. Otherwise let the office that took the dossier read it to you.
trouble-khong-tim-ra = I looked everywhere and found no code
    .remedy = Ask the office that took the dossier; tell the procedure and the day you filed. At the next question choose "Ask the office that took it".
trouble-nop-thay = Somebody else filed for me
    .remedy = Ask that person. The slip or the message that confirmed the filing is usually with them.
trouble-khong-ra = I enter the code and nothing is found
    .remedy = Compare each letter, digit, dot and dash again. If nothing is found, ask the office that took the dossier.
trouble-cong-loi = The portal shows an error or does not open
    .remedy = Wait a while and try again, or look in VNeID. If it still fails, call 18001096.
trouble-duong-la = Somebody sent me a link for looking it up
    .remedy = Do not press it. Type dichvucong.gov.vn yourself. Give nobody a password, a confirmation code or photos of your card.
trouble-dang-nhap = I cannot sign in
    .remedy = With a dossier code, choose "Tra cứu hồ sơ". For help with VNeID call 1900.0368, with the portal 18001096.
trouble-khong-co = My dossier is not in the list
    .remedy = Check that you are in the account that filed it. If it was filed at the counter or by somebody else, ask the office that took it.
trouble-khong-muc = I cannot find that section in VNeID
    .remedy = Update VNeID from the App Store or Google Play and open it again. If it is still not there, use dichvucong.gov.vn.
trouble-chua-vneid = I have no VNeID
    .remedy = Go back and choose to look it up on dichvucong.gov.vn by its code, or ask the office that took it.
trouble-o-xa = I am far from where I filed
    .remedy = You need not come just to ask. Go back and choose dichvucong.gov.vn or VNeID.
trouble-khong-ai = I asked and nobody answered
    .remedy = Note the day, the hour and the desk. If you filed on the portal, call 18001096. You can also send a petition on the portal.
trouble-khong-hen = I see no appointment date
    .remedy = Before the dossier is accepted there is no slip. If it was accepted and has no date, ask the office that took it.
trouble-chu-khac = My words differ from these lines
    .remedy = Choose the line closest in meaning. "Chờ thanh toán" means payment, "Tạm dừng" means stopped, "Đã có kết quả" means decided.
trouble-mai-moi = It still says "Mới đăng ký" (submitted)
    .remedy = Ask the agency you sent it to, with the dossier code. If you filed on the portal, call 18001096 too. Do not file another one.
trouble-ban-nhap = The officer sent me a draft
    .remedy = Read it carefully and answer at once. For electronic civil status papers, no answer within 1 day counts as your agreement.
trouble-khai-sai = I just saw a mistake in what I declared
    .remedy = Contact the office that took the dossier at once, with the dossier code. Do not file another one yourself.
trouble-khong-phieu = I find no request and no notice
    .remedy = Look in your messages, your e-mail and "Hồ sơ của tôi". If it is not there, ask for it at the office that took the dossier.
trouble-kho-hieu = I read it and do not understand what to bring
    .remedy = Ask the office that took the dossier before you get any paper. Ask for its exact name, and whether original or copy.
trouble-nhieu-lan = They ask for more papers again and again
    .remedy = Keep the request of each time and ask what is still missing. If it makes no sense, send a petition on the portal.
trouble-khong-gui = I cannot send the file
    .remedy = Take sharp photos of whole pages again and use JPG, PNG or PDF files. If it still fails, call 18001096.
trouble-khong-kip = I will not have the paper in time
    .remedy = Tell the office that took the dossier before the last day and ask what to do. We have no information about more time.
trouble-qr-la = Somebody sent a QR code or account number
    .remedy = Send no money. If you did, call your bank at once, then tell the commune police or call 113.
trouble-khong-hien = I do not see what is to be paid
    .remedy = Some fees appear only after an officer has checked the dossier. Look again later, or ask the office that took it.
trouble-da-tra-tien = I paid and it is not recorded
    .remedy = Keep the receipt and the transaction number, and do not pay again right away. Ask the office that took the dossier or call 18001096.
trouble-chua-nhan = It says handed over, but I have nothing
    .remedy = Look in your e-mail and messages first. Otherwise ask the office that took the dossier: given to whom, when and how?
trouble-buu-dien = The post does not come
    .remedy = It usually takes 2–5 working days. If it takes longer, give the dossier code to the office that took it and ask.
trouble-mat-giay-hen = I lost the slip and fear I cannot collect it
    .remedy = Ask the office that took the dossier what to bring before you go. Tell the code, or the procedure and the day you filed.
trouble-khong-ly-do = No clear reason is given
    .remedy = Ask the office that took the dossier for a slip with the reason, and keep it.
trouble-khong-dong-y = I think that reason is wrong
    .remedy = You may complain. Ask the office at once until when a complaint is possible, and do not miss it.
trouble-tien-da-nop = Do I get the fee I paid back?
    .remedy = That depends on the case. Keep the receipt and ask the agency that took the dossier.
trouble-khong-xin-rut = I never asked to withdraw it
    .remedy = Ask the office that took it at once: who asked, and when? If your account may be in other hands, lock VNeID at once, in the app or at the police.
trouble-chua-co-phieu = I got no apology slip
    .remedy = Press "Done" to go on. In the next step you ask the office that took the dossier for it.
trouble-doi-tien = Somebody wants money to speed it up
    .remedy = Give no money. Note the day, the hour, the desk and what happened, then send a petition.
trouble-bao-nop-lai = The officer tells me to file anew
    .remedy = Ask for the reason, in writing. Do not file a new dossier before it is clear what became of the old one.
