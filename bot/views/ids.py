"""The only home of action, callback and block ids.

They stand in messages that were posted months ago, so an id never changes its meaning.
"""

# commands
NPS_COMMAND = "/nps"
RESULT_COMMAND = "/result"
REFERRAL_COMMAND = "/referral"
ASK_COMMAND = "/ask"
GOEN_COMMAND = "/goen"

# shortcuts
LOG_REFERRAL_SHORTCUT = "log_referral"
LOG_THANKS_SHORTCUT = "log_thanks"
WHOM_TO_ASK_SHORTCUT = "whom_to_ask"

# forms
MESSAGE_VIEW = "message"
NPS_FORM = "nps_form"

# blocks of forms: the question each answer belongs to
CONTACT = "contact"
CUSTOMER = "customer"
NEW_CONTACT = "new_contact"
SCORE = "score"
COMMENT = "comment"

# type-ahead searches
FIND_CONTACT = "find_contact"
FIND_CUSTOMER = "find_customer"

# buttons
LOG_NPS = "log_nps"
CORRECT_NPS = "correct_nps"
DELETE_NPS = "delete_nps"

# /goen: a button does what `/goen <word>` does
GOEN_WORD = "goen_"

# settings and roles
SET_UP = "set_up"
SETTINGS_FORM = "settings_form"
CHANNEL = "channel"
LOCALE = "locale"
TIMEZONE = "timezone"
COUNTRY = "country"
CURRENCY = "currency"
IDEAL_CUSTOMER = "ideal_customer"
FIND_TIMEZONE = "find_timezone"
FIND_COUNTRY = "find_country"
FIND_CURRENCY = "find_currency"
CHANGE_ROLE = "change_role"
ROLE_FORM = "role_form"
MEMBER = "member"
ROLE = "role"

# import
IMPORT_FORM = "import_form"
IMPORT_FILE = "import_file"

# results
LOG_RESULT = "log_result"
RESULT_FORM = "result_form"
CORRECT_RESULT = "correct_result"
DELETE_RESULT = "delete_result"
KPI = "kpi"
BEFORE = "before"
AFTER = "after"
DIRECTION = "direction"
PERIOD = "period"
NOTE = "note"

# moments
LOG_MOMENT = "log_moment"
MOMENT_FORM = "moment_form"
CORRECT_MOMENT = "correct_moment"
DELETE_MOMENT = "delete_moment"
MOMENT = "moment"
DAY = "day"

# a contact's own data
EDIT_CONTACT = "edit_contact"
CONTACT_FORM = "contact_form"
NAME = "name"
JOB_TITLE = "job_title"
EMAIL = "email"
STANDING = "standing"
LANGUAGE = "language"
GIFT_POLICY = "gift_policy"

# asks: what is prepared is named by `contact:result:offer:template`
SHOW_ASK_LIST = "show_ask_list"
ASK_FORM = "ask_form"
PREPARE_ASK = "prepare_ask"
SHORT_ASK = "short_ask"
CHOOSE_ASK = "choose_ask"
CHOOSE_ASK_FORM = "choose_ask_form"
OVERRIDE_ASK = "override_ask"
OVERRIDE_ASK_FORM = "override_ask_form"
SEND_OVERRIDDEN_ASK = "send_overridden_ask"
SEND_ASK = "send_ask"
PUT_OFF_ASK = "put_off_ask"
ASK_LATER = "ask_later"
ASK_DECLINED = "ask_declined"
CANCEL_ASK = "cancel_ask"
UNDO_ASK = "undo_ask"
OFFER = "offer"
TEMPLATE = "template"
OVERRIDE_REASON = "override_reason"

# referrals: the value is `contact` or `contact:ask`
LOG_REFERRAL = "log_referral"

# the catalogue of offers and templates
OPEN_CATALOGUE = "open_catalogue"
ADD_OFFER = "add_offer"
EDIT_OFFER = "edit_offer"
DELETE_OFFER = "delete_offer"
OFFER_FORM = "offer_form"
OFFER_KIND = "offer_kind"
TITLE_JA = "title_ja"
TITLE_EN = "title_en"
AUDIENCE = "audience"
VALID_UNTIL = "valid_until"
MONEY = "money"
REVIEW_OFFERS = "review_offers"
ADD_TEMPLATE = "add_template"
EDIT_TEMPLATE = "edit_template"
DELETE_TEMPLATE = "delete_template"
TEMPLATE_FORM = "template_form"
TEMPLATE_NAME = "template_name"
SUBJECT = "subject"
BODY = "body"
SHORT = "short"
EDIT_IDEAL_CUSTOMER = "edit_ideal_customer"
IDEAL_CUSTOMER_FORM = "ideal_customer_form"
IDEAL_CUSTOMER_JA = "ideal_customer_ja"
IDEAL_CUSTOMER_EN = "ideal_customer_en"

# follow-ups: the value is `id:place`, and for what is put off `choice:id:place`
SHOW_FOLLOW_UPS = "show_follow_ups"
FOLLOW_UP_DONE = "follow_up_done"
FOLLOW_UP_LATER = "follow_up_later"
FOLLOW_UP_UNDO = "follow_up_undo"
FOLLOW_UP_DRAFT = "follow_up_draft"
FOLLOW_UP_HAND_OVER = "follow_up_hand_over"
SNOOZE_FORM = "snooze_form"
SNOOZE_DAY = "snooze_day"
HAND_OVER_FORM = "hand_over_form"
NEW_OWNER = "new_owner"
