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
