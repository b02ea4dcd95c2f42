title = File on the public service portal
about = I go with you screen by screen until you have a dossier code. It works for every procedure taken online. The portal takes dossiers day and night.

vneid = Do you have a level 2 VNeID account?
    .co = Yes
    .chua = Not yet
    .name = VNeID

cho-ai = Whom do you file for?
    .toi = For myself
    .nguoi-khac = For somebody else, for example my parents
    .to-chuc = For a company, agency or organisation
    .name = For

lam-thay = To act for somebody, sign in with your own account. Do not borrow their password.
    Ask for their name, date of birth, identification number and address first.
    Some procedures need a power of attorney. Look at the list of papers of the procedure before you file.

chuan-bi = Before you start, prepare:
    - photos of each paper: the whole page, readable, no glare; JPG, PNG or PDF files
    - the phone you use with VNeID, for the confirmation code
    - a bank account or e-wallet, if the procedure has a fee
    No paper household book is needed.

tim = Type the address dichvucong.gov.vn and sign in with VNeID.
    Type the name of the procedure in the search box, then compare the code. Birth registration, for example, is 1.001193.
    See whether it is "toàn trình" (fully online) or "một phần" (partly). If partly, you must come at some point.

co-quan = Find the block "Chọn cơ quan thực hiện" (choose the agency) on the right.
    Choose the province and the commune or ward, then press "Nộp hồ sơ" (file).
    See that the agency is right, then press "Nộp trực tuyến" (file online).

thong-tin = Some procedures ask more, civil status for example: press "Xác nhận chia sẻ" (confirm sharing), enter the passcode again on the portal.
    Give the passcode to nobody, and do not send it here.
    At "Xác nhận thông tin chung" (general information), check province, agency and procedure, then press "Xác nhận" (confirm).

thong-tin-thay = Some procedures ask more, civil status for example: press "Xác nhận chia sẻ" (confirm sharing), enter the passcode again on the portal.
    Give the passcode to nobody, and do not send it here.
    At "Xác nhận thông tin chung" (general information), check province, agency and procedure.
    Choose "Làm thủ tục cho người khác" (for somebody else), state your relation to them, then press "Xác nhận" (confirm).

chu-ho-so = In "Thông tin chủ hồ sơ" (owner of the dossier), most is filled in already.
    Add the date of issue of the paper, telephone, e-mail and address.
    Read the telephone number again. With a wrong number no notice reaches you.
    Press "Bước tiếp theo" (next step).

mau = Fill in the electronic form. Write what your papers say.
    Press "Xem trước" (preview) and read it from beginning to end.
    Sign digitally if the form demands it, then press "Xác nhận" (confirm).

dinh-kem = In "Thành phần hồ sơ" (papers), press "Chọn tệp đính kèm" (choose a file) in the row of each paper.
    - one photo: press "Tải lên từ thiết bị" (upload)
    - several pages: press "Tạo tệp đính kèm từ nhiều hình ảnh" (one file from several photos)
    Open the file: is it readable, and in the right row? Then press "Bước tiếp theo" (next step).

nhan = Which way of getting the result do you choose?
    Choose it on the portal first, then the same here.
    .tai-quay = Collect the paper at the centre
    .dien-tu = Electronic copy online
    .buu-dien = By post to my home
    .name = Result

dia-chi = Give the address with the new commune or ward, and the hamlet or house number.
    Give the receiver's name and a telephone number they answer.
    Look at the postage. You pay it on top of the fee of the procedure.

gui = Look at the fee of the dossier, then press "Gửi hồ sơ" (send).
    Wait for the screen "Gửi hồ sơ thành công" (sent).
    Write the dossier code on paper, or take a screenshot. It also stands in "Hồ sơ của tôi" (my dossiers).

chua-vneid = Without a level 2 VNeID account, best get that account first. It is free.
    If it is urgent, file on paper at the counter, usually the public administrative service centre of the commune or ward.
    Ask me with the name of the procedure for the right place.

cho-to-chuc = Companies, agencies and organisations file with the organisation's identity account.
    The legal representative asks for it in VNeID, or at the police. It is free.

xong-buu-dien = The dossier is sent. Keep its code until you hold the paper.
    The post usually delivers within 2–5 working days once the result is there.
    If the officer says that a paper or a payment is missing, see to it at once in the dossier on the portal.
    Do not press strange links about a "parcel held back".

xong = The dossier is sent. Keep its code to look it up.
    If the officer says that a paper or a payment is missing, see to it at once in the dossier on the portal.
    Transfer no money because of a message or a call.

trouble-muc-nao = I do not know which level I have
    .remedy = Open VNeID. The level stands on its first screen. If you never went to the police for the account, it is not level 2.
trouble-khong-ky = The other person cannot sign a power of attorney
    .remedy = Ask the public administrative service centre before you file. Each procedure asks for something else.
trouble-giay-nao = I do not know which papers I need
    .remedy = Ask me with what you want to do, for example "papers for temporary residence". I list them for you.
trouble-chi-dt = I have only a phone, no scanner
    .remedy = Lay the paper flat in good light. Hold the phone straight and take the whole page. If blurred or glaring, take it again.
trouble-khong-vao = I cannot sign in
    .remedy = Ask me "sign in to the portal" to go step by step. If that fails, call 1900.0368 about VNeID, or 18001096 about the portal.
trouble-khong-ten = I do not know the name of the procedure
    .remedy = Tell me in everyday words, for example "register my child's residence". I give you its name and code.
trouble-nhieu-ten = Several procedures have similar names
    .remedy = Compare the code, not only the name. See whom it is for and which agency decides. With the wrong one you start again.
trouble-xa-nao = I do not know which commune to choose
    .remedy = It depends: where you live, where the land is, where the shop is. Ask me with the procedure, or ask the centre.
trouble-xa-cu = My commune or ward is not in the list
    .remedy = Since 1 July 2025 many have new names, and there are no districts. Choose the new name. If unsure, ask me with the old one.
trouble-khong-nut = "Nộp trực tuyến" cannot be pressed
    .remedy = Check the province, commune or ward you chose. Perhaps it is not taken online; then file at the centre, or call 18001096.
trouble-quen-ma = I forgot the passcode
    .remedy = Call 1900.0368 or go to the police of a commune or ward. Let no stranger recover it, and do not send it here.
trouble-sai-co-quan = The agency or procedure shown is wrong
    .remedy = Do not press "Xác nhận". Go back to the page of the procedure, compare the code and choose the commune or ward again.
trouble-dien-sai = What is filled in already is wrong
    .remedy = It comes from the population data. Have it corrected there first, code 1.012564, or ask the police of the commune or ward.
trouble-khong-qua = The next step does not come
    .remedy = See whether a field is empty or marked as wrong. Complete it and press again. If it still fails, call 18001096.
trouble-ky-so = It demands a digital signature and I have none
    .remedy = Ask me for "digital signature" to learn how VNeID does it. If it is urgent, file on paper at the centre and sign by hand.
trouble-khong-len = The file is not accepted
    .remedy = Use a JPG, PNG or PDF file. Check your connection and try again. If it still fails, call 18001096.
trouble-nhieu-trang = How do I join several photos?
    .remedy = Press "Tạo tệp đính kèm từ nhiều hình ảnh" and choose the photos from the first page on. The portal makes one PDF of them.
trouble-thieu-giay = I do not have one of the papers listed
    .remedy = See whether you must have it. Papers of which the state has the data are usually not asked for. If unsure, ask the centre.
trouble-khong-cach = The way I want is not offered
    .remedy = Perhaps this procedure does not offer it. Choose another way on the portal, then choose the same here.
trouble-cuoc = How much is the postage?
    .remedy = We have no list of postage. Look at the amount on the screen before you confirm. If it does not suit you, choose another way.
trouble-loi = The portal fails and does not send
    .remedy = Check your connection and try again. If it still fails, call 18001096, or file at the public administrative service centre.
trouble-khong-phi = I see no place to pay
    .remedy = Some fees appear only after an officer has checked the dossier. Wait for the notice, then pay in "Hồ sơ của tôi".
trouble-khong-ma = No dossier code, or a mistake seen after sending
    .remedy = Look for the code in "Hồ sơ của tôi". Tell the receiving office of a mistake at once, with the code. Do not file a new dossier on your own.
