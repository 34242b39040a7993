# SPDX-License-Identifier: GPL-2.0-only
# What spatch 1.1.1 stumbles over, as it reads it; no line and no column moves.
# It is for scripts/cocci: make coccicheck reads the files as they are.
s/FNAME(\([a-z0-9_]*\))/\1       /g
s/__attribute__((weak))/                     /
