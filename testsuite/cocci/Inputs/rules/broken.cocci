// SPDX-License-Identifier: GPL-2.0-only
/// Not SmPL.
// Options: --no-includes

virtual report

@r@
this is not SmPL
@@
