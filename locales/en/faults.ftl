# Faults of content as whoever edits it reads them: what is wrong and, with -do, what to do about it.

# Where a guide, a walk or a table cannot be read.
fault-toml-guide = { $message }
fault-toml-guide-do = see knowledge/README.md for the keys and their values
fault-toml-vocabulary = { $message }
fault-toml-vocabulary-do = a file has [[word]] rows (official, everyday, short, codes), [names] and [[choice]] rows (said, codes)
fault-toml-calendar = { $message }
fault-toml-calendar-do = days are written 2026-09-02, under their [[year]]
fault-toml-places = { $message }
fault-toml-places-do = a [[unit]] has name, code, district, former_province, former; a [[shop]] name, level, unit, address, hours
fault-fluent = { $message }
fault-fluent-do = see knowledge/README.md for how the words of a walk are written
fault-variable = “{ $key }” holds a variable
fault-variable-do = see knowledge/README.md for how the words of a walk are written
fault-key-twice = “{ $key }” stands twice
fault-key-twice-do = keep one of them
fault-walk-file = a file is missing
fault-walk-file-do = it needs walk.toml, vi.ftl and en.ftl
fault-no-facts = the file is missing
fault-no-facts-do = every guide needs its facts
fault-no-words = the file is missing
fault-no-words-do = every guide needs its Vietnamese words
fault-slug = the folder's name cannot be the id of a button
fault-slug-do = name the folder with a-z, 0-9 and -, at most { $most } letters
fault-portal = “portal” is no page of a procedure on the national portal
fault-portal-do = copy the procedure page's address, https://dichvucong.gov.vn/thu-tuc-hanh-chinh/<uuid>, or leave it out
fault-day-year = { $day } stands under the year { $year }
fault-day-year-do = days are written 2026-09-02, under their [[year]]
fault-unit = there is no unit “{ $unit }”
fault-unit-do = write it as the [[unit]] is named
fault-department = a department receives “{ $what }”, which no guide is about
fault-department-do = write the field of a guide as it stands there, or one of its codes
fault-intent-file = no kind of message has this name
fault-intent-file-do = name it one of { $names }
fault-intent-twice = “{ $said }” is in two files
fault-intent-twice-do = take it out here or in { $file }.txt; a message is of one kind

# The words of a guide.
fault-no-title = no title
fault-no-title-do = begin the file with “# ” and the name of the procedure
fault-not-text = only text, lists and headings can be shown
fault-not-text-do = write it as plain sentences
fault-heading = heading “{ $words }” has no place here
fault-heading-do = see knowledge/README.md for the headings
fault-section = unknown section “{ $words }”
fault-section-do = use one of: { $names }
fault-section-order = section “{ $words }” is repeated or out of order
fault-section-order-do = keep the order of knowledge/README.md
fault-paragraph-answer = a paragraph has no place here
fault-paragraph-answer-do = write “### ” and the question before its answer
fault-paragraph-list = a paragraph has no place here
fault-paragraph-list-do = make it an item of the list: begin the line with “- ” or a number
fault-translation = the English version is missing
fault-translation-do = write it, equal in content to vi.md
fault-title-long = the title is longer than the { $most } letters of a button
fault-title-long-do = shorten it to the everyday name
fault-hollow = there is no summary or there are no steps
fault-hollow-do = write a sentence or two under the title, and the steps under “## Các bước” (“## Steps” in en.md)
fault-answer-empty = this question has no answer
fault-answer-empty-do = answer it, or move it to the questions people ask
fault-step-begins = a step begins with “{ $word }”
fault-step-begins-do = begin with what to do: “Nộp …”, “Mang …”
fault-sentence-long = a sentence of { $words } words: “{ $sentence }”
fault-sentence-long-do = make two of it; { $most } words are the most that people follow
fault-officialese = “{ $word }” is officialese
fault-officialese-do = say: { $plainer }
fault-number-en = the number { $number } is missing in en.md
fault-number-en-do = make both languages say the same
fault-number-vi = the number { $number } is missing in vi.md
fault-number-vi-do = make both languages say the same
fault-money = { $amount } VND is not in guide.toml
fault-money-do = add the fee to guide.toml, or take it out of the words

# The facts of a guide.
fault-code-double = code { $code } is also that of guides/{ $other }
fault-code-double-do = keep it in one of the two
fault-no-authority = no authority is named
fault-no-authority-do = write the authority, in both languages
fault-no-source = no source
fault-no-source-do = write where the facts are from
fault-checked-future = { $date } is in the future
fault-checked-future-do = write the day somebody really compared it
fault-source-future = { $date } is in the future
fault-source-future-do = write the state of the source, such as 2026-07
fault-related = there is no guide “{ $slug }”
fault-related-do = use the name of a folder under guides/
fault-no-law = no legal basis
fault-no-law-do = add a [[law]] with its number
fault-no-english = “{ $vi }” has no English
fault-no-english-do = add en = "…"
fault-ends-before = it ends before it begins
fault-ends-before-do = check both dates
fault-waiver = a waiver of more than 100 percent, or one that ends before it begins
fault-waiver-do = check its figures
fault-time-unit = a time limit needs an amount, and same_day has none
fault-time-unit-do = write amount = 3, unit = "working_days"
fault-fee-note = a fee without an amount must say who sets it
fault-fee-note-do = add note = {"{"} vi = "…", en = "…" {"}"}
fault-paper-twice = two papers have the id “{ $id }”
fault-paper-twice-do = give each its own
fault-questions-many = { $count } questions about papers
fault-questions-many-do = ask at most four
fault-question-twice = two questions have one id
fault-question-twice-do = give each its own
fault-question-choices = question “{ $id }” has one choice, more than six, or one of them twice
fault-question-choices-do = offer two to six, each with a name of its own
fault-question-idle = nothing depends on “{ $id }”
fault-question-idle-do = take it out, or name it in `only` or `spared`
fault-spared-why = “{ $id }” is spared, but not told why
fault-spared-why-do = say it in `not_needed`
fault-hangs = “{ $id }” = { $choices } is not asked, or has no such choice
fault-hangs-do = name a question that comes before, and its choices
fault-button-id = “{ $id }” cannot be part of a button's id
fault-button-id-do = use a-z, 0-9 and -, a letter first
fault-button-long = { $button } is longer than the { $most } letters of a button's id
fault-button-long-do = shorten the ids of the question and its choices, or of the paper

# Everyday words.
fault-word-empty = “{ $official }” has no other name
fault-word-empty-do = add everyday or short, or remove the row
fault-choice-single = nothing to choose between
fault-choice-single-do = name two to four codes, or make it a name
fault-syllable = “{ $said }” is one syllable; its meaning is too wide
fault-syllable-do = add the word beside it: “sổ đỏ”, not “sổ”
fault-phrase-double = “{ $said }” also stands for { $meaning } ({ $file }:{ $line })
fault-phrase-double-do = keep it where most people mean it, or make it a choice
fault-code = “{ $code }” is not a code
fault-code-do = write it as 1.001193, without a tail

# Walks.
fault-walk-guide = there is no guide “{ $slug }”
fault-walk-guide-do = name a folder that is there
fault-walk-walk = there is no walk “{ $slug }”
fault-walk-walk-do = name a folder that is there
fault-walk-papers = there is no guide with a list of papers “{ $slug }”
fault-walk-papers-do = name a folder that is there
fault-walk-ends = not every way ends
fault-walk-ends-do = add an [[outcome]] without `when`, the last one
fault-walk-name = “{ $name }” cannot be part of a button's id
fault-walk-name-do = use a-z, 0-9 and -, at most { $most } letters, a letter first
fault-walk-twice = “{ $id }” stands twice
fault-walk-twice-do = give each step and outcome a name of its own
fault-step-kinds = step “{ $step }” is of two kinds
fault-step-kinds-do = keep one of choices, ask, and rule with of
fault-step-choices = step “{ $step }” has { $count } choices
fault-step-choices-do = offer two to six
fault-picture = a picture without an https address
fault-picture-do = write https://…
fault-no-date = “{ $of }” is no date asked at an earlier step
fault-no-date-do = name one
fault-when-step = “{ $owner }” depends on “{ $question }”, which no earlier step asks
fault-when-step-do = name an earlier step that has choices
fault-when-choice = “{ $owner }” depends on “{ $choice }”, which “{ $question }” cannot be answered with
fault-when-choice-do = name one of its choices
fault-ways = there are too many ways to follow them all
fault-ways-do = make two walks of it
fault-unreached = nobody reaches “{ $name }”
fault-unreached-do = mend its `when`, or take it out
fault-text-missing = “{ $key }” is missing
fault-text-missing-do = write it in both languages
fault-label-long = “{ $text }” is longer than the { $most } letters of a button
fault-label-long-do = shorten it
fault-text-idle = “{ $key }” belongs to nothing in walk.toml
fault-text-idle-do = take it out

# What a deployment still has to fill in; the program serves all the same.
fault-shop-example = “{ $name }” is still an example
fault-shop-example-do = put the real one-stop shop in its place and take the line example away
fault-shop-address = “{ $name }” has no address
fault-shop-address-do = write address
fault-shop-hours = “{ $name }” has no opening hours
fault-shop-hours-do = write hours
fault-shop-hotline = “{ $name }”: a department has no telephone
fault-shop-hotline-do = write the hotline of each department
fault-shops-without = { $without } of { $all } communes and wards have no one-stop shop
fault-shops-without-do = add a [[shop]] whose unit is the name of the commune or ward
fault-placeholder = “{ $text }” was not filled in
fault-placeholder-do = write what it really is
fault-year-none = the year { $year } is not there: its holidays count as working days
fault-year-none-do = add a [[year]] with the holidays that were announced
fault-year-missing = still missing of { $year }: { $what }
fault-year-missing-do = write the days that were announced, then take the line missing away

# Questions that do not find their guide.
fault-question-unfound = “{ $question }” finds no guide
fault-question-unfound-do = reword it
fault-question-elsewhere = “{ $question }” finds { $first }
fault-question-elsewhere-do = reword it, or take what is like it from { $first }
fault-question-lost = “{ $question }” found { $right }, now finds { $found }
fault-question-lost-do = give { $right } this question, or take what is like it from { $found }
