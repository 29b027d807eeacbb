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
