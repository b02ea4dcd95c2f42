title = Get a level 2 VNeID account
about = I go with you from preparing, to the commune police, until VNeID opens on your phone. It is free.

cho-ai = Who is the account for?
    .toi = Me, aged 14 or over
    .con = My child under 14
    .name = For

the = Do you have a valid identity card with a chip?
    The card has a small gold chip on its front or back.
    .co = Yes, still valid
    .chua = Not yet
    .het-han = Expired or lost
    .name = Identity card

muc = How far are you with VNeID?
    Open the app: the level stands on its first screen.
    .chua = Nothing done yet
    .muc-1 = Level 1
    .muc-2 = Level 2 already
    .da-duyet = Done at the police, to be activated
    .name = VNeID

dien-thoai = Do you have a smartphone for VNeID?
    .co = Yes
    .khong = No
    .name = Phone

sim = Is the SIM you use registered in your name?
    Codes are sent to this SIM. It must be yours.
    .phai = In my name
    .khong = In someone else's name
    .name = SIM

sim-sai-ten = Go to a shop of the network and have the SIM put in your name. Bring your identity card.
    You can also buy a new SIM in your name.
    When that is done, press "Done".

mang-theo = Before you go, prepare:
    - your identity card with the chip
    - your phone with a SIM in your name, if you have one
    - an e-mail address, if you have one

lam-ca-the = You get the identity card and the account on the same visit. Prepare:
    - your old card, if you still have it
    - your phone with a SIM in your name, if you have one
    - an e-mail address, if you have one

mang-theo-con = Take the child to the commune police with you. Bring your identity card, and the child's if there is one.
    The child's account uses the phone number of a parent or guardian.

den-cong-an = Go to the police of any commune and say: "Tôi làm định danh mức 2" (I want level 2 identity).
    An officer takes a photo of your face and your fingerprints. Read your name, date of birth and phone number before signing.
    When you are finished there, press "Done".

cho-tin = Wait for the message that your account was issued.
    At most 3 working days; if a new card is needed, at most 7 working days.
    When the message is there, press "Done". You can press "Later" and come back then.

cai-dat = Install the app "VNeID".
    Open the App Store (iPhone) or Google Play (Android) and type "VNeID". Choose the app of the Ministry of Public Security (Bộ Công an).
    Never install it from a link somebody sent you.

kich-hoat = Open VNeID and press "Kích hoạt" (activate).
    Enter the number on your card, 12 digits, and your phone number.
    A code of 6 digits is sent to your phone. Enter it in VNeID. Tell it to nobody, and do not send it here.

mat-khau = Choose a password, then a code of 6 digits that opens VNeID.
    The password has at least 8 characters: capitals, small letters, digits and special characters.
    Choose 2 security questions whose answers only you know.

da-co = You already have a level 2 account; nothing needs to be done again.
    Use it to sign in to the National Public Service Portal.

khong-dien-thoai = Your account was issued. To use it you need a smartphone with a SIM in your name.
    Without one you can still apply at the public administrative service centre of your commune or ward.

cho-con = The commune police make the child's account when you bring the child. It is free.
    Ask the officer there how to open the child's account on your phone.

chua-kich-hoat = Your account will be issued but not activated, because that needs a smartphone.
    When you have one, open this again and choose "Done at the police, to be activated".

xong = Done! The screen of VNeID says "Tài khoản định danh điện tử mức 2" (level 2 account).
    If you lose the phone, lock the account at once on another phone, or at the commune police. Locking is free.

trouble-khong-dt = I have no smartphone
    .remedy = Choose "No". You can still get the account at the police, and activate it when you have a phone.
trouble-dt-chung = The family shares one phone
    .remedy = Each person needs a SIM in their own name for the codes. Ask the commune police how to share a phone safely.
trouble-nha-mang = The network does not change the name
    .remedy = Go to the shop together with the person who holds the SIM. If that fails, buy a new SIM in your name.
trouble-xa-nha = I am far from my registered home
    .remedy = Any commune police will do; you need not go home.
trouble-sai-ten = My name or date of birth is wrong
    .remedy = Tell the officer before you sign. The population data must be corrected first.
trouble-cho-lau = The days are over and no message came
    .remedy = Ask the police where you applied, or call 1900.0368. Bring your identity card.
trouble-may-cu = My phone is too old to install it
    .remedy = Delete some photos, update the phone and try again. If that fails, install it on another phone with your SIM.
trouble-khong-thay = I cannot find VNeID
    .remedy = Type "VNeID" as one word. Look only in the App Store or Google Play.
trouble-otp = The code of 6 digits does not come
    .remedy = Check that there is a signal, that the SIM works, and that the number is the one you gave. Wait some minutes, then have it sent again.
trouble-so-sai = It says the phone number does not match
    .remedy = The number differs from the one you gave at the police. Go to the commune police with your card to change it.
trouble-chua-duyet = It says the account is not approved
    .remedy = Wait for the message that it was issued and try again. After 7 working days, ask the police where you applied.
trouble-mk-sai = It says the password is not valid
    .remedy = It needs all four kinds: capitals, small letters, digits and a sign such as @ or #. Use no Vietnamese accents.
trouble-quen = I forgot the password or the code
    .remedy = Press "Quên mật khẩu" (forgot password) in VNeID and follow it. If that fails, go to the commune police with your card.
