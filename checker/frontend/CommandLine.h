// SPDX-License-Identifier: GPL-2.0-only
//
// kbuild's command line to one that Clang takes: gcc's flags and sparse's are
// dropped where Clang does not know them, by Clang's own table of options.

#ifndef MMUCHECK_FRONTEND_COMMANDLINE_H
#define MMUCHECK_FRONTEND_COMMANDLINE_H

#include <string>
#include <vector>

namespace mmucheck {

struct CommandLine {
  std::vector<std::string> Clang; ///< arguments for Clang's driver
  std::string Source;             ///< the one file to read
  std::string Object;             ///< what kbuild makes of it, if it says so
};

/// Translates \p Arguments (without the compiler's name).
CommandLine translate(const std::vector<std::string> &Arguments);

} // namespace mmucheck

#endif
