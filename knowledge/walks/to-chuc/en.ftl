title = Get a VNeID account for an organisation
about = I go with you from preparing until you first sign in under the organisation's name. It is free.

loai = For whom is the account?
    .cong-ty = A company
    .hop-tac-xa = A cooperative
    .khac = An agency, school or other organisation
    .ho = A household business
    .chua = There is no business registration yet
    .name = For

ho-hoi = The rules that we read name agencies and organisations, not household businesses.
    So ask the commune police first, or call 1900.0368.
    What did they answer?
    .duoc = My household business may have one
    .ca-nhan = The owner's personal account is to be used
    .chua-hoi = I have not asked yet
    .name = Answer for the household

vai-tro = Who are you in the organisation or household business?
    .dai-dien = The legal representative, the head or the owner
    .uy-quyen = Authorised by that person
    .khong = None of these
    .name = Role

muc-hai = Do you have a personal level 2 VNeID account?
    Open VNeID: the level stands on its first screen.
    .co = Yes, level 2
    .chua = No, or only level 1
    .name = Your VNeID

giay-uy-quyen = Ask the legal representative, the head or the owner to authorise you.
    We have no source for the form of that paper. Ask the commune police which one they need.
    When you are authorised, press "Done".

dong-y = Does the organisation have other legal representatives?
    The request may be sent only when all of them agree.
    .mot = No, nobody else
    .du = Yes, all have agreed
    .thieu = Yes, not all have agreed
    .name = Other representatives

xin-y-kien = Ask each of the other legal representatives.
    When all agree, press "Done". If you need time, press "Later".

thong-tin = Take the registration certificate or the founding decision and have ready:
    - full name, day of founding, address of the head office
    - tax code and the number on the registration certificate, if any
    - name and identification number of the representative or the head
    They are compared with the registered data. Do not send papers here.

cach = How do you want to send the request?
    Both ways are free.
    .vneid = In the VNeID app
    .cong-an = On paper at the commune police
    .name = Way

khai-vneid = Open VNeID with your personal level 2 account and look for the e-identity of organisations.
    Guides of 2025 call it "Định danh tổ chức". A newer version may name it otherwise.
    Enter the organisation's details as the screen asks.

gui-vneid = Read each line again and compare it with the registration certificate.
    When all is right, send the request. You need not hand in a paper form as well.

den-cong-an = Go to the commune police and fill in form TK02 for organisations.
    Better bring your identity card and the registration certificate, in case the officer wants to see them.
    Where the post offers it for this procedure, you may also send the form by post.

ket-qua = Wait for the result. At most 3 working days if the data on the organisation exist.
    At most 15 days if they do not and must be verified.
    The result comes by VNeID, telephone or e-mail of the person who applied.
    Which result did you get? If none yet, press "Later".
    .cap = The account was issued
    .tu-choi = It was refused
    .name = Result

dang-nhap = Follow what the notice of the result says, if it says anything.
    Then type dichvucong.gov.vn yourself, press "Đăng nhập" (sign in), and choose the organisation when the screen asks.
    We have no source that describes each screen here. If you are stuck, call 18001096.
    When the organisation's name is shown, press "Done".

chua-dang-ky = Registration comes first, then the account.
    A household business registers at the commune or ward. For a company or cooperative, ask the public administrative service centre of the province, commune or ward.

ho-ca-nhan = The owner uses their own level 2 VNeID account, as the police answered.
    Without level 2, get it at the commune police, free. With it, sign in to the portal.

ho-chua-hoi = Ask the commune police, or call 1900.0368: "Hộ kinh doanh có làm tài khoản định danh tổ chức không?" (does a household business get an organisation account?)
    Better bring your identity card and the household business registration certificate. Come back here with the answer.
    Meanwhile the owner should have a level 2 VNeID account.

khong-phai-ban = You cannot do it yet.
    The legal representative, the head or the owner must do it, or authorise you. Pass this walk on to that person.

can-muc-2 = You need a personal level 2 VNeID account first. The commune police make it with you in person, free.
    When you have level 2, open this walk again.

bi-tu-choi = Read the reason in the letter, the message or the VNeID account of the person who applied.
    If details are wrong or old, have them corrected where they were registered first. Then ask the commune police how to send it again.
    If the reason is not clear, ask the commune police or call 1900.0368.

xong = Done! Each time before you file, look whether the organisation's name is shown, or your own.
    Never give the password, codes or passcode to service agents. Sign out when your work is done.

trouble-khong-ro-muc = I do not know my level
    .remedy = Open VNeID and read the level on its first screen. If it does not open, ask the commune police or call 1900.0368.
trouble-khong-dong-y = Somebody does not agree
    .remedy = The request cannot be sent yet. The organisation must agree within itself first.
trouble-nguoi-cu = A representative left but is still registered
    .remedy = Have the representative changed where it was registered first. Send the request when the new data are there.
trouble-dk-cu = Address, name or representative has changed
    .remedy = Report the change where it was registered first, then send. Details that differ are easily sent back.
trouble-ten-khac = The representative's name differs from the card
    .remedy = If the registration is wrong, correct it where it was registered. If the population data are wrong, correct them at the commune police.
trouble-mat-giay = The registration certificate is lost
    .remedy = Ask the office that issued it for another one. You still need the exact name, number and address that are registered.
trouble-khong-thay-muc = I find nothing for organisations
    .remedy = Update VNeID from the App Store or Google Play and look again. If that fails, fill in form TK02 at the commune police.
trouble-quen-passcode = I forgot the passcode
    .remedy = Open VNeID. When the app asks for the passcode, look for "Quên passcode" (forgot passcode) and follow it. If that fails, call 1900.0368, or go to the commune police.
trouble-may-cu = The phone is old and VNeID does not run
    .remedy = Delete some photos, update the phone and try again. If that fails, fill in form TK02 at the commune police.
trouble-khong-khop = It says the details do not match
    .remedy = Copy them letter by letter from the certificate. If they still differ, ask the registration office and the tax office which data are wrong.
trouble-otp = The code of 6 digits does not come
    .remedy = Check the signal and the network. Look at the notices in VNeID and the messages of the number you registered. Wait some minutes and try again, or call 1900.0368.
trouble-gui-loi = Sending fails
    .remedy = Check the network, wait a while and try again. If that fails, call 1900.0368, or fill in form TK02 at the commune police.
trouble-khong-nhan = The desk does not take the form
    .remedy = Tell them the procedure code 3.000498 and the form TK02. If that fails, send the request in VNeID, or call 1900.0368.
trouble-khong-di-duoc = The representative cannot go
    .remedy = That person can send the request in VNeID, or authorise somebody. Ask the commune police which authorisation they need.
trouble-cho-lau = The days are over and there is no result
    .remedy = Look at the notices in VNeID, the messages and the e-mail. If there is nothing, ask the commune police or call 1900.0368.
trouble-doi-tien = Somebody wants money to speed it up
    .remedy = Do not pay. This procedure is free. Ask the commune police.
trouble-chi-ten-rieng = It shows only my own name
    .remedy = You are using your personal account. Sign out, sign in again and look where to choose the organisation. If you find nothing, call 18001096.
