title = First sign-in to the public service portal
about = I go with you from preparing until your name stands on the portal. You enter your password and codes only on the sign-in screen or in VNeID.

muc = Which level is your VNeID account?
    Open the VNeID app: the level stands on its first screen.
    .muc-2 = Level 2
    .muc-1 = Level 1
    .da-duyet = Done at the police, not activated yet
    .chua = I have no VNeID
    .name = VNeID

cho-ai = For whom do you sign in?
    To act for a relative you still use your own account.
    .toi = For myself
    .nguoi-nha = For a relative
    .to-chuc = For a company, organisation or household business
    .name = For

thiet-bi = On which device do you sign in?
    .dien-thoai = My phone
    .may-tinh = My computer
    .may-chung = A computer that many people share
    .name = Device

may-nhan = Is the phone you use with VNeID at hand?
    When you sign in, a code is sent to the phone or to the VNeID app.
    .co = Yes
    .doi-may = I have changed to a new phone
    .mat = The phone is lost
    .name = VNeID phone

may-moi = Install VNeID on the new phone and sign in to VNeID there first.
    The code may come to VNeID on the old phone. If you still have it, keep it beside you.
    Without the old phone, follow the screen to scan your chip card, if the new phone has NFC.
    When VNeID opens on the new phone, press "Done".

chuan-bi = You need three things:
    - your identification number, 12 digits, printed on the identity card
    - your VNeID password, with letters, digits and special characters
    - your VNeID passcode, 6 digits only
    Do not send them here, and give them to nobody.

mo-dt = On your phone, open a browser, for example Chrome or Safari.
    Type the address dichvucong.gov.vn yourself. Do not open a link somebody sent.
    Press "Đăng nhập" (sign in) at the top of the page.

mo-mt = On your computer, open a browser, for example Chrome or Edge.
    Type the address dichvucong.gov.vn yourself. Do not open a link somebody sent.
    Press "Đăng nhập" (sign in) at the top right.

mo-chung = On the shared computer, type the address dichvucong.gov.vn yourself, then press "Đăng nhập" (sign in) at the top right.
    When the browser asks whether to save the password, choose not to.
    Type the password and codes with your own hands; let nobody type for you.

nhap-so = Enter your identification number, 12 digits, and your VNeID password. Press "Đăng nhập" (sign in).
    This is the password of VNeID. You need no separate account on the portal.

ma = A code of 6 digits is sent to your phone or to your VNeID app.
    Enter it on the sign-in screen, then press "Xác nhận" (confirm).
    Tell the code to nobody, not even somebody who claims to be the police. Do not send it here.

chia-se = The screen asks whether you agree to share your information to enter the portal.
    Read it, tick the box of consent, then press "Xác nhận chia sẻ" (agree to share).
    If you did not open the portal yourself, do not agree.

passcode = Enter the passcode of your VNeID account, 6 digits, then press "Xác nhận" (confirm).
    The passcode is the code you chose when you activated VNeID, not the one just sent.
    Do not send the passcode here.

kiem-tra = Look at the top right of the screen. When you see your name, you are signed in.
    Read whether the name is the same as on your identity card.
    .dung = My name, spelled right
    .sai = My name, but spelled wrong
    .name = Name shown

can-muc-2 = You should have a level 2 VNeID account before you use the portal. The commune police make it with you in person, free.
    If it is urgent, hand in your papers at the public administrative service centre.

can-kich-hoat = You only have to activate VNeID.
    Open the walk "Get a level 2 VNeID account" and choose "Done at the police, to be activated". Then come back here.

cho-to-chuc = A company or organisation signs in with the organisation's e-identity account, not with your own.
    Open the walk on the account for an organisation. Household businesses also see there whom to ask.

mat-may = Lock the account at once, in VNeID on another phone or at the commune police. The lock works at once and is free.
    Then have the network issue the SIM again, unlock the account and use VNeID on a new phone. For help, call 1900.0368.
    If it is urgent, hand in your papers at the public administrative service centre.

sai-ten = Do not file yet, because the wrong name would go into the dossier.
    Sign out, then go to the commune police with your identity card to have the population data corrected first.

xong-chung = You are signed in! On a shared computer, sign out and close the browser when your work is done.
    To file for a relative, choose "Làm thủ tục cho người khác" (for another person).
    Next time, type the address dichvucong.gov.vn yourself again.

xong-thay = You are signed in! When you file, choose "Làm thủ tục cho người khác" (for another person) and state how you are related.
    Some procedures need a written authorisation. See the page of the procedure before you file.
    Sign out when your work is done.

xong = You are signed in! Now you can file, pay fees and see "Hồ sơ của tôi" (my dossiers).
    Sign out when your work is done. Next time, type the address dichvucong.gov.vn yourself again.

trouble-khong-ro = I do not know my level
    .remedy = Open VNeID and read the level on its first screen. If it does not open, ask the commune police or call 1900.0368.
trouble-khong-dt = I have no smartphone
    .remedy = Hand in your papers at the public administrative service centre of your commune or ward. Do not ask strangers to sign in for you.
trouble-may-cu = The phone is too old to install VNeID
    .remedy = Delete some photos, update the phone and try again. If that fails, use another phone with your SIM.
trouble-khong-nfc = The phone has no NFC, or does not read the card
    .remedy = Take off the cover, switch on NFC in the settings and try again. If that fails, take the phone and your identity card to the commune police.
trouble-quen-mk = I forgot the VNeID password
    .remedy = Open VNeID, press "Quên mật khẩu" (forgot password) and follow it. If that fails, call 1900.0368, or go to the commune police with your identity card.
trouble-quen-passcode = I forgot the passcode
    .remedy = Open VNeID. When the app asks for the passcode, look for "Quên passcode" (forgot passcode) and follow it. If that fails, call 1900.0368, or go to the commune police.
trouble-khong-thay-nut = I see no button "Đăng nhập"
    .remedy = Go to the top of the page and look at the right. On a small screen, turn the phone sideways or open the menu of the page.
trouble-khong-mo = The page does not open
    .remedy = Check the network and type dichvucong.gov.vn exactly. Wait a while and try again. If that fails, call 18001096.
trouble-that-gia = I fear that the page is a fake
    .remedy = Close it. Open the browser and type dichvucong.gov.vn letter by letter. If you are still not sure, call 18001096.
trouble-lo-luu = I let the computer save my password
    .remedy = Delete the saved password in the settings of the browser. At home, change the password in VNeID.
trouble-sai-mk = It says the number or the password is wrong
    .remedy = Look at the 12 digits on your card again. Switch off the Vietnamese keyboard, mind the capitals, and type again. Do not mix up password and passcode.
trouble-bi-khoa = It says the account is locked
    .remedy = Unlock it in VNeID or at the commune police. This is done at once and is free. If that fails, call 1900.0368.
trouble-otp = The code of 6 digits does not come
    .remedy = Check the signal and the network. Look at the notices in VNeID and the messages of the number you registered. Wait some minutes and try again, or call 1900.0368.
trouble-sai-ma = It says the code is wrong or expired
    .remedy = Use the newest code and enter it as soon as it comes. It is not the passcode you chose yourself.
trouble-ma-may-cu = The code comes to my old phone
    .remedy = If you still have it, open VNeID there to read the code. If not, go back to the question about the phone and choose "I have changed to a new phone".
trouble-so-cu = My number has changed or is not in my name
    .remedy = Use a SIM in your own name. Take the SIM and your identity card to the commune police to change the number of the account.
trouble-nut-mo = I cannot press "Xác nhận chia sẻ"
    .remedy = Scroll to the end of the text, tick the box of consent, then press it again.
trouble-ngai-chia-se = I do not want to share my information
    .remedy = This step lets the portal know who you are. If you do not agree, hand in your papers at the public administrative service centre.
trouble-sai-passcode = It says the passcode is wrong
    .remedy = Enter the code you chose when you activated VNeID, not the one just sent. If you are not sure, stop and see "I forgot the passcode".
trouble-khong-ten = I do not see my name
    .remedy = On a phone, look in the menu of the page. If it is not there, sign in again from the start. If that fails, call 18001096, or file at the public administrative service centre.
trouble-ten-khac = It shows somebody else's name
    .remedy = The person before you did not sign out. Sign out, then sign in with your own account.
