# The parts of an answer about one procedure.

facet-documents = Papers to bring
facet-steps = Steps
facet-fee = Fee
facet-time = Time
facet-place = Where to apply
facet-form = Forms
facet-result = Result
facet-law = Legal basis

documents-show = only to show
documents-original = original
documents-copy = copy
documents-certified = certified copy
documents-form = declaration form
documents-form-name = form { $form }
documents-more = { $count } more papers for other cases. See the procedure's page or ask an officer.

via-counter = at the counter
via-online = online
via-post = by post
fee-amount = { $amount } VND
fee-free = free
fee-elsewhere = set by the competent authority
fee-exempt = Exempt: { $who }
fee-waiver = { $percent } % off from { $from } to the end of { $until }. Condition: { $condition } ({ $law }).
fee-waiver-whole = Free of charge from { $from } to { $until }. Condition: { $condition } ({ $law }).
fee-more = There are other fees or a reduction. Press "Fee" to see all.
fee-ask = I do not have this province's amount. Ask where you apply before you go, or call 18001096.
fee-pay = Pay only at the counter or on the National Public Service Portal itself. Never transfer money to a stranger.

time-working-days = { $amount } working days
time-days = { $amount } days
time-hours = { $amount } working hours
time-same-day = the same day
deadline = Deadline by law: { $text }

place-authority = Decided by: { $name }
online-none = This procedure cannot be submitted online yet.
online-partial = Partly online: you must come in person for one step.
online-full = Fully online: from the first step to the last.
portal = The procedure's page on the National Public Service Portal
steps-more = { $count } more steps. See the procedure's page or ask an officer.
tips = Keep in mind

missing-documents = I do not have the list of papers for this procedure. Ask the place of submission before you go.
missing-steps = I do not have the steps of this procedure. Ask the place of submission before you go.
missing-fee = I have no reliable fee for this procedure. Ask the place of submission before you go.
missing-time = I have no reliable time limit for this procedure. Ask the place of submission.
missing-place = I have no reliable place for this procedure. Ask the public administrative service centre of your commune or ward.
missing-form = I have no information about forms. The place of submission hands them out.
missing-result = I have no information about the result of this procedure.
missing-law = I do not have the legal basis of this procedure.

source-law = Legal basis: { $laws }.
source-law-missing = No legal basis in the data.
source-checked = Checked on { $date }.
source-officer = Confirmed by an officer.
source-desk = According to { $source }, data of { $asof }; please confirm with the place of submission.
source-imported = Imported automatically from { $source }, data of { $asof }, not checked by an officer.
expired = This procedure was in force until { $date }. Ask an officer what took its place.
not-yet = This procedure starts on { $date }.
