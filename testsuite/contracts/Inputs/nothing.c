// SPDX-License-Identifier: GPL-2.0-only
int nothing(void) { return 0; }
