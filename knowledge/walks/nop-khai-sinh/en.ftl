title = Register your child's birth online
about = I go with you from preparing until you check the draft birth certificate. To get residence and the health insurance card as well, ask me for "linked birth registration".

vneid = Who has a level 2 VNeID account to file with?
    The owner of the account signs in and files in person. Share no passwords or codes.
    .toi = I have one
    .nguoi-nha = The other parent or a relative of the child
    .chua = Nobody yet
    .name = VNeID

cha-me = Which is the parents' case?
    .ket-hon = Marriage registered
    .mot-minh = Not married, father's part left empty
    .co-cha = Not married, father to be named
    .nuoc-ngoai = One parent is a foreigner
    .name = Parents

noi-sinh = Where was the child born, and is there a birth notification (giấy chứng sinh)?
    The hospital or clinic gives this paper after the birth.
    .co = In Vietnam, with a birth notification
    .khong = In Vietnam without one, for example at home
    .nuoc-ngoai = Abroad
    .name = Birth notification

ngay-sinh = When was the child born?
    This shows whether you are still within the 60 days.
    .name = Birthday

qua-han = More than 60 days have passed since the birth. The child can still be registered.
    You may have to pay a fee, set by the Provincial People's Council.
    Families with revolutionary merit, poor households and people with disabilities are exempt.
    File today if you can. When you are ready, press "Done".

chuan-bi = Before you file, prepare:
    - a photo of the birth notification: clear, the whole page, no glare
    - the parents' identity cards; the marriage certificate, if there is one
    - the child's family name, name, ethnicity and home place, agreed in the family
    No paper household book is needed.

chuan-bi-nha = Before you file, prepare:
    - a witness's statement of the birth; without a witness, write a declaration yourself
    - a photo of that paper: clear, the whole page, no glare
    - the parents' identity cards; the marriage certificate, if there is one
    - the child's family name, name, ethnicity and home place, agreed in the family

tim = Type the address dichvucong.gov.vn and sign in with VNeID.
    Type "đăng ký khai sinh" (birth registration) in the search box.
    Choose "Thủ tục đăng ký khai sinh", code 1.001193. Compare the code before you press it.

co-quan = Find the block "Chọn cơ quan thực hiện" (choose the agency) on the right.
    Choose the province and the commune or ward where the father or mother lives, then press "Nộp hồ sơ" (file).
    Check the agency again, then press "Nộp trực tuyến" (file online). If the portal asks further, press "Đồng ý" (agree).

chia-se = Tick the box to agree and press "Xác nhận chia sẻ" (confirm sharing). If the portal asks for the passcode, enter it again there.
    Give the passcode to nobody, and do not send it here.
    At "Xác nhận thông tin chung" (general information), check province, agency and procedure, then press "Xác nhận" (confirm).

chu-ho-so = In "Thông tin chủ hồ sơ" (owner of the dossier), most is filled in already.
    Add date and place of issue of your paper, telephone, e-mail and address.
    Check the telephone number and the e-mail well. The draft and all notices go there.
    Press "Bước tiếp theo" (next step).

mau = Fill in the electronic birth form:
    - the person who asks: your relation to the child
    - the child: name, birthday, sex, ethnicity, place of birth, home place
    - father and mother: written exactly as on their identity cards
    Press "Xem trước" (preview), read every word, then press "Xác nhận" (confirm).

mau-me = Fill in the electronic birth form:
    - the person who asks: your relation to the child
    - the child: name, birthday, sex, place of birth; family name, ethnicity and home place follow the mother
    - the mother: written exactly as on her identity card; leave the father's part empty
    Press "Xem trước" (preview), read every word, then press "Xác nhận" (confirm).

dinh-kem = In "Thành phần hồ sơ" (papers), press "Chọn tệp đính kèm" (choose a file) in the row of the birth notification.
    Press "Tải lên từ thiết bị" (upload), choose your photo, name it, then press "Thêm vào ví" (add to wallet).
    For a birth at home, attach the witness's statement or your declaration.
    See that the file is in the right row, then press "Bước tiếp theo" (next step).

gui = Choose how to get the result and look at the fee. Registered in time, it is free.
    Press "Gửi hồ sơ" (send) and wait for "Gửi hồ sơ thành công" (sent).
    Write the dossier code on paper. It also stands in "Hồ sơ của tôi" (my dossiers).

ban-nhap = Wait for the draft birth certificate that the officer sends you.
    Read the child's name, birthday and home place, and the parents' names. Confirm if all is right.
    You have 1 day. After 1 day without an answer you are taken to agree.
    No draft yet? Press "Later". When you have checked it, press "Done".

chua-vneid = Without a level 2 VNeID account you cannot file online yet.
    You can still register the birth at the public administrative service centre of the commune or ward.
    Bring the birth notification and your identity card. Do not let the 60 days pass while you wait for the account.

nhan-con = To name the father when you are not married, use another procedure, code 1.000689.
    It registers the birth and recognises the child at the same time. The certificate names both father and mother.
    You also need papers that prove the relation of father and child. Come together on the day given.

cha-me-ngoai = For a child with a foreign father or mother use another procedure, code 2.000528.
    You file it at the commune or ward where you live, too. The parents must agree in writing on the child's nationality.

sinh-ngoai = For a child born abroad and not registered there use another procedure, code 2.000528.
    You file it at the commune or ward where you live, too.
    A child who has a foreign birth certificate needs something else: entry in the civil status register.

nguoi-lon = By this date the person is 14 or older. If you mistyped it, correct your last answer.
    Somebody with an identity card or school records who was never registered uses procedure 1.004772.
    Somebody registered before who lost the certificate asks the commune for the register. If it is there, they get a copy.
    Without any paper, ask the public administrative service centre before you file.

xong = The birth registration is sent. Keep the dossier code to follow it.
    Collecting it at the centre: bring your identity card and the originals of what you attached.
    Getting it another way: hand in the originals before that, as the officer tells you.
    No paper birth notification is needed if you filed its electronic version, or the commune has its digitally signed data.

trouble-muc-nao = I do not know which level I have
    .remedy = Open VNeID. The level stands on its first screen. If you never went to the police for the account, it is not level 2.
trouble-ly-hon = Parents divorced, or mother married to another man
    .remedy = Ask the civil-status officer of the commune or ward before you file. A child born during a marriage is taken as the couple's.
trouble-bo-roi = The child was abandoned
    .remedy = Tell the People's Committee or the police of the commune or ward at once. They make a record first, then the birth is registered.
trouble-mat-giay = I lost the birth notification
    .remedy = Ask the hospital or clinic of the birth whether it can be issued again. Also ask the commune whether it has the data.
trouble-mien = My family is exempt from the fee
    .remedy = Tell the receiving office before you pay. Ask which paper you need for that.
trouble-da-di-hoc = The child is older and has school or other papers
    .remedy = You may need another procedure, code 1.004772. Ask the public administrative service centre before you file.
trouble-chua-ten = The family has not agreed on a name
    .remedy = Press "Later" and settle it. Changing the name afterwards is another procedure. Keep the 60 days in mind.
trouble-ong-ba = A grandparent or relative files
    .remedy = They may when the parents cannot. They must agree with the parents on what is registered.
trouble-lam-chung = Nobody witnessed the birth
    .remedy = Write a declaration about the birth yourself. Write the truth; with a false one you are refused or the result is cancelled.
trouble-khong-vao = I cannot sign in
    .remedy = Ask me "sign in to the portal" to go step by step. If that fails, call 1900.0368 about VNeID, or 18001096 about the portal.
trouble-nhieu-ten = Several procedures have similar names
    .remedy = Choose only code 1.001193. Not a row with "đăng ký lại" (again), "kết hợp" (combined) or "yếu tố nước ngoài" (foreign element).
trouble-xa-cu = My commune or ward is not in the list
    .remedy = Since 1 July 2025 many have new names, and there are no districts. Choose the new name. If unsure, ask me with the old one.
trouble-khong-nut = "Nộp trực tuyến" cannot be pressed
    .remedy = Check the province and the commune or ward you chose. If it still fails, call 18001096, or file at the centre.
trouble-quen-ma = I forgot the passcode
    .remedy = Call 1900.0368 or go to the police of a commune or ward. Let no stranger recover it, and do not send it here.
trouble-doi-tuong = What to choose as "Đối tượng thực hiện"?
    .remedy = Grandparents and relatives choose "Làm thủ tục cho người khác" (for somebody else) and state the relation. Parents in doubt call 18001096.
trouble-dien-sai = What is filled in already is wrong
    .remedy = It comes from the population data. Have it corrected there first, code 1.012564, or ask the police of the commune or ward.
trouble-ket-hon-mat = We no longer have the marriage certificate
    .remedy = The officer looks the marriage up in the data. If it is not found, another commune is asked: 3 more working days.
trouble-ho-que = Parents disagree on family name or home place
    .remedy = Family name, ethnicity and home place then follow custom, but must be the father's or the mother's. Ask the civil-status officer before you file.
trouble-ky-so = The screen has a button "Ký số" (sign digitally)
    .remedy = If the form does not demand it, press "Xác nhận". If it does and you have no signature, ask me for "digital signature".
trouble-doi-y = Now the father wants to be named
    .remedy = Stop here and do not send. Press "Back" to the question about the parents and choose "Not married, father to be named".
trouble-khong-len = The photo is not accepted
    .remedy = Use a JPG, PNG or PDF file. Check your connection and try again. If it still fails, call 18001096.
trouble-nhieu-trang = The paper has several pages
    .remedy = Press "Tạo tệp đính kèm từ nhiều hình ảnh" (one file from several photos). The portal joins them into one PDF.
trouble-mang-thai-ho = The child was born by a surrogate mother
    .remedy = Also attach the clinic's written confirmation of the surrogacy.
trouble-co-phi = In time, and the portal still shows a sum
    .remedy = Look at the number of copies: each extra copy costs 8,000 VND. If you asked for none, ask the receiving office before you pay.
trouble-khong-ma = I see no dossier code
    .remedy = Open "Hồ sơ của tôi" on the portal. If it is not there, it may not be sent. Call 18001096 before filing again.
trouble-nhap-sai = The draft is wrong
    .remedy = Do not confirm it. Tell the receiving office at once what is wrong, with the dossier code. Once issued, it must be corrected by another procedure.
trouble-chua-nhap = No draft comes
    .remedy = Look at your e-mail, spam too, your messages and "Hồ sơ của tôi". If it is not there, ask the receiving office with the dossier code.
trouble-thieu = The officer says something is missing
    .remedy = Read which paper or part it is. Add just that to the dossier you filed, and do not file a new one.
