# SPDX-License-Identifier: GPL-2.0-only
"""mails.py MBOX DIR: each mail of MBOX as DIR/0, DIR/1, ..."""

import mailbox
import os
import sys

os.makedirs(sys.argv[2], exist_ok=True)
for n, mail in enumerate(mailbox.mbox(sys.argv[1])):
    with open(os.path.join(sys.argv[2], str(n)), "wb") as f:
        f.write(mail.as_bytes())
