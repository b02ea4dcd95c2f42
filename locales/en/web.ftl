# The chat page.

page-title = Một Cửa – questions about administrative procedures
page-description = Ask about papers, fees and times of administrative procedures. An automatic program answers.
page-skip = To the question box
page-log = Conversation
page-you = You
page-bot = Một Cửa
page-secret = (this message held a secret; it was deleted)
page-input = Your question
page-placeholder = For example: what papers do I need for a birth certificate
page-send = Send
page-forget = Delete the conversation
page-forget-sure = Delete this whole conversation?
page-language = Tiếng Việt
page-offline = Connection lost. Reconnecting…
page-waiting = Answering…
page-too-long = The question is longer than 2,000 letters. Please make it shorter.
page-broken = The page has a problem. Please try again in a few minutes.

# Guide pages, to read and to print.

guides-title = Guides to procedures
guides-search = Find a procedure
guides-find = Find
guides-found = { $count } procedures found
guides-next = Related matters
guides-none = No procedure fits these words. Try fewer words, or ask in the chat.
guides-ask = Scan to ask more
guides-missing = There is no such guide

zalo-connected = The Zalo account is connected. You can close this page.
zalo-not-connected = The Zalo account is not connected. Run "motcua zalo connect" again and open the new link within 10 minutes. If this page has just said that it is connected, nothing more is needed.
page-file = Photo or PDF file
page-file-sent = (a photo or file)
page-file-not-now = This question is over, so I take no file for it. Ask again, then use the newest message.
page-file-later = That was too fast. Wait a minute, then go on.
page-forgotten = The conversation and all data with it are deleted. Receipt:
page-too-often = That was too fast. Please wait a minute and send it again.
