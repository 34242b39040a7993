// SPDX-License-Identifier: GPL-2.0-only
//
// Files that are there whole or not at all.

#ifndef MMUCHECK_FRONTEND_OUTPUT_H
#define MMUCHECK_FRONTEND_OUTPUT_H

#include "llvm/ADT/StringRef.h"
#include <string>

namespace mmucheck {

/// Puts \p Text in the place of \p Path by way of a temporary file beside it:
/// who reads \p Path sees what was there before or all of \p Text, whatever
/// ends this process. Returns what went wrong, "" if nothing did.
std::string replaceFile(const std::string &Path, llvm::StringRef Text);

} // namespace mmucheck

#endif
