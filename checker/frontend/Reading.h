// SPDX-License-Identifier: GPL-2.0-only
//
// From a command line to the facts of its file: what the tool and the plugin
// have in common.

#ifndef MMUCHECK_FRONTEND_READING_H
#define MMUCHECK_FRONTEND_READING_H

#include "CommandLine.h"
#include "FactsAction.h"
#include <memory>
#include <string>

namespace clang {
class CompilerInvocation;
}

namespace mmucheck {

struct ReadOptions {
  FactsOptions Facts;
  std::string Macros; ///< the header of overrides, read before all others
  std::string Target; ///< what make shall call the facts; "": no dependencies
};

struct Reading {
  std::string Facts;
  std::string Dependencies; ///< in make's format
  std::string Error;        ///< Clang's first one, with its place
};

/// Reads the one file that \p Invocation is about. Whatever else it was to do
/// with it is left undone.
Reading read(std::shared_ptr<clang::CompilerInvocation> Invocation,
             const ReadOptions &Options);

/// The same, for a driver's command line. \p ResourceDir has Clang's headers.
Reading read(const CommandLine &Line, const std::string &ResourceDir,
             const ReadOptions &Options);

} // namespace mmucheck

#endif
